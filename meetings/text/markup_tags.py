"""The tags and attributes of protocol text, and what may stand in what."""

import re

INLINE = frozenset({"strong", "em", "s", "a"})
FLOW = frozenset({"p", "ul", "ol", "table", "blockquote", "h4", "h5"})
CHILDREN = {
    "": FLOW | INLINE,
    "blockquote": FLOW | INLINE,
    "li": FLOW | INLINE,
    "td": FLOW | INLINE,
    "th": FLOW | INLINE,
    "p": INLINE,
    "h4": INLINE,
    "h5": INLINE,
    "strong": INLINE,
    "em": INLINE,
    "s": INLINE,
    "a": INLINE - {"a"},
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "table": frozenset({"tbody", "tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
}
TAGS = frozenset(CHILDREN) - {""}
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "ol": frozenset({"start"}),
}
SCHEMES = frozenset({"http", "https", "mailto"})

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COUNT = re.compile(r"[1-9][0-9]{0,2}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def is_allowed_address(href: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or an address within the portal."""
    if re.search(r"[\x00-\x20\x7f\\]", href) or href.startswith("//") or not href:
        return False
    scheme = _SCHEME.match(href)
    return scheme is None or scheme[1].lower() in SCHEMES
