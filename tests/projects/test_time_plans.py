from datetime import date

import pytest

from enamnd.refusal import Refused
from projects.time_plans import read_time_plan


@pytest.mark.parametrize(
    ("written", "starts_on", "ends_on", "is_open"),
    [
        ("2017–2024", date(2017, 1, 1), date(2024, 12, 31), False),
        ("2017 - 2021", date(2017, 1, 1), date(2021, 12, 31), False),
        ("2022-", date(2022, 1, 1), None, True),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), False),
        ("Q1 2025", date(2025, 1, 1), date(2025, 3, 31), False),
        ("q2 2024 – Q1 2025", date(2024, 4, 1), date(2025, 3, 31), False),
        ("Q1–Q3 2025", date(2025, 1, 1), date(2025, 9, 30), False),
        ("hösten 2024", date(2024, 7, 1), date(2024, 12, 31), False),
        ("2024-02-01 – 2024-05-31", date(2024, 2, 1), date(2024, 5, 31), False),
        ("Q1", None, None, False),
        ("Löpande", None, None, False),
        ("Respektive avtalslängd", None, None, False),
        ("beslutas senare", None, None, False),
        ("Sammanträden 4 gånger /per år Beredningsgrupp 4 gånger /per år", None, None, False),
        ("", None, None, False),
    ],
)
def test_days_are_read_where_there_are_days(written, starts_on, ends_on, is_open):
    plan = read_time_plan(written)

    assert (plan.words, plan.starts_on, plan.ends_on, plan.is_open) == (written, starts_on, ends_on, is_open)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024–2017", "Slutet, 31 december 2017, ligger före början, 1 januari 2024"),
        ("1017–2024", "Året 1017 i ”1017” kan inte stämma"),
        ("2022–2204", "Året 2204"),
        ("2024-02-30 – 2024-05-31", "Dagen 2024-02-30 finns inte"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(written, said):
    with pytest.raises(Refused, match=said):
        read_time_plan(written, field="time_plan")
