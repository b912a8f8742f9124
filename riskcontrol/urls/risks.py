from django.urls import path

from ..views import risks, scales, workshop

urlpatterns = [
    path("skalor/", scales.scale_list, name="scale_list"),
    path("skalor/vanliga/", scales.scales_usual, name="scales_usual"),
    path("skalor/ny/", scales.scale_new, name="scale_new"),
    path("skalor/<int:scale_id>/", scales.scale, name="scale"),
    path("kategorier/ny/", scales.category_new, name="category_new"),
    path("kategorier/<int:risk_category_id>/", scales.category, name="category"),
    path("risker/<int:plan_year>/", risks.risk_matrix, name="matrix"),
    path("risker/<int:plan_year>/bruttolista/", risks.risk_list, name="risk_list"),
    path("risker/<int:plan_year>/bruttolista.xlsx", risks.risk_file, name="risk_file"),
    path("risker/<int:plan_year>/ny/", risks.risk_new, name="risk_new"),
    path("risker/<int:plan_year>/verkstad/", workshop.workshop, name="workshop"),
    path("risker/<int:plan_year>/verkstad/ny/", workshop.workshop_new, name="workshop_new"),
    path("risker/<int:plan_year>/verkstad/risk/", workshop.workshop_risk, name="workshop_risk"),
    path("risker/<int:plan_year>/verkstad/bedomning/", workshop.workshop_scores, name="workshop_scores"),
    path("risker/<int:plan_year>/verkstad/stangning/", workshop.workshop_closing, name="workshop_closing"),
    path("risk/<int:risk_id>/", risks.risk, name="risk"),
    path("risk/<int:risk_id>/andra/", risks.risk_change, name="risk_change"),
    path("risk/<int:risk_id>/varde/", risks.risk_value, name="risk_value"),
    path("risk/<int:risk_id>/efter/", risks.risk_after, name="risk_after"),
    path("risk/<int:risk_id>/sammanslagning/", risks.risk_merging, name="risk_merging"),
    path("risk/<int:risk_id>/delning/", risks.risk_parting, name="risk_parting"),
    path("risk/<int:risk_id>/plan/", risks.risk_choosing, name="risk_choosing"),
]
