"""The call to a meeting: whom it is for, what it says, what is new, and that it is kept as it went out."""

import io
import re
import zipfile
from datetime import time, timedelta

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from enamnd.documents.models import Paper, StoredFile
from enamnd.journal.models import Event
from enamnd.letters.about import delivery_of
from enamnd.letters.delivery import deliver_overdue
from enamnd.letters.models import Letter
from enamnd.organisation.models import Body, Office, Seat
from enamnd.refusal import Refused
from meetings.actions import calling as actions
from meetings.actions.calling import issue_call
from meetings.actions.paragraphs import add_paragraph, remove_paragraph
from meetings.models import Call
from meetings.planning import call_printing, calling
from meetings.text import sections
from meetings.waiting.steps import waiting_for
from tests import factories

pytestmark = pytest.mark.django_db
PORTAL = "https://portalen.example/"
TODAY = timezone.localdate()


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def secretary(board):
    return factories.user("secretary")


@pytest.fixture
def meeting(board):
    """In twenty days, of a body where two municipalities have a member and a substitute each; two items."""
    body = factories.seated_body(2, name="Prövningsnämnden")
    when = {"held_on": TODAY + timedelta(days=20), "starts_at": time(9), "ends_at": time(12), "place": "Teams"}
    made = factories.meeting(body=body, secretary_name="Elin Prov", **when)
    factories.paragraph(made, "Budget 2023")
    factories.paragraph(made, "Övrigt")
    return made


@pytest.fixture
def quick(monkeypatch):
    """Papers that nobody looks at: printing is tried by the tests that open them."""
    printed = call_printing.PrintedCall(b"%PDF-1.7 alla", b"%PDF-1.7 lista")
    monkeypatch.setattr(actions.call_printing, "print_call", lambda paper: printed)


def pdf_of(pages: int = 1, **options) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.save(out, **options)
    return out.getvalue()


def document(to, title: str, content: bytes = b"", file_name: str = "", **fields):
    """A document that a paragraph names, with a file where there is content."""
    if content:
        kind = "application/pdf" if file_name.endswith(".pdf") else "application/octet-stream"
        file = StoredFile.objects.create(
            sha256=f"{StoredFile.objects.count():064}", size=len(content), media_type=kind, content=content
        )
        fields |= {"file": file, "file_name": file_name}
    made = factories.document(title=title, **fields)
    text = sections.from_json(to.sections)
    listed = next(each for each in text if each.kind == sections.DOCUMENTS)
    items = [*listed.items, sections.Item(title, document=made.pk)]
    to.sections = sections.to_json(sections.replace_content(text, listed.key, listed.revision, items=items))
    to.save()
    return made


# When


def test_the_call_is_due_by_the_board_s_own_rule(board, meeting):
    board.rules = {"call_days": 10}

    assert calling.due_on(meeting, board) == meeting.held_on - timedelta(days=10)
    board.short_name = "Nämnden i Kalix"
    assert calling.rule_in_words(board) == "10 dagar före sammanträdet, enligt egen regel för Nämnden i Kalix"


def test_a_late_call_is_issued_and_said_to_be_late(meeting, secretary, quick):
    meeting.held_on = TODAY + timedelta(days=2)
    meeting.save()

    issue_call(meeting, portal=PORTAL, by=secretary)

    assert Event.objects.get(verb="call.issued").data["late"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"held_on": TODAY - timedelta(days=1)}, "Det går inte att kalla till det nu"),
        ({"starts_at": None, "ends_at": None}, "när och var"),
        ({"place": ""}, "när och var"),
    ],
)
def test_what_cannot_be_called_to_is_refused(meeting, secretary, change, says):
    for name, value in change.items():
        setattr(meeting, name, value)
    meeting.save()

    with pytest.raises(Refused, match=says):
        issue_call(meeting, portal=PORTAL, by=secretary)
    assert not Call.objects.exists()


def test_an_empty_agenda_and_a_cancelled_meeting_are_not_called_to(meeting, secretary):
    day = factories.planned_day(meeting.body, meeting.held_on, meeting=meeting, cancelled_because="För få ärenden.")
    with pytest.raises(Refused, match="inställt: För få ärenden"):
        issue_call(meeting, portal=PORTAL, by=secretary)
    day.delete()
    meeting.planned_day = None
    meeting.paragraphs.all().delete()

    with pytest.raises(Refused, match="Dagordningen är tom"):
        issue_call(type(meeting).objects.get(pk=meeting.pk), portal=PORTAL, by=secretary)


# To whom


