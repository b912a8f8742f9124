"""The tables of an operational plan, taken in from CSV and Excel."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from enamnd.refusal import Refused
from projects.actions.importing import load_activities
from projects.actions.phases import begin_with_usual_phases
from projects.models import Activity, ActivityLink
from projects.spreadsheets import harmless, read_rows, workbook
from tests import factories

pytestmark = pytest.mark.django_db
HEADINGS = ("Benämning", "Status", "Tidplan", "Kommentar", "Grupp")


def as_csv(*rows) -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows([HEADINGS, *rows])
    return kept.getvalue().encode("utf-8-sig")


@pytest.fixture
def by():
    user = factories.user("coordinator")
    begin_with_usual_phases(by=user)
    return user


def load(by, *rows):
    return load_activities(read_rows(as_csv(*rows), "plan.csv"), by=by)


def test_each_row_says_what_was_understood(by):
    taken = load(
        by,
        ("Kursportal", "Förstudie", "2020 - 2022", "Dela kurser", "4.1 Projekt"),
        ("Elevhälsa", "Förstudie genomförd 2019, projekt förbereds", "2019 - 2022", "", "Projekt"),
        ("Ramavtal", "Förvaltning", "Respektive avtalslängd", "", "Förvaltning"),
        ("Utbildning", "Löpande", "", "", ""),
    )

    assert [each.told for each in taken] == [
        "Projekt, fasen Förstudie, 1 januari 2020 – 31 december 2022",
        "Projekt, fasen Förstudie, status i ord ”Förstudie genomförd 2019, projekt förbereds”, "
        "1 januari 2019 – 31 december 2022",
        "Förvaltning, fasen Förvaltning, tidplan i ord ”Respektive avtalslängd”",
        "Löpande verksamhet, ingen fas, status i ord ”Löpande”, ingen tidplan",
    ]
    assert [each.what for each in taken] == ["ny"] * 4


def test_the_same_file_again_changes_nothing_and_another_changes_what_differs(by):
    row = ("Kursportal", "Förstudie", "2020 - 2022", "Dela kurser", "Projekt")
    load(by, row)

    assert load(by, row)[0].what == "oförändrad"
    assert load(by, ("Kursportal", "Förstudie", "2020 - 2023", "Dela kurser", "Projekt"))[0].what == "ändrad"
    assert Activity.objects.get().ends_on.year == 2023


def test_what_is_a_project_and_managed_at_once_is_linked(by):
    load(
        by,
        ("Datacenter", "införande", "2019–2024", "", "Projekt"),
        ("Datacenter", "Förvaltning", "2022-", "", "Förvaltning"),
    )

    link = ActivityLink.objects.get()
    assert (link.activity.kind, link.other.kind, link.kind) == ("project", "management", "same")
    assert link.activity.status_line == "införande"
    assert link.activity.steps.get().phase.name == "Införande"


def test_nothing_is_saved_when_a_row_is_wrong(by):
    with pytest.raises(Refused) as refusal:
        load(
            by,
            ("Bra", "Förstudie", "2020", "", "Projekt"),
            ("Bakvänd", "Förstudie", "2024–2017", "", "Projekt"),
            ("", "Förstudie", "", "", "Projekt"),
            ("Bra", "Avtal", "", "", "Projekt"),
            ("Okänd", "", "", "", "Annat"),
        )

    assert [line.split(":")[0] for line in refusal.value.lines] == [
        "rad 3 (Bakvänd)",
        "rad 4 (utan namn)",
        "rad 5 (Bra)",
        "rad 6 (Okänd)",
    ]
    assert not Activity.objects.exists()


def test_excel_is_read_like_csv_and_comes_out_as_it_went_in():
    rows = [("Kursportal", "Förstudie", "2020 - 2022", "Dela kurser", "Projekt")]

    assert read_rows(workbook("Plan", HEADINGS, rows), "plan.xlsx") == read_rows(as_csv(*rows), "plan.csv")


@pytest.mark.parametrize("written", ["=1+1", "+46", "-5", "@SUM(A1)"])
def test_what_people_wrote_is_never_a_formula(written):
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("Lista", ("Text",), [(written,)]))).active

    assert sheet["A2"].value == harmless(written) == f"'{written}"
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "plan.csv", "tom"),
        (b"PK\x03\x04 trasig", "plan.xlsx", "går inte att läsa som Excel"),
        (b"%PDF", "plan.pdf", "CSV eller Excel"),
    ],
)
def test_files_that_are_something_else_are_refused(content, name, said):
    with pytest.raises(Refused, match=said):
        read_rows(content, name)


def test_the_page_shows_every_problem_and_the_command_too(by, client_as, tmp_path):
    factories.board()
    content = as_csv(("A", "", "2024–2017", "", "Projekt"), ("B", "", "1017", "", "Projekt"))
    answer = client_as("coordinator").post(
        reverse("projects:import"), {"file": SimpleUploadedFile("plan.csv", content)}
    )

    assert answer.status_code == 422
    assert "rad 2 (A)" in answer.content.decode()
    assert "rad 3 (B)" in answer.content.decode()
    (tmp_path / "plan.csv").write_bytes(content)
    with pytest.raises(CommandError, match=r"rad 3 \(B\)"):
        call_command("load_activities", str(tmp_path / "plan.csv"))


@pytest.mark.golden
@pytest.mark.parametrize(("plan", "count"), [("verksamhetsplan_2021", 11), ("verksamhetsplan_2024", 15)])
def test_the_rows_of_the_boards_own_plans_are_all_understood(by, shared_folder, plan, count):
    groups = json.loads((shared_folder / "golden/projects.json").read_text())[plan]["groups"]
    rows = [each for group in groups.values() for each in group]
    taken = load(
        by, *((each["benämning"], each["status"], each["tidplan"], each["kommentar"], each["grupp"]) for each in rows)
    )

    assert len(taken) == count
    for row in rows:
        activity = Activity.objects.get(name=row["benämning"], kind=plan_kind(row["grupp"]))
        assert activity.time_plan == " ".join(row["tidplan"].split())
        period = row["period"]
        assert (activity.starts_on and activity.starts_on.year) == (period and period["from"])
        assert (activity.ends_on and activity.ends_on.year) == (period and period["to"])


def plan_kind(group: str) -> str:
    return {"Projekt": "project", "Förvaltning": "management", "Löpande verksamhet": "running"}[group]
