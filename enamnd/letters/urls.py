"""Addresses of the outgoing letters, under /utskick/."""

from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("", views.letter_list, name="letter_list"),
    path("<int:letter_id>/", views.letter, name="letter"),
    path("<int:letter_id>/forsok/", views.letter_attempt, name="letter_attempt"),
]
