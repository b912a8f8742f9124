"""Addresses of meetings, under /sammantraden/."""

from django.urls import path

from .views import meetings

app_name = "meetings"
urlpatterns = [
    path("", meetings.meeting_list, name="meeting_list"),
]
