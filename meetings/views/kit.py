"""What a registrar without an account does, at the secret address of one notice: reads the text, confirms it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enamnd.answers import add_refusal
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.actions import notices as actions
from meetings.forms.notices import PostingForm, TakingDownForm
from meetings.models import Notice
from meetings.noticing.board_list import row_of
from meetings.noticing.text import notice_text

POSTED = "Tack! Vi har antecknat att anslaget sitter uppe. Låt det sitta tills portalen säger att det får tas ned."
TAKEN_DOWN = "Tack! Vi har antecknat att anslaget är nedtaget."


@never_cache
@login_not_required
def kit(request, notice_token):
    """The ready text, and how the notice stands."""
    return _page(request, _notice(notice_token))


@require_POST
@login_not_required
def kit_posting(request, notice_token):
    found, form = _notice(notice_token), PostingForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_posted(found, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, found, POSTED, posting=form)


@require_POST
@login_not_required
def kit_taking_down(request, notice_token):
    found, form = _notice(notice_token), TakingDownForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_taken_down(found, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
    return _answer(request, found, TAKEN_DOWN, taking_down=form)


def _notice(token: str) -> Notice:
    rows = Notice.objects.select_related("municipality", "adjustment__meeting__body").defer("adjustment__content")
    return get_object_or_404(rows, token=token)


def _answer(request, found: Notice, saved: str, **bound):
    (form,) = bound.values()
    if form.errors:
        return _page(request, found, status=400, **bound)
    messages.success(request, saved)
    return redirect("public:kit", found.token)


def _page(request, found: Notice, status: int = 200, **bound):
    row = row_of(found, timezone.localdate())
    posted_on = found.posted_on or timezone.localdate()
    who = found.posted_by or f"Registrator, {found.municipality.full_name}"
    context = {
        "notice": found,
        "row": row,
        "text": notice_text(found.adjustment, current_board(), posted_on=posted_on, down_from=row.down_from),
        "posting": bound.get("posting") or PostingForm.of(found, who),
        "taking_down": bound.get("taking_down") or TakingDownForm.of(found, who),
    }
    answer = render(request, "meetings/public_kit.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
