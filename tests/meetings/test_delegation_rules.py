"""What the delegation order allows, as a truth table of plain values."""

from datetime import date
from decimal import Decimal

import pytest

from meetings.decisions.delegation_rules import kronor, not_delegable, warnings_about
from meetings.models import DelegatedDecision, DelegationOrder, DelegationPoint

DAY = date(2022, 5, 3)


def order(**fields) -> DelegationOrder:
    return DelegationOrder(**{"valid_from": date(2021, 1, 1), "decided_text": "2020-12-09 § 30"} | fields)


def point(of: DelegationOrder | None = None, **fields) -> DelegationPoint:
    return DelegationPoint(**{"order": of or order(), "number": "3", "delegate": "Samordnare"} | fields)


def decision(on: DelegationPoint | None, **fields) -> DelegatedDecision:
    return DelegatedDecision(**{"point": on, "decided_on": DAY} | fields)


def test_a_decision_within_the_order_is_not_warned_about():
    limited = point(amount_limit=Decimal(59200), substitute="Ordförande")

    assert warnings_about(decision(limited, amount=Decimal(59200)), ["Samordnare"]) == ()
    assert warnings_about(decision(limited, amount=Decimal(100)), ["Ordförande"]) == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (decision(None), "vilar inte på någon punkt"),
        (decision(point(order(decided_text=""))), "inte är antagen"),
        (decision(point(order(valid_from=date(2022, 6, 1)))), "gällde inte 3 maj 2022"),
        (decision(point(order(valid_until=date(2022, 5, 2)))), "från 1 januari 2021 till 2 maj 2022"),
        (decision(point(amount_limit=Decimal(500)), amount=Decimal("500.01")), "Gränsen i punkt 3 är 500 kr"),
        (decision(point(), is_urgent=True), "ingen rätt att besluta i brådskande ärenden"),
    ],
)
def test_what_leaves_the_order_is_told(wrong, words):
    (warning,) = warnings_about(wrong, ["Samordnare"])

    assert words in warning


@pytest.mark.parametrize(
    ("delegate", "held", "is_warned"),
    [
        ("Samordnare", ["Samordnare"], False),
        ("Samordnare", ["Ordförande"], True),
        ("Samordnare", [], True),
        ("Upphandlaren i Boden", [], False),  # no office of the body: nothing to try it against
    ],
)
def test_somebody_else_than_the_delegate_is_warned_about(delegate, held, is_warned):
    assert bool(warnings_about(decision(point(delegate=delegate)), held)) is is_warned


def test_a_matter_split_to_go_round_the_limit_is_warned_about():
    limited = point(amount_limit=Decimal(1000))

    (warning,) = warnings_about(decision(limited, amount=Decimal(600)), ["Samordnare"], Decimal(600))

    assert "tillsammans 1\u00a0200 kr" in warning
    assert warnings_about(decision(limited, amount=Decimal(400)), ["Samordnare"], Decimal(600)) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Fastställa verksamhetens mål och inriktning", 1),
        ("Yttrande till kommunfullmäktige", 1),
        ("Framställningar till fullmäktige i ärenden som har väckts genom medborgarförslag", 2),
        ("Yttrande med anledning av att nämndens beslut har överklagats", 1),
        ("Myndighetsutövning mot enskilda av principiell beskaffenhet", 1),
        ("Inköp av varor och tjänster", 0),
        ("Yttrande till domstol", 0),
    ],
)
def test_what_may_not_be_delegated_is_seen_in_its_words(text, kinds):
    assert len(not_delegable(text)) == kinds


@pytest.mark.parametrize(
    ("amount", "written"), [("57300", "57\u00a0300 kr"), ("12.50", "12,50 kr"), ("0", "0 kr"), ("100.00", "100 kr")]
)
def test_amounts_are_written_in_kronor(amount, written):
    assert kronor(Decimal(amount)) == written