def test_members_substitutes_and_the_preparatory_group_get_it_once_each(board, meeting):
    group = factories.body("Beredningsgruppen", kind=Body.Kind.PREPARATORY)
    officer = factories.office(group, Office.Role.COORDINATOR).person
    member = meeting.body.seats.filter(kind=Seat.Kind.MEMBER).first().mandates.get().person
    factories.office(group, Office.Role.CHAIR, person=member)
    reader = factories.user("preparatory", person=factories.person("Bo Beredare"))
    factories.user("preparatory")

    recipients = calling.recipients_of(meeting, board)

    assert [each.capacity for each in recipients] == ["ledamot"] * 2 + ["ersättare"] * 2 + ["beredningsgrupp"] * 2
    assert {each.person for each in recipients[4:]} == {officer, reader.person}
    assert len({each.person for each in recipients}) == 6
    board.rules = {"sends_to_preparatory_group": False}
    assert len(calling.recipients_of(meeting, board)) == 4


def test_only_those_who_sit_on_the_day_are_called(board, meeting):
    gone = meeting.body.seats.first().mandates.get()
    gone.valid_until = meeting.held_on - timedelta(days=1)
    gone.save()

    assert gone.person not in {each.person for each in calling.recipients_of(meeting, board)}


def test_each_with_an_address_gets_a_letter_and_the_others_are_named(meeting, secretary, quick):
    people = [sitting.mandate.person for sitting in calling.by_kind(calling.register.sittings(meeting.body, TODAY))]
    people[0].email = "ledamot@example.org"
    people[0].save()
    factories.user("member", person=people[1], email="konto@example.org")

    call = issue_call(meeting, "Kaffe från 8.30.\n\nVälkomna!", portal=PORTAL, by=secretary)
    deliver_overdue()

    delivered = delivery_of(call.recipients.all())
    assert {each.to.name for each in delivered if not each.letter} == {each.name for each in people[2:]}
    assert {each.letter.to_address for each in delivered if each.letter} == {"ledamot@example.org", "konto@example.org"}
    assert all(each.letter.sent_at for each in delivered if each.letter)
    letter = next(message for message in mail.outbox if message.to == ["ledamot@example.org"])
    address = f"https://portalen.example{reverse('meetings:call', args=[meeting.pk])}"
    for text in ("du kallas till sammanträde", "1. Budget 2023", "Kaffe från 8.30.", address, "Har du förhinder?"):
        assert text in letter.body
    assert letter.reply_to == [secretary.email]
    assert letter.attachments[0][0] == "sammantrade.ics"


def test_when_a_letter_cannot_be_written_nothing_is_issued(meeting, secretary, quick):
    person = calling.register.sittings(meeting.body, TODAY)[0].mandate.person
    type(person).objects.filter(pk=person.pk).update(email="trasig adress")

    with pytest.raises(Refused, match="ingen e-postadress"):
        issue_call(meeting, portal=PORTAL, by=secretary)

    assert not Call.objects.exists()
    assert not Letter.objects.exists()
    assert not Paper.objects.exists()


# What it says


def test_items_say_where_they_come_from(meeting):
    factories.paragraph(meeting, "Rapport", origin="standing")
    factories.paragraph(meeting, "Fråga", origin="member", raised_by=factories.person("Lo Berg"))
    factories.paragraph(meeting, "Bråttom", origin="late", case=factories.case(number="2022/7-1.1"))

    items = calling.items_of(meeting)

    assert [each.mark for each in items] == ["", "", "Stående punkt", "Väckt av Lo Berg", "Extra ärende"]
    assert [each.label for each in items] == ["1.", "2.", "3.", "4.", "5."]
    assert items[-1].case_number == "2022/7-1.1"


def test_a_later_call_replaces_the_earlier_and_says_what_is_new(meeting, secretary, quick):
    first = issue_call(meeting, portal=PORTAL, by=secretary)
    budget, other = meeting.paragraphs.order_by("position")
    add_paragraph(meeting, title="Nytt projekt", by=secretary)
    remove_paragraph(other, by=secretary)
    document(budget, "Reviderad budget", b"%PDF", "budget.pdf")
    meeting.place = "Stadshuset"
    meeting.save()

    paper = calling.compose_call(meeting, calling.Board.objects.get())
    second = issue_call(meeting, portal=PORTAL, by=secretary)

    assert paper.title == "Tilläggskallelse"
    assert paper.news == (
        "Ny plats: Stadshuset. Förut: Teams.",
        "Ny handling till ”Budget 2023”: Reviderad budget.",
        "Nytt ärende: Nytt projekt.",
        "Utgår: Övrigt.",
    )
    assert [each.is_new for each in paper.items] == [False, True]
    assert (second.paper.replaces, second.archive.replaces) == (first.paper, first.archive)
    assert second.paper.title.startswith("Tilläggskallelse till Prövningsnämnden")


