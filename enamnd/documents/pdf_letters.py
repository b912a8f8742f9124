"""The letters of a paper: only the portal's own fonts, and a mark for the characters that none of them has.

PDF/A-2 (ISO 19005-2, 6.2.11.7-8) wants a glyph for every character and a meaning for every glyph. A character without
a glyph of its own is drawn as a box but keeps its meaning: it is still found, copied and read out as what it is.
"""

import functools
import os
import re
import unicodedata
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
SETTINGS = Path(__file__).with_name("fonts.conf")
BOXES = "boxes:"  # scheme of the fonts that are made here
BLOCK = 256  # characters in one such font

# What may show nothing and yet do something: a place to divide a word.
_BREAKS = frozenset("\u00ad\u200b")
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))

_ASCII = re.compile(r"[\t\n\r -~]+")


def own_fonts() -> FontConfiguration:
    """A set of fonts without those that happen to be installed on the machine."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(SETTINGS)
    try:
        return FontConfiguration()
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def printable(html: str) -> tuple[str, str]:
    """The page with its letters composed and what cannot be printed put right, and the style sheet that it needs.

    Characters that show nothing are left out; those that mean nothing (private use, outside Unicode) become �.
    """
    html = unicodedata.normalize("NFC", html)
    rare = set(_ASCII.sub("", html)) - _with_glyphs()
    if not rare:
        return html, ""
    html = html.translate({ord(each): _instead(each) for each in rare if _instead(each) != each})
    return html, _faces({ord(each) // BLOCK for each in rare if _instead(each) == each})


def without_glyphs(text: str) -> str:
    """The characters of the text, each once and in order, that are printed as a box or as �."""
    rare = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(each for each in rare if each not in _with_glyphs() and _instead(each) in (each, "\ufffd"))


def boxes(address: str) -> bytes:
    """The font of an address "boxes:4e": a box for each character of that block."""
    first = int(address.removeprefix(BOXES), 16) * BLOCK
    names = {code: f"u{code:05X}" for code in range(first, first + BLOCK) if chr(code) not in _with_glyphs()}
    glyphs = dict.fromkeys((".notdef", *names.values()), _box()) | {"space": TTGlyphPen(None).glyph()}
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(names | dict.fromkeys((0x20, 0xA0), "space"))  # the engine keeps to a font over spaces
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (760, 60)) | {"space": (250, 0)})
    font.setupHorizontalHeader(ascent=900, descent=-250)
    font.setupNameTable({"familyName": f"Boxes {first:X}", "styleName": "Regular", "psName": f"Boxes{first:X}"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-250, usWinAscent=900, usWinDescent=250)
    font.setupPost(keepGlyphNames=False)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


@functools.cache
def _with_glyphs() -> frozenset[str]:
    """Every character that a font of the portal can draw, and the white space."""
    fonts = (path for path in FONTS.iterdir() if path.suffix in (".woff2", ".ttf"))
    codes = {code for path in fonts for code in TTFont(path, lazy=True).getBestCmap()}
    drawn = {chr(code) for code in codes if unicodedata.category(chr(code)) not in ("Cf", "Zl", "Zp", "Co")}
    return frozenset(drawn - _SELECTORS | _BREAKS | set("\t\n\r "))


def _instead(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc", "Mn", "Me"):
        return ""
    if kind in ("Zs", "Zl", "Zp"):
        return " "
    is_outside = kind == "Cn" and ord(character) & 0xFFFE == 0xFFFE
    return "\ufffd" if kind in ("Co", "Cs") or is_outside else character


def _faces(blocks: set[int]) -> str:
    face = '@font-face {{ font-family: "Paper Boxes {1:X}"; src: url("{0}{1:x}"); }}'
    return "".join(face.format(BOXES, block) for block in sorted(blocks))


@functools.cache
def _box():
    pen = TTGlyphPen(None)
    for corners in (((60, 0), (60, 700), (700, 700), (700, 0)), ((110, 50), (650, 50), (650, 650), (110, 650))):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
