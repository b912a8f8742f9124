"""Addresses of what belongs to an agreement, within those of projects: options, call-offs, the procurement's steps."""

from django.urls import path

from .views import agreement_rows as views

OPTION = "avtal/<int:agreement_id>/option/"
CALL_OFF = "avtal/<int:agreement_id>/avrop/"
STEP = "avtal/<int:agreement_id>/upphandling/"
urlpatterns = [
    path(OPTION, views.option_new, name="option_new"),
    path(f"{OPTION}<int:option_id>/", views.option_answer, name="option_answer"),
    path(f"{OPTION}<int:option_id>/andra/", views.option_change, name="option_change"),
    path(f"{OPTION}<int:option_id>/tillbaka/", views.option_withdrawal, name="option_withdrawal"),
    path(f"{OPTION}<int:option_id>/bort/", views.option_removal, name="option_removal"),
    path(CALL_OFF, views.call_off_new, name="call_off_new"),
    path(f"{CALL_OFF}<int:call_off_id>/", views.call_off, name="call_off"),
    path(f"{CALL_OFF}<int:call_off_id>/bort/", views.call_off_removal, name="call_off_removal"),
    path(STEP, views.step_new, name="step_new"),
    path(f"{STEP}<int:procurement_id>/", views.step, name="step"),
    path(f"{STEP}<int:procurement_id>/bort/", views.step_removal, name="step_removal"),
]
