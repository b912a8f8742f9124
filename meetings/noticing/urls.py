"""Addresses of clocks, notices and publication, under /sammantraden/."""

from django.urls import path

from meetings.views import appeals, clocks, notices, publishing

urlpatterns = [
    path("frister/", clocks.clock_overview, name="clock_overview"),
    path("<int:meeting_id>/frister/", clocks.clocks, name="clocks"),
    path("<int:meeting_id>/overklaganden/nytt/", appeals.appeal_new, name="appeal_new"),
    path("overklaganden/<int:appeal_id>/", appeals.appeal, name="appeal"),
    path("overklaganden/<int:appeal_id>/utgang/", appeals.appeal_end, name="appeal_end"),
    path("overklaganden/<int:appeal_id>/borttagning/", appeals.appeal_removal, name="appeal_removal"),
    path("anslag/", notices.registrar, name="registrar"),
    path("anslag/<int:notice_id>/", notices.notice, name="notice"),
    path("anslag/<int:notice_id>/uppsattning/", notices.notice_posting, name="notice_posting"),
    path("anslag/<int:notice_id>/nedtagning/", notices.notice_taking_down, name="notice_taking_down"),
    path("justeringar/<int:adjusted_id>/anslag/", notices.notice_requests, name="notice_requests"),
    path("justeringar/<int:adjusted_id>/paminnelse/", notices.notice_reminders, name="notice_reminders"),
    path("justeringar/<int:adjusted_id>/publicering/", publishing.publication, name="publication"),
    path(
        "justeringar/<int:adjusted_id>/avpublicering/",
        publishing.publication_withdrawal,
        name="publication_withdrawal",
    ),
]
