"""Addresses of meetings, under /sammantraden/."""

from django.urls import include, path

from .views import (
    agenda,
    attendance,
    exchange,
    facts,
    meetings,
    paper,
    paragraphs,
    phrases,
    presence,
    sections,
    versions,
)


def under_paragraph(*routes):
    """The addresses of one paragraph of one meeting."""
    return [path("<int:meeting_id>/paragrafer/<int:paragraph_id>/", include(list(routes)))]


app_name = "meetings"
urlpatterns = [
    path("", meetings.meeting_list, name="meeting_list"),
    path("nytt/", meetings.meeting_new, name="meeting_new"),
    path("inlasning/", exchange.import_page, name="import"),
    path("<int:meeting_id>/", meetings.meeting_page, name="meeting"),
    path("<int:meeting_id>/export/", exchange.export, name="export"),
    path("<int:meeting_id>/forhandsgranskning/", paper.preview, name="preview"),
    path("<int:meeting_id>/forhandsgranskning.pdf", paper.preview_pdf, name="preview_pdf"),
    path("<int:meeting_id>/protokoll.pdf", paper.protocol_pdf, name="protocol_pdf"),
    path("<int:meeting_id>/handelser/", meetings.meeting_trail, name="meeting_trail"),
    path("<int:meeting_id>/uppgifter/", facts.meeting_facts, name="meeting_facts"),
    path("<int:meeting_id>/ordforande/", facts.chairs, name="chairs"),
    path("<int:meeting_id>/justerare/", facts.adjusters, name="adjusters"),
    path("<int:meeting_id>/anslag/", facts.proof, name="proof"),
    path("<int:meeting_id>/ordning/", agenda.order, name="agenda_order"),
    path("<int:meeting_id>/paragrafnummer/", agenda.numbers, name="numbers"),
    path("<int:meeting_id>/paragrafnummer/aterkallelse/", agenda.numbers_withdrawal, name="numbers_withdrawal"),
    path("<int:meeting_id>/narvaro/", attendance.attendance, name="attendance"),
    path("<int:meeting_id>/narvaro/markeringar/", attendance.attendance_marks, name="attendance_marks"),
    path("<int:meeting_id>/narvaro/alla/", attendance.attendance_everybody, name="attendance_everybody"),
    path("<int:meeting_id>/narvaro/registret/", attendance.attendance_refresh, name="attendance_refresh"),
    path("<int:meeting_id>/narvaro/ovriga/", attendance.attendance_others, name="attendance_others"),
    path(
        "<int:meeting_id>/narvaro/ovriga/<int:row_id>/borttagning/",
        attendance.attendance_other_removal,
        name="attendance_other_removal",
    ),
    path("<int:meeting_id>/narvaro/<int:row_id>/", attendance.attendance_mark, name="attendance_mark"),
    path("<int:meeting_id>/narvaro/andringar/", attendance.attendance_periods, name="attendance_periods"),
    path(
        "<int:meeting_id>/narvaro/andringar/<int:period_id>/borttagning/",
        attendance.attendance_period_removal,
        name="attendance_period_removal",
    ),
    path("<int:meeting_id>/paragrafer/ny/", paragraphs.paragraph_new, name="paragraph_new"),
    *under_paragraph(
        path("", paragraphs.paragraph, name="paragraph"),
        path("rubrik/", paragraphs.paragraph_title, name="paragraph_title"),
        path("arende/", paragraphs.paragraph_case, name="paragraph_case"),
        path("borttagning/", paragraphs.paragraph_removal, name="paragraph_removal"),
        path("fakta/", paragraphs.paragraph_facts, name="paragraph_facts"),
        path("aterstallt-avsnitt/", paragraphs.paragraph_undo, name="paragraph_undo"),
        path("oppen/", presence.paragraph_open, name="paragraph_open"),
        path("lamnad/", presence.paragraph_leave, name="paragraph_leave"),
        path("avsnitt/", sections.section_add, name="section_add"),
        path("avsnitt/<str:key>/", sections.section, name="section"),
        path("avsnitt/<str:key>/nu/", sections.section_now, name="section_now"),
        path("avsnitt/<str:key>/val/", sections.section_choice, name="section_choice"),
        path("avsnitt/<str:key>/plats/", sections.section_place, name="section_place"),
        path("avsnitt/<str:key>/rubrik/", sections.section_heading, name="section_heading"),
        path("avsnitt/<str:key>/form/", sections.section_form, name="section_form"),
        path("avsnitt/<str:key>/borttagning/", sections.section_removal, name="section_removal"),
        path("versioner/", versions.version_list, name="version_list"),
        path("versioner/<int:history_id>/", versions.version, name="version"),
        path("versioner/<int:history_id>/aterstallning/", versions.version_restore, name="version_restore"),
    ),
    path("standardtexter/", phrases.phrase_list, name="phrase_list"),
    path("standardtexter/ny/", phrases.phrase_new, name="phrase_new"),
    path("standardtexter/<int:phrase_id>/", phrases.phrase, name="phrase"),
    path("standardtexter/<int:phrase_id>/plats/", phrases.phrase_place, name="phrase_place"),
    path("standardtexter/<int:phrase_id>/avveckling/", phrases.phrase_retirement, name="phrase_retirement"),
]
