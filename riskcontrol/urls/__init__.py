"""Addresses of steering and control, a group a subject."""

from django.urls import path

from ..views import overview
from . import audits, control, goals, governing, risks

app_name = "riskcontrol"
urlpatterns = [
    path("", overview.overview, name="overview"),
    *risks.urlpatterns,
    *control.urlpatterns,
    *goals.urlpatterns,
    *governing.urlpatterns,
    *audits.urlpatterns,
]
