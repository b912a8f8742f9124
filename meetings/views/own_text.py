"""The page side of one text that saves itself: a newsletter's, a section's of a governing document.

The browser's side is static/js/own_text.js; the text stands on its page by templates/meetings/parts/own_text.html.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_prose_editor.widgets import importmap
from js_asset import Media

from enamnd.refusal import Refused
from meetings.forms.paragraphs import SectionForm
from meetings.models import Phrase
from meetings.text.comparison import compare_words
from meetings.text.markup import plain_text
from meetings.text.plain_editing import as_lines, as_source
from meetings.text.sections import Conflict, Section

from .conflicts import conflict_context
from .replies import done, refused, wants_json

MOST_VERSIONS = 50


@dataclass(frozen=True)
class OwnText:
    """A text, what is done with it, and the pages it stands on.

    `holder` has `html`, `revision` and `get_absolute_url()`, where the text is sent. `save(holder, base_revision, html,
    by=)` and `settle(holder, choice, base_revision, html, by=)` raise Conflict and Refused, and return the holder as
    saved. `page(status, **context)` is the page to write on; None where nothing can be written any more. Two texts are
    chosen between at `choice_url`, on a page within the template `frame`.
    """

    holder: Model
    save: Callable[..., Model]
    settle: Callable[..., Model]
    page: Callable[..., HttpResponse] | None
    choice_url: str
    frame: str


def writing(request, holder: Model, shelf: str) -> dict:
    """What the page to write on shows. `shelf` names the place in the browser for what the server never got."""
    draft = {
        "user": request.user.pk,
        "paragraph": shelf,
        "login": reverse(settings.LOGIN_URL),
        "section": {"revision": holder.revision, "kind": "text", "html": holder.html},
        "phrases": list(Phrase.objects.filter(is_retired=False).values("label", "text", "kind")),
    }
    return {
        "lines": as_lines(holder.html),
        "source": as_source(holder.html),
        "editor_media": Media(importmap=importmap).with_nonce(request.csp_nonce),
        "draft": draft,
    }


def saved(request, text: OwnText) -> HttpResponse:
    """Save what was sent: the autosave, or the plain form."""
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _refused(request, text, "Sidan är för gammal. Läs in den på nytt.")
    html, base = form.content()["html"], form.cleaned_data["base_revision"]
    return _answer(request, text, html, lambda: text.save(text.holder, base, html, by=request.user))


def chosen(request, text: OwnText) -> HttpResponse:
    """Settle which of two texts holds."""
    form = SectionForm(request.POST)
    if not form.is_valid() or not (choice := form.cleaned_data["choice"]):
        return _refused(request, text, "Välj vilken text som ska gälla.")
    html, base = form.content()["html"], form.cleaned_data["base_revision"]
    return _answer(request, text, html, lambda: text.settle(text.holder, choice, base, html, by=request.user), True)


def versions_of(holder: Model) -> Iterator[tuple[Model, tuple]]:
    """What it has said, the latest first: each version with what it changed."""
    rows = list(holder.history.select_related("history_user")[:MOST_VERSIONS])
    texts = [plain_text(each.html) for each in rows] + [""]
    for row, now, before in zip(rows, texts, texts[1:], strict=False):
        yield row, compare_words(before, now) if before != now else ()


def _answer(request, text: OwnText, html: str, act: Callable[[], Model], tells_text: bool = False) -> HttpResponse:
    try:
        kept = act()
    except Conflict as conflict:
        return _conflict(request, text, conflict.current, html)
    except Refused as refusal:
        return _not_saved(request, text, refusal, html)
    told = {"html": kept.html} if tells_text else {}
    clock = f"{timezone.localtime():%H.%M}"
    return done(request, text.holder.get_absolute_url(), revision=kept.revision, saved_at=clock, **told)


def _refused(request, text: OwnText, reason: str) -> HttpResponse:
    return refused(request, Refused(reason), text.holder.get_absolute_url())


def _not_saved(request, text: OwnText, refusal: Refused, html: str) -> HttpResponse:
    """The reason; for a plain form together with what was written."""
    if text.page is None or wants_json(request):
        return refused(request, refusal, text.holder.get_absolute_url())
    return text.page(422, lines=None, source=html, errors=refusal.lines)


def _conflict(request, text: OwnText, theirs: Section, html: str) -> HttpResponse:
    """Both texts with what differs marked: nothing has been saved."""
    context = conflict_context(None, theirs, {"html": html, "items": None}, request.user)
    if not wants_json(request):
        context |= {"frame": text.frame, "choice_url": text.choice_url}
        return render(request, "meetings/own_text_conflict.html", context, status=409)
    panel = render_to_string("meetings/parts/conflict.html", context, request)
    return JsonResponse({"revision": theirs.revision, "panel": panel, "html": theirs.html}, status=409)
