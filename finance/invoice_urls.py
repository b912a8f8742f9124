"""Addresses of runs, invoices and what they are made by, under /ekonomi/fakturor/."""

from django.urls import path

from .views import invoice_runs, invoice_terms, invoices, invoicing_verbs

urlpatterns = [
    path("", invoices.invoice_list, name="invoice_list"),
    path("hamta/", invoices.invoice_archive, name="invoice_archive"),
    path("korningar/", invoice_runs.run_list, name="run_list"),
    path("korningar/ny/", invoice_runs.run_new, name="run_new"),
    path("korningar/transaktioner/", invoice_runs.run_of_use, name="run_of_use"),
    path("korningar/<int:run_id>/", invoice_runs.run, name="run"),
    path("korningar/<int:run_id>/attest/", invoice_runs.attest, name="run_attest"),
    path("korningar/<int:run_id>/attest/tillbaka/", invoice_runs.attest_withdrawal, name="run_attest_withdrawal"),
    path("korningar/<int:run_id>/utfardande/", invoice_runs.issue, name="run_issue"),
    path("korningar/<int:run_id>/borttagning/", invoice_runs.removal, name="run_removal"),
    path("korningar/<int:run_id>/filer/", invoice_runs.files, name="run_files"),
    path("korningar/<int:run_id>/bokforing/<str:ledger_kind>/", invoice_runs.export, name="run_export"),
    path("uppgifter/", invoice_terms.terms, name="invoice_terms"),
    path("uppgifter/saljare/", invoice_terms.seller, name="seller"),
    path("uppgifter/moms/ny/", invoice_terms.vat_rule_new, name="vat_rule_new"),
    path("uppgifter/moms/<int:rule_id>/", invoice_terms.vat_rule, name="vat_rule"),
    path("uppgifter/poster/<int:cost_item_id>/", invoice_terms.item_terms, name="item_terms"),
    path("uppgifter/kommuner/<int:municipality_id>/", invoice_terms.buyer, name="buyer"),
    path("uppgifter/kontoplan/", invoice_terms.chart, name="chart"),
    path("<str:invoice_number>/", invoices.invoice, name="invoice"),
    path("<str:invoice_number>/fil/<str:file_kind>/", invoices.invoice_file, name="invoice_file"),
    path("<str:invoice_number>/fraga/", invoicing_verbs.question, name="invoice_question"),
    path("<str:invoice_number>/fraga/<int:question_id>/", invoicing_verbs.answer, name="invoice_answer"),
    path("<str:invoice_number>/betalning/", invoicing_verbs.payment, name="invoice_payment"),
    path("<str:invoice_number>/paminnelse/", invoicing_verbs.reminder, name="invoice_reminder"),
    path("<str:invoice_number>/kreditering/", invoicing_verbs.credit, name="invoice_credit"),
]
