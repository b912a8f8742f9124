"""What the portal writes of the records, and that nobody's own words are lost by it."""

import pytest

from meetings.actions import arrivals, ballots, closings, motions, recusals, statements
from meetings.actions.sections import rename_heading, save_section
from meetings.attending.listed_roll import roll_of
from meetings.checks import check_protocol
from meetings.exchange.exporting import meeting_file
from meetings.models import Motion, Paragraph
from meetings.paper.compose import compose_protocol
from meetings.sitting import serving_at, table_at
from meetings.sitting.records import records_of
from meetings.sitting.sentences import procedure_sentence
from meetings.sitting.texts import texts_of
from meetings.text import sections
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return factories.board()


@pytest.fixture
def secretary(board):
    return factories.user("secretary")


@pytest.fixture
def paragraph(secretary):
    return factories.sitting(members=4).paragraphs.first()


def text_of(paragraph, heading) -> str:
    found = next((each for each in kept(paragraph) if each.heading == heading), None)
    return found and (found.html or "".join(item.text for item in found.items or ()))


def kept(paragraph) -> sections.Sections:
    return sections.from_json(Paragraph.objects.get(pk=paragraph.pk).sections)


def states(paragraph, board) -> dict[str, str]:
    fresh = Paragraph.objects.get(pk=paragraph.pk)
    return {each.name: each.state for each in texts_of(records_of(table_at(fresh)), board)}


def with_motions(paragraph, secretary):
    first, second, third, _ = serving_at(paragraph)
    motions.add_motion(paragraph, "approval", mover=first, supporters=[third], by=secretary)
    return motions.add_motion(paragraph, "rejection", mover=second, by=secretary)


def with_a_vote(paragraph, secretary):
    one, two, three, four = serving_at(paragraph)
    ballot = ballots.begin_ballot(paragraph, "open", yes_means="bifall till förslaget", no_means="avslag", by=secretary)
    ballots.cast_votes(ballot, {one: "yes", two: "no", three: "yes", four: "abstain"}, by=secretary)
    return ballots.finish_ballot(ballot, ballots.Finish(), by=secretary)


def test_closing_writes_what_was_recorded(paragraph, secretary):
    with_motions(paragraph, secretary)
    with_a_vote(paragraph, secretary)
    one, two, three, four = serving_at(paragraph)
    statements.add_statement(paragraph, "reservation", two, "Det blir <dyrt>.", by=secretary)

    closings.close_paragraph(paragraph, "decided", by=secretary)

    assert text_of(paragraph, "Yrkanden") == (
        f"<p>{one.name_with_party}, med instämmande av {three.name_with_party}, yrkar bifall till förslaget.</p>"
        f"<p>{two.name_with_party} yrkar avslag.</p>"
    )
    procedure = text_of(paragraph, "Beslutsgång")
    assert f"<p>Ja (2): {one.name_with_party} och {three.name_with_party}.</p>" in procedure
    assert f"<p>Avstår (1): {four.name_with_party}.</p>" in procedure
    assert "2 ja-röster och 1 nej-röst; 1 avstår och 0 är frånvarande." in procedure
    assert "Prövningsnämnden beslutar enligt ja-förslaget: bifall till förslaget." in procedure
    assert text_of(paragraph, "Reservationer") == (
        f"<p>{two.name_with_party} reserverar sig mot beslutet.</p><p>Det blir &lt;dyrt&gt;.</p>"
    )
    headings = [each.heading for each in kept(paragraph)]
    assert headings == [
        "Beslut",
        "Sammanfattning av ärendet",
        "Yrkanden",
        "Beslutsgång",
        "Reservationer",
        "Beslutsunderlag",
        "Beslutet skickas till",
    ]


def test_a_closed_vote_prints_no_names(paragraph, secretary):
    ballot = ballots.begin_ballot(
        paragraph, "closed", is_election=True, yes_means="Kim Ek", no_means="Lo Alm", by=secretary
    )
    ballots.finish_ballot(ballot, ballots.Finish(yes=2, no=2, abstain=0, lot_outcome="Lo Alm"), by=secretary)

    closings.close_paragraph(paragraph, "decided", by=secretary)

    text = text_of(paragraph, "Beslutsgång")
    assert "Val förrättas med slutna sedlar mellan Kim Ek och Lo Alm." in text
    assert "Lotten utfaller på Lo Alm, som därmed är vald." in text
    assert not any(entry.name in text for entry in serving_at(paragraph))


