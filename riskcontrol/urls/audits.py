from django.urls import path

from ..views import audits, packages, questionnaires

urlpatterns = [
    path("granskningar/", audits.audit_list, name="audit_list"),
    path("granskningar/ny/", audits.audit_new, name="audit_new"),
    path("granskningar/<int:audit_year>/", audits.audit_year, name="audit_year"),
    path("granskningar/<int:audit_year>/svar/", audits.reply_new, name="reply_new"),
    path("granskning/<int:audit_id>/", audits.audit, name="audit"),
    path("granskning/<int:audit_id>/andra/", audits.audit_change, name="audit_change"),
    path("granskning/<int:audit_id>/borttagning/", audits.audit_removal, name="audit_removal"),
    path("granskning/<int:audit_id>/iakttagelse/", audits.finding_new, name="finding_new"),
    path("granskning/<int:audit_id>/atgard/", audits.audit_measure_new, name="audit_measure_new"),
    path("granskning/<int:audit_id>/fragor/", questionnaires.questionnaire_import, name="questionnaire_import"),
    path("iakttagelse/<int:finding_id>/", audits.finding, name="finding"),
    path("iakttagelse/<int:finding_id>/borttagning/", audits.finding_removal, name="finding_removal"),
    path("granskningssvar/<int:reply_id>/", audits.reply, name="reply"),
    path("granskningsatgard/<int:audit_measure_id>/", audits.audit_measure, name="audit_measure"),
    path("fragor/<int:questionnaire_id>/", questionnaires.questionnaire, name="questionnaire"),
    path("fragor/<int:questionnaire_id>/svar.pdf", questionnaires.questionnaire_pdf, name="questionnaire_pdf"),
    path("fragor/<int:questionnaire_id>/uppgifter/", questionnaires.questionnaire_change, name="questionnaire_change"),
    path("fragor/<int:questionnaire_id>/inlamning/", questionnaires.submission, name="submission"),
    path(
        "fragor/<int:questionnaire_id>/borttagning/",
        questionnaires.questionnaire_removal,
        name="questionnaire_removal",
    ),
    path(
        "fragor/<int:questionnaire_id>/aterkallelse/",
        questionnaires.submission_withdrawal,
        name="submission_withdrawal",
    ),
    path("fraga/<int:audit_question_id>/", questionnaires.question, name="question"),
    path("fraga/<int:audit_question_id>/underlag/", questionnaires.evidence_new, name="evidence_new"),
    path("underlag/<int:evidence_id>/borttagning/", questionnaires.evidence_removal, name="evidence_removal"),
    path("revisorspaket/", packages.package_list, name="package_list"),
    path("revisorspaket/<int:package_id>/", packages.package, name="package"),
    path("revisorspaket/<int:package_id>/paket.zip", packages.package_file, name="package_file"),
]
