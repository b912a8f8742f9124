"""The figures of the protocol of 2022-06-22, § 16, and of the meeting's own list, out of attendance rows."""

import json
from datetime import date, time

import pytest

from meetings.actions.importing import import_meeting
from meetings.exchange import format as interchange
from meetings.models import Meeting
from riskcontrol.goals import turnout
from riskcontrol.goals.measuring import readings_of
from riskcontrol.goals.overview import attendance_of
from riskcontrol.goals.turnout import MEMBERS, PARTIES, SERVING, Share
from tests import factories


@pytest.fixture(scope="module")
def printed(shared_folder) -> dict:
    """The goals and figures that the paper prints."""
    return json.loads((shared_folder / "golden" / "goals.json").read_text())["norrbotten_2022"]


def held(body, on: date, came: int, of: int):
    """A meeting with a row for each municipality's member, of whom so many came."""
    meeting = factories.meeting(body=body, held_on=on)
    for seat in body.seats.filter(kind="member").order_by("pk")[:of]:
        mark = "serving" if came > 0 else "absent"
        factories.attend(meeting, seat=seat, municipality=seat.municipality, presence=mark)
        came -= 1
    return meeting


@pytest.mark.django_db
def test_the_preparatory_groups_meetings_come_out_as_the_report_lists_them(printed):
    """11, 13, 10, 10 and 11 of 14. The report cuts 78.57 % to 78, the rule rounds it to 79; nothing else differs."""
    group = factories.seated_body(municipalities=14, kind="preparatory")
    lines = printed["preparatory_group_attendance"]
    for line in lines:
        held(group, date.fromisoformat(line["date"]), line["attending"], line["of"])

    found = attendance_of(group, 2022)

    shares = [(share.part, share.of, share.percent) for _, _, share in found.meetings()]
    assert shares == [(line["attending"], line["of"], line["percent_rounded"]) for line in lines]
    differing = [line["date"] for line, share in zip(lines, shares, strict=True) if line["percent_printed"] != share[2]]
    assert differing == ["2022-01-26", "2022-05-25"]
    assert found.whole == Share(55, 70)
    assert found.whole.percent == round(printed["preparatory_group_average_percent_computed"])


@pytest.mark.django_db
def test_the_boards_meeting_of_march_is_nine_of_fourteen_and_misses_the_target(printed):
    board = factories.seated_body(municipalities=14)
    told = printed["committee_attendance"]
    held(board, date.fromisoformat(told["date"]), told["attending"], told["of"])
    plan = factories.goal_plan(2022)
    facts = {"kind": "turnout", "target": told["target_percent"], "aim": told["aim_percent"], "counting": MEMBERS}
    indicator = factories.indicator(plan, board, **facts)

    reading = readings_of(plan, date(2022, 5, 31))[indicator.pk]

    ((_, share),) = reading.sittings
    assert (share.part, share.of, share.percent) == (9, 14, told["percent_printed"])
    assert reading.words == "64 % i snitt (9 av 14)"
    assert reading.target == "75 %, 100 % eftersträvas"
    assert reading.is_reached is False


@pytest.mark.django_db
def test_the_meeting_of_june_is_counted_from_its_own_list(shared_folder):
    """Eight members came themselves, two substitutes served: ten of fourteen municipalities."""
    content = (shared_folder / "golden" / "meeting_2022-06-22.json").read_bytes()
    told = interchange.read(content)
    names = {each["municipality"] for each in json.loads(content)["attendance"] if each["seat"]}
    parties = [factories.municipality(name) for name in sorted(names)]
    factories.board(host=parties[0])
    import_meeting(told, create=True, by=None)
    meeting = Meeting.objects.get()

    shares = {
        counting: turnout.over(attendance_of(meeting.body, 2022, None, counting).sittings, counting)
        for counting in (PARTIES, MEMBERS, SERVING)
    }

    assert shares == {PARTIES: Share(10, 14), MEMBERS: Share(8, 14), SERVING: Share(10, 14)}
    assert shares[PARTIES].percent == 71


@pytest.mark.django_db
def test_the_groups_plan_is_listed_as_in_the_report_with_what_has_been_held(printed):
    """Six of ten: the strategy day counts, and two strategy days on end are one occasion."""
    group = factories.body(kind="preparatory")
    strategy = factories.body(kind="strategy_day")
    for month, day in ((1, 26), (2, 23), (3, 23), (4, 27), (6, 20)):
        factories.meeting(body=group, held_on=date(2022, month, day), starts_at=time(14), ends_at=time(16))
    factories.meeting(body=strategy, held_on=date(2022, 5, 25))
    for month, day in ((8, 24), (10, 26), (11, 23), (12, 21)):
        factories.planned_day(group, date(2022, month, day), starts_at=time(14), ends_at=time(16))
    for day in (21, 22):
        factories.meeting(body=strategy, held_on=date(2022, 9, day))
    plan = factories.goal_plan(2022)
    indicator = factories.indicator(plan, group, strategy, target=10, unit="möten")

    reading = readings_of(plan, date(2022, 6, 22))[indicator.pk]

    blocks = printed["indikatorer"][0]["comment_blocks"]
    told = next(block["items"] for block in blocks if block["type"] == "bullets")
    assert [(as_printed(each.words), each.is_held) for each in reading.happenings] == [
        (each["text"], bool(each.get("strikethrough"))) for each in told
    ]
    assert reading.words == "6 hittills"
    assert reading.is_reached is False


def as_printed(words: str) -> str:
    """As the report writes: 14:00-16:00, and no comma before a strategy day."""
    return words.replace(" kl. ", " ").replace(".00", ":00").replace("–", "-").replace(",", "")
