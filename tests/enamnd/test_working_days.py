"""The days that a time limit may end on, against the closed lists of the laws counted here by themselves."""

from datetime import date, timedelta

import pytest

from enamnd.working_days import day_off, next_working_day

DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Meeus' algorithm for the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)


def first_saturday(day: date) -> date:
    return day + timedelta((5 - day.weekday()) % 7)


def every_day(year: int) -> list[date]:
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return [date(year, 1, 1) + timedelta(number) for number in range(length)]


def days_off(year: int) -> set[date]:
    """Lag (1989:253) 1 §, as it read that year, and the three eves and the Saturdays of lag (1930:173) 2 §."""
    sunday = easter(year)
    midsummer = first_saturday(date(year, 6, 20))
    whit_monday_or_national_day = sunday + timedelta(50) if year < 2005 else date(year, 6, 6)
    weekends = {day for day in every_day(year) if day.weekday() >= 5}
    return weekends | {
        date(year, 1, 1),
        date(year, 1, 6),
        sunday - timedelta(2),
        sunday + timedelta(1),
        date(year, 5, 1),
        sunday + timedelta(39),
        whit_monday_or_national_day,
        midsummer - DAY,
        midsummer,
        first_saturday(date(year, 10, 31)),
        date(year, 12, 24),
        date(year, 12, 25),
        date(year, 12, 26),
        date(year, 12, 31),
    }


@pytest.mark.parametrize("decade", range(1990, 2101, 10))
def test_the_days_off_are_those_of_the_laws(decade):
    for year in range(decade, min(decade + 10, 2101)):
        assert {day for day in every_day(year) if day_off(day)} == days_off(year)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), "långfredagen"),
        (date(2026, 4, 4), "lördag"),
        (date(2026, 4, 5), "påskdagen"),
        (date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (date(2026, 6, 19), "midsommarafton"),
        (date(2026, 10, 31), "alla helgons dag"),
        (date(2022, 7, 31), "söndag"),
        (date(2025, 12, 31), "nyårsafton"),
    ],
)
def test_a_day_off_says_which_it_is(day, name):
    assert day_off(day) == name


@pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 1, 5), date(2026, 5, 15), date(2026, 4, 30)])
def test_skartorsdag_eves_of_other_days_and_squeezed_days_are_working_days(day):
    assert day_off(day) == ""


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2022, 7, 29), date(2022, 7, 29)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2025, 12, 24), date(2025, 12, 29)),
        (date(2025, 12, 31), date(2026, 1, 2)),
    ],
)
def test_a_limit_on_a_day_off_moves_to_the_next_working_day(day, following):
    assert next_working_day(day) == following
