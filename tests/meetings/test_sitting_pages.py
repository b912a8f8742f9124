"""The page of the meeting as it is held: every verb a plain form, and nothing that was written is lost."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import ballots, motions
from meetings.actions.sitting import tell_moment
from meetings.models import Ballot, Closing, Motion, Paragraph, Recusal, Statement
from meetings.sitting import serving_at
from meetings.waiting.steps import waiting_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client_as):
    factories.board()
    return client_as("secretary")


@pytest.fixture
def meeting(secretary):
    return factories.sitting(members=3)


@pytest.fixture
def paragraph(meeting):
    return meeting.paragraphs.get(number=2)


def page_of(paragraph) -> str:
    return f"{reverse('meetings:sitting', args=[paragraph.meeting_id])}?par={paragraph.pk}"


def shown(client, paragraph) -> str:
    answer = client.get(page_of(paragraph))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, paragraph, *more, **data):
    return client.post(reverse(f"meetings:sitting_{name}", args=[paragraph.meeting_id, paragraph.pk, *more]), data)


def test_the_first_matter_that_is_not_closed_is_shown(secretary, meeting):
    Closing.objects.create(paragraph=meeting.paragraphs.get(number=1), outcome="decided", at=meeting.moments.get().at)

    text = secretary.get(reverse("meetings:sitting", args=[meeting.pk])).content.decode()

    assert '<span class="number">§ 2</span>' in text


def test_a_paragraph_of_another_meeting_is_not_shown(secretary, meeting):
    other = factories.paragraph()

    for par in (other.pk, 10**30, "x"):
        answer = secretary.get(reverse("meetings:sitting", args=[meeting.pk]), {"par": par})
        assert answer.status_code == (404 if par == other.pk else 200)


def test_a_meeting_without_paragraphs_says_so(secretary):
    empty = factories.meeting()

    assert "inga paragrafer än" in secretary.get(reverse("meetings:sitting", args=[empty.pk])).content.decode()


def test_who_only_reads_sees_what_is_recorded_and_no_forms(client_as, secretary, paragraph):
    motions.add_motion(paragraph, "rejection", mover=serving_at(paragraph)[0], by=secretary.user)

    text = shown(client_as("member"), paragraph)

    assert "yrkar avslag." in text
    assert "Nytt yrkande" not in text
    assert 'name="presence"' not in text


def test_every_verb_is_a_plain_form(secretary, paragraph):
    first, second, third = serving_at(paragraph)

    post(secretary, "chair", paragraph, who=second.pk, only_here="on")
    post(secretary, "recusal_new", paragraph, attendance=third.pk, reason="Äger marken")
    post(secretary, "motion_new", paragraph, kind="approval", mover=first.pk, supporters=[second.pk])
    post(secretary, "motion_new", paragraph, kind="rejection", mover=second.pk)
    post(secretary, "procedure", paragraph, text="Ordföranden ställer proposition på förslagen.")
    post(secretary, "ballot_new", paragraph, method="open", yes_means="bifall", no_means="avslag")
    ballot = Ballot.objects.get()
    post(
        secretary,
        "ballot",
        paragraph,
        ballot.pk,
        **{f"vote-{first.pk}": "yes", f"vote-{second.pk}": "no", "casting_vote": "no", "do": "finish"},
    )
    post(secretary, "statement_new", paragraph, kind="reservation", attendance=first.pk, text="För dyrt.")
    answer = post(secretary, "closing", paragraph, outcome="decided")

    assert answer.headers["Location"].startswith(page_of(paragraph))
    assert Recusal.objects.get().attendance == third
    assert [each.supporters for each in Motion.objects.all()] == [[second.pk], []]
    ballot.refresh_from_db()
    assert (ballot.casting_vote, ballot.casting_by) == ("no", second)
    assert Statement.objects.get().text == "För dyrt."
    assert Closing.objects.get().present == 2
    text = shown(secretary, paragraph)
    assert "avgör med sin utslagsröst för nej-förslaget" in text
    assert "Öppna ärendet igen" in text


def test_what_was_written_is_still_there_when_it_is_refused(secretary, paragraph):
    answer = post(secretary, "motion_new", paragraph, kind="change", text="", mover=serving_at(paragraph)[1].pk)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv vad yrkandet går ut på." in text
    assert f'<option value="{serving_at(paragraph)[1].pk}" selected>' in text
    assert '<details id="motion-form" open>' in text


def test_votes_that_do_not_suffice_are_kept_and_told(secretary, paragraph):
    first, second, third = serving_at(paragraph)
    ballot = ballots.begin_ballot(paragraph, "open", yes_means="bifall", no_means="avslag", by=secretary.user)

    answer = post(secretary, "ballot", paragraph, ballot.pk, **{f"vote-{first.pk}": "yes", "do": "finish"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"Rösten saknas för {second.name_with_party} och {third.name_with_party}." in text
    assert f'id="vote-{first.pk}-yes" name="vote-{first.pk}" value="yes" checked' in text


@pytest.mark.parametrize("told", ["klockan tre", "25.00", ""])
def test_a_time_that_is_none_is_told(secretary, meeting, told):
    where = reverse("meetings:sitting_moments", args=[meeting.pk])

    answer = secretary.post(where, {"kind": "closed", "at": told})

    assert answer.status_code == 422
    assert "Skriv" in answer.content.decode()
    assert meeting.moments.count() == 1


def test_a_decision_without_quorum_is_told_on_the_page(secretary, paragraph):
    for member in serving_at(paragraph)[:2]:
        post(secretary, "presence", paragraph, member.pk, presence="absent")

    answer = secretary.post(
        reverse("meetings:sitting_closing", args=[paragraph.meeting_id, paragraph.pk]),
        {"outcome": "decided"},
        follow=True,
    )

    assert "Nämnden är inte beslutsför vid § 2. 1 av 3 platser tjänstgör." in answer.content.decode()
    assert not Closing.objects.exists()


def test_the_substitute_of_the_absent_is_offered(secretary, paragraph):
    member = serving_at(paragraph)[0]
    substitute = paragraph.meeting.attendance.get(seat_kind="substitute", municipality=member.municipality)
    post(secretary, "presence", paragraph, member.pk, presence="absent")

    text = shown(secretary, paragraph)
    assert f"Kan ersättas av {substitute.name_with_party}." in text
    assert f'value="serving:{member.pk}"' in text
    post(secretary, "presence", paragraph, substitute.pk, presence=f"serving:{member.pk}")

    assert substitute in serving_at(paragraph)


def test_everybody_is_here_in_one_step(secretary, paragraph):
    paragraph.meeting.attendance.update(presence="")
    where = reverse("meetings:sitting_roll_call", args=[paragraph.meeting_id])

    secretary.post(where, {"who": "members", "par": paragraph.pk})
    assert len(serving_at(paragraph)) == 3
    answer = secretary.post(where, {"who": "substitutes", "par": paragraph.pk})

    assert answer.headers["Location"] == f"{page_of(paragraph)}#upprop"
    assert paragraph.meeting.attendance.filter(presence="absent").count() == 3


@pytest.mark.parametrize("value", ["", "flying", "serving:x", "serving:99999999999999999999"])
def test_a_mark_that_is_none_changes_nothing(secretary, paragraph, value):
    substitute = paragraph.meeting.attendance.filter(seat_kind="substitute").first()

    assert post(secretary, "presence", paragraph, substitute.pk, presence=value).status_code == 302

    substitute.refresh_from_db()
    assert substitute.presence in ("present", "serving")


def test_the_page_tells_that_the_records_have_changed(secretary, paragraph):
    motion = motions.add_motion(paragraph, "rejection", mover=serving_at(paragraph)[0], by=secretary.user)
    post(secretary, "texts", paragraph)
    assert "Underlaget har ändrats" not in shown(secretary, paragraph)

    post(secretary, "motion_withdrawal", paragraph, motion.pk, withdrawn="1")

    assert "Underlaget har ändrats sedan texten skrevs" in shown(secretary, paragraph)


def queries_of(client, paragraph) -> int:
    shown(client, paragraph)
    with CaptureQueriesContext(connection) as queries:
        shown(client, paragraph)
    return len(queries)


def test_the_page_asks_as_many_questions_of_a_large_meeting_as_of_a_small(secretary):
    counts = []
    for members, paragraphs in ((2, 2), (14, 20)):
        meeting = factories.sitting(members=members, paragraphs=paragraphs)
        for at in meeting.paragraphs.all():
            Closing.objects.create(paragraph=at, outcome="decided", at=meeting.moments.get().at)
        at = Paragraph.objects.get(meeting=meeting, number=1)
        Closing.objects.filter(paragraph=at).delete()
        for member in serving_at(at):
            motions.add_motion(at, "approval", mover=member, by=secretary.user)
            factories.recorded(at, member)
        counts.append(queries_of(secretary, at))

    assert counts[0] == counts[1]


def test_the_meeting_of_today_waits_to_be_opened_and_then_to_be_closed(secretary):
    meeting = factories.sitting(opened=False)
    steps = {each.what: each.href for each in waiting_for(secretary.user, meeting.held_on)}
    assert steps["Öppna dagens sammanträde"] == reverse("meetings:sitting", args=[meeting.pk])

    tell_moment(meeting, "opened", time(9), by=secretary.user)
    assert "Fortsätt sammanträdet" in {each.what for each in waiting_for(secretary.user, meeting.held_on)}
    tell_moment(meeting, "closed", time(10), by=secretary.user)

    assert "Fortsätt sammanträdet" not in {each.what for each in waiting_for(secretary.user, meeting.held_on)}
