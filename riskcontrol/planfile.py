"""A year's control plan in one JSON file: what `manage.py load_control_plan FILE` and the page Läs in read.

The file is one JSON object in UTF-8 with "format": "enamnd.control_plan" and "version": 1.

year              the plan's year, e.g. 2024
title, intro      heading and introduction
scale             name of a scale of the board, or an object with name and what scoring.read_scale reads
columns           list of {"key", "heading"}; the keys stand in columns.KEYS. Nine usual ones when left out
mandatory_words   what is added to a mandatory item, with {year}
risks             list of objects, in the plan's order:
    text              the risk, or the control item
    category          name of a category of the board
    source            "internal", "external" or ""
    cause, effect, responsible, treatment, decision, analysis   texts
    likelihood, consequence, likelihood_after, consequence_after   whole numbers on the scale, or null
    in_plan           true (when left out) for an item of the plan, false for the gross list alone
    is_mandatory      true for a mandatory item
    needs_reports     true for one that is checked by what the municipalities report
    controls          list of {"method", "frequency", "schedule", "days", "responsible"}; the schedules are those of
                      ControlActivity.Schedule
    follows           text of the item in last year's plan that it continues; when left out, the one of the same text
adopted           {"on": "2023-12-13", "decision": "2023-12-13 § 41"} when it is adopted already
follow_up         {"name", "on", "assessment", "approved_on", "decision", "rows": [{"text", "decision", "analysis",
                  "next_responsible"}]}; a row's text is that of its item

A file with anything wrong in it is refused with every problem and its place, and nothing is saved.
"""

import json
from datetime import date

from enamnd.refusal import Problem, Refused

from .columns import Column, read_columns, usual_columns
from .scoring import Scale, check_score, read_scale

FORMAT, VERSION = "enamnd.control_plan", 1
KEYS = {
    *("format", "version", "year", "title", "intro", "scale", "columns", "mandatory_words", "risks", "adopted"),
    "follow_up",
}
TEXTS = ("text", "category", "source", "cause", "effect", "responsible", "treatment", "decision", "analysis", "follows")
NUMBERS = ("likelihood", "consequence", "likelihood_after", "consequence_after")
FLAGS = ("in_plan", "is_mandatory", "needs_reports")
OF_CONTROL = ("method", "frequency", "schedule", "responsible")
SCHEDULES = ("", "monthly", "quarterly", "tertial", "half", "yearly", "meetings", "days")


