"""Freezing a protocol, signing it, declining, unlocking: with the real print engine and real signatures."""

import pytest

from enamnd.documents.models import Paper
from enamnd.journal.models import Event
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.actions import adjusting, attendance, cover, numbering, paragraphs
from meetings.actions import sections as section_actions
from meetings.adjusting import rules as adjusting_rules
from meetings.adjusting.frozen import from_content, frozen_paper, frozen_paragraph
from meetings.checks import check_protocol
from meetings.models import Adjustment, ConfirmedWarning, Signatory
from meetings.paper import printing
from tests import factories

pytestmark = pytest.mark.django_db
KNOWN = {"method": "password"}
LATE = "senast"


@pytest.fixture
def meeting():
    return factories.protocol_to_adjust()


@pytest.fixture
def signers(meeting):
    return factories.signers_of(meeting)


@pytest.fixture
def secretary(signers):
    return signers[0]


@pytest.fixture
def unprinted(monkeypatch):
    """Freezing without the print engine, for what the paper looks like is not asked."""
    monkeypatch.setattr(printing, "protocol_pdf", lambda paper: b"%PDF-1.7 " + paper.title.encode())


@pytest.fixture
def frozen(meeting, secretary, unprinted) -> Adjustment:
    return adjusting.freeze(meeting, confirmed=None, by=secretary)


@pytest.fixture
def with_stamps(settings):
    """Signatures that are a line at the end of the file."""
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Stamps"


def sign_as(adjustment: Adjustment, user):
    own = adjustment.signatories.get(person=user.person)
    return adjusting.sign(own, by=user, evidence=KNOWN)


# Freezing


def test_a_frozen_protocol_is_one_paper_with_its_signers_in_order(frozen, meeting, signers):
    assert [each.name for each in frozen.signatories.all()] == [each.name for each in signers]
    assert [each.role for each in frozen.signatories.all()] == ["secretary", "chair", "adjuster"]
    assert frozen.paper == frozen.frozen
    assert frozen.paper.expected_signatures == [each.name for each in signers]
    assert {each.paragraph for each in frozen.paragraphs.all()} == set(meeting.paragraphs.all())


def test_the_frozen_text_comes_back_from_the_database_as_it_was(frozen, meeting):
    kept = frozen_paper(Adjustment.objects.get())

    assert [each.label for each in kept.paragraphs] == ["§ 1", "§ 2"]
    assert kept.paragraphs[0].sections[0].items == ("att godkänna förslaget.",)
    assert [line.field for line in kept.to_sign] == ["Signatur1", "Signatur2", "Signatur3"]
    assert frozen_paragraph(meeting.paragraphs.first()) == kept.paragraphs[0]
    assert not kept.is_draft


def test_content_of_a_later_portal_is_read_by_what_is_known(frozen):
    assert from_content(frozen.content | {"unheard_of": 1}) == frozen_paper(frozen)


def test_a_double_click_freezes_once(frozen, meeting, secretary):
    with pytest.raises(Refused, match="låst för justering"):
        adjusting.freeze(meeting, confirmed=None, by=secretary)

    assert Adjustment.objects.count() == 1


def test_two_who_freeze_at_once_get_one_paper(meeting, secretary, monkeypatch):
    """The second begins while the first is printed."""

    def print_while_another_freezes(paper):
        monkeypatch.setattr(printing, "protocol_pdf", lambda paper: b"%PDF-1.7")
        adjusting.freeze(meeting, confirmed=None, by=secretary)
        return b"%PDF-1.7 the other"

    monkeypatch.setattr(printing, "protocol_pdf", print_while_another_freezes)
    with pytest.raises(Refused, match="låst för justering"):
        adjusting.freeze(meeting, confirmed=None, by=secretary)

    assert Adjustment.objects.count() == 1
    assert Paper.objects.count() == 1


