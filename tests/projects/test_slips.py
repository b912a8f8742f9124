"""Slips of the hand in the forms of projects: a sentence that says what and where, and what was written still there."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.refusal import Refused
from projects import agreements, spreadsheets
from projects.actions import activities as actions
from projects.actions import agreements as agreement_actions
from projects.agreement_calendar import project_calendar
from projects.forms.agreements import AgreementForm
from projects.forms.fields import KronorField
from projects.models import Agreement, Participation, StatusReport
from projects.time_plans import read_time_plan
from projects.waiting import waiting_projects
from tests import factories


@pytest.mark.parametrize("written", ["1922-06-22", "2122-06-22"])
def test_a_day_in_the_wrong_century_is_refused(written):
    with pytest.raises(Exception, match=r"kan inte stämma\. Skriv ett år från 1980 till 2099"):
        DayField().clean(written)


@pytest.mark.parametrize("written", ["6400000", "6 400 000", "6\u00a0400\u00a0000 kr", " 6 400 000 KR "])
def test_kronor_are_read_as_people_write_them(written):
    assert KronorField().clean(written) == 6_400_000


@pytest.mark.parametrize(
    ("written", "said"), [("-5", "mindre än 0"), ("9" * 30, "kan inte stämma"), ("6,4", "hela"), ("6.000", "hela")]
)
def test_other_amounts_are_refused(written, said):
    with pytest.raises(Exception, match=said):
        KronorField().clean(written)


def test_an_agreement_of_a_biljard_is_refused():
    """Also where the field of a model would let the largest figure of its column through."""
    with pytest.raises(Exception, match="kan inte stämma"):
        AgreementForm.base_fields["value"].clean("1 000 000 000 000 000")


@pytest.mark.parametrize("written", ["20224-", "202", "2022 2024"])
def test_a_time_plan_of_numbers_that_are_no_years_is_refused(written):
    with pytest.raises(Refused, match="går inte att läsa"):
        read_time_plan(written)


def zipped(content: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("[Content_Types].xml", content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.csv", b"Ben\xe4mning\n" + b"x" * 200_000),
        ("plan.csv", bytes(range(256)) * 9),
        ("plan.xlsx", b"inget ark"),
        ("plan.xlsx", zipped("<trasig")),
        ("plan.xlsx", zipped('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')),
        ("plan.docx", b"x"),
        ("plan.csv", b""),
    ],
)
def test_a_file_that_is_something_else_or_broken_is_refused(name, content):
    with pytest.raises(Refused, match=r"Filen (går inte att läsa|ska vara|är tom)"):
        spreadsheets.read_rows(content, name)


def test_signs_that_no_database_takes_are_left_out_of_what_is_read():
    assert spreadsheets.read_rows("Benämning\nA\x00b\n".encode(), "plan.csv") == [{"benämning": "A b"}]


@pytest.mark.django_db
def test_a_broken_file_leaves_the_page_with_its_sentence(client_as):
    file = SimpleUploadedFile("plan.xlsx", zipped("<trasig"))

    answer = client_as("coordinator").post(reverse("projects:import"), {"file": file})

    assert answer.status_code == 422
    assert "Filen går inte att läsa som Excel" in answer.content.decode()


@pytest.mark.django_db
def test_activities_never_wait_for_each_other_in_a_ring():
    by = factories.user("coordinator")
    first, second, third = (factories.activity() for _ in range(3))
    actions.link_activities(first, second, "needs", by=by)
    actions.link_activities(second, third, "needs", by=by)

    with pytest.raises(Refused, match="är redan beroende av"):
        actions.link_activities(third, first, "needs", by=by)
    actions.link_activities(first, third, "needs", by=by)


@pytest.mark.django_db
def test_two_who_change_an_agreement_are_told_of_each_other_and_nothing_is_lost(client_as):
    made = Agreement.objects.create(name="Ramavtal", kind="framework")
    client, address = client_as("coordinator"), reverse("projects:agreement_change", args=[made.pk])
    seen = client.get(address).context["now"]
    agreement_actions.change_agreement(made, supplier="Deras AB", by=factories.user("coordinator"))
    mine = {"name": "Ramavtal", "kind": "framework", "supplier": "Mitt AB", "value": "1 000", "seen": seen}

    answer = client.post(address, mine)

    assert answer.status_code == 422
    assert "har ändrat avtalet medan du skrev" in answer.content.decode()
    assert "Mitt AB" in answer.content.decode()
    assert client.post(address, mine | {"seen": answer.context["now"]}).status_code == 302
    made.refresh_from_db()
    assert (made.supplier, made.value) == ("Mitt AB", 1000)


@pytest.mark.django_db
def test_an_option_to_prolong_to_a_day_is_there_once():
    by = factories.user("coordinator")
    made = Agreement.objects.create(name="A", kind="contract", valid_until=date(2030, 1, 1))
    agreement_actions.add_option(made, date(2031, 1, 1), date(2030, 6, 1), by=by)

    with pytest.raises(Refused, match="redan en option att förlänga till 1 januari 2031"):
        agreement_actions.add_option(made, date(2031, 1, 1), date(2030, 7, 1), by=by)


@pytest.mark.django_db
def test_an_agreement_is_followed_up_in_time_and_each_municipality_knows_what_it_has_called_off():
    factories.board()
    by, today = factories.user("coordinator"), timezone.localdate()
    made = Agreement.objects.create(
        name="Ramavtal", kind="framework", follow_up_on=today + timedelta(days=30), followed_up_by="Siv"
    )
    Agreement.objects.create(name="Senare", kind="framework", follow_up_on=today + timedelta(days=31))
    places = {name: factories.municipality(name) for name in ("Boden", "Arjeplog")}
    for name, value in (("Boden", 100), ("Arjeplog", None), ("Boden", 50)):
        made.call_offs.create(
            municipality=places[name], caller="municipality", called_on=today, what="Licenser", value=value
        )

    assert [each.what for each in waiting_projects(by, today)] == ["Följ upp avtalet Ramavtal"]
    assert "Följ upp avtalet: Ramavtal" in project_calendar("http://example.org/").decode().replace("\r\n ", "")
    rows = agreements.per_municipality(made.call_offs.select_related("municipality"))
    assert rows == [("Arjeplog", 1, None), ("Boden", 2, 150)]


@pytest.mark.django_db
def test_a_project_with_one_municipality_says_that_two_are_needed(client_as):
    factories.board()
    activity, client = factories.activity(), client_as("coordinator")
    Participation.objects.create(activity=activity, municipality=factories.municipality(), joined_on="2022-01-10")
    assert "Bara en kommun deltar" in client.get(activity.get_absolute_url()).content.decode()

    Participation.objects.create(activity=activity, municipality=factories.municipality(), joined_on="2022-01-10")
    assert "Bara en kommun deltar" not in client.get(activity.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_reports_are_read_in_a_spreadsheet(client_as):
    activity = factories.activity()
    StatusReport.objects.create(activity=activity, reported_on="2022-05-01", text="Ett.\nTvå.", time="at_risk")

    answer = client_as("auditor").get(reverse("projects:report_file", args=[activity.pk]))

    (row,) = spreadsheets.read_rows(answer.content, "rapporter.xlsx")
    assert (row["dag"], row["status"], row["tid"]) == ("2022-05-01", "Ett. Två.", "Risk för avvikelse")
