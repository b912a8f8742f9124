"""The economy's part of a package: what is decided, and what is said to be missing."""

import io
from datetime import date

import openpyxl
import pytest

from finance.budget_table import Line
from finance.collected import budget_and_follow_up, rows_of
from finance.follow_up import Compared
from finance.models import BudgetDecision, Outcome
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_year_without_a_budget_says_so():
    assert budget_and_follow_up(2022).missing == ("Portalen har ingen budget för 2022.",)


def test_a_proposal_is_no_budget_yet():
    factories.budget_version(2022, {factories.cost_item(): (100, 100)})

    given = budget_and_follow_up(2022)

    assert given.enclosures == ()
    assert given.missing == (
        "Budgeten för 2022 är inte fastställd.",
        "Varken utfall eller prognos är införda för 2022.",
    )


def test_what_is_decided_is_given_with_what_came_of_it():
    factories.board()
    item = factories.cost_item()
    version = factories.budget_version(2022, {item: (100, 100)})
    BudgetDecision.objects.get_or_create(
        version=version, defaults={"decided_on": date(2021, 12, 8), "decision": "2021-12-08 § 5"}
    )
    Outcome.objects.create(budget=version.budget, through_on="2022-10-31", origin="hand")

    budget, outcome = budget_and_follow_up(2022).enclosures

    assert budget.read().startswith(b"%PDF")
    sheet = openpyxl.load_workbook(io.BytesIO(outcome.read())).active
    assert sheet["A2"].value.startswith("Utfall")


def test_what_is_below_zero_is_rounded_as_what_is_above():
    line = Line("result", "", "Resultat", (100_40, -100_40))
    table = Compared("Utfall", ("Budget", "Utfall", "Avvikelse"), ((line, -200_80, ""),))

    assert rows_of([table])[1] == ("Resultat", 100, -100, -201)
