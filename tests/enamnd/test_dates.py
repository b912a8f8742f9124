import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enamnd.dates import clock, long_date, long_instant, parse_date, short_date, weekday_date
from enamnd.refusal import Refused

JUNE = date(2022, 6, 22)


def test_dates_are_written_as_in_swedish_papers():
    assert long_date(JUNE) == "22 juni 2022"
    assert short_date(date(2022, 1, 1)) == "1 januari"
    assert weekday_date(JUNE) == "onsdag 22 juni 2022"
    assert clock(time(9, 5)) == "kl. 09.05"
    assert long_instant(datetime(2022, 6, 28, 14, 34)) == "28 juni 2022 kl. 14.34"


@pytest.mark.parametrize(
    "written",
    [
        "2022-06-22",
        "2022-6-22",
        "20220622",
        "220622",
        "22-06-22",
        "22 juni 2022",
        " 22  JUNI 2022 ",
        "den 22 juni 2022",
        "22 jun 2022",
        "22 jun. 2022",
        "22/6 2022",
        "22/6-22",
        "22/6/2022",
    ],
)
def test_a_date_is_read_as_people_and_papers_write_it(written):
    assert parse_date(written) == JUNE


def test_short_years_belong_to_this_century_until_69():
    assert parse_date("13-02-25") == date(2013, 2, 25)
    assert parse_date("690101") == date(2069, 1, 1)
    assert parse_date("700101") == date(1970, 1, 1)


def test_day_and_month_need_a_year():
    assert parse_date("16/3", year=2021) == date(2021, 3, 16)
    assert parse_date("26 januari", year=2022) == date(2022, 1, 26)
    with pytest.raises(Refused, match="”16/3” saknar år"):
        parse_date("16/3")


def test_a_written_year_wins_over_the_given_one():
    assert parse_date("16/3 2020", year=2021) == date(2020, 3, 16)


@pytest.mark.parametrize(
    "written", ["igår", "2022", "2022-13-01", "22 foo 2022", "22 ju 2022", "0000-01-01", "1/0 2022", "²/6 2022"]
)
def test_what_is_no_date_is_refused_with_an_example(written):
    with pytest.raises(Refused, match=r"är inget datum\. Skriv till exempel 2022-06-22 eller 22 juni 2022\."):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "days"), [("31 juni 2022", "juni 2022 har 30 dagar"), ("2021-02-29", "februari 2021 har 28 dagar")]
)
def test_a_day_that_does_not_exist_is_refused_with_the_reason(written, days):
    with pytest.raises(Refused, match=days):
        parse_date(written)


def test_the_refusal_names_the_field():
    with pytest.raises(Refused, match="Datum saknas") as refused:
        parse_date("", field="date")
    assert refused.value.field == "date"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_written_date_is_read_back(day):
    assert parse_date(long_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(short_date(day), year=day.year) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        said = long_date(parse_date(text, year=2022))
    except Refused as refused:
        said = str(refused)
    assert re.search(r"^[0-9]+ [a-z]+ [0-9]+$|Skriv till exempel", said)
