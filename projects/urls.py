from django.urls import path

from .views import activities, importing, overview, participation, phases, reports

app_name = "projects"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("tabell/", overview.table, name="table"),
    path("tabell.xlsx", overview.table_file, name="table_file"),
    path("tidslinje/", overview.timeline_page, name="timeline"),
    path("inlasning/", importing.importing, name="import"),
    path("faser/", phases.phase_list, name="phase_list"),
    path("faser/vanliga/", phases.phases_usual, name="phases_usual"),
    path("faser/ny/", phases.phase_new, name="phase_new"),
    path("faser/<int:phase_id>/", phases.phase, name="phase"),
    path("faser/<int:phase_id>/bruk/", phases.phase_retirement, name="phase_retirement"),
    path("anslutning/", participation.matrix, name="matrix"),
    path("anslutning.xlsx", participation.matrix_file, name="matrix_file"),
    path("kommun/", participation.municipality, name="municipality"),
    path("ny/", activities.activity_new, name="activity_new"),
    path("<int:activity_id>/", activities.activity, name="activity"),
    path("<int:activity_id>/andra/", activities.activity_change, name="activity_change"),
    path("<int:activity_id>/fas/", phases.enter, name="enter"),
    path("<int:activity_id>/leverans/<int:deliverable_id>/", phases.approval, name="approval"),
    path(
        "<int:activity_id>/leverans/<int:deliverable_id>/tillbaka/",
        phases.approval_withdrawal,
        name="approval_withdrawal",
    ),
    path("<int:activity_id>/rapport/", reports.report_new, name="report_new"),
    path("<int:activity_id>/rapport/inget-nytt/", reports.report_nothing_new, name="report_nothing_new"),
    path("<int:activity_id>/rapporter/", reports.report_list, name="report_list"),
    path("<int:activity_id>/deltagare/", participation.participant_new, name="participant_new"),
    path("<int:activity_id>/deltagare/<int:municipality_id>/", participation.participant, name="participant"),
    path("<int:activity_id>/anslutning/<int:municipality_id>/", participation.tell, name="tell"),
    path("<int:activity_id>/samband/", activities.link_new, name="link_new"),
    path("<int:activity_id>/samband/<int:link_id>/", activities.link_removal, name="link_removal"),
]
