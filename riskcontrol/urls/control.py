from django.urls import path

from ..views import follow_ups, items, plans

urlpatterns = [
    path("internkontroll/nytt-ar/", plans.plan_new, name="plan_new"),
    path("internkontroll/inlasning/", plans.plan_import, name="plan_import"),
    path("internkontroll/<int:plan_year>/", plans.plan, name="plan"),
    path("internkontroll/<int:plan_year>/plan.pdf", plans.plan_pdf, name="plan_pdf"),
    path("internkontroll/<int:plan_year>/plan.xlsx", plans.plan_file, name="plan_file"),
    path("internkontroll/<int:plan_year>/andringar/", plans.plan_changes, name="plan_changes"),
    path("internkontroll/<int:plan_year>/uppgifter/", plans.plan_facts, name="plan_facts"),
    path("internkontroll/<int:plan_year>/antagande/", plans.plan_adoption, name="plan_adoption"),
    path("internkontroll/<int:plan_year>/aterkallelse/", plans.plan_withdrawal, name="plan_withdrawal"),
    path("internkontroll/<int:plan_year>/steg/", plans.plan_step_new, name="plan_step_new"),
    path(
        "internkontroll/<int:plan_year>/steg/<int:plan_step_id>/borttagning/",
        plans.plan_step_removal,
        name="plan_step_removal",
    ),
    path("internkontroll/<int:plan_year>/uppfoljning/", follow_ups.follow_up_new, name="follow_up_new"),
    path("moment/<int:control_item_id>/", items.item, name="item"),
    path("moment/<int:control_item_id>/andra/", items.item_change, name="item_change"),
    path("moment/<int:control_item_id>/plats/", items.item_place, name="item_place"),
    path("moment/<int:control_item_id>/borttagning/", items.item_removal, name="item_removal"),
    path("moment/<int:control_item_id>/aktivitet/", items.activity_new, name="activity_new"),
    path("moment/<int:control_item_id>/atgard/", items.measure_new, name="measure_new"),
    path("moment/<int:control_item_id>/atgard/<int:check_id>/", items.measure_new, name="measure_after"),
    path("kontrollaktivitet/<int:control_activity_id>/", items.activity, name="activity"),
    path("kontrollaktivitet/<int:control_activity_id>/borttagning/", items.activity_removal, name="activity_removal"),
    path("kontrollaktivitet/<int:control_activity_id>/kontroll/", items.check_new, name="check_new"),
    path("kontroll/<int:check_id>/", items.check, name="check"),
    path("atgard/<int:measure_id>/", items.measure, name="measure"),
    path("uppfoljning/<int:control_follow_up_id>/", follow_ups.follow_up, name="follow_up"),
    path("uppfoljning/<int:control_follow_up_id>/papper.pdf", follow_ups.follow_up_pdf, name="follow_up_pdf"),
    path(
        "uppfoljning/<int:control_follow_up_id>/moment/<int:control_item_id>/",
        follow_ups.follow_up_item,
        name="follow_up_item",
    ),
    path(
        "uppfoljning/<int:control_follow_up_id>/bedomning/",
        follow_ups.follow_up_assessment,
        name="follow_up_assessment",
    ),
    path(
        "uppfoljning/<int:control_follow_up_id>/godkannande/", follow_ups.follow_up_approval, name="follow_up_approval"
    ),
]
