"""A set of auditors' questions as values, out of a JSON object or the rows of a table.

The JSON object has title, organisation, namn (who answers), answer_to, deadline, information (a list of texts) and
sections: a list of objects with heading, intro, table_header {nr, title, requirement} and questions, a list of
{nr, fråga, ja, nej, delvis, kommentar, lag, besvaras_av, anvisning}. `specific_questions` holds questions to each
board by itself: boards is a list of {nämnd, rows}, and a row {område, år, fråga, svar, besvaras_år_…, delfrågor}.

A table has the columns Avsnitt, Nr, Fråga, Ja, Nej, Delvis, Kommentarer, Lagrum, Besvaras av, Område, År and Krav; only
Fråga must be there. A mark is an x. What is wrong is refused with every place; two marks on a question are wrong.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enamnd.refusal import Problem, Refused

MARKS = {"ja": "yes", "nej": "no", "delvis": "partly"}
MARK_WORDS = {"yes": "Ja", "no": "Nej", "partly": "Delvis"}
NOT_APPLICABLE = "ej applicerbar"
ATTACH = "bifoga"
MOST_QUESTIONS = 500
_LAW = re.compile(r"\b[A-ZÅÄÖ]{2,4} \d+ kap\.(?: \d+(?: ?[–-] ?\d+)? §§?)?")
_ONLY = re.compile(r"besvaras (?:endast|bara|enbart) av ([^.]+)\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")


@dataclass(frozen=True)
class AskedQuestion:
    """A question with what is answered. `mark` is yes, no, partly or empty; `asked_for` a year or None."""

    text: str
    number: str = ""
    mark: str = ""
    comment: str = ""
    law: str = ""
    only_for: str = ""
    hint: str = ""
    area: str = ""
    asked_for: int | None = None
    is_earlier: bool = False

    @property
    def is_not_applicable(self) -> bool:
        return self.comment.casefold().startswith(NOT_APPLICABLE)


@dataclass(frozen=True)
class AskedSection:
    """A table of questions. `kind` is marks or prose."""

    heading: str
    questions: tuple[AskedQuestion, ...]
    kind: str = "marks"
    intro: str = ""
    number: str = ""
    title: str = ""
    requirement: str = ""

    @property
    def law(self) -> str:
        """The provisions that the introduction names: KL 6 kap. 6 §."""
        return ", ".join(dict.fromkeys(_LAW.findall(f"{self.intro} {self.requirement}")))


@dataclass(frozen=True)
class QuestionSet:
    """A whole questionnaire as it came."""

    title: str
    sections: tuple[AskedSection, ...]
    organisation: str = ""
    answered_by: str = ""
    answer_to: str = ""
    deadline: str = ""
    information: tuple[str, ...] = ()


def likeness(text: str) -> str:
    """What two years' questions have in common when they ask the same: without years, spaces and case."""
    return re.sub(r"\W+", " ", re.sub(r"\b(?:19|20|21)\d\d\b", "", text)).strip().casefold()