def test_what_is_written_while_the_protocol_is_printed_is_not_lost(meeting, secretary, monkeypatch):
    def print_while_another_writes(paper):
        paragraphs.rename(meeting.paragraphs.first(), "En annan rubrik", by=secretary)
        return b"%PDF-1.7"

    monkeypatch.setattr(printing, "protocol_pdf", print_while_another_writes)
    with pytest.raises(Refused, match="medan det skrevs ut"):
        adjusting.freeze(meeting, confirmed=None, by=secretary)

    assert not Adjustment.objects.exists()
    assert not Paper.objects.exists()


def test_errors_keep_a_protocol_from_being_frozen(meeting, secretary):
    meeting.adjusters.all().delete()

    with pytest.raises(Refused, match="Ingen justerare"):
        adjusting.freeze(meeting, confirmed=None, by=secretary)


def test_warnings_are_confirmed_and_kept_with_who_did_it(meeting, secretary, unprinted):
    warnings = check_protocol(meeting)
    assert LATE in warnings[0].sentence
    with pytest.raises(Refused, match="Bekräfta varningarna"):
        adjusting.freeze(meeting, confirmed=(), by=secretary)

    adjusting.freeze(meeting, confirmed=[each.key for each in warnings], by=secretary)

    kept = ConfirmedWarning.objects.get()
    assert (kept.code, kept.confirmed_by) == ("late", secretary)


def test_only_who_writes_the_protocol_freezes_it(meeting, signers):
    with pytest.raises(Refused, match="behörigheten"):
        adjusting.freeze(meeting, confirmed=None, by=signers[1])


# What is locked


def test_nothing_is_written_in_a_frozen_protocol(frozen, meeting, secretary):
    first, row = meeting.paragraphs.first(), meeting.attendance.first()
    key = first.sections[0]["key"]
    writing = {
        "text": lambda: section_actions.save_section(first, key, 1, items=["att avslå."], by=secretary),
        "title": lambda: paragraphs.rename(first, "Ny rubrik", by=secretary),
        "new paragraph": lambda: paragraphs.add_paragraph(meeting, title="Ny", by=secretary),
        "case": lambda: paragraphs.set_case(first, None, by=secretary),
        "attendance": lambda: attendance.mark(row, "absent", by=secretary),
        "everybody": lambda: attendance.mark_everybody(meeting, by=secretary),
        "others": lambda: attendance.add_other(meeting, "Lo Gäst", by=secretary),
        "chairs": lambda: cover.set_chairs(meeting, [], by=secretary),
        "adjusters": lambda: cover.set_adjusters(meeting, [], by=secretary),
        "numbers": lambda: numbering.withdraw_numbers(meeting, by=secretary),
    }
    answers = {name: refusal_of(write) for name, write in writing.items()}

    assert {name: answer for name, answer in answers.items() if "låst för justering" not in answer} == {}


def refusal_of(write) -> str:
    try:
        write()
    except Refused as refusal:
        return str(refusal)
    return "släpptes igenom"


def test_the_proof_of_the_notice_is_written_afterwards(frozen, meeting, secretary):
    assert cover.set_proof(meeting, storage="Nämndens arkiv", by=secretary).storage == "Nämndens arkiv"


def test_unlocked_text_may_be_written_and_frozen_again(frozen, meeting, secretary):
    adjusting.unlock(frozen, "Fel belopp i § 2", by=secretary)
    paragraphs.rename(meeting.paragraphs.first(), "Rätt rubrik", by=secretary)

    again = adjusting.freeze(meeting, confirmed=None, by=secretary)

    assert frozen_paper(again).paragraphs[0].title == "Rätt rubrik"


# Signing


def test_the_last_signature_makes_the_protocol_adjusted(frozen, signers, with_stamps):
    for user in signers:
        sign_as(frozen, user)

    frozen.refresh_from_db()
    last = frozen.signatories.last()
    assert frozen.adjusted_on is not None
    assert last.evidence == {"method": "password", "sha256": frozen.frozen.file_id}
    assert frozen.paper == last.revision
    assert bytes(frozen.paper.file.content).count(b"signed") == 3
    assert frozen.notices.exists() or not frozen.meeting.body.seats.exists()
    assert Event.objects.filter(verb="adjustment.adjusted").count() == 1


