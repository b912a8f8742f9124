"""Addresses of those who sign, under /justering/."""

from django.urls import path

from meetings.views import adjusting, signed_elsewhere, signing

app_name = "adjusting"
urlpatterns = [
    path("<int:adjustment_id>/", signing.adjustment, name="adjustment"),
    path("<int:adjustment_id>/text/", signing.text, name="text"),
    path("<int:adjustment_id>/protokoll.pdf", signing.paper, name="paper"),
    path("<int:adjustment_id>/att-skriva-under.pdf", signing.frozen, name="frozen"),
    path("<int:adjustment_id>/underskrift/", signing.signature, name="signature"),
    path("<int:adjustment_id>/avbojande/", signing.declining, name="declining"),
    path("<int:adjustment_id>/upplasning/", adjusting.unlocking, name="unlocking"),
    path("<int:adjustment_id>/annat-satt/", signed_elsewhere.elsewhere, name="elsewhere"),
    path("underskrifter/<int:signatory_id>/paminnelse/", adjusting.asking, name="asking"),
]
