"""Pages of ”Vem har beslutat?”: what every party's council must decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, tell_refusal
from enamnd.formats import count, listed
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.actions import councils as actions
from meetings.decisions import council_rules, councils
from meetings.forms.follow_ups import AnswerForm, MatterForm
from meetings.forms.paragraphs import case_suggestions
from meetings.models import CouncilMatter

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def matter_list(request):
    """All matters, the open ones first."""
    context = {
        "page": page_of(request, councils.matters()),
        "parties": Municipality.objects.filter(is_party=True).count(),
        "may_ask": is_allowed(council_rules.check_can_ask, request.user),
    }
    return render(request, "meetings/council_list.html", context)


@requires(Permission.READ_MEETINGS)
def matter(request, matter_id):
    """One matter: every party, and what its council has decided."""
    found = get_object_or_404(CouncilMatter.objects.select_related("case", "paragraph__meeting"), pk=matter_id)
    answering = council_rules.may_answer_for(request.user) if not found.closed_on else set()
    rows = councils.rows_of(found, timezone.localdate(), lambda each: each.pk in answering)
    context = {
        "matter": found,
        "rows": rows,
        "tally": councils.tally(rows),
        "may_ask": is_allowed(council_rules.check_can_ask, request.user),
        "steps": trail_of(found),
    }
    return render(request, "meetings/council_matter.html", context)


@requires(Permission.WRITE_PROTOCOL)
def matter_new(request):
    def act(data):
        return _of(actions.ask_councils(**data, by=request.user))

    return form_page(
        request,
        MatterForm(request.POST or None),
        act,
        title="Ny fråga till fullmäktige",
        lead="En fråga som fullmäktige hos alla parter ska besluta: reglemente, överenskommelse, mål.",
        button="Lägg upp",
        back=reverse("meetings:council_list"),
        here="council",
        cases=case_suggestions(),
    )


@requires(Permission.WRITE_PROTOCOL)
def matter_change(request, matter_id):
    found = get_object_or_404(CouncilMatter.objects.select_related("case"), pk=matter_id)

    def act(data):
        return _of(actions.change_matter(found, **data, by=request.user))

    form = MatterForm.of(found, request.POST or None)
    return form_page(
        request, form, act, title="Ändra frågan", button="Spara", back=_of(found), here="council",
        cases=case_suggestions(),
    )  # fmt: skip


@requires(Permission.READ_MEETINGS)
def council_answer(request, matter_id, municipality_id):
    """Write what one council has decided: the secretary for all, a registrar for the own municipality."""
    found = get_object_or_404(CouncilMatter, pk=matter_id)
    of = get_object_or_404(Municipality, pk=municipality_id)
    if not is_allowed(council_rules.check_can_answer, request.user, of):
        raise PermissionDenied(f"Vad fullmäktige i {of.full_name} har beslutat förs in av dess registrator.")

    def act(data):
        actions.answer_matter(found, of, **data, by=request.user)
        messages.success(request, f"Beslutet av fullmäktige i {of.full_name} är infört.")
        return _of(found)

    known = found.decisions.filter(municipality=of).select_related("document").first()
    return form_page(
        request,
        AnswerForm.of(known, request.POST or None),
        act,
        title=f"Fullmäktige i {of.full_name}",
        lead=found.title,
        button="För in",
        back=_of(found),
        here="council",
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def council_closing(request, matter_id):
    """Close the matter, or open it again."""
    found = get_object_or_404(CouncilMatter, pk=matter_id)
    actions.close_matter(found, by=request.user)
    return redirect(_of(found))


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def council_reminder(request, matter_id):
    """Write to those who have not answered."""
    found = get_object_or_404(CouncilMatter, pk=matter_id)
    try:
        reached, without = actions.remind_councils(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(_of(found))
    if reached:
        messages.success(request, f"{count(len(reached), 'brev', 'brev')} på väg: {listed(reached)}.")
    if without:
        messages.warning(
            request, f"{listed(without)} har ingen e-postadress till registrator. Lägg in den i registret."
        )
    return redirect(_of(found))


def _of(matter: CouncilMatter) -> str:
    return reverse("meetings:council_matter", args=[matter.pk])
