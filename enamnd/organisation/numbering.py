"""How a board writes its case and document numbers: "{year}/{serial}-{classification}" and the like."""

import re
from string import Formatter

from enamnd.refusal import Refused

PLACES = {
    "prefix": r"(?P<prefix>[^\W\d_][\w-]*?)",
    "year": r"(?P<year>[0-9]{4})",
    "serial": r"(?P<serial>[0-9]{1,9})",
    "classification": r"(?P<classification>[0-9A-Za-zÅÄÖåäö.]*)",
}


def check_number_format(written: str):
    """Refused unless `written` is made of {prefix}, {year}, {serial} and {classification}, with year and serial."""
    try:
        used = [name for _, name, _, _ in Formatter().parse(written) if name is not None]
    except ValueError:
        raise Refused(f"Nummerformatet ”{written}” har en klammer för mycket eller för lite.") from None
    if unknown := [name for name in used if name not in PLACES]:
        raise Refused(f"Nummerformatet ”{written}” har {{{unknown[0]}}}, som inte finns. {_places()}")
    if len(set(used)) != len(used):
        raise Refused(f"Nummerformatet ”{written}” har samma uppgift två gånger.")
    if not {"serial", "year"} <= set(used):
        raise Refused(f"Nummerformatet ”{written}” behöver både {{year}} och {{serial}}, annars blir två nummer lika.")


def _places() -> str:
    return f"Det som byts ut är {', '.join(f'{{{name}}}' for name in PLACES)}."


def write_number(number_format: str, *, year: int, serial: int, prefix: str = "", classification: str = "") -> str:
    """2022/9-2.2.0.1. A mark before an empty classification is left out with it: 2022/9, not 2022/9-."""
    written = number_format.format(prefix=prefix, year=year, serial=serial, classification=classification)
    return written if classification or "{classification}" not in number_format else re.sub(r"\W+$", "", written)


def read_number(number_format: str, written: str) -> dict | None:
    """The parts of a number as the format writes it, year and serial as integers; None when it is written otherwise."""
    found = re.fullmatch(_pattern(number_format), written.strip())
    if found is None:
        return None
    parts = {name: value or "" for name, value in found.groupdict().items()}
    return parts | {"year": int(parts["year"]), "serial": int(parts["serial"])}


def _pattern(number_format: str) -> str:
    pattern = ""
    for literal, name, _, _ in Formatter().parse(number_format):
        if name == "classification":
            pattern += f"(?:{re.escape(literal)}{PLACES[name]})?"
        else:
            pattern += re.escape(literal) + (PLACES[name] if name else "")
    return pattern
