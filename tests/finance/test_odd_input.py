"""Odd input to the economy is answered in words, or not found: it is never a fault of the portal."""

import pytest
from django.urls import reverse

from finance.actions.allocations import make_allocation
from finance.models import IndexFigure
from tests import factories

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
ODD = ("²", "-1", "1e5", "\0", HUGE, "99999")


@pytest.fixture
def coordinator(client_as):
    factories.board()
    return client_as("coordinator")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("allocation_list", ("ar", "sida")),
        ("municipality", ("kommun", "ar")),
        ("allocation_new", ("post", "ar", "aktivitet")),
        ("mapping_new", ("konto", "projekt")),
    ],
)
def test_odd_words_in_an_address_do_no_harm(coordinator, page, names, odd):
    item = factories.cost_item(model=factories.model_version().model)
    place = factories.municipality()
    make_allocation("Grundbelopp", 2022, factories.model_version(), [place], 100, item=item, by=None)

    for name in names:
        asked = {"post": item.pk} | {name: odd}
        assert coordinator.get(reverse(f"finance:{page}"), asked).status_code == 200


def test_an_allocation_instead_of_none_is_not_found(coordinator):
    assert coordinator.get(reverse("finance:allocation_new"), {"ersatter": "12345"}).status_code == 404
    assert coordinator.get(reverse("finance:allocation_new"), {"ersatter": HUGE}).status_code == 200


@pytest.mark.parametrize("page", ["budget", "follow_up", "outcome_new", "year_end", "follow_up_file"])
@pytest.mark.parametrize("year", [0, 99999, 10**15])
def test_a_year_without_a_budget_is_not_found(coordinator, page, year):
    assert coordinator.get(reverse(f"finance:{page}", args=[year])).status_code == 404


@pytest.mark.parametrize("text", ["\0", "=1+1;2", "Kronor\tBudget\nIntäkter\t\nRad\t\0", "a\n" * 2500])
def test_tables_of_nonsense_are_refused_in_words(coordinator, text):
    answer = coordinator.post(reverse("finance:printed"), {"text": text, "unit": 1})

    assert answer.status_code in (200, 422)
    assert answer.context["form"].errors or not answer.context["told"]


def test_models_are_compared_only_by_whole_questions(coordinator):
    answer = coordinator.get(reverse("finance:comparison"), {"amount": "1 000 000 000 000 000", "year": "20270"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "kan inte stämma" in page
    assert "Välj minst en modell." in page


@pytest.mark.parametrize(
    ("percent", "published_on", "field"),
    [("2,8", "2099-01-01", "published_on"), ("280", "2026-04-29", "percent")],
)
def test_an_index_that_cannot_be_right_is_refused(coordinator, percent, published_on, field):
    facts = {"name": "PKV", "year": 2027, "percent": percent, "published_on": published_on, "source": "SKR"}

    assert field in coordinator.post(reverse("finance:index_new"), facts).context["form"].errors
    assert not IndexFigure.objects.exists()
