"""Which days a time limit may end on: lag (1930:173) om beräkning av lagstadgad tid, 2 §.

When the last day to do a thing is a Sunday, another public holiday (lag 1989:253), a Saturday, midsommarafton, julafton
or nyårsafton, it may be done on the next working day. Skärtorsdag, trettondagsafton and days squeezed in between are
working days. The calendar knows what was a holiday when: 6 juni since 2005, annandag pingst until 2004.
"""

from datetime import date, timedelta
from functools import cache

import holidays

from enamnd.dates import WEEKDAYS

SATURDAY = 5
DAY = timedelta(days=1)
PUBLIC, EVES = "public", "de_facto"  # the calendar's names for the days of the law of 1989, and for the three eves
NAMES = ("Kristi", "Marie")  # begin with a capital in the middle of a sentence too


def day_off(day: date) -> str:
    """Why nothing need be done on `day`: "långfredagen", "midsommarafton", "lördag"; empty for a working day."""
    if name := _holidays(day.year).get((day.month, day.day)):
        return name
    return WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else ""


def next_working_day(day: date) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while day_off(day):
        day += DAY
    return day


@cache
def _holidays(year: int) -> dict[tuple[int, int], str]:
    found = holidays.country_holidays(
        "SE", years=year, language="sv", include_sundays=False, categories=(PUBLIC, EVES), expand=False
    )
    return {(day.month, day.day): _in_a_sentence(name) for day, name in found.items()}


def _in_a_sentence(name: str) -> str:
    return name if name.startswith(NAMES) else name[:1].lower() + name[1:]