def test_a_tie_tells_who_decided(paragraph, secretary):
    ballot = ballots.begin_ballot(paragraph, "open", yes_means="bifall", no_means="avslag", by=secretary)
    ballots.cast_votes(ballot, dict(zip(serving_at(paragraph), ("no", "no", "yes", "yes"), strict=True)), by=secretary)
    ballots.finish_ballot(ballot, ballots.Finish(casting_vote="no"), by=secretary)

    closings.write_texts(paragraph, by=secretary)

    chair = paragraph.meeting.chairs.get().name_with_party
    assert f"Ordföranden {chair} avgör med sin utslagsröst för nej-förslaget." in text_of(paragraph, "Beslutsgång")


def test_a_proposal_taken_back_is_not_printed(paragraph, secretary):
    motion = with_motions(paragraph, secretary)
    motions.set_withdrawn(motion, True, by=secretary)

    closings.write_texts(paragraph, by=secretary)

    assert "avslag" not in text_of(paragraph, "Yrkanden")
    assert motion.paragraph.motions.count() == 2


def test_information_prints_no_vote(paragraph, secretary, board):
    Paragraph.objects.filter(pk=paragraph.pk).update(kind="information")
    closings.close_paragraph(paragraph, "informed", by=secretary)

    assert states(paragraph, board) == {}
    assert not any(each.made_from for each in kept(paragraph))


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("postponed", "Prövningsnämnden beslutar att bordlägga ärendet."),
        ("referred", "Prövningsnämnden beslutar att återremittera ärendet."),
        ("dropped", "Ärendet utgår."),
        ("decided", ""),
    ],
)
def test_what_is_put_off_has_its_decision_written(paragraph, secretary, outcome, sentence):
    closings.close_paragraph(paragraph, outcome, by=secretary)

    assert text_of(paragraph, "Beslut") == sentence


def test_a_decision_in_the_secretary_s_words_stays(paragraph, secretary):
    key = kept(paragraph)[0].key
    save_section(paragraph, key, 1, items=["att bordlägga ärendet till i höst"], by=secretary)

    closings.close_paragraph(paragraph, "postponed", by=secretary)

    assert text_of(paragraph, "Beslut") == "att bordlägga ärendet till i höst"


# Records and text, side by side ---------------------------------------------------------------------------------------


def test_a_text_knows_that_its_records_have_changed(paragraph, secretary, board):
    motion = with_motions(paragraph, secretary)
    assert states(paragraph, board) == {"motions": "missing"}
    closings.write_texts(paragraph, by=secretary)
    assert states(paragraph, board) == {"motions": "current"}

    motions.set_withdrawn(motion, True, by=secretary)
    assert states(paragraph, board) == {"motions": "stale"}
    closings.write_texts(paragraph, by=secretary)

    assert states(paragraph, board) == {"motions": "current"}


def edit(paragraph, heading, html, by):
    section = next(each for each in kept(paragraph) if each.heading == heading)
    save_section(paragraph, section.key, section.revision, html=html, by=by)


def test_words_of_one_s_own_are_written_over_only_when_asked(paragraph, secretary, board):
    motion = with_motions(paragraph, secretary)
    closings.write_texts(paragraph, by=secretary)
    edit(paragraph, "Yrkanden", "<p>Egna ord.</p>", secretary)
    assert states(paragraph, board) == {"motions": "edited"}
    motions.set_withdrawn(motion, True, by=secretary)
    assert states(paragraph, board) == {"motions": "stale_edited"}

    assert closings.write_texts(paragraph, by=secretary) == 0
    assert text_of(paragraph, "Yrkanden") == "<p>Egna ord.</p>"
    assert closings.write_texts(paragraph, ["motions"], overwriting=True, by=secretary) == 1

    assert "yrkar bifall" in text_of(paragraph, "Yrkanden")
    assert "Egna ord." in str([each.sections for each in Paragraph.history.filter(id=paragraph.pk)])


def test_a_section_that_somebody_wrote_first_is_left_alone(paragraph, secretary, board):
    with_motions(paragraph, secretary)
    section = factories.text_section("<p>Skrivet i förväg.</p>", "Yrkanden")
    Paragraph.objects.filter(pk=paragraph.pk).update(sections=[section])

    assert states(paragraph, board) == {"motions": "own"}
    closings.close_paragraph(paragraph, "decided", by=secretary)

    assert text_of(paragraph, "Yrkanden") == "<p>Skrivet i förväg.</p>"


def test_a_renamed_section_is_still_known(paragraph, secretary, board):
    with_motions(paragraph, secretary)
    closings.write_texts(paragraph, by=secretary)
    key = next(each.key for each in kept(paragraph) if each.heading == "Yrkanden")

    rename_heading(paragraph, key, "Förslag på mötet", by=secretary)

    assert states(paragraph, board) == {"motions": "current"}


