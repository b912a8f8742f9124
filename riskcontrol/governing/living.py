"""Living blocks: parts of a document that the portal draws out of what it keeps, anew until the document is adopted.

Two registries are asked. `meetings.blocks` has what every app offers as text; a document gives each its year under
`year`, and the year's own plan, budget or period where nothing was chosen (years.py). The registry here has what needs
the document itself, or is a picture.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace

from django.forms import ModelChoiceField

from enamnd.refusal import Refused
from meetings import blocks as texts
from meetings.text.markup import is_empty

from ..models import GoverningDocument, GoverningSection
from .years import options_of


@dataclass(frozen=True)
class Drawn:
    """A block as it is now, or as it was when the document was adopted.

    `html` is clean protocol text; `picture` SVG of the portal's own templates, with `alt` for those who do not see it;
    `signers` are approval lines (label, name) under `words`. `missing` says in a sentence why there is nothing.
    """

    key: str
    name: str
    html: str = ""
    picture: str = ""
    alt: str = ""
    caption: str = ""
    words: str = ""
    signers: tuple[tuple[str, str], ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class OwnBlock:
    """A block that is drawn for a document. `draw` gives everything but key, name and caption."""

    key: str
    name: str
    draw: Callable[[GoverningDocument, dict], Drawn]


_OWN: dict[str, OwnBlock] = {}


def register_own(block: OwnBlock):
    """Offer a block in governing documents alone. The last one of a key is the one that counts."""
    _OWN[block.key] = block


def choices() -> list[tuple[str, str]]:
    """Key and name of every block that may be put into a section, by name."""
    named = {each.key: each.name for each in texts.blocks()} | {each.key: each.name for each in _OWN.values()}
    return sorted(named.items(), key=lambda pair: pair[1])


def form_of(key: str) -> type | None:
    """The form of what may be chosen of a block, None when nothing can be."""
    return next((each.form for each in texts.blocks() if each.key == key and key not in _OWN), None)


def lasting_form_of(key: str) -> type | None:
    """The form of what may be chosen of a block for every year to come: none that picks rows of one year."""
    made = form_of(key)
    fields = made.base_fields if made else {}
    is_of_a_year = any(isinstance(each, ModelChoiceField) for each in fields.values()) or "year" in fields
    return None if is_of_a_year else made


def name_of(key: str) -> str:
    return dict(choices()).get(key, key)


def is_known(key: str) -> bool:
    return key in dict(choices())


def drawn_of(document: GoverningDocument, section: GoverningSection) -> list[Drawn]:
    """The blocks of a section: as they were frozen, else as they are now."""
    return [_frozen(section, row) or draw(document, row) for row in section.blocks]


def _frozen(section: GoverningSection, row: dict) -> Drawn | None:
    kept = section.frozen.get(row["key"])
    if kept is None:
        return None
    return Drawn(**kept | {"signers": tuple(map(tuple, kept["signers"]))})


def freeze(drawn: Iterable[Drawn]) -> dict:
    """What a section keeps of its blocks when the document is adopted: key → the block."""
    return {each.key: asdict(each) for each in drawn}


def draw(document: GoverningDocument, row: dict) -> Drawn:
    """A block as it is now. One that nobody offers, or that has nothing, says so in words."""
    key, caption = row["block"], row.get("caption", "")
    named = Drawn(row["key"], name_of(key), caption=caption)
    if key in _OWN:
        found = _OWN[key].draw(document, row.get("options", {}))
        named = replace(found, key=row["key"], name=_OWN[key].name, caption=caption)
    elif is_known(key):
        block = texts.find_block(key)
        try:
            named = replace(named, html=texts.text_of(block, options_of(key, document.year, row.get("options", {}))))
        except Refused as refusal:
            return replace(named, missing=f"{block.name}: {refusal}")
    else:
        return replace(named, missing=f"Delen ”{key}” finns inte i portalen. Ta bort den eller välj en annan.")
    is_bare = is_empty(named.html) and not (named.picture or named.signers or named.missing)
    return replace(named, missing=f"{named.name}: det finns inget att visa för {document.year}.") if is_bare else named