def test_each_signature_is_a_revision_of_the_one_before(frozen, signers, with_stamps):
    for user in signers:
        sign_as(frozen, user)

    frozen.refresh_from_db()
    chain, paper = [], frozen.paper
    while paper:
        chain.append(paper)
        paper = paper.previous
    assert len(chain) == 4
    assert chain[-1] == frozen.frozen


def test_each_is_written_to_when_it_is_their_turn(frozen, signers, with_stamps):
    def written_to():
        return list(Letter.objects.filter(kind="signature_request").order_by("id").values_list("to_address", flat=True))

    assert written_to() == [signers[0].email]
    sign_as(frozen, signers[0])
    assert written_to() == [signers[0].email, signers[1].email]


def test_nobody_signs_out_of_order_twice_or_for_another(frozen, signers, with_stamps):
    first, second, _ = frozen.signatories.all()
    with pytest.raises(Refused, match="inte din tur"):
        adjusting.sign(second, by=signers[1], evidence=KNOWN)
    with pytest.raises(Refused, match="du är inloggad som"):
        adjusting.sign(first, by=signers[1], evidence=KNOWN)
    with pytest.raises(Refused, match="inte kopplat till någon person"):
        adjusting.sign(first, by=factories.user("member"), evidence=KNOWN)
    sign_as(frozen, signers[0])
    with pytest.raises(Refused, match="har redan skrivit under"):
        sign_as(frozen, signers[0])

    assert Signatory.objects.exclude(signed_at=None).count() == 1


def test_who_signs_after_it_was_unlocked_is_told_why_it_was_not_taken(frozen, signers, secretary, with_stamps):
    adjusting.unlock(frozen, "Fel belopp i § 2.", by=secretary)

    with pytest.raises(Refused, match="Fel belopp i § 2"):
        sign_as(frozen, signers[0])


def test_unlocking_while_somebody_signs_voids_the_signature(frozen, signers, secretary, settings):
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.UnlocksMeanwhile"

    with pytest.raises(Refused, match="Under tiden"):
        sign_as(frozen, signers[0])

    frozen.refresh_from_db()
    assert frozen.paper == frozen.frozen
    assert not Signatory.objects.exclude(signed_at=None).exists()


def test_a_signature_that_cannot_be_made_changes_nothing(frozen, signers, settings):
    settings.PAPER_SIGNING_BACKEND = "tests.meetings.stamping.Refuses"

    with pytest.raises(Refused, match="tidsstämpel svarar inte"):
        sign_as(frozen, signers[0])

    frozen.refresh_from_db()
    assert frozen.paper == frozen.frozen
    assert not Signatory.objects.exclude(signed_at=None).exists()
    assert not Event.objects.filter(verb="adjustment.signed").exists()


