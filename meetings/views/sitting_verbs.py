"""What is recorded of a paragraph while the meeting is held: each verb a form of its own that needs no script."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, tell_refusal
from enamnd.refusal import Refused
from meetings.actions import ballots, closings, motions, recusals, statements
from meetings.actions import sitting as actions
from meetings.forms.sitting import (
    BallotForm,
    ChairForm,
    ClosingForm,
    FinishForm,
    MotionForm,
    ProcedureForm,
    RecusalForm,
    ResultForm,
    StatementForm,
    votes_in,
)
from meetings.models import Ballot, Motion, Paragraph, Recusal, Statement
from meetings.sitting.page import address_of
from meetings.sitting.reading import table_at

from .sitting import paragraph_of, show, tell_warnings


def answer(request: HttpRequest, paragraph: Paragraph, part: str, name: str, form, verb: Callable) -> HttpResponse:
    """Do the verb with the cleaned form, and show the page at `part`; refused, the page with what was written.

    `verb` may give sentences to warn of.
    """
    if form.is_valid():
        try:
            tell_warnings(request, verb() or ())
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(address_of(paragraph, part))
    return show(request, paragraph.meeting, paragraph, **{name: form})


def do(request: HttpRequest, paragraph: Paragraph, part: str, verb: Callable) -> HttpResponse:
    """Do what a button asks for, and show the page at `part` with the sentences of what was refused or warned of."""
    try:
        told = verb()
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        tell_warnings(request, told if isinstance(told, tuple) else ())
    return redirect(address_of(paragraph, part))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def chair(request, meeting_id, paragraph_id):
    """Let another take the chair."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = ChairForm(request.POST, table=table_at(paragraph))

    def verb():
        actions.change_chair(paragraph, form.person("who"), only_here=form.cleaned_data["only_here"], by=request.user)

    return answer(request, paragraph, "ordforande", "chair", form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def kind(request, meeting_id, paragraph_id):
    """Make the matter one to decide, or information."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    chosen = request.POST.get("kind", "")
    return do(request, paragraph, "nu", lambda: actions.set_kind(paragraph, chosen, by=request.user) and None)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def doors(request, meeting_id, paragraph_id):
    """Close the doors for the matter, or open them."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    is_closed = request.POST.get("closed") == "1"
    return do(
        request, paragraph, "nu", lambda: actions.set_closed_doors(paragraph, is_closed, by=request.user) and None
    )


# Recusals


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def recusal_new(request, meeting_id, paragraph_id):
    """Say that somebody is recused."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = RecusalForm(request.POST, table=table_at(paragraph))

    def verb():
        recusals.add_recusal(
            paragraph,
            form.person("attendance"),
            reason=form.cleaned_data["reason"],
            substitute=form.person("substitute"),
            by=request.user,
        )

    return answer(request, paragraph, "jav", "recusal", form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def recusal_stand_in(request, meeting_id, paragraph_id, recusal_id):
    """Say who serves in the place of the recused."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    recusal = get_object_or_404(Recusal, pk=recusal_id, paragraph=paragraph)
    pk = request.POST.get("substitute", "")
    chosen = get_object_or_404(paragraph.meeting.attendance.all(), pk=pk) if pk.isdecimal() and len(pk) < 18 else None
    return do(request, paragraph, "jav", lambda: recusals.set_stand_in(recusal, chosen, by=request.user) and None)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def recusal_removal(request, meeting_id, paragraph_id, recusal_id):
    """Take a recusal away."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    recusal = get_object_or_404(Recusal.objects.select_related("attendance"), pk=recusal_id, paragraph=paragraph)
    return do(request, paragraph, "jav", lambda: recusals.remove_recusal(recusal, by=request.user))


# Proposals


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def motion_new(request, meeting_id, paragraph_id):
    """Keep a proposal."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = MotionForm(request.POST, table=table_at(paragraph))

    def verb():
        data = form.cleaned_data
        mover, supporters = form.person("mover"), form.supporting
        motions.add_motion(paragraph, data["kind"], data["text"], mover=mover, supporters=supporters, by=request.user)

    return answer(request, paragraph, "yrkanden", "motion", form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def motion_withdrawal(request, meeting_id, paragraph_id, motion_id):
    """Take a proposal back, or let it stand again."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    motion = get_object_or_404(Motion, pk=motion_id, paragraph=paragraph)
    withdrawn = request.POST.get("withdrawn") == "1"
    return do(
        request, paragraph, "yrkanden", lambda: motions.set_withdrawn(motion, withdrawn, by=request.user) and None
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def motion_removal(request, meeting_id, paragraph_id, motion_id):
    """Take away a proposal that was never made."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    motion = get_object_or_404(Motion.objects.select_related("mover"), pk=motion_id, paragraph=paragraph)
    return do(request, paragraph, "yrkanden", lambda: motions.remove_motion(motion, by=request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def procedure(request, meeting_id, paragraph_id):
    """Say in which order the chair put the proposals."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = ProcedureForm(request.POST, auto_id="id_procedure_%s")

    def verb():
        motions.set_procedure(paragraph, form.cleaned_data["text"], by=request.user)

    return answer(request, paragraph, "beslutsgang", "procedure", form, verb)


# Votes


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def ballot_new(request, meeting_id, paragraph_id):
    """Begin a vote."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = BallotForm(request.POST, auto_id="id_ballot_%s")

    def verb():
        data = dict(form.cleaned_data)
        ballots.begin_ballot(paragraph, data.pop("method"), by=request.user, **data)

    return answer(request, paragraph, "omrostning", "ballot", form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def ballot(request, meeting_id, paragraph_id, ballot_id):
    """Keep the votes; asked to finish, finish the vote too. What was marked is kept also when it cannot be finished."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    found = get_object_or_404(Ballot.objects.select_related("paragraph"), pk=ballot_id, paragraph=paragraph)
    form = FinishForm(request.POST, ballot=found)
    name = f"finish-{found.pk}"
    if found.method == Ballot.Method.OPEN:
        try:
            ballots.cast_votes(found, votes_in(request.POST, table_at(paragraph)), by=request.user)
        except Refused as refusal:
            tell_refusal(request, refusal)
            return redirect(address_of(paragraph, "omrostning"))
    if request.POST.get("do") != "finish":
        return redirect(address_of(paragraph, "omrostning"))

    def verb():
        ballots.finish_ballot(found, form.finish, by=request.user)

    return answer(request, paragraph, "omrostning", name, form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def ballot_result(request, meeting_id, paragraph_id, ballot_id):
    """Word the result otherwise than the portal does."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    found = get_object_or_404(Ballot.objects.select_related("paragraph"), pk=ballot_id, paragraph=paragraph)
    form = ResultForm(request.POST)
    text = form.cleaned_data["result"] if form.is_valid() else ""
    return do(request, paragraph, "omrostning", lambda: ballots.word_result(found, text, by=request.user) and None)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def ballot_reopening(request, meeting_id, paragraph_id, ballot_id):
    """Go on with a vote that was finished too early."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    found = get_object_or_404(Ballot.objects.select_related("paragraph"), pk=ballot_id, paragraph=paragraph)
    return do(request, paragraph, "omrostning", lambda: ballots.reopen_ballot(found, by=request.user) and None)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def ballot_removal(request, meeting_id, paragraph_id, ballot_id):
    """Take away a vote that was never held."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    found = get_object_or_404(Ballot.objects.select_related("paragraph"), pk=ballot_id, paragraph=paragraph)
    return do(request, paragraph, "omrostning", lambda: ballots.remove_ballot(found, by=request.user))


# Reservations and notes


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def statement_new(request, meeting_id, paragraph_id):
    """Keep a reservation, or a note."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = StatementForm(request.POST, table=table_at(paragraph))

    def verb():
        data = form.cleaned_data
        who = form.person("attendance")
        _, warning = statements.add_statement(paragraph, data["kind"], who, data["text"], by=request.user)
        return (warning,) if warning else ()

    return answer(request, paragraph, "reservationer", "statement", form, verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def statement_removal(request, meeting_id, paragraph_id, statement_id):
    """Take away a reservation or a note."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    found = get_object_or_404(Statement.objects.select_related("attendance"), pk=statement_id, paragraph=paragraph)
    return do(request, paragraph, "reservationer", lambda: statements.remove_statement(found, by=request.user))


# The end of the matter, and the text


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def closing(request, meeting_id, paragraph_id):
    """Close the matter."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    form = ClosingForm(request.POST)

    def verb():
        if not form.is_valid():
            raise Refused("Välj hur ärendet slutade.")
        return closings.close_paragraph(paragraph, form.cleaned_data["outcome"], by=request.user)

    return do(request, paragraph, "avslut", verb)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def closing_removal(request, meeting_id, paragraph_id):
    """Open the matter again."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    return do(request, paragraph, "avslut", lambda: closings.reopen_paragraph(paragraph, by=request.user))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def written_texts(request, meeting_id, paragraph_id):
    """Write sections from the records: one by name, over somebody's words only when that is asked; or all that lack."""
    paragraph = paragraph_of(meeting_id, paragraph_id)
    name, over = request.POST.get("name"), request.POST.get("over") == "1"

    def verb():
        closings.write_texts(paragraph, [name] if name else None, overwriting=bool(name) and over, by=request.user)
        messages.success(request, "Texten är skriven ur det som har noterats.")

    return do(request, paragraph, "texter", verb)
