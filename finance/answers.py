"""What a page says of a file that is not taken: everything wrong in it once, above the form."""

from django.forms import Form

from enamnd.answers import add_refusal
from enamnd.formats import count
from enamnd.refusal import Refused


def refuse_file(form: Form, refusal: Refused, field: str = "file") -> tuple[str, ...]:
    """The sentences to show above the form, when there are several; the field then points up to them.

    A single sentence stands beside its field.
    """
    if len(refusal.lines) < 2:
        add_refusal(form, refusal)
        return ()
    add_refusal(form, Refused(f"{count(len(refusal.lines), 'fel', 'fel')}, se ovan.", field=field))
    return refusal.lines
