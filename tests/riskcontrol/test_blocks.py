"""The plan, a follow-up and the matrix as text of the protocol."""

import pytest

from meetings import blocks as protocol
from meetings.actions.blocks import insert_block
from meetings.text import sections
from meetings.text.markup import problems_in
from riskcontrol import blocks
from riskcontrol.models import ItemFollowUp
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    factories.board()
    plan = factories.control_plan(2022)
    risk = factories.risk(plan, "A <b>fet</b> & sak", likelihood=2, consequence=4, decision="Risken hanteras")
    item = factories.control_item(risk)
    factories.control_activity(item, method="Avstämning", frequency="")
    follow_up = plan.follow_ups.create(name="Helår", followed_on="2022-12-31", assessment="Tillräcklig.\n<i>Ja</i>")
    ItemFollowUp.objects.create(follow_up=follow_up, item=item, decision="Risken accepteras", analysis="Gick bra.")
    return plan


def test_what_people_wrote_is_text_and_never_markup(plan):
    for html in (blocks.control_plan({}), blocks.control_follow_up({}), blocks.risk_matrix({})):
        assert problems_in(html) == ()
        assert "A &lt;b&gt;fet&lt;/b&gt; &amp; sak" in html


def test_a_follow_up_says_what_it_came_to_and_the_plan_what_was_decided_then(plan):
    assert "<td><p>Risken hanteras</p></td>" in blocks.control_plan({"plan": plan.pk})
    told = blocks.control_follow_up({"follow_up": plan.follow_ups.get().pk})
    assert "<td><p>Risken accepteras</p></td><td><p>Gick bra.</p></td>" in told
    assert told.endswith("<h4>Samlad bedömning</h4><p>Tillräcklig.</p><p>&lt;i&gt;Ja&lt;/i&gt;</p>")


def test_two_ways_to_check_are_two_lines_of_a_cell(plan):
    assert "<td><p>Stickprov</p><p>Avstämning</p></td>" in blocks.control_plan({})


def test_nothing_is_made_of_nothing():
    factories.board()
    assert blocks.control_plan({}) == blocks.control_follow_up({}) == blocks.risk_matrix({}) == ""
    factories.control_plan(2022)
    assert blocks.control_plan({}) == blocks.risk_matrix({}) == ""


def test_the_paragraph_says_when_the_plan_reads_otherwise_by_now(plan):
    paragraph = factories.paragraph(sections=[factories.text_section("<p>Planen:</p>")])
    by = factories.user("secretary")
    insert_block(paragraph, "control_plan", {"plan": plan.pk}, section=paragraph.sections[0]["key"], by=by)
    paragraph.refresh_from_db()
    held = sections.from_json(paragraph.sections)

    (inserted,) = protocol.inserted_in(held)
    assert (inserted.name, inserted.is_stale) == ("Internkontrollplan", False)
    plan.risks.update(responsible="Någon annan")
    assert protocol.inserted_in(held)[0].is_stale
