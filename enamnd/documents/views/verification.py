"""Checking a PDF: open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def verify(request):
    """Whose signatures a PDF carries, whether they are intact, whether it is the board's own paper."""
    return render(request, "documents/verify.html")
