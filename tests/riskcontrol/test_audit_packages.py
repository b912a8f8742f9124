"""The auditors' package: what is issued and not secret, with an index that says what is missing."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from enamnd.documents import collecting
from enamnd.documents.collecting import Contribution, Enclosure, Part
from enamnd.documents.models import Release
from enamnd.refusal import Refused
from meetings.models import Adjustment
from riskcontrol.actions import packages as actions
from riskcontrol.audits import meeting_parts, own_parts
from riskcontrol.audits.package import EXPECTED, Folder, Plan, plan_package
from riskcontrol.models import AuditPackage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    factories.board(name="Norra gemensamma nämnden")
    return factories.user("auditor")


def opened(package: AuditPackage) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bytes(package.paper.file.content)))


def sheet(enclosure: Enclosure) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(enclosure.read())).active.iter_rows(values_only=True))


def adjusted(day: date = date(2022, 6, 22), **fields) -> Adjustment:
    meeting = factories.meeting(1, held_on=day)
    paragraph = meeting.paragraphs.get()
    paragraph.number = 7
    paragraph.sections = [factories.decision("Nämnden beslutar att anta planen.")]
    for name, value in fields.items():
        setattr(paragraph, name, value)
    paragraph.save()
    return factories.adjustment(meeting)


def test_the_package_holds_the_papers_byte_for_byte_and_an_index(by):
    made = adjusted()

    package = actions.order_package(2022, by=by)

    with opened(package) as packed:
        names = packed.namelist()
        assert names[-1] == "00 Innehåll.html"
        assert packed.read("01 Protokoll/Protokoll 2022-06-22.pdf") == bytes(made.paper.file.content)
        index = packed.read("00 Innehåll.html").decode()
    assert "Revisorspaket 2022" in index
    assert 'href="01%20Protokoll/Protokoll%202022-06-22.pdf"' in index
    assert package.contents[0]["sha256"] in index
    assert "Portalen har ingen internkontrollplan för 2022." in index


def test_every_part_that_auditors_ask_for_is_there_or_told_as_missing(by, monkeypatch):
    monkeypatch.setattr(collecting, "_PARTS", {"protocols": [meeting_parts.PARTS[0]]})

    plan = plan_package(2022)

    assert [folder.name[3:] for folder in plan.folders] == [name for _, name in EXPECTED]
    assert all(folder.enclosures or folder.missing for folder in plan.folders)
    assert {
        "part": "07 Budget och ekonomisk uppföljning",
        "why": "Budget och ekonomisk uppföljning förs inte i portalen.",
    } in plan.missing


def test_another_app_gives_its_papers_by_registering(by, monkeypatch):
    monkeypatch.setattr(collecting, "_PARTS", dict(collecting._PARTS))
    budget = Enclosure("Budget: 2022?.pdf", "Budget 2022", 4, lambda: b"data")
    collecting.register_part(Part("budget", "Budget", lambda year: Contribution((budget, budget))))

    package = actions.order_package(2022, by=by)

    with opened(package) as packed:
        found = [name for name in packed.namelist() if name.startswith("07")]
    assert found == [
        "07 Budget och ekonomisk uppföljning/Budget 2022.pdf",
        "07 Budget och ekonomisk uppföljning/Budget 2022 2.pdf",
    ]


def test_a_protocol_that_is_not_adjusted_is_told_as_missing(by):
    factories.meeting(1, held_on=date(2022, 6, 22))

    given = meeting_parts.protocols(2022)

    assert given.enclosures == ()
    assert given.missing == ("Protokollet 22 juni 2022 är inte justerat i portalen.",)


def test_a_protocol_with_secrets_is_given_in_its_public_version_or_not_at_all(by):
    made = adjusted(is_behind_closed_doors=True)

    assert meeting_parts.protocols(2022).enclosures == ()
    assert "under sekretess" in meeting_parts.protocols(2022).missing[0]

    public = factories.publication(made)
    (given,) = meeting_parts.protocols(2022).enclosures
    assert given.name == "Protokoll 2022-06-22 offentlig version.pdf"
    assert given.read() == bytes(public.paper.file.content)


def test_a_protocol_with_masks_is_given_in_its_public_version_and_hidden_in_the_log(by):
    made = adjusted(title="Ansökan från NN")
    mask = {"paragraph": f"p{made.meeting.paragraphs.get().pk}", "text": "NN", "reason": "Sekretess", "ground": "OSL"}

    factories.publication(made, masks=[mask])

    (given,) = meeting_parts.protocols(2022).enclosures
    (log,) = meeting_parts.decision_log(2022).enclosures
    assert given.name == "Protokoll 2022-06-22 offentlig version.pdf"
    assert sheet(log)[1][0] == meeting_parts.HIDDEN
    assert sheet(log)[1][4] is None


def test_the_log_has_the_decisions_and_hides_what_is_secret(by):
    adjusted(title="Plan")
    secret = factories.document(secrecy="OSL 19 kap. 1 §")
    adjusted(date(2022, 9, 1), number=8, case=secret.case, title="Anbud från NN")

    (log,) = meeting_parts.decision_log(2022).enclosures
    _, first, second = sheet(log)

    assert (first[0], first[1], first[4]) == ("Nämnden beslutar att anta planen.", "§ 7", "Plan")
    assert (second[0], second[1], second[4]) == (meeting_parts.HIDDEN, "§ 8", None)


def test_the_delegated_decisions_stand_in_order_and_hide_what_is_secret(by):
    body = factories.body()
    secret = factories.document(secrecy="OSL 19 kap. 1 §")
    factories.delegated_decision(body, decided_on=date(2022, 3, 1), subject="Avrop", decision="Avropa")
    factories.delegated_decision(
        body, decided_on=date(2022, 4, 1), subject="Ärende om NN", decision="Avslå", case=secret.case
    )

    given = meeting_parts.delegation_list(2022)
    _, first, second = sheet(given.enclosures[-1])

    assert first[0] == "Avrop"
    assert second[0] == meeting_parts.HIDDEN
    assert "Avslå" not in second
    assert given.missing == ("Ingen delegationsordning som gällde 2022 är utfärdad i portalen.",)


def test_a_secret_report_is_left_out_and_told(by):
    report = factories.document(secrecy="OSL 19 kap. 1 §", file=factories.paper(b"%PDF rapport").file)
    audit = factories.audit(2022, received_on=date(2023, 3, 1), report=report)

    given = own_parts.audits(2022)

    assert [each.title for each in given.enclosures] == ["Granskningarna av 2022 i en tabell"]
    assert given.missing == (f"{audit.municipality}: revisionsrapporten finns inte som fil i diariet.",)

    report.secrecy = ""
    report.save()
    assert own_parts.audits(2022).enclosures[1].read() == b"%PDF rapport"


def test_a_report_that_nobody_has_approved_is_left_out_and_told(by):
    report = factories.document(is_working=True, file=factories.paper(b"%PDF rapport").file)
    audit = factories.audit(2022, received_on=date(2023, 3, 1), report=report)

    assert own_parts.audits(2022).missing == (
        f"{audit.municipality}: revisionsrapporten är arbetsmaterial som ingen har godkänt.",
    )

    Release.objects.create(document=report, by=by)
    assert own_parts.audits(2022).enclosures[1].read() == b"%PDF rapport"


def test_a_control_plan_that_was_adopted_elsewhere_is_told_as_missing(by):
    plan = factories.control_plan(2022)
    adoption = plan.adoptions.create(adopted_on=date(2021, 12, 8), decision="2021-12-08 § 50")

    assert own_parts.control(2022).missing == (
        "Internkontrollplan 2022 antogs 8 december 2021 utanför portalen och finns inte som papper.",
        "Internkontrollplan 2022 är inte uppföljd.",
    )

    adoption.paper = factories.paper(b"%PDF plan")
    adoption.save()
    assert own_parts.control(2022).enclosures[0].read() == b"%PDF plan"


@pytest.mark.parametrize("year", [1900, 2198])
def test_a_year_that_cannot_be_is_refused(by, year):
    with pytest.raises(Refused, match="Välj ett år från 1990"):
        actions.order_package(year, by=by)


def test_a_year_with_nothing_is_refused_with_the_year(by):
    with pytest.raises(Refused, match="Ingenting är utfärdat för 2001"):
        actions.order_package(2001, by=by)


def test_who_may_not_read_all_of_it_gets_no_package(by):
    with pytest.raises(Refused):
        actions.order_package(2022, by=factories.user("economist"))


def test_a_large_package_is_one_of_many_files_or_many_bytes():
    small = Enclosure("a.pdf", "A", 10, lambda: b"")
    large = Enclosure("b.pdf", "B", 20_000_000, lambda: b"")

    assert not Plan(2022, (Folder("01 A", (small,) * 40, ()),)).is_large
    assert Plan(2022, (Folder("01 A", (small,) * 41, ()),)).is_large
    assert Plan(2022, (Folder("01 A", (large,), ()),)).is_large


def test_a_large_package_is_made_by_the_task_queue(by, monkeypatch, django_capture_on_commit_callbacks, client_as):
    adjusted()
    monkeypatch.setattr("riskcontrol.audits.package.MOST_AT_ONCE", 0)
    queued = []
    monkeypatch.setattr(type(actions.make_later), "enqueue", lambda self, key: queued.append(key))

    with django_capture_on_commit_callbacks(execute=True):
        package = actions.order_package(2022, by=by)

    assert package.paper is None
    assert queued == [package.pk]
    page = client_as("auditor").get(reverse("riskcontrol:package", args=[package.pk]))
    assert "Paketet görs nu" in page.content.decode()
    assert client_as("auditor").get(reverse("riskcontrol:package_file", args=[package.pk])).status_code == 422

    actions.make_later.func(package.pk)
    package.refresh_from_db()
    assert "01 Protokoll/Protokoll 2022-06-22.pdf" in opened(package).namelist()


def test_what_stops_the_making_is_told(by, monkeypatch):
    package = AuditPackage.objects.create(year=2022, ordered_by=by)
    monkeypatch.setattr(actions, "make_package", lambda *_: 1 / 0)

    actions.make_later.func(package.pk)

    package.refresh_from_db()
    assert package.failed_because == "Paketet kunde inte göras (ZeroDivisionError). Beställ det igen."


def test_it_is_kept_who_fetched_it(by, client_as):
    adjusted()
    package = actions.order_package(2022, by=by)
    client = client_as("auditor")

    answer = client.get(reverse("riskcontrol:package_file", args=[package.pk]))

    assert answer.content == bytes(package.paper.file.content)
    assert answer["Content-Type"] == "application/zip"
    assert package.downloads.get().by.may("read_control")
    page = client.get(reverse("riskcontrol:package", args=[package.pk])).content.decode()
    assert str(package.downloads.get().by) in page


def test_a_package_closes_when_something_in_it_comes_under_secrecy(by, client_as):
    made = adjusted()
    report = factories.document(title="Granskning av NN", file=factories.paper(b"%PDF rapport").file)
    factories.audit(2022, report=report)
    package = actions.order_package(2022, by=by)
    client, page = client_as("auditor"), reverse("riskcontrol:package", args=[package.pk])
    assert "Granskning av NN" in client.get(page).content.decode()
    assert actions.fetch_package(package, by=by)

    report.secrecy = "OSL 19 kap. 1 §"
    report.save()

    with pytest.raises(Refused, match="Beställ ett nytt paket"):
        actions.fetch_package(package, by=by)
    text = client.get(page).content.decode()
    assert "Granskning av NN" not in text
    assert "lämnas inte ut" in text
    assert "Hämta</a>" not in text

    later = actions.order_package(2022, by=by)
    assert actions.fetch_package(later, by=by)
    factories.publication(made, masks=[{"paragraph": "", "text": "NN", "reason": "Sekretess", "ground": "OSL"}])
    with pytest.raises(Refused, match="Beställ ett nytt paket"):
        actions.fetch_package(later, by=by)


def test_goals_are_given_as_they_were_approved(by):
    plan = factories.goal_plan(2022, goals=1)
    period = factories.goal_period(plan, name="Delår")
    assert own_parts.goals(2022) == Contribution(missing=("Uppföljningen Delår är inte godkänd än.",))

    period.approved_on, period.decision = date(2022, 6, 22), "2022-06-22 § 16"
    period.save()
    period.outlooks.create(goal=plan.goals.get(), comment="Går bra", forecast="will")
    _, row = sheet(own_parts.goals(2022).enclosures[0])

    assert row == (plan.goals.get().text, 1, "Delår", "Går bra", "Prognosen är att målet kommer att nås.")


def test_a_governing_document_is_given_once_it_is_adopted(by):
    document = factories.governing_document(2022)
    assert own_parts.governing(2022).missing == ("Verksamhetsplan 2022 är inte antaget.",)

    paper = factories.paper(b"%PDF verksamhetsplan")
    document.adoptions.create(adopted_on=date(2021, 12, 8), decision="2021-12-08 § 49", paper=paper)

    given = own_parts.governing(2022)
    assert given.missing == ()
    assert given.enclosures[0].read() == b"%PDF verksamhetsplan"
