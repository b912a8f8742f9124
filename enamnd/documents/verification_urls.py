"""Addresses of the page where anybody checks a PDF, under /verifiera/."""

from django.urls import path

from .views import verification

app_name = "verification"
urlpatterns = [
    path("", verification.verify, name="verify"),
    path("ca.pem", verification.authority, name="authority"),
]
