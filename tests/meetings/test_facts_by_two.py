"""Two people change the facts of a meeting at the same time: each changes what they changed, and nothing else."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


class FormOf(HTMLParser):
    """What a browser would post from the page's form of facts, if nothing were changed."""

    def __init__(self, page: str):
        super().__init__()
        self.posted, self.select = {}, None
        self.feed(page.split('aria-labelledby="facts-title"')[1].split("</form>")[0])

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "input" and (facts.get("type") != "checkbox" or "checked" in facts):
            self.posted[facts["name"]] = facts.get("value") or ("on" if facts.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = facts["name"]
        elif tag == "option" and "selected" in facts and self.select:
            self.posted[self.select] = facts["value"]


def test_the_second_to_save_does_not_take_back_what_the_first_saved(client_as):
    factories.board()
    clerk = factories.person("Elin Ek")
    meeting = factories.meeting(secretary=clerk, secretary_name="Elin Ek", is_remote=True, adjustment_text="Digitalt")
    address = reverse("meetings:meeting_facts", args=[meeting.pk])
    first, second = client_as("secretary"), client_as("secretary")
    form, other_form = (FormOf(each.get(address).content.decode()).posted for each in (first, second))

    assert first.post(address, form | {"place": "Teams", "adjustment_text": ""}).status_code == 302
    assert second.post(address, other_form | {"ends_at": "14.40"}).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.place, meeting.adjustment_text, f"{meeting.ends_at:%H:%M}") == ("Teams", "", "14:40")
    assert (meeting.secretary, meeting.is_remote) == (clerk, True)
