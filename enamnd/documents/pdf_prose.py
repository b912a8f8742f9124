"""Text that people wrote, made ready for paper: headings in order, lists whole, names undivided.

PDF/UA-1 (ISO 14289-1, 7.4) asks for headings that skip no level. Tables are set by `pdf_tables`.
"""

import functools
import re
from xml.etree import ElementTree

import tinyhtml5

from enamnd.documents import pdf_tables

ALLOWED = {
    "p": (),
    "br": (),
    "ul": (),
    "ol": ("start",),
    "li": (),
    "table": (),
    "thead": (),
    "tbody": (),
    "tr": (),
    "th": ("colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "blockquote": (),
    "strong": (),
    "em": (),
    "s": (),
    "h4": (),
    "h5": (),
    "a": ("href",),
}
DROPPED_WHOLE = {"script", "style", "iframe", "object", "template", "svg", "math"}
FOLLOWED = ("https://", "http://", "mailto:", "tel:", "#")


@functools.lru_cache(maxsize=1024)
def prepared(html: str, *, names: tuple[str, ...] = (), under: int = 3, on_screen: bool = False) -> str:
    """A fragment of checked HTML, ready to print.

    `under` is the level of the heading that the text stands under; headings inside follow on it without a gap.
    `names` are never divided at the end of a line. Elements, attributes and addresses that do not belong on paper
    are left out, their text stays. Only on screen do addresses within the portal ("/moten/1/") lead anywhere.
    """
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    _keep_allowed(body, (*FOLLOWED, "/") if on_screen else FOLLOWED)
    _level_headings(body, under)
    _mend_lists(body)
    pdf_tables.set_tables(body)
    if names:
        _keep_names_whole(body, re.compile("|".join(map(re.escape, names))))
    return _inner_html(body)


def _inner_html(element) -> str:
    whole = ElementTree.tostring(element, encoding="unicode", method="html")
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def _keep_allowed(parent, followed: tuple[str, ...]) -> None:
    for child in list(parent):
        if not isinstance(child.tag, str) or child.tag in DROPPED_WHOLE:
            _replace(parent, child, [])
            continue
        _keep_allowed(child, followed)
        if child.tag not in ALLOWED:
            _replace(parent, child, list(child), child.text)
            continue
        for name in set(child.attrib) - set(ALLOWED[child.tag]):
            del child.attrib[name]
        if child.tag == "a" and not child.get("href", "").lower().startswith(followed):
            _replace(parent, child, list(child), child.text)


def _replace(parent, child, grandchildren, text="") -> None:
    """Put the grandchildren and the texts of a child in its place."""
    at = list(parent).index(child)
    parent.remove(child)
    for number, grandchild in enumerate(grandchildren):
        parent.insert(at + number, grandchild)
    _add_text(parent, at, text or "")
    _add_text(parent, at + len(grandchildren), child.tail or "")


def _add_text(parent, before: int, text: str) -> None:
    if not text:
        return
    if before == 0:
        parent.text = (parent.text or "") + text
    else:
        parent[before - 1].tail = (parent[before - 1].tail or "") + text


def _level_headings(body, under: int) -> None:
    before = under
    for element in body.iter():
        if element.tag in ("h4", "h5"):
            before = min(int(element.tag[1]), before + 1)
            element.tag = f"h{before}"


def _mend_lists(parent, inside_list: bool = False) -> None:
    """A list holds points alone, and points stand in lists alone."""
    for child in list(parent):
        if inside_list and child.tag != "li":
            at = list(parent).index(child)
            point = ElementTree.Element("li")
            parent[at] = point
            point.append(child)
            point.tail, child.tail = child.tail, None
        elif not inside_list and child.tag == "li":
            child.tag = "div" if len(child) else "p"
        _mend_lists(child, child.tag in ("ul", "ol"))


def _keep_names_whole(element, names: re.Pattern) -> None:
    for child in list(element):
        _keep_names_whole(child, names)
        if child.tail and names.search(child.tail):
            child.tail, spans = _split_at_names(child.tail, names)
            at = list(element).index(child) + 1
            element[at:at] = spans
    if element.text and names.search(element.text):
        element.text, spans = _split_at_names(element.text, names)
        element[0:0] = spans


def _split_at_names(text: str, names: re.Pattern):
    """The text before the first name, and a span for each name with the text that follows as its tail."""
    spans, at, first = [], 0, ""
    for match in names.finditer(text):
        between = text[at : match.start()]
        if spans:
            spans[-1].tail = between
        else:
            first = between
        span = ElementTree.Element("span", {"class": "name"})
        span.text = match.group()
        spans.append(span)
        at = match.end()
    spans[-1].tail = text[at:]
    return first, spans
