"""What is marked in the attendance list: for the whole meeting, from one § to another, for whom."""

import pytest

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import attendance as actions
from meetings.models import Attendance
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return factories.user("secretary")


@pytest.fixture
def meeting():
    return factories.meeting(paragraphs=4, attendance=4)


@pytest.fixture
def member(meeting):
    return meeting.attendance.filter(seat_kind="member").first()


@pytest.fixture
def substitute(meeting):
    return meeting.attendance.filter(seat_kind="substitute").first()


@pytest.fixture
def guest(meeting):
    return factories.attend(meeting, seat_kind="", organisation="Konsulterna", presence="present")


def paragraph(meeting, place):
    return None if place is None else meeting.paragraphs.get(position=place)


# Marks ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("presence", ["serving", "present", "absent"])
def test_a_mark_is_kept_with_one_event_and_one_version(member, secretary, presence):
    actions.mark(member, presence, by=secretary)

    member.refresh_from_db()
    assert member.presence == presence
    assert Event.objects.get().data["presence"] == presence
    assert member.history.first().history_user == secretary


def test_marking_the_same_again_is_nothing_new(member, secretary):
    actions.mark(member, "serving", by=secretary)
    actions.mark(member, "serving", by=secretary)

    assert Event.objects.count() == 1


def test_a_substitute_serves_for_a_member_of_the_meeting(member, substitute, secretary):
    actions.mark(substitute, "serving", replaces=member, by=secretary)

    substitute.refresh_from_db()
    assert substitute.replaces == member


def test_a_substitute_beside_a_serving_member_is_taken_with_a_warning_in_the_journal(member, substitute, secretary):
    actions.mark(member, "serving", by=secretary)
    member.refresh_from_db()
    actions.mark(substitute, "serving", replaces=member, by=secretary)

    assert Event.objects.first().data["warning"] == "fast ledamoten själv tjänstgör"


def test_a_substitute_may_serve_without_saying_for_whom(substitute, secretary):
    actions.mark(substitute, "serving", by=secretary)

    assert Attendance.objects.get(pk=substitute.pk).replaces is None


def test_a_later_mark_forgets_who_was_replaced(member, substitute, secretary):
    actions.mark(substitute, "serving", replaces=member, by=secretary)
    actions.mark(substitute, "present", by=secretary)

    assert Attendance.objects.get(pk=substitute.pk).replaces is None


@pytest.mark.parametrize(
    ("who", "presence", "replaces", "reason"),
    [
        ("member", "here", None, "Välj tjänstgör"),
        ("member", "", None, "Välj tjänstgör"),
        ("guest", "serving", None, "ingen plats"),
        ("member", "serving", "member", "Bara en tjänstgörande ersättare"),
        ("substitute", "present", "member", "Bara en tjänstgörande ersättare"),
        ("substitute", "serving", "guest", "Välj en ledamot"),
        ("substitute", "serving", "elsewhere", "Välj en ledamot"),
    ],
)
def test_nonsense_is_refused(request, who, presence, replaces, reason, secretary):
    row = request.getfixturevalue(who)
    if replaces == "elsewhere":
        replaced = factories.attend(factories.meeting())
    else:
        replaced = replaces and request.getfixturevalue(replaces)
    with pytest.raises(Refused, match=reason):
        actions.mark(row, presence, replaces=replaced, by=secretary)


def test_everybody_unmarked_serves_at_once_and_marks_stay(meeting, member, secretary):
    actions.mark(member, "absent", by=secretary)

    assert actions.mark_everybody(meeting, by=secretary) == 1

    assert sorted(meeting.attendance.values_list("seat_kind", "presence")) == [
        ("member", "absent"),
        ("member", "serving"),
        ("substitute", ""),
        ("substitute", ""),
    ]


def test_everybody_is_one_event_and_a_version_a_row(meeting, secretary):
    actions.mark_everybody(meeting, "substitute", "absent", by=secretary)

    assert Event.objects.get().data == {"seat_kind": "substitute", "presence": "absent", "rows": 2}
    assert all(row.history.count() == 2 for row in meeting.attendance.filter(seat_kind="substitute"))


def test_everybody_when_all_are_marked_is_nothing(secretary):
    assert actions.mark_everybody(factories.meeting(), by=secretary) == 0
    assert not Event.objects.exists()


def test_distance_is_a_fact_of_its_own(member, secretary):
    actions.mark(member, "serving", by=secretary)
    actions.set_remote(member, True, by=secretary)
    actions.set_remote(member, True, by=secretary)

    member.refresh_from_db()
    assert (member.is_remote, member.presence) == (True, "serving")
    assert Event.objects.filter(verb="attendance.remote_set").count() == 1


def test_two_who_mark_at_once_overwrite_nothing_else(meeting, secretary):
    """Each holds the rows as they were before the other marked."""
    one, other = meeting.attendance.filter(seat_kind="member")
    colleague = factories.user("secretary")
    actions.set_remote(Attendance.objects.get(pk=one.pk), True, by=secretary)
    actions.mark(other, "absent", by=colleague)
    actions.mark(one, "serving", by=colleague)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.presence, one.is_remote, other.presence) == ("serving", True, "absent")


