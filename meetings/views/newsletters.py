"""Pages of newsletters: the list, the draft with its editor, what may be put in it, sending, and what went out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, refusal_of, tell_refusal
from enamnd.formats import count
from enamnd.journal.trail import trail_of
from enamnd.letters.about import delivery_of
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import blocks
from meetings.actions import newsletters as actions
from meetings.forms.newsletters import NewsletterForm, ProposalsForm, SendingForm, WithdrawnForm
from meetings.models import Meeting, Newsletter
from meetings.newsletters import proposals, reading, receivers, rules

from . import own_text
from .form_page import form_page

MOST_DIGITS = 18  # of a number that a row may have
WRITE = Permission.WRITE_NEWSLETTERS


@requires(Permission.READ_MEETINGS)
def newsletter_list(request):
    """Drafts for those who write them, and what has been sent."""
    may_write = is_allowed(rules.check_can_write, request.user)
    rows = reading.for_list() if may_write else reading.for_list().filter(sent_at__isnull=False)
    context = {"page": page_of(request, rows), "may_write": may_write}
    return render(request, "meetings/newsletter_list.html", context)


@requires(WRITE)
def newsletter_new(request):
    """Begin one, after the meeting that the address may name (?efter=)."""
    asked = request.GET.get("efter", "")
    after = Meeting.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < MOST_DIGITS else None
    initial = {"meeting": after and after.pk, "title": f"Nytt från {current_board().short_name}"}

    def act(data):
        made = actions.begin_newsletter(**data, by=request.user)
        return reverse("meetings:newsletter_proposals", args=[made.pk])

    return form_page(
        request,
        NewsletterForm(request.POST or None, initial=initial),
        act,
        title="Nytt nyhetsbrev",
        lead="Utkastet sparas medan du skriver. Ingen får det förrän du skickar det.",
        button="Börja skriva",
        back=reverse("meetings:newsletter_list"),
        here="newsletter",
    )


def _find(newsletter_id: int) -> Newsletter:
    rows = Newsletter.objects.select_related("meeting__body", "edited_by", "sent_by", "withdrawn_by")
    return get_object_or_404(rows, pk=newsletter_id)


@requires(WRITE)
def newsletter(request, newsletter_id):
    """Write the draft, or see what became of it once it is sent. A POST is the autosave, or the plain form."""
    found = _find(newsletter_id)
    if request.method == "POST":
        return own_text.saved(request, _text_of(request, found))
    return _sent_page(request, found) if found.sent_at else _draft_page(request, found)


def _sent_page(request, found: Newsletter):
    context = {"newsletter": found, "shown": reading.shown(found), "delivery": delivery_of(found.copies.all())}
    context |= {"may_withdraw": is_allowed(rules.check_can_withdraw, found, request.user), "steps": trail_of(found)}
    return render(request, "meetings/newsletter_sent.html", context)


def _draft_page(request, found: Newsletter, status: int = 200, **more):
    context = {"newsletter": found, "shown": reading.shown(found)}
    context |= own_text.writing(request, found, f"nyhetsbrev-{found.pk}")
    return render(request, "meetings/newsletter.html", context | more, status=status)


def _text_of(request, found: Newsletter) -> own_text.OwnText:
    return own_text.OwnText(
        found,
        save=actions.save_text,
        settle=actions.settle_text,
        page=None if found.sent_at else lambda status, **more: _draft_page(request, found, status, **more),
        choice_url=reverse("meetings:newsletter_choice", args=[found.pk]),
        frame="meetings/decisions_base.html",
    )


@require_POST
@requires(WRITE)
def newsletter_choice(request, newsletter_id):
    """Choose between two texts."""
    return own_text.chosen(request, _text_of(request, _find(newsletter_id)))


@requires(WRITE)
def newsletter_versions(request, newsletter_id):
    """What it has said, the latest first, each version with what it changed."""
    found = _find(newsletter_id)
    may_change = is_allowed(rules.check_is_draft, found)
    context = {"newsletter": found, "rows": list(own_text.versions_of(found)), "may_change": may_change}
    return render(request, "meetings/newsletter_versions.html", context)


@requires(WRITE)
def newsletter_facts(request, newsletter_id):
    found = _find(newsletter_id)

    def act(data):
        return actions.name_newsletter(found, **data, by=request.user).get_absolute_url()

    form = NewsletterForm.of(found, request.POST or None)
    more = {"title": "Rubrik och sammanträde", "button": "Spara", "back": found.get_absolute_url()}
    return form_page(request, form, act, here="newsletter", newsletter=found, **more)


@requires(WRITE)
def newsletter_proposals(request, newsletter_id):
    """Choose which decisions to tell of, and whether to tell of meetings to come."""
    found = _find(newsletter_id)
    decided = proposals.decided_at(found.meeting) if found.meeting else []

    def act(data):
        html = proposals.decisions_html(found.meeting, data["decisions"]) if data["decisions"] else ""
        html += proposals.coming_html(timezone.localdate(), after=found.meeting) if data["coming"] else ""
        return actions.give_text(found, html, "beslut och sammanträden", by=request.user).get_absolute_url()

    return form_page(
        request,
        ProposalsForm(request.POST or None, decided),
        act,
        template="meetings/newsletter_proposals.html",
        newsletter=found,
        decided=decided,
        chosen=request.POST.getlist("decisions") if request.method == "POST" else None,
    )


@requires(WRITE)
def newsletter_block(request, newsletter_id):
    """Choose a text out of the registers (?text=), look at it, put it in: how projects stand, the budget, the goals."""
    found = _find(newsletter_id)
    every = blocks.blocks()
    chosen = next((each for each in every if each.key == request.GET.get("text")), every[0] if every else None)
    form = chosen.form(request.POST or None) if chosen else None
    shown = ""
    if request.method == "POST" and chosen and form.is_valid():
        try:
            html = proposals.under_heading(chosen.name, blocks.text_of(chosen, form.options()))
            if "insert" in request.POST:
                return redirect(actions.give_text(found, html, chosen.name, by=request.user))
            shown = mark_safe(html)  # noqa: S308 - cleaned as protocol text
        except Refused as refusal:
            add_refusal(form, refusal)
    is_wrong = bool(form and form.errors)
    context = {"newsletter": found, "blocks": every, "chosen": chosen, "form": form, "shown": shown}
    context["is_shown"] = request.method == "POST" and not is_wrong
    return render(request, "meetings/newsletter_block.html", context, status=422 if is_wrong else 200)


@require_POST
@requires(WRITE)
def newsletter_discarding(request, newsletter_id):
    found = _find(newsletter_id)
    try:
        actions.discard_newsletter(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(found)
    messages.success(request, f"Utkastet ”{found.title}” är kastat.")
    return redirect("meetings:newsletter_list")


@requires(WRITE)
def newsletter_sending(request, newsletter_id):
    """Look at it once more, choose to whom, send. After it was sent: to those who have not got it."""
    found = _find(newsletter_id)
    groups = receivers.groups_on(timezone.localdate())

    def act(data):
        copies = actions.send_newsletter(found, data["groups"], by=request.user)
        messages.success(request, f"{count(len(copies), 'brev är', 'brev är')} på väg. Nyhetsbrevet kan läsas av alla.")
        return found.get_absolute_url()

    return form_page(
        request,
        SendingForm(request.POST or None, groups),
        act,
        template="meetings/newsletter_sending.html",
        newsletter=found,
        shown=reading.shown(found),
        groups=groups,
        already=found.copies.count(),
        refusal=refusal_of(rules.check_can_be_sent, found),
    )


@require_POST
@requires(WRITE)
def newsletter_trial(request, newsletter_id):
    """Send it to oneself."""
    found = _find(newsletter_id)
    try:
        actions.try_newsletter(found, by=request.user)
        messages.success(request, f"Ett prov är på väg till {request.user.email}.")
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:newsletter_sending", found.pk)


@requires(WRITE)
def newsletter_withdrawal(request, newsletter_id):
    found = _find(newsletter_id)

    def act(data):
        return actions.withdraw_newsletter(found, data["because"], by=request.user).get_absolute_url()

    return form_page(
        request,
        WithdrawnForm(request.POST or None),
        act,
        title="Avpublicera nyhetsbrevet",
        lead="Sidan på webben stängs. De brev som har gått ut finns kvar hos mottagarna.",
        button="Avpublicera",
        back=found.get_absolute_url(),
        here="newsletter",
        newsletter=found,
    )
