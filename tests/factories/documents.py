"""Cases, documents, letters and issued papers."""

import hashlib
from datetime import date

from enamnd.documents.models import Case, Document, Paper, StoredFile
from enamnd.letters.models import Letter

from .serial import numbers


def case(title: str = "Upphandling av e-arkiv", **fields) -> Case:
    serial = next(numbers)
    year = fields.setdefault("year", 2022)
    defaults = {"number": f"{year}/{serial}-1.1", "serial": serial, "opened_on": date(year, 1, 10)}
    return Case.objects.create(title=title, **defaults | fields)


def document(of: Case | None = None, title: str = "Tjänsteskrivelse", **fields) -> Document:
    defaults = {
        "number": f"2022.{next(numbers)}",
        "direction": Document.Direction.DRAWN_UP,
        "dated": date(2022, 5, 2),
    }
    return Document.objects.create(case=of or case(), title=title, **defaults | fields)


def letter(**fields) -> Letter:
    """A letter that waits, without a task of its own."""
    defaults = {"kind": "call", "to_address": f"mottagare{next(numbers)}@example.org", "subject": "Kallelse"}
    return Letter.objects.create(**defaults | {"body": "Välkommen till sammanträdet.\n"} | fields)


def paper(content: bytes = b"%PDF-1.7 prov", **fields) -> Paper:
    """An issued paper that nobody has drawn."""
    digest = hashlib.sha256(content).hexdigest()
    defaults = {"size": len(content), "media_type": "application/pdf", "content": content}
    file, _ = StoredFile.objects.get_or_create(sha256=digest, defaults=defaults)
    return Paper.objects.create(**{"file": file, "kind": "protocol", "title": "Protokoll", "subject": "-"} | fields)