def read_json(content: bytes, board: str, year: int) -> QuestionSet:
    """The questions of a file. `board` chooses among questions to each board by itself; `year` is the audited one.

    Refused with every problem and its place, or line and column when it is no JSON.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("Filen är inte skriven i UTF-8. Spara den som UTF-8.", field="file") from error
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise Refused(f"Filen är inte giltig JSON: {place}.", field="file") from error
    except RecursionError as error:
        raise Refused("Filen har för många nivåer för att läsas.", field="file") from error
    if not isinstance(data, dict):
        raise Refused("Filen ska vara ett JSON-objekt med title och sections.", field="file")
    return _JsonReader(board, year).read(data)


def read_table(rows: Sequence[Mapping[str, str]], title: str) -> QuestionSet:
    """The questions of a table: each row maps headings in small letters to texts. Refused with every problem."""
    kept = [{heading: _kept(value) for heading, value in row.items()} for row in rows]
    return _TableReader().read(kept, title)


class _Reader:
    def __init__(self):
        self.problems: list[Problem] = []

    def add(self, place: str, reason: str):
        self.problems.append(Problem(place, reason))

    def finish(self, found: QuestionSet) -> QuestionSet:
        number = sum(len(section.questions) for section in found.sections)
        if not number and not self.problems:
            self.add("", "Filen har inga frågor.")
        if number > MOST_QUESTIONS:
            self.add("", f"Filen har fler än {MOST_QUESTIONS} frågor. Dela upp den.")
        if self.problems:
            raise Refused(field="file", problems=tuple(self.problems))
        return found

    def number(self, value: str, place: str) -> str:
        value = value.strip()
        if value and not _NUMBER.fullmatch(value):
            self.add(place, f"numret ”{value[:20]}” ska vara siffror med punkt emellan, som 1.1.1, eller tomt.")
            return ""
        return value.rstrip(".")

    def mark(self, marked: Iterable[str], place: str) -> str:
        """The one mark, or none; two are refused."""
        marks = list(marked)
        if len(marks) > 1:
            words = " och ".join(MARK_WORDS[each] for each in marks)
            self.add(place, f"både {words} är markerade. Välj ett svar, eller inget.")
            return ""
        return marks[0] if marks else ""

    def question(self, text: str, place: str, **facts) -> AskedQuestion | None:
        if not text:
            self.add(place, "frågan saknas.")
            return None
        only = _ONLY.search(text)
        facts["only_for"] = facts.get("only_for") or (only[1].strip() if only else "")
        if facts.get("comment", "").strip().rstrip(".").casefold() == ATTACH:
            facts |= {"hint": facts["comment"].strip(), "comment": ""}
        return AskedQuestion(text, **facts)


class _JsonReader(_Reader):
    def __init__(self, board: str, year: int):
        super().__init__()
        self.board, self.year = board.casefold(), year

    def read(self, data: dict) -> QuestionSet:
        sections = [self.section(row, f"avsnitt {n}") for n, row in enumerate(self.rows(data, "sections", "filen"), 1)]
        specific = data.get("specific_questions")
        if isinstance(specific, dict):
            sections += self.own(specific)
        information = data.get("information") or []
        if not isinstance(information, list) or not all(isinstance(each, str) for each in information):
            self.add("information", "ska vara en lista av texter.")
            information = []
        texts = {
            key: self.text(data, name, "filen")
            for key, name in (
                *(("title", "title"), ("organisation", "organisation"), ("answered_by", "namn")),
                *(("answer_to", "answer_to"), ("deadline", "deadline")),
            )
        }
        texts["title"] = texts["title"] or f"Frågor inför granskning {self.year}"
        return self.finish(QuestionSet(sections=tuple(sections), information=tuple(map(_kept, information)), **texts))

    def text(self, row: dict, key: str, place: str) -> str:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            self.add(place, f"{key} ska vara text inom citattecken.")
            return ""
        return _kept(value)

    def rows(self, row: dict, key: str, place: str) -> list[dict]:
        value = row.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.add(place, f"{key} ska vara en lista av objekt.")
            return []
        return value

    def section(self, row: dict, place: str) -> AskedSection:
        header = row.get("table_header") or {}
        if not isinstance(header, dict):
            self.add(place, "table_header ska vara ett objekt.")
            header = {}
        heading = self.text(row, "heading", place)
        if not heading:
            self.add(place, "rubriken (heading) saknas.")
        asked = (
            self.marked(each, f"{place}, fråga {each.get('nr') or n}")
            for n, each in enumerate(self.rows(row, "questions", place), 1)
        )
        return AskedSection(
            heading=heading,
            questions=tuple(filter(None, asked)),
            intro=self.text(row, "intro", place),
            number=self.number(self.text(header, "nr", place), place),
            title=self.text(header, "title", place),
            requirement=self.text(header, "requirement", place),
        )

    def marked(self, row: dict, place: str) -> AskedQuestion | None:
        for key in MARKS:
            if row.get(key) not in (None, True, False):
                self.add(place, f"{key} ska vara true eller false.")
        return self.question(
            self.text(row, "fråga", place),
            place,
            number=self.number(self.text(row, "nr", place), place),
            mark=self.mark([mark for key, mark in MARKS.items() if row.get(key) is True], place),
            comment=self.text(row, "kommentar", place),
            law=self.text(row, "lag", place),
            only_for=self.text(row, "besvaras_av", place),
            hint=self.text(row, "anvisning", place),
        )

    def own(self, specific: dict) -> list[AskedSection]:
        """The questions to this board by itself; those to other boards are left out."""
        place = "specific_questions"
        boards = [
            each for each in self.rows(specific, "boards", place) if self.is_ours(self.text(each, "nämnd", place))
        ]
        questions = [
            question for each in boards for row in self.rows(each, "rows", place) for question in self.prose(row)
        ]
        if not questions:
            return []
        heading = self.text(specific, "heading", place) or "Frågor till nämnden"
        return [AskedSection(heading, tuple(questions), "prose", self.text(specific, "intro", place))]

    def is_ours(self, name: str) -> bool:
        return bool(name) and name.casefold() in self.board

    def prose(self, row: dict) -> list[AskedQuestion]:
        """A question in words, then what it asks besides, each with its own answer."""
        place = f"specific_questions, {row.get('område') or 'rad utan område'}"
        year = row.get("år")
        if year is not None and (isinstance(year, bool) or not isinstance(year, int) or not 1990 <= year <= 2199):
            self.add(place, "år ska vara ett år, som 2020.")
            year = None
        besides = self.rows(row, "delfrågor", place)
        text = self.text(row, "fråga", place)
        if besides and (at := text.find(self.text(besides[0], "fråga", place))) > 0:
            text = text[:at].strip()
        facts = {"area": self.text(row, "område", place), "asked_for": year}
        facts["is_earlier"] = year is not None and year < self.year
        found = [self.question(text, place, comment=self.answer(row, place), **facts)]
        found += [
            self.question(self.text(each, "fråga", place), place, comment=self.answer(each, place), **facts)
            for each in besides
        ]
        return list(filter(None, found))

    def answer(self, row: dict, place: str) -> str:
        value = row.get("svar")
        if value is None or isinstance(value, str):
            return _kept(value)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return "\n".join(filter(None, map(_kept, value)))
        self.add(place, "svar ska vara text, eller en lista av texter.")
        return ""


class _TableReader(_Reader):
    def read(self, rows: Sequence[Mapping[str, str]], title: str) -> QuestionSet:
        if rows and "fråga" not in rows[0]:
            raise Refused(
                "Tabellen har ingen kolumn som heter Fråga. Den första raden ska ha rubrikerna: "
                "Avsnitt, Nr, Fråga, Ja, Nej, Delvis, Kommentarer.",
                field="file",
            )
        sections: dict[str, list[AskedQuestion]] = {}
        needs: dict[str, str] = {}
        heading = "Frågor"
        for number, row in enumerate(rows, 2):
            heading = row.get("avsnitt") or heading
            needs[heading] = needs.get(heading) or row.get("krav", "")
            place = f"rad {number}" + (f" ({row['nr']})" if row.get("nr") else "")
            if found := self.row(row, place):
                sections.setdefault(heading, []).append(found)
        made = (
            AskedSection(name, tuple(asked), _kind(asked), requirement=needs[name]) for name, asked in sections.items()
        )
        return self.finish(QuestionSet(title, tuple(made)))

    def row(self, row: Mapping[str, str], place: str) -> AskedQuestion | None:
        return self.question(
            row.get("fråga", ""),
            place,
            number=self.number(row.get("nr", ""), place),
            mark=self.mark(
                [mark for key, mark in MARKS.items() if self.is_marked(row.get(key, ""), key, place)], place
            ),
            comment=row.get("kommentarer") or row.get("kommentar", ""),
            law=row.get("lagrum", ""),
            only_for=row.get("besvaras av", ""),
            area=row.get("område", ""),
            asked_for=self.year(row.get("år", ""), place),
        )

    def is_marked(self, value: str, column: str, place: str) -> bool:
        if value.casefold() not in ("", "x"):
            self.add(place, f"kolumnen {column.capitalize()} ska ha ett x eller vara tom, inte ”{value[:20]}”.")
        return value.casefold() == "x"

    def year(self, value: str, place: str) -> int | None:
        if not value:
            return None
        if not re.fullmatch(r"(?:19|20|21)\d\d", value):
            self.add(place, f"”{value[:20]}” är inget år.")
            return None
        return int(value)


def _kept(value: str | None) -> str:
    """A text without spaces around it, and without the sign that no database keeps."""
    return (value or "").replace("\x00", "").strip()


def _kind(questions: Iterable[AskedQuestion]) -> str:
    """Questions of an area are answered in words."""
    return "prose" if all(each.area for each in questions) else "marks"
