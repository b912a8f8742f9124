"""Newsletters to show: those that everybody may read, and how one reads."""

from django.db.models import Count, Exists, Expression, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Replace, StrIndex
from django.utils.safestring import SafeString, mark_safe

from enamnd.documents import pdf_prose
from enamnd.documents.models import Document
from meetings.models import Newsletter
from meetings.publishing.paper import SHORTEST_TITLE


def published() -> QuerySet[Newsletter]:
    """What everybody may read, the latest sent first: not what names a document that has got a secrecy mark since."""
    secret = Document.objects.secret().annotate(letters=Length("title"))
    titles = secret.filter(letters__gte=SHORTEST_TITLE)
    named = titles.annotate(
        in_text=StrIndex(OuterRef("html"), _as_markup("title")), in_title=StrIndex(OuterRef("title"), F("title"))
    )
    rows = Newsletter.objects.filter(sent_at__isnull=False, withdrawn_at=None)
    return rows.exclude(Exists(named.filter(Q(in_text__gt=0) | Q(in_title__gt=0)))).order_by("-sent_at", "-pk")


def _as_markup(name: str) -> Expression:
    """A field's words as they stand in markup (markup_tree.escaped)."""
    words = F(name)
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        words = Replace(words, Value(character), Value(written))
    return words


def for_list() -> QuerySet[Newsletter]:
    """All, drafts first, each with how many letters have been written (`copies_written`)."""
    rows = Newsletter.objects.select_related("meeting__body", "sent_by", "edited_by").defer("html")
    return rows.annotate(copies_written=Count("copies")).order_by(F("sent_at").desc(nulls_first=True), "-pk")


def shown(newsletter: Newsletter) -> SafeString:
    """The text under its title (h1), to be read on screen."""
    html = pdf_prose.prepared(newsletter.html, under=3, on_screen=True)
    for written, on_page in (("h4>", "h2>"), ("h5>", "h3>")):
        html = html.replace(written, on_page)
    return mark_safe(html)  # noqa: S308 - prepared lets through its own elements alone
