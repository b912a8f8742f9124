"""The meeting as it is held: its moments, arrivals, chairs, recusals, proposals, reservations and closed matters."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from enamnd.journal.models import Event
from enamnd.refusal import Refused
from meetings.actions import arrivals, ballots, closings, motions, recusals, statements
from meetings.actions import sitting as actions
from meetings.attending.listed_roll import roll_of
from meetings.models import Attendance, Meeting, Moment, Paragraph
from meetings.sitting import quorum_at, serving_at, table_at
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


@pytest.fixture
def meeting(secretary):
    return factories.sitting(members=3, paragraphs=4)


def paragraph(meeting, number) -> Paragraph:
    return meeting.paragraphs.get(number=number)


def members(meeting) -> list[Attendance]:
    return list(meeting.attendance.filter(seat_kind="member"))


def substitute_of(member) -> Attendance:
    return member.meeting.attendance.get(seat_kind="substitute", municipality=member.municipality)


def when(row) -> list[tuple]:
    """(presence, first §, last §) of each span of the row."""
    row.refresh_from_db()
    if not row.periods.exists():
        return [(row.presence, None, None)]
    return [
        (each.presence, each.first and each.first.number, each.last and each.last.number) for each in row.periods.all()
    ]


# Moments --------------------------------------------------------------------------------------------------------------


def test_the_cover_follows_when_the_meeting_is_opened_and_closed(secretary):
    meeting = factories.sitting(opened=False, starts_at=time(9), ends_at=time(12))

    actions.tell_moment(meeting, Moment.Kind.OPENED, time(9, 4), by=secretary)
    actions.tell_moment(meeting, Moment.Kind.ADJOURNED, time(10), by=secretary)
    actions.tell_moment(meeting, Moment.Kind.RESUMED, time(10, 15), by=secretary)
    actions.tell_moment(meeting, Moment.Kind.CLOSED, time(11, 40), by=secretary)

    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (time(9, 4), time(11, 40))
    assert [each.kind for each in meeting.moments.all()] == ["opened", "adjourned", "resumed", "closed"]


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ([], "adjourned"),
        ([], "closed"),
        (["opened"], "opened"),
        (["opened"], "resumed"),
        (["opened", "adjourned"], "adjourned"),
        (["opened", "closed"], "adjourned"),
    ],
)
def test_moments_come_in_order(secretary, told, refused):
    meeting = factories.sitting(opened=False)
    for kind in told:
        actions.tell_moment(meeting, kind, time(9), by=secretary)

    with pytest.raises(Refused):
        actions.tell_moment(meeting, refused, time(9), by=secretary)


def test_a_moment_before_the_one_before_is_refused(secretary):
    meeting = factories.sitting(opened=False)
    actions.tell_moment(meeting, "opened", time(13), by=secretary)

    with pytest.raises(Refused, match=r"Kl. 12.50 är före kl. 13.00"):
        actions.tell_moment(meeting, "adjourned", time(12, 50), by=secretary)


def test_only_the_latest_moment_is_taken_back(secretary):
    meeting = factories.sitting(opened=False)
    first = actions.tell_moment(meeting, "opened", time(9), by=secretary)
    last = actions.tell_moment(meeting, "closed", time(10), by=secretary)

    with pytest.raises(Refused):
        actions.take_back_moment(first, by=secretary)
    actions.take_back_moment(last, by=secretary)

    assert [each.kind for each in meeting.moments.all()] == ["opened"]


# Coming and going -----------------------------------------------------------------------------------------------------


def test_a_member_leaves_and_the_substitute_takes_the_place_from_there(meeting, secretary):
    member = members(meeting)[0]
    substitute = substitute_of(member)

    arrivals.change_from(member, paragraph(meeting, 3), "absent", by=secretary)
    arrivals.change_from(substitute, paragraph(meeting, 3), "serving", replaces=member, by=secretary)

    assert when(member) == [("serving", None, 2)]
    assert when(substitute) == [("present", None, 2), ("serving", 3, None)]
    assert member in serving_at(paragraph(meeting, 2))
    assert substitute in serving_at(paragraph(meeting, 3))
    assert len(serving_at(paragraph(meeting, 3))) == 3


def test_a_member_who_comes_takes_the_place_back(meeting, secretary):
    member = members(meeting)[0]
    substitute = substitute_of(member)
    arrivals.change_from(member, paragraph(meeting, 1), "absent", by=secretary)
    arrivals.change_from(substitute, paragraph(meeting, 1), "serving", replaces=member, by=secretary)

    told = arrivals.change_from(member, paragraph(meeting, 3), "serving", by=secretary)

    assert when(member) == [("serving", 3, None)]
    assert when(substitute) == [("serving", None, 2), ("present", 3, None)]
    assert told == (f"{substitute.name_with_party} tjänstgör inte längre för {member.name_with_party}.",)


def test_at_the_first_paragraph_a_change_holds_throughout(meeting, secretary):
    member = members(meeting)[0]

    arrivals.change_from(member, paragraph(meeting, 1), "absent", by=secretary)
    assert when(member) == [("absent", None, None)]
    arrivals.change_from(member, paragraph(meeting, 1), "serving", by=secretary)

    assert when(member) == [("serving", None, None)]


def test_taking_a_change_back_leaves_no_trace_in_the_list(meeting, secretary):
    member = members(meeting)[0]
    arrivals.change_from(member, paragraph(meeting, 3), "absent", by=secretary)

    arrivals.change_from(member, paragraph(meeting, 3), "serving", by=secretary)

    assert when(member) == [("serving", None, None)]


def test_leaving_and_serving_again_is_taken_and_warned_of(meeting, secretary):
    member = members(meeting)[0]
    arrivals.change_from(member, paragraph(meeting, 2), "absent", by=secretary)

    told = arrivals.change_from(member, paragraph(meeting, 4), "serving", by=secretary)

    assert when(member) == [("serving", None, 1), ("serving", 4, None)]
    assert "bara efter jäv" in told[0]
    assert "warning" in Event.objects.filter(verb="attendance.changed_from").first().data
    assert any("bara efter jäv" in each for each in roll_of(meeting).warnings)


def test_substitutes_are_offered_by_seat_from_the_own_municipality(meeting):
    member = members(meeting)[0]
    second = factories.attend(
        meeting,
        "substitute",
        seat=factories.seat(meeting.body, municipality=member.municipality, kind="substitute", order=2),
        presence="present",
    )

    assert table_at(paragraph(meeting, 1)).substitutes_for(member) == (substitute_of_first(member, second), second)


def substitute_of_first(member, other):
    return member.meeting.attendance.filter(seat_kind="substitute", municipality=member.municipality).exclude(
        pk=other.pk
    )[0]


def test_a_board_may_call_substitutes_from_all(meeting):
    from enamnd.organisation.models import Board

    Board.objects.update(rules={"substitutes_from": "all"})
    member = members(meeting)[0]

    assert len(table_at(paragraph(meeting, 1)).substitutes_for(member)) == 3


def test_substitutes_who_are_away_or_serve_are_not_offered(meeting, secretary):
    member = members(meeting)[0]
    substitute = substitute_of(member)
    arrivals.change_from(substitute, paragraph(meeting, 2), "absent", by=secretary)

    assert table_at(paragraph(meeting, 1)).substitutes_for(member) == (substitute,)
    assert table_at(paragraph(meeting, 2)).substitutes_for(member) == ()


# The chair ------------------------------------------------------------------------------------------------------------


def chairs(meeting) -> list[tuple]:
    return [
        (each.name, each.first and each.first.number, each.last and each.last.number)
        for each in meeting.chairs.select_related("first", "last")
    ]


def test_another_takes_the_chair_from_a_paragraph_on(meeting, secretary):
    first, second, _ = members(meeting)

    actions.change_chair(paragraph(meeting, 3), second, by=secretary)

    assert chairs(meeting) == [(first.name, None, 2), (second.name, 3, None)]
    assert table_at(paragraph(meeting, 3)).chair == second


def test_another_takes_the_chair_for_one_paragraph_only(meeting, secretary):
    first, second, _ = members(meeting)

    actions.change_chair(paragraph(meeting, 2), second, only_here=True, by=secretary)
    assert chairs(meeting) == [(first.name, None, 1), (second.name, 2, 2), (first.name, 3, None)]
    actions.change_chair(paragraph(meeting, 2), first, only_here=True, by=secretary)

    assert chairs(meeting) == [(first.name, None, None)]


def test_who_does_not_serve_cannot_take_the_chair(meeting, secretary):
    with pytest.raises(Refused, match="utan att tjänstgöra"):
        actions.change_chair(paragraph(meeting, 2), substitute_of(members(meeting)[0]), by=secretary)


# Recusals -------------------------------------------------------------------------------------------------------------


def test_the_recused_are_out_of_the_paragraph_the_count_and_the_list(meeting, secretary):
    member = members(meeting)[0]

    recusals.add_recusal(paragraph(meeting, 2), member, reason="är ordförande i bolaget", by=secretary)

    assert quorum_at(paragraph(meeting, 2)).sentence == "2 av 3, beslutsför"
    assert quorum_at(paragraph(meeting, 3)).sentence == "3 av 3, beslutsför"
    entries = [
        each for group in roll_of(meeting).groups(None) for each in group.entries if each.row.name == member.name
    ]
    assert [each.note for each in entries] == ["Jäv § 2"]


def test_a_substitute_serves_for_that_paragraph_only(meeting, secretary):
    member = members(meeting)[0]
    substitute = substitute_of(member)

    recusals.add_recusal(paragraph(meeting, 2), member, substitute=substitute, by=secretary)

    assert substitute in serving_at(paragraph(meeting, 2))
    assert substitute not in serving_at(paragraph(meeting, 3))
    notes = {
        group.name: each.note
        for group in roll_of(meeting).groups(None)
        for each in group.entries
        if each.row.name == substitute.name
    }
    assert notes["serving_substitutes"] == f"§ 2, tjänstgör istället för {member.name_with_party}"
    assert not [each for each in roll_of(meeting).warnings if "börjat igen" in each]


def test_a_substitute_of_another_municipality_does_not_step_in(meeting, secretary):
    first, second, _ = members(meeting)

    with pytest.raises(Refused, match="Välj någon av dem"):
        recusals.add_recusal(paragraph(meeting, 2), first, substitute=substitute_of(second), by=secretary)


def test_who_has_moved_there_is_not_recused_before_the_proposal_is_gone(meeting, secretary):
    member = members(meeting)[0]
    motion = motions.add_motion(paragraph(meeting, 2), "approval", mover=member, by=secretary)

    with pytest.raises(Refused, match="har ett yrkande"):
        recusals.add_recusal(paragraph(meeting, 2), member, by=secretary)
    motions.remove_motion(motion, by=secretary)
    recusals.add_recusal(paragraph(meeting, 2), member, by=secretary)

    assert table_at(paragraph(meeting, 2)).place_of(member).state == "recused"


def test_a_recused_chair_must_be_replaced(meeting, secretary):
    first, second, _ = members(meeting)
    recusals.add_recusal(paragraph(meeting, 2), first, by=secretary)

    assert "är jävig här" in table_at(paragraph(meeting, 2)).chair_problem
    actions.change_chair(paragraph(meeting, 2), second, only_here=True, by=secretary)

    assert table_at(paragraph(meeting, 2)).chair_problem == ""


# Proposals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["recused", "substitute", "guest", "absent"])
def test_only_those_who_serve_may_move(meeting, secretary, who):
    first, second, _ = members(meeting)
    at = paragraph(meeting, 2)
    recusals.add_recusal(at, first, by=secretary)
    arrivals.change_from(second, at, "absent", by=secretary)
    guest = factories.attend(meeting, seat_kind="", presence="present")
    mover = {"recused": first, "substitute": substitute_of(second), "guest": guest, "absent": second}[who]

    with pytest.raises(Refused) as refusal:
        motions.add_motion(at, "rejection", mover=mover, by=secretary)

    assert refusal.value.field == "mover"


def test_a_proposal_of_change_says_what(meeting, secretary):
    with pytest.raises(Refused, match="går ut på"):
        motions.add_motion(paragraph(meeting, 1), "change", " ", mover=members(meeting)[0], by=secretary)


def test_information_has_no_proposals(meeting, secretary):
    actions.set_kind(paragraph(meeting, 1), "information", by=secretary)

    with pytest.raises(Refused, match="Ett informationsärende"):
        motions.add_motion(paragraph(meeting, 1), "approval", mover=members(meeting)[0], by=secretary)


# Reservations ---------------------------------------------------------------------------------------------------------


def test_who_abstained_took_no_part_and_cannot_reserve_themselves(meeting, secretary):
    at = paragraph(meeting, 1)
    first, second, third = members(meeting)
    ballot = ballots.begin_ballot(at, "open", yes_means="bifall", no_means="avslag", by=secretary)
    ballots.cast_votes(ballot, {first: "yes", second: "no", third: "abstain"}, by=secretary)
    with pytest.raises(Refused, match="avstod"):
        statements.add_statement(at, "reservation", third, by=secretary)

    statement, warning = statements.add_statement(at, "reservation", second, "För dyrt.", by=secretary)

    assert (statement.text, warning) == ("För dyrt.", "")
    with pytest.raises(Refused, match="redan reserverat"):
        statements.add_statement(at, "reservation", second, by=secretary)


def test_a_reservation_after_the_meeting_is_taken_and_warned_of(meeting, secretary):
    actions.tell_moment(meeting, "closed", time(23, 59), by=secretary)

    _, warning = statements.add_statement(paragraph(meeting, 1), "reservation", members(meeting)[0], by=secretary)

    assert "innan sammanträdet avslutas" in warning
    assert Event.objects.filter(verb="statement.reservation_added").get().data["warning"] == warning


def test_a_note_may_be_made_by_a_substitute_who_is_there_and_not_by_staff(meeting, secretary):
    substitute = substitute_of(members(meeting)[0])
    guest = factories.attend(meeting, seat_kind="", presence="present")

    statements.add_statement(paragraph(meeting, 1), "note", substitute, "Kommunen ser fram emot det.", by=secretary)
    with pytest.raises(Refused, match=r"6 kap\. 26 §"):
        statements.add_statement(paragraph(meeting, 1), "note", guest, "Hej.", by=secretary)


# Closed matters -------------------------------------------------------------------------------------------------------


def test_a_decision_without_quorum_is_refused_while_the_meeting_is_held(meeting, secretary):
    for member in members(meeting)[:2]:
        arrivals.change_from(member, paragraph(meeting, 2), "absent", by=secretary)

    for outcome in ("decided", "postponed", "referred"):
        with pytest.raises(Refused, match="inte beslutsför"):
            closings.close_paragraph(paragraph(meeting, 2), outcome, by=secretary)
    assert "inte beslutsför" in closings.close_paragraph(paragraph(meeting, 2), "informed", by=secretary)[0]
    assert closings.close_paragraph(paragraph(meeting, 3), "dropped", by=secretary) == ()


@pytest.mark.parametrize("is_past", [True, False])
def test_a_decision_without_quorum_that_is_told_afterwards_is_taken_and_warned_of(secretary, is_past):
    meeting = factories.sitting(members=3, held_on=timezone.localdate() - timedelta(days=2 * is_past))
    if not is_past:
        actions.tell_moment(meeting, "closed", time(23, 59), by=secretary)
    for member in members(meeting)[:2]:
        arrivals.change_from(member, paragraph(meeting, 1), "absent", by=secretary)

    warnings = closings.close_paragraph(paragraph(meeting, 1), "decided", by=secretary)

    closing = paragraph(meeting, 1).closing
    assert "1 av 3 platser tjänstgör" in warnings[0]
    assert (closing.present, closing.seats, closing.is_live) == (1, 3, False)
    assert "inte beslutsför" in Event.objects.filter(verb="closing.made").get().data["warning"]


def test_a_quorum_is_counted_after_the_recused(meeting, secretary):
    for member in members(meeting)[:2]:
        recusals.add_recusal(paragraph(meeting, 1), member, by=secretary)

    with pytest.raises(Refused, match="1 av 3 platser tjänstgör efter 2 jäv"):
        closings.close_paragraph(paragraph(meeting, 1), "decided", by=secretary)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [([], "inte öppnat"), (["opened", "adjourned"], "ajournerat")],
    ids=["not opened", "adjourned"],
)
def test_nothing_is_closed_while_the_meeting_is_not_held(secretary, told, sentence):
    meeting = factories.sitting(opened=False)
    for kind in told:
        actions.tell_moment(meeting, kind, time(9), by=secretary)

    with pytest.raises(Refused, match=sentence):
        closings.close_paragraph(paragraph(meeting, 1), "decided", by=secretary)


def test_a_matter_is_not_closed_in_the_middle_of_a_vote(meeting, secretary):
    ballots.begin_ballot(paragraph(meeting, 1), "open", yes_means="bifall", no_means="avslag", by=secretary)

    with pytest.raises(Refused, match="inte avslutad"):
        closings.close_paragraph(paragraph(meeting, 1), "decided", by=secretary)


def test_a_closed_matter_is_changed_once_it_is_opened_again(meeting, secretary):
    at, member = paragraph(meeting, 1), members(meeting)[0]
    closings.close_paragraph(at, "decided", by=secretary)

    with pytest.raises(Refused, match="Öppna den igen"):
        motions.add_motion(at, "approval", mover=member, by=secretary)
    closings.reopen_paragraph(at, by=secretary)

    assert motions.add_motion(at, "approval", mover=member, by=secretary).order == 1


def test_several_proposals_without_an_order_are_warned_of(meeting, secretary):
    first, second, _ = members(meeting)
    motions.add_motion(paragraph(meeting, 1), "approval", mover=first, by=secretary)
    motions.add_motion(paragraph(meeting, 1), "rejection", mover=second, by=secretary)

    assert "ställde proposition" in closings.close_paragraph(paragraph(meeting, 1), "decided", by=secretary)[0]


def test_doors_are_closed_for_one_matter(meeting, secretary):
    actions.set_closed_doors(paragraph(meeting, 1), True, by=secretary)

    assert [each.is_behind_closed_doors for each in meeting.paragraphs.all()] == [True, False, False, False]


def test_a_member_records_nothing(meeting):
    with pytest.raises(Refused):
        actions.tell_moment(meeting, "closed", time(12), by=factories.user("member"))
    with pytest.raises(Refused):
        closings.close_paragraph(paragraph(meeting, 1), "decided", by=factories.user("member"))
    assert Meeting.objects.get().moments.count() == 1