def test_a_signature_is_not_kept_when_the_journal_fails(frozen, signers, with_stamps, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disken är full")

    monkeypatch.setattr(adjusting, "record", broken)
    with pytest.raises(OSError, match="disken"):
        sign_as(frozen, signers[0])

    frozen.refresh_from_db()
    assert frozen.paper == frozen.frozen
    assert Paper.objects.count() == 1


# When it goes otherwise


def test_who_declines_says_why_and_the_secretary_is_told(frozen, signers, secretary, with_stamps):
    sign_as(frozen, signers[0])
    second = frozen.signatories.get(person=signers[1].person)
    with pytest.raises(Refused, match="Skriv varför"):
        adjusting.decline(second, "  ", by=signers[1])

    adjusting.decline(second, "Jag yrkade avslag i § 2.", by=signers[1])

    letter = Letter.objects.get(kind="signature_declined")
    assert letter.to_address == secretary.email
    assert "yrkade avslag" in letter.body
    with pytest.raises(Refused, match="avböjt"):
        sign_as(frozen, signers[1])


def test_who_declined_may_be_asked_again(frozen, signers, secretary, with_stamps):
    first = frozen.signatories.first()
    adjusting.decline(first, "Fel datum.", by=signers[0])

    adjusting.ask_again(first, by=secretary)
    sign_as(frozen, signers[0])

    assert frozen.signatories.first().signed_at


def test_an_adjusted_protocol_is_not_unlocked(frozen, signers, secretary, with_stamps):
    for user in signers:
        sign_as(frozen, user)

    with pytest.raises(Refused, match="rättas genom ett nytt beslut"):
        adjusting.unlock(frozen, "Ångrar mig", by=secretary)


def test_who_had_signed_is_told_that_it_no_longer_holds(frozen, signers, secretary, with_stamps):
    sign_as(frozen, signers[0])

    adjusting.unlock(frozen, "Fel belopp.", by=secretary)

    told = Letter.objects.filter(kind="adjustment_unlocked").order_by("id")
    assert [each.to_address for each in told] == [signers[0].email, signers[1].email]
    assert "gäller inte längre" in told[0].body
    assert "gäller inte längre" not in told[1].body


def test_an_address_that_cannot_be_written_to_stops_nothing(meeting, signers, unprinted):
    person = meeting.secretary
    signers[0].email = "ingen adress"
    signers[0].save()
    person.email = ""
    person.save()

    frozen = adjusting.freeze(meeting, confirmed=None, by=signers[0])

    assert frozen.signatories.first().asked_at
    assert not Letter.objects.filter(kind="signature_request").exists()


# Immediate adjustment


def test_paragraphs_are_adjusted_at_once_as_a_paper_of_their_own(meeting, secretary, signers, unprinted, with_stamps):
    first, second = meeting.paragraphs.all()
    at_once = adjusting.freeze(meeting, [first], is_immediate=True, confirmed=None, by=secretary)
    for user in signers:
        sign_as(at_once, user)

    with pytest.raises(Refused, match="justerat"):
        paragraphs.rename(first, "Ny rubrik", by=secretary)
    paragraphs.rename(second, "Ny rubrik", by=secretary)
    rest = adjusting.freeze(meeting, confirmed=None, by=secretary)

    assert [each.label for each in frozen_paper(at_once).paragraphs] == ["§ 1"]
    assert "omedelbar" in frozen_paper(at_once).title
    assert [each.paragraph for each in rest.paragraphs.all()] == [second]
    notes = [each.note for each in frozen_paper(rest).paragraphs]
    assert notes[0].startswith("Paragrafen är omedelbart justerad")
    assert notes[1] == ""


def test_a_board_that_does_not_adjust_at_once_is_told_so(meeting, secretary, unprinted):
    board = factories.Board.objects.get()
    board.rules |= {"allows_immediate_adjustment": False}
    board.save()

    with pytest.raises(Refused, match="omedelbar justering"):
        adjusting.freeze(meeting, meeting.paragraphs.all()[:1], is_immediate=True, confirmed=None, by=secretary)


def test_everybody_signs_for_the_paragraphs_that_are_theirs(meeting, secretary, unprinted):
    first, second = meeting.paragraphs.all()
    one, two = (cover.Named(each.name, each.political_party, each.person) for each in meeting.attendance.all()[1:3])
    cover.set_adjusters(meeting, [cover.Chairing(one, last=first), cover.Chairing(two, first=second)], by=secretary)

    frozen = adjusting.freeze(meeting, confirmed=None, by=secretary)

    spans = {each.name: each.paragraphs for each in frozen.signatories.filter(role="adjuster")}
    assert spans == {one.name: "1", two.name: "2"}


def test_the_rules_agree_about_who_is_next(frozen, signers):
    assert adjusting_rules.next_signatory(frozen).person == signers[0].person
