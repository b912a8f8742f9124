"""Addresses that need no account: at the top of the portal, so that they can be printed and said aloud."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from meetings.publishing.feeds import NewsletterFeed, NoticeFeed, ProtocolFeed
from meetings.views import kit, newsletter_readers, public

app_name = "public"
urlpatterns = [
    path("kalender/", public.calendar, name="calendar"),
    path("kalender/sammantraden.ics", public.calendar_file, name="calendar_file"),
    path("anslagstavla/", public.notice_board, name="notice_board"),
    path("anslagstavla/flode.xml", login_not_required(NoticeFeed()), name="notice_feed"),
    path("protokoll/", public.protocol_list, name="protocol_list"),
    path("protokoll/flode.xml", login_not_required(ProtocolFeed()), name="protocol_feed"),
    path("protokoll/<int:publication_id>/", public.protocol, name="protocol"),
    path("protokoll/<int:publication_id>/protokoll.pdf", public.protocol_pdf, name="protocol_pdf"),
    path("nyhetsbrev/", public.newsletter_list, name="newsletter_list"),
    path("nyhetsbrev/flode.xml", login_not_required(NewsletterFeed()), name="newsletter_feed"),
    path("nyhetsbrev/<int:sent_newsletter_id>/", public.newsletter, name="newsletter"),
    path("nyhetsbrev/avsluta/<str:key_of_reader>/", newsletter_readers.newsletter_leaving, name="newsletter_leaving"),
    path("anslag/<str:notice_token>/", kit.kit, name="kit"),
    path("anslag/<str:notice_token>/uppsattning/", kit.kit_posting, name="kit_posting"),
    path("anslag/<str:notice_token>/nedtagning/", kit.kit_taking_down, name="kit_taking_down"),
    path("robots.txt", public.robots, name="robots"),
]