def read_plan(content: bytes) -> dict:
    """The checked object of a file. Refused when it cannot be read, with line and column, or is of another kind."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"Filen är inte skriven i UTF-8 (byte {error.start}). Spara den som UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise Refused(f"Filen är inte giltig JSON: {place}.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("version") != VERSION:
        raise Refused(f"Filen är ingen internkontrollplan: den ska börja med format ”{FORMAT}” och version {VERSION}.")
    return data


class PlanReader:
    """Reads an object into values that the models take; what is wrong is gathered as `problems`."""

    def __init__(self, data: dict, scales: dict[str, Scale], categories: set[str]):
        self.data, self.scales, self.categories = data, scales, categories
        self.problems: list[Problem] = [
            Problem("", f"Uppgiften ”{key}” finns inte i formatet {FORMAT}.") for key in data if key not in KEYS
        ]
        self.scale = self._scale()

    def values(self) -> dict:
        """Everything in the file. Refused with all problems when there are any."""
        found = {
            "year": self._year(),
            "title": self._text(self.data, "title", "Planen") or f"Internkontrollplan {self.data.get('year')}",
            "intro": self._text(self.data, "intro", "Planen"),
            "columns": self._columns(),
            "scale": self.scale,
            "mandatory_words": self._text(self.data, "mandatory_words", "Planen"),
            "risks": [
                self._risk(number, row) for number, row in enumerate(self._list(self.data, "risks", "Planen"), 1)
            ],
            "adopted": self._decided("adopted", "on"),
            "follow_up": self._follow_up(),
        }
        if self.problems:
            raise Refused(problems=tuple(self.problems))
        return found

    def _add(self, place: str, reason: str):
        self.problems.append(Problem(place, reason))

    def _year(self) -> int:
        year = self.data.get("year")
        if isinstance(year, bool) or not isinstance(year, int) or not 1990 <= year <= 2199:
            self._add("year", "skriv ett år från 1990 till 2199.")
            return 0
        return year

    def _scale(self) -> tuple[str, Scale] | None:
        told = self.data.get("scale")
        if told is None:
            return None
        if isinstance(told, str):
            if told in self.scales:
                return told, self.scales[told]
            self._add(
                "scale", f"skalan ”{told}” finns inte hos nämnden. Beskriv den i filen, eller lägg upp den först."
            )
            return None
        name = self._text(told, "name", "scale") if isinstance(told, dict) else ""
        if not name:
            self._add("scale", "ska vara namnet på en skala, eller ett objekt med name.")
            return None
        try:
            return name, read_scale(told)
        except Refused as refusal:
            self.problems += [Problem("scale", line) for line in refusal.lines]
            return None

    def _columns(self) -> tuple[Column, ...]:
        told = self.data.get("columns")
        try:
            return read_columns(usual_columns() if told is None else told if isinstance(told, list) else [told])
        except Refused as refusal:
            self.problems += [Problem("columns", line) for line in refusal.lines]
            return ()

    def _text(self, row: dict, key: str, place: str) -> str:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            self._add(place, f"{key} ska vara text inom citattecken.")
            return ""
        return (value or "").strip()

    def _list(self, row: dict, key: str, place: str) -> list[dict]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._add(place, f"{key} ska vara en lista av objekt.")
            return []
        return value

    def _risk(self, number: int, row: dict) -> dict:
        place = f"risks, rad {number}"
        known = {*TEXTS, *NUMBERS, *FLAGS, "controls"}
        self.problems += [Problem(place, f"uppgiften ”{key}” är okänd.") for key in row if key not in known]
        found = {key: self._text(row, key, place) for key in TEXTS}
        if not found["text"]:
            self._add(place, "uppgiften ”text” saknas.")
        if found["category"] and found["category"] not in self.categories:
            self._add(place, f"kategorin ”{found['category']}” finns inte hos nämnden.")
        if found["source"] not in ("", "internal", "external"):
            self._add(place, f"source: ”{found['source']}” finns inte, välj internal eller external.")
        found |= {key: row.get(key) for key in NUMBERS}
        self._check_values(found, place)
        found |= {key: row.get(key, key == "in_plan") is True for key in FLAGS}
        controls = self._list(row, "controls", place)
        return found | {"controls": [self._control(each, f"{place}, controls") for each in controls]}

    def _check_values(self, found: dict, place: str):
        for likelihood, consequence in (NUMBERS[:2], NUMBERS[2:]):
            pair = [found[likelihood], found[consequence]]
            if pair == [None, None]:
                continue
            if any(isinstance(each, bool) or not isinstance(each, int) for each in pair):
                self._add(place, f"{likelihood} och {consequence} ska båda vara heltal, eller båda saknas.")
                continue
            try:
                check_score(self.scale[1] if self.scale else None, *pair)
            except Refused as refusal:
                self._add(place, str(refusal))

    def _control(self, row: dict, place: str) -> dict:
        found = {key: self._text(row, key, place) for key in OF_CONTROL}
        if not found["method"]:
            self._add(place, "uppgiften ”method” saknas.")
        if found["schedule"] not in SCHEDULES:
            self._add(place, f"schedule: ”{found['schedule']}” finns inte, välj bland {', '.join(SCHEDULES[1:])}.")
        days = row.get("days", [])
        if not isinstance(days, list) or not all(_is_day(each) for each in days):
            self._add(place, "days ska vara en lista av dagar, som 2024-03-31.")
            days = []
        return found | {"days": days}

    def _decided(self, key: str, day: str) -> dict | None:
        """When and where something was decided; None when it was not."""
        told = self.data.get(key)
        if told is None:
            return None
        if not isinstance(told, dict) or not _is_day(told.get(day)) or not self._text(told, "decision", key):
            self._add(key, f"ska ha {day} (en dag, som 2023-12-13) och decision (2023-12-13 § 41).")
            return None
        return {"on": date.fromisoformat(told[day]), "decision": self._text(told, "decision", key)}

    def _follow_up(self) -> dict | None:
        told = self.data.get("follow_up")
        if told is None:
            return None
        if not isinstance(told, dict) or not _is_day(told.get("on")) or not self._text(told, "name", "follow_up"):
            self._add("follow_up", "ska ha name och on (en dag, som 2023-12-13).")
            return None
        rows = []
        texts = {row.get("text") for row in self._list(self.data, "risks", "Planen") if row.get("in_plan", True)}
        for number, row in enumerate(self._list(told, "rows", "follow_up"), 1):
            place = f"follow_up, rad {number}"
            rows.append({k: self._text(row, k, place) for k in ("text", "decision", "analysis", "next_responsible")})
            if rows[-1]["text"] not in texts:
                self._add(place, f"planen har inget kontrollmoment med texten ”{rows[-1]['text']}”.")
        found = {"name": self._text(told, "name", "follow_up"), "on": date.fromisoformat(told["on"]), "rows": rows}
        found["assessment"] = self._text(told, "assessment", "follow_up")
        return found | {"approved": self._approved(told)}

    def _approved(self, told: dict) -> dict | None:
        if told.get("approved_on") is None:
            return None
        if not _is_day(told["approved_on"]) or not self._text(told, "decision", "follow_up"):
            self._add("follow_up", "approved_on ska vara en dag, och decision säga var den godkändes.")
            return None
        return {"on": date.fromisoformat(told["approved_on"]), "decision": self._text(told, "decision", "follow_up")}


def _is_day(value) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