def test_a_call_that_says_nothing_new_is_not_issued_twice(meeting, secretary, quick):
    issue_call(meeting, "Välkomna!", portal=PORTAL, by=secretary)

    for message in ("", "Välkomna!"):
        with pytest.raises(Refused, match="Inget har ändrats"):
            issue_call(meeting, message, portal=PORTAL, by=secretary)
    issue_call(meeting, "Obs! Ny länk till mötet.", portal=PORTAL, by=secretary)

    assert Call.objects.count() == 2


def test_an_agenda_that_changes_while_the_call_is_printed_stops_it(meeting, secretary, monkeypatch):
    def print_slowly(paper):
        factories.paragraph(meeting, "Kom emellan")
        return call_printing.PrintedCall(b"%PDF", b"%PDF")

    monkeypatch.setattr(actions.call_printing, "print_call", print_slowly)

    with pytest.raises(Refused, match="ändrades medan kallelsen skrevs ut"):
        issue_call(meeting, portal=PORTAL, by=secretary)
    assert not Call.objects.exists()


# The paper


def test_the_papers_stand_behind_the_agenda_with_bookmarks(meeting, secretary):
    budget, other = meeting.paragraphs.order_by("position")
    document(budget, "Tjänsteskrivelse", pdf_of(2), "skrivelse.pdf")
    document(budget, "Bilaga i Excel", b"PK", "bilaga.xlsx")
    document(budget, "Låst", pdf_of(1, encryption=pikepdf.Encryption(owner="x", user="x")), "lås.pdf")
    document(other, "Trasig", b"inget alls", "trasig.pdf")
    document(other, "Yttrande över läkarintyg", pdf_of(7), "intyg.pdf", secrecy="OSL 25 kap. 1 §")
    document(other, "Utkast till svar", pdf_of(3), "utkast.pdf", is_working=True)
    document(other, "Avtal", pdf_of(1), "avtal.pdf")

    call = issue_call(meeting, portal=PORTAL, by=secretary)

    with pikepdf.open(io.BytesIO(bytes(call.paper.file.content))) as whole, whole.open_outline() as outline:
        lines = [(line.title, [child.title for child in line.children]) for line in outline.root]
        assert len(whole.pages) == 4
        with whole.open_metadata() as claims:
            assert not [name for name in call_printing.ARCHIVAL_CLAIMS if name in claims]
    assert lines == [("Kallelse", []), ("1. Budget 2023", ["Tjänsteskrivelse"]), ("2. Övrigt", ["Avtal"])]

    with zipfile.ZipFile(io.BytesIO(bytes(call.archive.file.content))) as zipped:
        assert zipped.namelist() == [
            "00 Kallelse.pdf",
            "01 Budget 2023/Tjänsteskrivelse.pdf",
            "01 Budget 2023/Bilaga i Excel.xlsx",
            "01 Budget 2023/Låst.pdf",
            "02 Övrigt/Trasig.pdf",
            "02 Övrigt/Avtal.pdf",
        ]
        agenda = zipped.read("00 Kallelse.pdf")
    with pikepdf.open(io.BytesIO(agenda)) as alone, alone.open_metadata() as claims:
        assert (claims["pdfaid:part"], claims["pdfuaid:part"]) == ("2", "1")
        assert len(alone.pages) == 1
    assert "läkarintyg" not in str(call.agenda)


def test_pages_from_elsewhere_do_nothing_by_themselves():
    with pikepdf.new() as made:
        made.add_blank_page()
        page = made.pages[0].obj
        run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
        page.AA = pikepdf.Dictionary(O=run)
        page.Annots = pikepdf.Array([pikepdf.Dictionary(A=run), pikepdf.Dictionary(A=link)])

        call_printing.disarm(page)

        assert "/AA" not in page
        assert ["/A" in each for each in page.Annots] == [False, True]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Budget 2023/2024: ”förslag”", "Budget 2023 2024 ”förslag”"), ("../../etc", "etc"), ("...", "namnlös")],
)
def test_names_in_the_zip_are_safe(title, name):
    assert call_printing.safe(title) == name


def test_two_papers_of_the_same_name_both_stand_in_the_zip(meeting):
    first = meeting.paragraphs.first()
    numbers = [document(first, "Bilaga", b"text", "b.txt").number for _ in range(2)]
    paper = calling.compose_call(meeting, calling.Board.objects.get())

    names = zipfile.ZipFile(io.BytesIO(call_printing.archive(paper, b"%PDF"))).namelist()

    assert names[1:] == ["01 Budget 2023/Bilaga.txt", f"01 Budget 2023/Bilaga {numbers[1]}.txt"]


# The pages


