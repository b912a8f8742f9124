"""After an immediate adjustment the meeting goes on, and nothing that its paper says of people is contradicted."""

import pytest

from enamnd.refusal import Refused
from meetings.actions import arrivals, attendance, cover, meetings, recusals
from meetings.actions.adjusting import unlock
from meetings.models import Adjustment, Attendance, AttendancePeriod
from tests import factories

pytestmark = pytest.mark.django_db
SERVING, PRESENT, ABSENT = "serving", "present", "absent"
SAID = "§ 1 är låst för omedelbar justering"


@pytest.fixture
def secretary():
    return factories.user("secretary")


@pytest.fixture
def meeting():
    """§ 1 is adjusted at once, § 2 and § 3 are not; three members serve, and a substitute is unmarked."""
    made = factories.protocol_to_adjust(paragraphs=3)
    member = made.attendance.order_by("position").last()
    factories.attend(made, seat_kind="substitute", municipality_name=member.municipality_name)
    factories.adjustment(made, made.paragraphs.order_by("position").first(), is_immediate=True)
    return made


def paragraphs(meeting):
    return list(meeting.paragraphs.order_by("position"))


def somebody(meeting) -> Attendance:
    return meeting.attendance.filter(seat_kind="member").order_by("position").last()


def test_what_reaches_the_adjusted_paragraph_is_refused_with_its_name(meeting, secretary):
    who, first = somebody(meeting), paragraphs(meeting)[0]
    substitute = meeting.attendance.get(seat_kind="substitute")
    for change in (
        lambda: attendance.mark(who, ABSENT, by=secretary),
        lambda: attendance.clear(who, by=secretary),
        lambda: attendance.set_remote(who, True, by=secretary),
        lambda: attendance.mark(substitute, SERVING, by=secretary),
        lambda: attendance.mark_everybody(meeting, "substitute", PRESENT, by=secretary),
        lambda: attendance.add_period(who, PRESENT, last=first, by=secretary),
        lambda: arrivals.change_from(who, first, ABSENT, by=secretary),
    ):
        with pytest.raises(Refused, match=SAID):
            change()
    who.refresh_from_db()
    substitute.refresh_from_db()
    assert (who.presence, who.is_remote, substitute.presence) == (SERVING, False, "")
    assert not AttendancePeriod.objects.exists()


def test_what_holds_from_a_later_paragraph_is_taken(meeting, secretary):
    who, (_, second, third) = somebody(meeting), paragraphs(meeting)
    substitute = meeting.attendance.get(seat_kind="substitute")

    arrivals.change_from(who, second, ABSENT, by=secretary)
    attendance.add_period(substitute, SERVING, first=third, replaces=who, by=secretary)

    assert [(each.last.number) for each in who.periods.all()] == [1]
    assert [(each.first.number) for each in substitute.periods.all()] == [3]


def test_a_guest_who_is_added_later_was_there_from_the_next_paragraph(meeting, secretary):
    guest = attendance.add_other(meeting, "Gia Gäst", "Revisionen", by=secretary)

    assert [(each.presence, each.first.number) for each in guest.periods.all()] == [(PRESENT, 2)]


def test_a_substitute_for_somebody_recused_is_there_from_that_paragraph(meeting, secretary):
    substitute = meeting.attendance.get(seat_kind="substitute")

    recusals.add_recusal(paragraphs(meeting)[1], somebody(meeting), substitute=substitute, by=secretary)

    assert [(each.presence, each.first.number) for each in substitute.periods.all()] == [(PRESENT, 2)]


def test_chair_and_adjuster_of_the_adjusted_paragraph_stand(meeting, secretary):
    _, second, _ = paragraphs(meeting)
    now, other = meeting.chairs.get(), somebody(meeting)
    old = cover.Named(now.name, now.political_party, now.person)
    new = cover.Named(other.name, other.political_party, other.person)

    with pytest.raises(Refused, match=SAID):
        cover.set_chairs(meeting, [cover.Chairing(new)], by=secretary)
    with pytest.raises(Refused, match=SAID):
        cover.set_adjusters(meeting, [new], by=secretary)
    cover.set_chairs(
        meeting, [cover.Chairing(old, None, paragraphs(meeting)[0]), cover.Chairing(new, second)], by=secretary
    )

    assert [each.name for each in meeting.chairs.order_by("order")] == [old.name, new.name]


def test_when_where_and_who_writes_stand_and_the_rest_is_open(meeting, secretary):
    with pytest.raises(Refused, match="deras papper"):
        meetings.change_meeting(meeting, place="Rådhuset", by=secretary)
    meetings.change_meeting(meeting, adjustment_text="Digitalt", by=secretary)


def test_pages_say_what_is_locked(meeting, client_as):
    page = client_as("secretary").get(f"/sammantraden/{meeting.pk}/narvaro/").content.decode()

    assert SAID in page
    assert "Resten av sammanträdet är öppet" in page


def test_once_unlocked_it_is_all_open_again(meeting, secretary):
    Adjustment.objects.update(adjusted_on=None)
    unlock(Adjustment.objects.get(), "fel närvaro", by=secretary)

    attendance.mark(somebody(meeting), ABSENT, by=secretary)
