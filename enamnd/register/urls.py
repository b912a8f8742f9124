"""Addresses of the register over the organisation, under /organisation/."""

from django.urls import path

from .views import board, bodies, overview, persons

app_name = "organisation"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("namnden/", board.board, name="board"),
    path("namnden/<slug:part>/", board.board_part, name="board_part"),
    path("kommuner/", overview.municipality_list, name="municipality_list"),
    path("kommuner/ny/", overview.municipality_new, name="municipality_new"),
    path("kommuner/<int:municipality_id>/", overview.municipality, name="municipality"),
    path("kommuner/<int:municipality_id>/uppgifter/", overview.municipality_change, name="municipality_change"),
    path("organ/", bodies.body_list, name="body_list"),
    path("organ/nytt/", bodies.body_new, name="body_new"),
    path("organ/<int:body_id>/", bodies.body, name="body"),
    path("organ/<int:body_id>/uppgifter/", bodies.body_change, name="body_change"),
    path("organ/<int:body_id>/platser/ny/", bodies.seat_new, name="seat_new"),
    path("organ/<int:body_id>/roller/ny/", bodies.office_new, name="office_new"),
    path("roller/<int:office_id>/avslut/", bodies.office_end, name="office_end"),
    path("platser/<int:seat_id>/uppdrag/nytt/", bodies.mandate_new, name="mandate_new"),
    path("uppdrag/<int:mandate_id>/", bodies.mandate_change, name="mandate_change"),
    path("uppdrag/<int:mandate_id>/avslut/", bodies.mandate_end, name="mandate_end"),
    path("personer/", persons.person_list, name="person_list"),
    path("personer/ny/", persons.person_new, name="person_new"),
    path("personer/<int:person_id>/", persons.person, name="person"),
    path("personer/<int:person_id>/uppgifter/", persons.person_change, name="person_change"),
]