def test_clearing_takes_back_everything(meeting, member, secretary):
    actions.add_period(member, "serving", paragraph(meeting, 2), by=secretary)
    actions.set_remote(member, True, by=secretary)

    actions.clear(member, by=secretary)

    member.refresh_from_db()
    assert (member.presence, member.is_remote, member.periods.count()) == ("", False, 0)


# From one § to another ------------------------------------------------------------------------------------------------


def test_somebody_comes_late(meeting, member, secretary):
    period = actions.add_period(member, "serving", paragraph(meeting, 3), by=secretary)

    assert (period.first.position, period.last) == (3, None)
    assert Attendance.objects.get(pk=member.pk).presence == "serving"
    assert Event.objects.get().data["when"] == "från § 3"


def test_a_mark_for_the_whole_meeting_takes_the_changes_away(meeting, member, secretary):
    actions.add_period(member, "serving", paragraph(meeting, 3), by=secretary)
    actions.mark(member, "serving", by=secretary)

    assert not member.periods.exists()


@pytest.mark.parametrize(
    ("existing", "new", "reason"),
    [
        (None, (None, None), "Välj från vilken"),
        (None, (3, 2), "kommer efter den sista"),
        ((2, 3), (3, 4), "redan en ändring"),
        ((2, None), (4, 4), "redan en ändring"),
        ((None, 2), (1, 1), "redan en ändring"),
        ((None, 2), (3, None), None),
        ((1, 1), (3, 4), None),
        (None, (2, 2), None),
    ],
)
def test_changes_run_forwards_and_do_not_meet(meeting, member, secretary, existing, new, reason):
    if existing:
        actions.add_period(member, "present", *(paragraph(meeting, end) for end in existing), by=secretary)
    ends = [paragraph(meeting, end) for end in new]
    if reason is None:
        assert actions.add_period(member, "serving", *ends, by=secretary)
    else:
        with pytest.raises(Refused, match=reason):
            actions.add_period(member, "serving", *ends, by=secretary)


def test_a_change_stays_within_its_meeting(member, secretary):
    with pytest.raises(Refused, match="annat sammanträde"):
        actions.add_period(member, "serving", factories.paragraph(), by=secretary)


def test_a_substitute_serves_for_a_part(meeting, member, substitute, secretary):
    period = actions.add_period(substitute, "serving", None, paragraph(meeting, 2), replaces=member, by=secretary)

    assert period.replaces == member


def test_without_its_last_change_the_mark_holds_throughout(meeting, member, secretary):
    period = actions.add_period(member, "serving", paragraph(meeting, 2), by=secretary)

    actions.remove_period(period, by=secretary)

    row = Attendance.objects.get(pk=member.pk)
    assert (row.presence, row.periods.count()) == ("serving", 0)


# Others ---------------------------------------------------------------------------------------------------------------


def test_others_are_present_with_their_organisation_last_in_the_list(meeting, secretary):
    other = actions.add_other(meeting, "  Lisa   Lund ", "Evado", "extern konsult", by=secretary)

    assert (other.name, other.organisation, other.role) == ("Lisa Lund", "Evado", "extern konsult")
    assert (other.presence, other.seat_kind) == ("present", "")
    assert other == meeting.attendance.last()


def test_others_need_a_name_and_stand_once(meeting, secretary):
    with pytest.raises(Refused, match="Skriv ett namn"):
        actions.add_other(meeting, " ", by=secretary)
    actions.add_other(meeting, "Lisa Lund", "Evado", by=secretary)
    with pytest.raises(Refused, match="står redan"):
        actions.add_other(meeting, "lisa lund", "evado", by=secretary)


def test_others_can_be_removed_but_seats_cannot(meeting, guest, member, secretary):
    actions.remove_other(guest, by=secretary)
    with pytest.raises(Refused, match="Markera frånvaro"):
        actions.remove_other(member, by=secretary)

    assert not Attendance.objects.filter(pk=guest.pk).exists()
    assert Event.objects.about(meeting).get().subject_name.startswith(guest.name)


@pytest.mark.parametrize("role", ["member", "auditor", "administrator", "coordinator"])
def test_only_those_who_write_protocols_may(meeting, member, guest, role):
    by = factories.user(role)
    period = member.periods.create(presence="serving", first=paragraph(meeting, 1))
    for verb in (
        lambda: actions.mark(member, "serving", by=by),
        lambda: actions.mark_everybody(meeting, by=by),
        lambda: actions.set_remote(member, True, by=by),
        lambda: actions.clear(member, by=by),
        lambda: actions.add_period(member, "serving", paragraph(meeting, 2), by=by),
        lambda: actions.remove_period(period, by=by),
        lambda: actions.add_other(meeting, "Lisa", by=by),
        lambda: actions.remove_other(guest, by=by),
    ):
        with pytest.raises(Refused, match="Du saknar behörigheten"):
            verb()
