"""Answers that many pages give: a refusal beside its field, or as a message."""

from django.contrib import messages
from django.forms import Form

from enamnd.refusal import Refused


def add_refusal(form: Form, refusal: Refused):
    """Put the sentence beside the field that it concerns, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def tell_refusal(request, refusal: Refused):
    messages.add_message(request, messages.ERROR, str(refusal))
