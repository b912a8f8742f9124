"""Pages of newsletters: the list, the draft with its editor, what may be put in it, sending, and what went out."""

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST
from django_prose_editor.widgets import importmap
from js_asset import Media

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, page_of, refusal_of, tell_refusal
from enamnd.formats import count
from enamnd.journal.trail import trail_of
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings import blocks
from meetings.actions import newsletters as actions
from meetings.forms.newsletters import NewsletterForm, ProposalsForm, SendingForm, WithdrawnForm
from meetings.forms.paragraphs import SectionForm
from meetings.models import Meeting, Newsletter, Phrase
from meetings.newsletters import proposals, reading, receivers, rules
from meetings.text.comparison import compare_words
from meetings.text.markup import plain_text
from meetings.text.plain_editing import as_lines, as_source
from meetings.text.sections import Conflict

from .conflicts import conflict_context
from .form_page import form_page
from .replies import done, refused, wants_json

MOST_VERSIONS = 50
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
        return _save(request, found)
    return _sent_page(request, found) if found.sent_at else _draft_page(request, found)


def _sent_page(request, found: Newsletter):
    context = {"newsletter": found, "shown": reading.shown(found), "delivery": reading.delivery_of(found)}
    context |= {"may_withdraw": is_allowed(rules.check_can_withdraw, found, request.user), "steps": trail_of(found)}
    return render(request, "meetings/newsletter_sent.html", context)


def _draft_page(request, found: Newsletter, status: int = 200, **more):
    context = {
        "newsletter": found,
        "shown": reading.shown(found),
        "lines": as_lines(found.html),
        "source": as_source(found.html),
        "editor_media": Media(importmap=importmap).with_nonce(request.csp_nonce),
        "draft": _draft(request, found),
    }
    return render(request, "meetings/newsletter.html", context | more, status=status)


def _draft(request, found: Newsletter) -> dict:
    """What the scripts of the page need to know."""
    return {
        "user": request.user.pk,
        "paragraph": f"nyhetsbrev-{found.pk}",
        "login": reverse(settings.LOGIN_URL),
        "section": {"revision": found.revision, "kind": "text", "html": found.html},
        "phrases": list(Phrase.objects.filter(is_retired=False).values("label", "text", "kind")),
    }


def _save(request, found: Newsletter):
    form = SectionForm(request.POST)
    if not form.is_valid():
        return refused(request, Refused("Sidan är för gammal. Läs in den på nytt."), found.get_absolute_url())
    html = form.content()["html"]
    try:
        saved = actions.save_text(found, form.cleaned_data["base_revision"], html, by=request.user)
    except Conflict as conflict:
        return _conflict(request, found, conflict.current, html)
    except Refused as refusal:
        return _not_saved(request, found, refusal, html)
    clock = f"{timezone.localtime():%H.%M}"
    return done(request, found.get_absolute_url(), revision=saved.revision, saved_at=clock)


def _not_saved(request, found: Newsletter, refusal, html):
    """The reason; for a plain form together with what was written."""
    if wants_json(request) or found.sent_at:
        return refused(request, refusal, found.get_absolute_url())
    return _draft_page(request, found, 422, lines=None, source=html, errors=refusal.lines)


def _conflict(request, found: Newsletter, theirs, html):
    """Both texts with what differs marked: nothing has been saved."""
    context = conflict_context(None, theirs, {"html": html, "items": None}, request.user) | {"newsletter": found}
    if not wants_json(request):
        return render(request, "meetings/newsletter_conflict.html", context, status=409)
    panel = render_to_string("meetings/parts/conflict.html", context, request)
    return JsonResponse({"revision": theirs.revision, "panel": panel, "html": theirs.html}, status=409)


@require_POST
@requires(WRITE)
def newsletter_choice(request, newsletter_id):
    """Choose between two texts."""
    found = _find(newsletter_id)
    form = SectionForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["choice"]:
        return refused(request, Refused("Välj vilken text som ska gälla."), found.get_absolute_url())
    html, base = form.content()["html"], form.cleaned_data["base_revision"]
    try:
        saved = actions.settle_text(found, form.cleaned_data["choice"], base, html, by=request.user)
    except Conflict as conflict:
        return _conflict(request, found, conflict.current, html)
    except Refused as refusal:
        return _not_saved(request, found, refusal, html)
    clock = f"{timezone.localtime():%H.%M}"
    return done(request, found.get_absolute_url(), revision=saved.revision, html=saved.html, saved_at=clock)


@requires(WRITE)
def newsletter_versions(request, newsletter_id):
    """What it has said, the latest first, each version with what it changed."""
    found = _find(newsletter_id)
    rows = list(found.history.select_related("history_user")[:MOST_VERSIONS])
    texts = [plain_text(each.html) for each in rows] + [""]
    changed = [
        (row, compare_words(before, now) if before != now else ())
        for row, now, before in zip(rows, texts, texts[1:], strict=False)
    ]
    context = {"newsletter": found, "rows": changed, "may_change": is_allowed(rules.check_is_draft, found)}
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
        html += proposals.coming_html(timezone.localdate()) if data["coming"] else ""
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
