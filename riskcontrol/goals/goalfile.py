"""A year's goals in one JSON file: what `manage.py load_goals FILE` and the page Läs in read.

The file is one JSON object in UTF-8 with "format": "enamnd.goals" and "version": 1.

year              the year, e.g. 2024
direction         the strategic direction
effect_intro      the lead sentence of the effect goals
effects           list of texts, or of {"text", "first_year", "last_year"}; those that the board has already (by text)
                  are used again
intro             introduction to the goals
goals             list of texts, or of {"text", "responsible", "effects", "depends_on_councils"}; effects are numbers in
                  the list above
indicators        list of {"text", "kind", "target", "aim", "unit", "counting", "bodies", "goals", "all_parties"}; kinds
                  and countings are those of models.Indicator, bodies are names, goals are numbers in the list above
periods           list of {"name", "first_on", "last_on", "goals", "indicators"}; goals and indicators are lists of
                  {"number", "comment", "forecast", "councils"}, the forecasts those of models.Outlook

A file with anything wrong in it is refused with every problem and its place, and nothing is saved. Plain Python.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from enamnd.refusal import Problem, Refused

FORMAT, VERSION = "enamnd.goals", 1
TEXTS = ("direction", "effect_intro", "intro")
KEYS = {"format", "version", "year", *TEXTS, "effects", "goals", "indicators", "periods"}
KINDS = ("at_least", "turnout", "agreements", "parties", "by_hand")
COUNTINGS = ("parties", "members", "serving")
FORECASTS = ("", "reached", "will", "risk", "unsure", "missed")


def read_goals(content: bytes) -> dict:
    """The object of a file. Refused when it cannot be read, with line and column, or is of another kind."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"Filen är inte skriven i UTF-8 (byte {error.start}). Spara den som UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        place = f": rad {error.lineno}, tecken {error.colno}" if hasattr(error, "lineno") else ""
        raise Refused(f"Filen är inte giltig JSON{place}.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("version") != VERSION:
        raise Refused(f"Filen har inga mål: den ska börja med format ”{FORMAT}” och version {VERSION}.")
    return data


class GoalReader:
    """Reads an object into values that the models take; what is wrong is gathered as `problems`."""

    def __init__(self, data: dict, bodies: set[str]):
        self.data, self.bodies = data, bodies
        self.problems: list[Problem] = [
            Problem("", f"Uppgiften ”{key}” finns inte i formatet {FORMAT}.") for key in data if key not in KEYS
        ]

    def values(self) -> dict:
        """Everything in the file. Refused with all problems when there are any."""
        found = {"year": self._year()} | {key: self._text(self.data, key, "Målen") for key in TEXTS}
        found["effects"] = self._rows(self.data, "effects", self._effect)
        found["goals"] = self._rows(self.data, "goals", self._goal)
        found["indicators"] = self._rows(self.data, "indicators", self._indicator)
        found["periods"] = self._rows(self.data, "periods", self._period)
        if self.problems:
            raise Refused(problems=tuple(self.problems))
        return found

    def _add(self, place: str, text: str):
        self.problems.append(Problem(place, text))

    def _year(self) -> int:
        year = self.data.get("year")
        if not isinstance(year, int) or isinstance(year, bool) or not 1990 <= year <= 2199:
            self._add("year", "ska vara ett år från 1990 till 2199.")
            return 1990
        return year

    def _rows(self, of: dict, key: str, read: Callable[[dict, str], dict], within: str = "") -> list[dict]:
        rows = of.get(key, [])
        if not isinstance(rows, list):
            self._add(within + key, "ska vara en lista.")
            return []
        found = []
        for number, row in enumerate(rows, 1):
            place = f"{within}{key}, rad {number}"
            row = {"text": row} if isinstance(row, str) else row
            if isinstance(row, dict):
                found.append(read(row, place))
            else:
                self._add(place, "ska vara en text eller ett objekt.")
        return found

    def _text(self, of: dict, key: str, place: str, *, needed: bool = False, most: int = 5000) -> str:
        value = of.get(key) or ""
        if not isinstance(value, str):
            self._add(place, f"{key} ska vara text.")
            return ""
        if needed and not value.strip():
            self._add(place, f"uppgiften ”{key}” saknas.")
        if len(value.strip()) > most:
            self._add(place, f"{key} är längre än {most} tecken.")
        return value.strip()

    def _flag(self, of: dict, key: str, place: str) -> bool:
        value = of.get(key, False)
        if not isinstance(value, bool):
            self._add(place, f"{key} ska vara true eller false.")
        return value is True

    def _word(self, of: dict, key: str, words: tuple[str, ...], place: str, usual: str) -> str:
        value = of.get(key, usual)
        if value not in words:
            self._add(place, f"{key}: ”{value}” finns inte, välj bland {', '.join(filter(None, words))}.")
            return usual
        return value

    def _numbers(self, of: dict, key: str, among: str, place: str) -> list[int]:
        """Numbers of rows in another list of the file, from one."""
        value, rows = of.get(key, []), self.data.get(among, [])
        last = len(rows) if isinstance(rows, list) else 0
        is_list = isinstance(value, list)
        if not is_list or not all(isinstance(each, int) and 1 <= each <= last for each in value):
            self._add(place, f"{key} ska vara en lista av nummer från 1 till {last}.")
            return []
        return value

    def _decimal(self, of: dict, key: str, place: str) -> Decimal | None:
        value = of.get(key)
        if value is None:
            return None
        try:
            found = Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite() or not 0 <= found < 10**12:
            self._add(place, f"{key} ska vara ett tal.")
            return None
        return found

    def _effect(self, row: dict, place: str) -> dict:
        years = {}
        for key in ("first_year", "last_year"):
            value = row.get(key)
            if value is not None and (not isinstance(value, int) or not 1990 <= value <= 2199):
                self._add(place, f"{key} ska vara ett år.")
                value = None
            years[key] = value
        return {"text": self._text(row, "text", place, needed=True, most=500)} | years

    def _goal(self, row: dict, place: str) -> dict:
        return {
            "text": self._text(row, "text", place, needed=True, most=700),
            "responsible": self._text(row, "responsible", place, most=200),
            "effects": self._numbers(row, "effects", "effects", place),
            "depends_on_councils": self._flag(row, "depends_on_councils", place),
        }

    def _indicator(self, row: dict, place: str) -> dict:
        bodies = row.get("bodies", [])
        if not isinstance(bodies, list):
            self._add(place, "bodies ska vara en lista av namn.")
            bodies = []
        for name in bodies:
            if not isinstance(name, str) or name not in self.bodies:
                self._add(place, f"organet ”{name}” finns inte.")
        return {
            "text": self._text(row, "text", place, needed=True, most=700),
            "kind": self._word(row, "kind", KINDS, place, "by_hand"),
            "target": self._decimal(row, "target", place),
            "aim": self._decimal(row, "aim", place),
            "unit": self._text(row, "unit", place, most=40),
            "counting": self._word(row, "counting", COUNTINGS, place, "parties"),
            "all_parties": self._flag(row, "all_parties", place),
            "bodies": [name for name in bodies if isinstance(name, str)],
            "goals": self._numbers(row, "goals", "goals", place),
        }

    def _period(self, row: dict, place: str) -> dict:
        days = {key: self._day(row, key, place) for key in ("first_on", "last_on")}
        told = {
            key: self._rows(row, key, lambda one, at, among=key: self._outlook(one, at, among), f"{place}, ")
            for key in ("goals", "indicators")
        }
        return {"name": self._text(row, "name", place, needed=True, most=100)} | days | told

    def _day(self, row: dict, key: str, place: str) -> date:
        try:
            return date.fromisoformat(row.get(key))
        except (TypeError, ValueError):
            self._add(place, f"{key} ska vara en dag, som 2024-05-31.")
            return date(1990, 1, 1)

    def _outlook(self, row: dict, place: str, among: str) -> dict:
        rows = self.data.get(among)
        last, number = len(rows) if isinstance(rows, list) else 0, row.get("number")
        if not isinstance(number, int) or not 1 <= number <= last:
            self._add(place, f"number ska vara ett nummer från 1 till {last}.")
        return {
            "number": number,
            "comment": self._text(row, "comment", place, most=20000),
            "forecast": self._word(row, "forecast", FORECASTS, place, ""),
            "councils": self._word(row, "councils", FORECASTS, place, ""),
        }
