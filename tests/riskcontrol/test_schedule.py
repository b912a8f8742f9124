"""When checks are due, and what is covered by those that were made."""

from datetime import date

import pytest

from riskcontrol.schedule import due_days, standing


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ("quarterly", ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        ("tertial", ["2024-04-30", "2024-08-31", "2024-12-31"]),
        ("half", ["2024-06-30", "2024-12-31"]),
        ("yearly", ["2024-12-31"]),
        ("", []),
    ],
)
def test_a_schedule_ends_with_its_months(schedule, days):
    assert [str(day) for day in due_days(schedule, 2024)] == days


def test_every_month_ends_with_its_last_day():
    assert [day.day for day in due_days("monthly", 2024)] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_meetings_and_own_days_are_those_of_the_year_in_order():
    days = [date(2024, 12, 4), date(2023, 12, 6), date(2024, 3, 20), date(2024, 3, 20)]

    assert due_days("meetings", 2024, meetings=days) == (date(2024, 3, 20), date(2024, 12, 4))
    assert due_days("days", 2024, days=days) == (date(2024, 3, 20), date(2024, 12, 4))


def test_a_check_covers_its_day_and_all_before_it():
    due = standing(due_days("quarterly", 2024), [date(2024, 6, 30)])

    assert due.next == date(2024, 9, 30)
    assert due.open == (date(2024, 9, 30), date(2024, 12, 31))
    assert due.late_on(date(2024, 10, 1)) == (date(2024, 9, 30),)


def test_nothing_is_late_on_its_own_day_and_nothing_is_next_when_all_is_done():
    assert standing([date(2024, 6, 30)], []).late_on(date(2024, 6, 30)) == ()
    assert standing([date(2024, 6, 30)], [date(2024, 7, 2)]).next is None
