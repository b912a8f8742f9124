"""What is said of a checked file, in sentences for anybody."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from enamnd import dates
from enamnd.documents.models import Paper
from enamnd.formats import count

from .found import FoundSignature

HEADINGS = {
    "own": "Papperet är äkta",
    "unfinished": "Papperet är äkta, men alla har inte undertecknat",
    "earlier": "Papperet är en tidigare version",
    "replaced": "Papperet gäller inte längre",
    "changed": "Filen har ändrats",
    "valid": "Underskrifterna stämmer, men papperet är inte portalens",
    "unsigned": "Portalen känner inte till filen",
    "unreadable": "Filen går inte att kontrollera",
}
TONES = {
    "own": "ok",
    "unfinished": "soon",
    "earlier": "soon",
    "replaced": "late",
    "changed": "late",
    "valid": "plain",
    "unsigned": "plain",
    "unreadable": "late",
}
NO_TRUST = "Lita inte på den. Begär papperet av den som ska ha utfärdat det."

NO_PDF = ("Filen är ingen PDF. Välj den PDF som du vill kontrollera, så som du fick den.",)
DAMAGED = ("Filen är skadad och går inte att läsa. Den är inte ett papper så som portalen har utfärdat det.", NO_TRUST)
PROBLEMS = {
    "encrypted": (
        "Filen är krypterad eller låst med lösenord. Portalen utfärdar inga sådana papper, så filen är inte portalens "
        "i det skick den har. Spara den utan skydd om du vill kontrollera underskrifterna.",
    ),
    "unreadable": DAMAGED,
    "crashed": DAMAGED,
    "too slow": (
        "Filen tog för lång tid att gå igenom, och kontrollen avbröts. "
        "Den är inte ett papper så som portalen har utfärdat det.",
    ),
}
UNSIGNED = (
    "Filen har inga underskrifter och är inte ett papper så som portalen har utfärdat det.",
    "Portalen kan inte säga något om den. Ett papper som har skannats in, eller en fil som har sparats om, känns inte "
    "igen.",
)
ADDED = ("Något har lagts till efter den sista underskriften, och det omfattas inte av någon underskrift.", NO_TRUST)
NEVER_ISSUED = (
    "Underskrifterna är gjorda i portalen, men filen är inte ett papper i det skick som portalen har utfärdat det.",
    NO_TRUST,
)
VALID = (
    "Underskrifterna är intakta, och ingenting har ändrats efter dem.",
    "Portalen har inte utfärdat papperet och går inte i god för dem som har utfärdat certifikaten. Namnen är de som "
    "certifikaten uppger.",
)


def of_own(paper: Paper, life, signatures: Sequence[FoundSignature], missing: Sequence[str]) -> tuple[str, ...]:
    """What is said of a file that is an issued paper, byte for byte."""
    said = [f"Filen är ”{paper.title}”, exakt så som portalen utfärdade papperet {_day(paper.issued_at)}."]
    said.append(_of_signers(signatures, missing))
    if life.withdrawn_at:
        said.append(f"Papperet återkallades {_day(life.withdrawn_at)} och gäller inte längre.")
    if life.replaced_by:
        by = life.replaced_by
        said.append(f"Det har ersatts av ”{by.title}”, utfärdat {_day(by.issued_at)}. Begär det i stället.")
    elif life.latest != paper:
        said.append(
            f"Det finns en senare version, från {_day(life.latest.issued_at)}. Den här är äkta men inte fullständig: "
            "begär den senare."
        )
    return tuple(said)


def _of_signers(signatures: Sequence[FoundSignature], missing: Sequence[str]) -> str:
    if not signatures and not missing:
        return "Papperet utfärdas utan underskrifter."
    total = len(signatures) + len(missing)
    if not missing:
        return f"Det har {count(total, 'underskrift', 'underskrifter')}, och ingenting har ändrats efter dem."
    return (
        f"Det har {len(signatures)} av {count(total, 'underskrift', 'underskrifter')}. Det saknas: {_listed(missing)}."
    )


def begins_as(paper: Paper) -> tuple[str, ...]:
    """What is said of a file to which something has been added since it was issued."""
    return (
        f"Filen börjar som ”{paper.title}”, som portalen utfärdade {_day(paper.issued_at)}, men efteråt har något "
        "lagts till eller ändrats.",
        NO_TRUST,
    )


def broken(signatures: Sequence[FoundSignature]) -> tuple[str, ...]:
    """What is said of a file with signatures that do not hold."""
    names = _listed([each.name for each in signatures])
    which = "underskriften" if len(signatures) == 1 else "underskrifterna"
    return (f"Filen är inte som den var när den undertecknades. Det gäller {which} av {names}.", NO_TRUST)


def of_signature(finding: dict) -> str:
    """What is said of one signature that was looked at."""
    if not finding["intact"]:
        return "Bruten: det som undertecknades har ändrats, eller så går underskriften inte att läsa."
    if finding["is_changed"]:
        return "Intakt, men något som inte får ändras har ändrats efteråt."
    return (
        "Intakt, gjord i portalen."
        if finding["trusted"]
        else "Intakt. Utfärdaren av certifikatet är okänd för portalen."
    )


def _day(instant: datetime) -> str:
    return dates.long_date(timezone.localdate(instant))


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last
