"""Empty signature fields, printed with the paper so that signing changes nothing but them.

A checkbox gives a tagged form element without dragging a font along; just before the file is written it is made a
signature field (ISO 32000-1, 12.7.4.5). Every signer must be known when the paper is printed: one field each.
"""

import pydyf
from django.utils.html import format_html
from django.utils.safestring import SafeString
from weasyprint import Document

PRINTED_AND_LOCKED = 4 | 128  # the flags of the annotation (ISO 32000-1, table 165)
OF_A_CHECKBOX = ("DA", "V", "AS", "MK", "Border", "Ff")


def signature_field(name: str, title: str) -> SafeString:
    """HTML of an empty field, for the template of a paper. `title` is what a screen reader says of it.

    Its size is that of the class `signature-field` in print.css. `name` is unique in the paper.
    """
    return format_html('<form><input class="signature-field" type="checkbox" name="{}" title="{}"></form>', name, title)


def prepare_fields(document: Document, pdf: pydyf.PDF) -> None:
    """Turn the checkboxes of a paper into signature fields, just before the file is written (a finisher)."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    for name in ("NeedAppearances", "DR"):
        form.pop(name, None)
    fields = [each for each in pdf.objects if isinstance(each, dict) and each.get("FT") == "/Btn"]
    for field in fields:
        _become_signature_field(field, pdf)
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Form" and len(element.get("K", ())) == 1:
            # An array would be told from the single object after signing, and be called a change of the structure.
            element["K"] = element["K"][0]


def _become_signature_field(field: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    left, right = sorted((field["Rect"][0], field["Rect"][2]))
    low, high = sorted((field["Rect"][1], field["Rect"][3]))
    empty = pydyf.Stream(
        extra={"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, right - left, high - low))}
    )
    pdf.add_object(empty)
    for key in OF_A_CHECKBOX:
        field.pop(key, None)
    field["FT"] = "/Sig"
    field["F"] = PRINTED_AND_LOCKED
    field["Rect"] = pydyf.Array((left, low, right, high))
    field["AP"] = pydyf.Dictionary({"N": empty.reference})
