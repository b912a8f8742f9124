"""The register: numbers, what a document must say, and who reads what."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.documents import actions, finding, rules
from enamnd.documents.models import Case, Document, StoredFile
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from tests import factories

INCOMING, OUTGOING, DRAWN_UP = Document.Direction.INCOMING, Document.Direction.OUTGOING, Document.Direction.DRAWN_UP


@pytest.fixture
def secretary(db):
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def case(secretary):
    return actions.open_case("Upphandling av e-arkiv", "2.2.0.1", by=secretary)


def register(case, by, **fields):
    defaults = {"direction": DRAWN_UP, "title": "Tjänsteskrivelse", "dated": timezone.localdate()}
    return actions.register_document(case, **defaults | fields, by=by)


def test_case_numbers_run_by_year_as_the_board_writes_them(secretary):
    numbers = [
        actions.open_case("Ett", "2.2.0.1", opened_on=date(2022, 3, 1), by=secretary).number,
        actions.open_case("Två", "1.1", opened_on=date(2022, 3, 1), by=secretary).number,
        actions.open_case("Tre", "1.1", opened_on=date(2023, 1, 9), by=secretary).number,
        actions.open_case("Fyra", opened_on=date(2023, 1, 9), by=secretary).number,
    ]

    assert numbers == ["2022/1-2.2.0.1", "2022/2-1.1", "2023/1-1.1", "2023/2"]


def test_another_board_writes_its_numbers_its_own_way(db):
    factories.board(diary_prefix="GNX", case_number_format="{prefix}/{serial}/{year}")
    by = factories.user("secretary")

    assert actions.open_case("Plan", opened_on=date(2018, 2, 1), by=by).number == "GNX/1/2018"
    assert actions.case_from_number("GNX/12/2018", "Verksamhetsplan").serial == 12
    assert actions.open_case("Nästa", opened_on=date(2018, 2, 1), by=by).number == "GNX/13/2018"


def test_a_voided_number_stays_and_is_never_used_again(case, secretary):
    actions.void_case(case, "Registrerat två gånger", by=secretary)

    following = actions.open_case("Nästa", "2.2.0.1", by=secretary)
    assert following.serial == case.serial + 1
    assert Case.objects.get(pk=case.pk).voided_because == "Registrerat två gånger"


def test_a_case_is_not_voided_without_a_reason_or_while_it_holds_documents(case, secretary):
    with pytest.raises(Refused, match="Skriv varför"):
        actions.void_case(case, "  ", by=secretary)
    document = register(case, secretary)
    with pytest.raises(Refused, match=f"bland annat {document.number}"):
        actions.void_case(case, "Fel", by=secretary)

    actions.void_document(document, "Fel ärende", by=secretary)
    assert actions.void_case(case, "Fel", by=secretary).voided_because


def test_a_case_that_the_board_has_decided_in_is_not_voided(secretary):
    case = factories.case()
    factories.paragraph(title="Budget 2023", case=case)

    with pytest.raises(Refused, match="har behandlats av nämnden"):
        actions.void_case(case, "Fel", by=secretary)


def test_a_number_given_elsewhere_is_registered_once_and_moves_the_series_on(secretary):
    first = actions.case_from_number("2022/9-2.2.0.1", "Granskning")
    again = actions.case_from_number(" 2022/9-2.2.0.1 ", "Annan rubrik")

    assert first == again
    assert (first.year, first.serial, first.classification, first.title) == (2022, 9, "2.2.0.1", "Granskning")
    assert actions.open_case("Nästa", "1", opened_on=date(2022, 12, 1), by=secretary).number == "2022/10-1"


@pytest.mark.parametrize("number", ["Dnr 43", "2022/9-9.9", "2022-9"])
def test_a_number_written_otherwise_or_whose_place_is_taken_is_kept_as_it_stands(secretary, number):
    actions.case_from_number("2022/9-2.2.0.1", "Granskning")

    kept = actions.case_from_number(number, "Från ett äldre protokoll")

    assert (kept.number, kept.year, kept.serial) == (number, None, None)


def test_the_database_refuses_two_cases_with_one_place(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(number="x", year=case.year, serial=case.serial, title="x", opened_on=case.opened_on)


@pytest.mark.parametrize(
    ("direction", "correspondent", "refused"),
    [
        (INCOMING, "", "Skriv avsändaren"),
        (INCOMING, "  ", "Skriv avsändaren"),
        (INCOMING, "Bodens kommun", None),
        (OUTGOING, "", "Skriv mottagaren"),
        (OUTGOING, "Bodens kommun", None),
        (DRAWN_UP, "", None),
        (DRAWN_UP, "Bodens kommun", None),
    ],
)
def test_what_came_in_or_went_out_names_its_correspondent(case, secretary, direction, correspondent, refused):
    if refused:
        with pytest.raises(Refused, match=refused) as refusal:
            register(case, secretary, direction=direction, correspondent=correspondent)
        assert refusal.value.field == "correspondent"
    else:
        assert register(case, secretary, direction=direction, correspondent=correspondent).pk


def test_a_document_has_its_own_number_and_its_bytes_a_checksum(case, secretary):
    upload = actions.Upload("kalkyl.pdf", "application/pdf", b"%PDF-1.7 kalkyl")
    first, second = (register(case, secretary, upload=upload) for _ in range(2))

    year = timezone.localdate().year
    assert (first.number, second.number) == (f"{year}.1", f"{year}.2")
    assert first.file == second.file == StoredFile.objects.get()
    assert first.file.sha256 == hashlib.sha256(b"%PDF-1.7 kalkyl").hexdigest()
    assert bytes(first.file.content) == b"%PDF-1.7 kalkyl"


@pytest.mark.parametrize(("size", "said"), [(0, "tom"), (rules.MAX_FILE + 1, "gränsen är 50 MB")])
def test_an_empty_or_too_large_file_is_refused(size, said):
    with pytest.raises(Refused, match=said):
        rules.check_file(size)


def test_a_file_of_exactly_the_limit_is_taken():
    rules.check_file(rules.MAX_FILE)


def test_nothing_is_registered_in_a_closed_or_voided_case(case, secretary):
    actions.close_case(case, by=secretary)
    with pytest.raises(Refused, match="avslutades"):
        register(case, secretary)

    actions.reopen_case(case, by=secretary)
    register(case, secretary)


def test_a_day_that_has_not_been_is_refused(case, secretary):
    with pytest.raises(Refused, match="har inte varit än"):
        register(case, secretary, dated=timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize(
    ("came_in", "latest"),
    [
        (date(2026, 11, 16), date(2026, 11, 17)),  # måndag, tisdag
        (date(2026, 11, 20), date(2026, 11, 23)),  # fredag, måndag
        (date(2026, 11, 21), date(2026, 11, 23)),  # lördag
        (date(2026, 11, 22), date(2026, 11, 23)),  # söndag
    ],
)
def test_the_latest_day_to_register_is_the_next_weekday(came_in, latest):
    assert rules.next_weekday(came_in) == latest


def test_a_document_registered_too_late_is_pointed_out(case, secretary):
    today = timezone.localdate()
    late = register(case, secretary, direction=INCOMING, correspondent="Boden", dated=today - timedelta(days=9))
    in_time = register(case, secretary, direction=INCOMING, correspondent="Boden", dated=today)
    own = register(case, secretary, dated=today - timedelta(days=9))

    assert "Den skulle ha registrerats senast" in rules.late_sentence(late)
    assert rules.late_sentence(in_time) == rules.late_sentence(own) == ""


@pytest.mark.parametrize("verb", ["open", "void", "close", "register"])
def test_only_those_who_keep_the_register_write_in_it(case, secretary, verb):
    member = factories.user("member")
    before = Event.objects.count()

    with pytest.raises(Refused, match="Du saknar behörigheten"):
        {
            "open": lambda: actions.open_case("X", by=member),
            "void": lambda: actions.void_case(case, "X", by=member),
            "close": lambda: actions.close_case(case, by=member),
            "register": lambda: register(case, member),
        }[verb]()

    assert Event.objects.count() == before


def test_each_verb_is_written_once_in_the_journal(case, secretary):
    document = register(case, secretary)
    actions.mark_secret(document, "OSL 19 kap. 1 §", by=secretary)
    actions.void_document(document, "Dubblett", by=secretary)

    verbs = list(Event.objects.about(case).values_list("verb", flat=True))
    assert verbs == ["document.voided", "document.marked_secret", "document.registered", "case.opened"]


def test_a_secrecy_mark_keeps_its_day_when_it_is_saved_as_it_was(case, secretary):
    document = register(case, secretary, secrecy="OSL 19 kap. 1 §")
    Document.objects.update(secrecy_on=date(2022, 3, 1))

    actions.mark_secret(document, " OSL 19 kap. 1 § ", by=secretary)

    document.refresh_from_db()
    assert document.secrecy_on == date(2022, 3, 1)
    assert not Event.objects.filter(verb="document.marked_secret").exists()


def test_working_material_is_read_by_others_when_it_has_been_approved(case, secretary):
    upload = actions.Upload("utkast.pdf", "application/pdf", b"%PDF-1.7")
    document = register(case, secretary, is_working=True, upload=upload)
    member, coordinator = factories.user("member"), factories.user("coordinator")
    rules.check_can_read_file(document, secretary)
    with pytest.raises(Refused, match="arbetsmaterial"):
        rules.check_can_read_file(document, member)

    actions.release_document(document, by=coordinator)

    document = Document.objects.get(pk=document.pk)
    rules.check_can_read_file(document, member)
    assert document.release.by == coordinator
    assert not Document.objects.unreleased().exists()


def test_working_material_is_approved_once_and_by_those_who_may(case, secretary):
    document = register(case, secretary, is_working=True)
    coordinator = factories.user("coordinator")
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        actions.release_document(document, by=secretary)
    actions.release_document(document, by=coordinator)

    with pytest.raises(Refused, match="godkändes"):
        actions.release_document(document, by=coordinator)
    with pytest.raises(Refused, match="inget arbetsmaterial"):
        actions.release_document(register(case, secretary), by=coordinator)


def test_what_has_come_in_is_no_working_material(case, secretary):
    with pytest.raises(Refused, match="Bara en upprättad handling") as refusal:
        register(case, secretary, direction="incoming", correspondent="Boden", is_working=True)

    assert refusal.value.field == "is_working"


# Pages ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_secretary(client_as, db):
    factories.board()
    return client_as("secretary")


def test_a_secretary_opens_a_case_and_registers_a_document_with_a_file(as_secretary):
    answer = as_secretary.post(
        reverse("documents:case_new"), {"title": "E-arkiv", "classification": "2.4"}, follow=True
    )
    case = Case.objects.get()
    assert f"Ärendet har fått numret {case.number}" in answer.content.decode()

    upload = SimpleUploadedFile("avtal.pdf", b"%PDF-1.7", content_type="application/pdf")
    fields = {"direction": "incoming", "title": "Avtal", "dated": "2022-05-02", "correspondent": "Bodens kommun"}
    page = as_secretary.post(
        reverse("documents:document_new", args=[case.pk]), fields | {"upload": upload}, follow=True
    )

    document = Document.objects.get()
    assert "Den skulle ha registrerats senast 3 maj 2022" in page.content.decode()
    file = as_secretary.get(reverse("documents:file", args=[document.pk]))
    assert file.content == b"%PDF-1.7"
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith('inline; filename="avtal.pdf"')


def test_what_was_written_is_still_there_when_a_document_is_refused(as_secretary):
    case = factories.case()
    fields = {"direction": "incoming", "title": "Remissvar om taxan", "dated": "2022-05-02", "correspondent": ""}

    answer = as_secretary.post(reverse("documents:document_new", args=[case.pk]), fields)

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Skriv avsändaren" in page
    assert "Remissvar om taxan" in page


@pytest.mark.parametrize("media_type", ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml"])
def test_a_file_that_could_act_is_saved_and_never_shown(as_secretary, media_type):
    upload = actions.Upload("bild.svg", media_type, b"<svg onload='alert(1)'/>")
    document = register(factories.case(), as_secretary.user, upload=upload)

    answer = as_secretary.get(reverse("documents:file", args=[document.pk]))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_keeps_its_swedish_name(as_secretary):
    upload = actions.Upload('Å "räkning".pdf', "application/pdf", b"%PDF")
    document = register(factories.case(), as_secretary.user, upload=upload)

    disposition = as_secretary.get(reverse("documents:file", args=[document.pk]))["Content-Disposition"]

    assert "filename*=UTF-8''%C3%85%20%22r%C3%A4kning%22.pdf" in disposition
    assert 'filename="_ _r_kning_.pdf"' in disposition


def test_a_secret_document_is_read_and_named_only_by_those_who_keep_the_register(as_secretary, client_as):
    upload = actions.Upload("utredning.pdf", "application/pdf", b"%PDF")
    case = factories.case()
    document = register(case, as_secretary.user, title="Utredning om intrång", upload=upload, secrecy="OSL 18 kap. 8 §")
    member, secretary = client_as("member"), as_secretary
    file, page = reverse("documents:file", args=[document.pk]), reverse("documents:case", args=[case.pk])

    assert secretary.get(file).status_code == 200
    assert "Utredning om intrång" in secretary.get(page).content.decode()
    assert member.get(file).status_code == 403
    assert "intrång" not in member.get(page).content.decode()
    assert "Sekretessmarkerad handling" in member.get(page).content.decode()
    assert list(finding.find_cases("intrång", by=member.user)) == []
    assert list(finding.find_cases("intrång", by=secretary.user)) == [case]


def test_cases_are_found_by_words_and_year_whatever_the_case_of_letters(as_secretary):
    ours = factories.case("Översyn av taxan", year=2022)
    factories.case("Upphandling", year=2022)
    factories.case("Översyn av avtalet", year=2023)

    assert list(finding.find_cases("översyn TAXAN", by=as_secretary.user)) == [ours]
    page = as_secretary.get(reverse("documents:case_list"), {"q": "ÖVERSYN", "ar": "2022"}).content.decode()
    assert "taxan" in page
    assert "avtalet" not in page


def test_the_list_asks_the_same_number_of_questions_for_many_cases(as_secretary, django_assert_max_num_queries):
    def questions():
        with django_assert_max_num_queries(20) as counted:
            as_secretary.get(reverse("documents:case_list"))
        return len(counted)

    factories.document(factories.case())
    few = questions()
    for _ in range(30):
        factories.document(factories.case())
    assert questions() == few


def test_a_case_asks_the_same_number_of_questions_for_many_documents(as_secretary, django_assert_max_num_queries):
    case = factories.case()

    def questions():
        with django_assert_max_num_queries(20) as counted:
            as_secretary.get(reverse("documents:case", args=[case.pk]))
        return len(counted)

    factories.document(case, registered_by=as_secretary.user)
    factories.paragraph(case=case)
    few = questions()
    for _ in range(10):
        factories.document(case, registered_by=as_secretary.user)
        factories.paragraph(case=case)
    assert questions() == few


def test_a_case_shows_the_paragraphs_that_handled_it(as_secretary):
    case = factories.case()
    paragraph = factories.paragraph(case=case, title="Granskning av taxan")

    page = as_secretary.get(reverse("documents:case", args=[case.pk])).content.decode()

    assert "Granskning av taxan" in page
    assert paragraph.get_absolute_url() in page


def test_a_case_is_closed_opened_and_voided_in_the_browser(as_secretary):
    case = actions.open_case("E-arkiv", by=as_secretary.user)
    page = reverse("documents:case", args=[case.pk])

    as_secretary.post(reverse("documents:case_closing", args=[case.pk]), {"close": ""})
    assert "avslutat" in as_secretary.get(page).content.decode()
    as_secretary.post(reverse("documents:case_closing", args=[case.pk]), {"reopen": ""})
    as_secretary.post(reverse("documents:case_voiding", args=[case.pk]), {"reason": "Dubblett"})
    assert "Ärendet är makulerat: Dubblett" in as_secretary.get(page).content.decode()


@pytest.mark.parametrize("reader", ["auditor", "administrator"])
def test_the_start_page_tells_nobody_the_title_of_a_document_that_they_may_not_read(case, secretary, client_as, reader):
    register(case, secretary, title="Anmälan mot leverantören", secrecy="OSL 19 kap. 1 §")
    actions.open_case("Upphandling av telefoni", by=secretary)

    page = client_as(reader).get(reverse("home")).content.decode()

    assert "Upphandling av telefoni" in page
    assert "Anmälan mot leverantören" not in page
