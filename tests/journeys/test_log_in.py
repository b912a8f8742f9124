"""The door of the portal, in a real browser."""

import pytest

from tests import factories


@pytest.mark.both_databases
def test_the_secretary_logs_in_and_out_again(page):
    factories.board(name="Gemensamma prövningsnämnden")
    secretary = factories.user("secretary", name="Elin Strand")

    page.goto("/")
    page.get_by_label("E-post").fill(secretary.email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()

    assert page.get_by_role("link", name="Elin Strand").is_visible()

    page.get_by_role("button", name="Logga ut").click()
    page.goto("/sammantraden/")

    assert "/inloggning/" in page.url
