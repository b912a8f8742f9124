"""Addresses of the meeting as it is held, under /sammantraden/<meeting>/."""

from django.urls import include, path

from meetings.views import sitting, sitting_verbs

OF_A_PARAGRAPH = [
    path("narvaro/<int:row_id>/", sitting.presence, name="sitting_presence"),
    path("distans/<int:row_id>/", sitting.remote, name="sitting_remote"),
    path("ordforande/", sitting_verbs.chair, name="sitting_chair"),
    path("slag/", sitting_verbs.kind, name="sitting_kind"),
    path("dorrar/", sitting_verbs.doors, name="sitting_doors"),
    path("jav/", sitting_verbs.recusal_new, name="sitting_recusal_new"),
    path("jav/<int:recusal_id>/ersattare/", sitting_verbs.recusal_stand_in, name="sitting_stand_in"),
    path("jav/<int:recusal_id>/borttagning/", sitting_verbs.recusal_removal, name="sitting_recusal_removal"),
    path("yrkanden/", sitting_verbs.motion_new, name="sitting_motion_new"),
    path("yrkanden/<int:motion_id>/atertagande/", sitting_verbs.motion_withdrawal, name="sitting_motion_withdrawal"),
    path("yrkanden/<int:motion_id>/borttagning/", sitting_verbs.motion_removal, name="sitting_motion_removal"),
    path("beslutsgang/", sitting_verbs.procedure, name="sitting_procedure"),
    path("omrostningar/", sitting_verbs.ballot_new, name="sitting_ballot_new"),
    path("omrostningar/<int:ballot_id>/", sitting_verbs.ballot, name="sitting_ballot"),
    path("omrostningar/<int:ballot_id>/resultat/", sitting_verbs.ballot_result, name="sitting_ballot_result"),
    path("omrostningar/<int:ballot_id>/oppning/", sitting_verbs.ballot_reopening, name="sitting_ballot_reopening"),
    path("omrostningar/<int:ballot_id>/borttagning/", sitting_verbs.ballot_removal, name="sitting_ballot_removal"),
    path("reservationer/", sitting_verbs.statement_new, name="sitting_statement_new"),
    path(
        "reservationer/<int:statement_id>/borttagning/",
        sitting_verbs.statement_removal,
        name="sitting_statement_removal",
    ),
    path("avslut/", sitting_verbs.closing, name="sitting_closing"),
    path("avslut/borttagning/", sitting_verbs.closing_removal, name="sitting_closing_removal"),
    path("texter/", sitting_verbs.written_texts, name="sitting_texts"),
]
urlpatterns = [
    path("motet/", sitting.sitting, name="sitting"),
    path("motet/tidpunkter/", sitting.moments, name="sitting_moments"),
    path("motet/tidpunkter/<int:moment_id>/borttagning/", sitting.moment_removal, name="sitting_moment_removal"),
    path("motet/upprop/", sitting.roll_call, name="sitting_roll_call"),
    path("motet/<int:paragraph_id>/", include(OF_A_PARAGRAPH)),
]