def test_the_secretary_calls_from_the_page(client_as, meeting, quick):
    client = client_as("secretary")

    answer = client.post(reverse("meetings:call_issue", args=[meeting.pk]), {"message": "Välkomna!"}, follow=True)

    text = answer.content.decode()
    assert "Kallelsen är utfärdad och skickas nu till 0 mottagare. 4 personer saknar e-postadress" in clean(text)
    assert text.count("Saknar e-postadress") == 4
    assert Call.objects.get().message == "Välkomna!"


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_a_refusal_keeps_what_was_written(client_as, meeting):
    meeting.place = ""
    meeting.save()

    answer = client_as("secretary").post(
        reverse("meetings:call_issue", args=[meeting.pk]), {"message": "Ta med egen dator."}
    )

    assert answer.status_code == 400
    assert "när och var" in answer.content.decode()


def test_readers_get_the_paper_but_not_who_else_got_it(client_as, meeting, secretary, quick):
    call = issue_call(meeting, portal=PORTAL, by=secretary)
    member = client_as("member")

    page = member.get(reverse("meetings:call", args=[meeting.pk])).content.decode()
    paper = member.get(reverse("meetings:call_pdf", args=[meeting.pk, call.pk]))

    assert "Vem som har fått kallelsen" not in page
    assert paper.content == b"%PDF-1.7 alla"
    assert client_as("registrar").get(reverse("meetings:call_pdf", args=[meeting.pk, call.pk])).status_code == 403


def test_a_paper_that_became_secret_closes_the_call_for_those_who_may_not_read_it(client_as, meeting, secretary, quick):
    named = document(meeting.paragraphs.first(), "Avtal", pdf_of(), "avtal.pdf")
    call = issue_call(meeting, portal=PORTAL, by=secretary)
    named.secrecy = "OSL 19 kap. 1 §"
    named.save()

    for name in ("meetings:call_pdf", "meetings:call_archive"):
        address = reverse(name, args=[meeting.pk, call.pk])
        assert client_as("member").get(address).status_code == 403
        assert client_as("secretary").get(address).status_code == 200


def test_the_page_offers_what_waits_and_what_is_missing(client_as, meeting):
    client = client_as("secretary")
    waiting, done = factories.case("Nytt e-arkiv"), factories.case("Avslutat", closed_on=TODAY)
    factories.standing_item(meeting.body, "Delårsrapport 1", (meeting.held_on.month, meeting.held_on.month))
    page = reverse("meetings:call", args=[meeting.pk])

    text = client.get(page).content.decode()
    assert waiting.title in text
    assert done.title not in text
    client.post(reverse("meetings:agenda_case", args=[meeting.pk]), {"case": waiting.pk})
    client.post(reverse("meetings:agenda_fill", args=[meeting.pk]))
    person = meeting.body.seats.first().mandates.get().person
    client.post(reverse("meetings:agenda_raised", args=[meeting.pk]), {"person": person.pk, "title": "Fråga"})

    added = list(meeting.paragraphs.order_by("position").values_list("title", flat=True))[2:]
    assert added == ["Nytt e-arkiv", "Delårsrapport 1", "Fråga"]


def test_working_material_is_told_as_such_on_the_page(client_as, meeting):
    document(meeting.paragraphs.first(), "Utkast till svar", pdf_of(), "utkast.pdf", is_working=True)

    page = client_as("secretary").get(reverse("meetings:call", args=[meeting.pk])).content.decode()

    assert "Utkast till svar <em>arbetsmaterial, inte godkänt</em>" in page
    assert "utan fil" not in page


def test_the_start_page_asks_for_the_call_and_then_for_what_changed(client_as, meeting, quick):
    user = client_as("secretary").user

    (waiting,) = waiting_for(user, TODAY)
    assert waiting.what.startswith("Kalla till sammanträdet")
    assert waiting.due_on == meeting.held_on - timedelta(days=7)

    issue_call(meeting, portal=PORTAL, by=user)
    assert waiting_for(user, TODAY) == []
    factories.paragraph(meeting, "Nytt")
    (waiting,) = waiting_for(user, TODAY)
    assert waiting.what.startswith("Skicka en tilläggskallelse")


def test_letters_that_were_given_up_wait_for_somebody(client_as):
    factories.letter(given_up_at=timezone.now(), last_error="Nej.")

    (waiting,) = waiting_for(client_as("secretary").user, TODAY)

    assert waiting.href.endswith("?lage=fel")


@pytest.mark.parametrize("number", [2, 12])
def test_the_page_asks_as_much_for_many_items_as_for_few(client_as, board, number, django_assert_max_num_queries):
    meeting = factories.meeting(body=factories.seated_body(number), held_on=TODAY + timedelta(days=9))
    for _ in range(number):
        document(factories.paragraph(meeting, case=factories.case()), "Tjänsteskrivelse", b"%PDF", "a.pdf")
        factories.case()
    client = client_as("secretary")

    with django_assert_max_num_queries(30):
        client.get(reverse("meetings:call", args=[meeting.pk]))