def test_the_interchange_format_knows_nothing_of_where_text_came_from(paragraph, secretary):
    with_motions(paragraph, secretary)
    closings.write_texts(paragraph, by=secretary)

    section = next(
        each for each in meeting_file(paragraph.meeting).paragraphs[0].sections if each.heading == "Yrkanden"
    )

    assert (section.kind, section.items) == ("text", None)


# On paper -------------------------------------------------------------------------------------------------------------


def test_the_paper_tells_who_was_recused_and_who_stood_in(paragraph, secretary, board):
    member = serving_at(paragraph)[0]
    substitute = paragraph.meeting.attendance.get(seat_kind="substitute", municipality=member.municipality)
    recusals.add_recusal(paragraph, member, substitute=substitute, reason="Äger fastigheten.", by=secretary)
    closings.write_texts(paragraph, by=secretary)

    paper = compose_protocol(paragraph.meeting, board)

    notes = {person.name: person.note for group in paper.attendance for person in group.people}
    assert notes[member.name_with_party] == "Jäv § 1"
    deciding = next(row for row in paper.cover if row.label == "Beslutande")
    assert deciding.lines == ("Enligt närvarolista", f"Jäv: {member.name_with_party} § 1")
    told = next(each for each in paper.paragraphs[0].sections if each.heading == "Jäv")
    assert told.html == (
        f"<p>{member.name_with_party} anmäler jäv (Äger fastigheten) och deltar inte i handläggningen av ärendet "
        f"och är inte närvarande vid den. {substitute.name_with_party} tjänstgör i stället.</p>"
    )


def test_the_paper_tells_when_the_meeting_was_adjourned(secretary, board):
    from datetime import time

    from meetings.actions.sitting import tell_moment

    meeting = factories.sitting(opened=False)
    for kind, at in (("opened", 13), ("adjourned", 14), ("resumed", 15), ("closed", 16)):
        tell_moment(meeting, kind, time(at), by=secretary)
    meeting.refresh_from_db()

    lines = compose_protocol(meeting, board).cover[0].lines

    assert lines == ("Sessionssalen, kl. 13:00 - 16:00 (ajournerat kl. 14:00 - 15:00)",)


def test_a_recusal_does_not_count_as_leaving_and_coming_back(paragraph, secretary):
    member = serving_at(paragraph)[0]
    arrivals.change_from(member, paragraph.meeting.paragraphs.get(number=1), "serving", by=secretary)
    recusals.add_recusal(paragraph.meeting.paragraphs.get(number=2), member, by=secretary)

    assert not [each for each in roll_of(paragraph.meeting).warnings if "börjat igen" in each]


# Propositionsordning --------------------------------------------------------------------------------------------------


def test_the_order_of_proposals_is_proposed(paragraph, secretary):
    with_motions(paragraph, secretary)

    assert procedure_sentence(list(paragraph.motions.all()), "nämnden", "Kim Ek (S)") == (
        "Ordföranden Kim Ek (S) ställer proposition på bifall till förslaget och avslag, var för sig, "
        "och finner att nämnden beslutar om bifall till förslaget."
    )
    assert procedure_sentence([], "nämnden") == ""


def test_whether_the_matter_is_decided_today_is_put_before_how():
    kinds = (Motion.Kind.APPROVAL, Motion.Kind.POSTPONEMENT, Motion.Kind.REJECTION)

    assert procedure_sentence([Motion(kind=each) for each in kinds], "nämnden") == (
        "Ordföranden ställer först proposition på om ärendet ska avgöras i dag eller bordläggas, och finner att "
        "nämnden beslutar att avgöra ärendet i dag. Ordföranden ställer därefter proposition på bifall till förslaget "
        "och avslag, var för sig, och finner att nämnden beslutar om bifall till förslaget."
    )


def test_the_desk_and_the_check_tell_of_a_text_that_lags_behind(paragraph, secretary, client_as):
    def told() -> tuple[list[str], str]:
        found = [each for each in check_protocol(paragraph.meeting) if each.code in ("stale_text", "unwritten_text")]
        assert all(f"par={paragraph.pk}#texter" in each.href for each in found)
        page = client_as("secretary").get(paragraph.get_absolute_url()).content.decode()
        return [each.code for each in found], page

    motion = with_motions(paragraph, secretary)
    codes, page = told()
    assert codes == ["unwritten_text"]
    assert "men står inte här" in page
    closings.write_texts(paragraph, by=secretary)
    codes, page = told()
    assert codes == []
    assert 'id="lagging"' not in page
    motions.set_withdrawn(motion, True, by=secretary)
    codes, page = told()
    assert codes == ["stale_text"]
    assert "har ändrats sedan <b>Yrkanden</b> skrevs" in page
