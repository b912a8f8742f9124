"""Templates of governing documents, changed on their pages: what is new begins from them, what is begun stays."""

import pytest

from enamnd.newer import Newer
from enamnd.refusal import Refused
from riskcontrol.actions import governing
from riskcontrol.actions import governing_kinds as actions
from riskcontrol.governing.placing import moved, place_after
from riskcontrol.governing.template import PlannedSection, read_template, written
from riskcontrol.governing.template_versions import of_kind
from tests import factories

STRUCTURE = [
    {"heading": "Uppdrag", "text": "<p>[Beskriv uppdraget.]</p>"},
    {"heading": "Mål {year}", "blocks": ["goals"]},
    {"heading": "Indikatorer", "level": 2, "blocks": [{"block": "indicators", "caption": "Indikatorer {year}"}]},
    {"heading": "Budget"},
]


@pytest.fixture
def by(board):
    return factories.user("secretary")


@pytest.fixture
def board(db):
    return factories.board()


@pytest.fixture
def kind(board):
    return factories.governing_kind("verksamhetsplan", structure=STRUCTURE)


def keys(kind) -> dict[str, str]:
    kind.refresh_from_db()
    return {each.heading: each.key for each in read_template(kind.structure)}


def headings(kind) -> list[str]:
    return list(keys(kind))


def test_a_template_read_and_written_is_the_same():
    sections = read_template(STRUCTURE)

    assert read_template(written(sections)) == sections
    assert [each.key for each in read_template(STRUCTURE)] == [each.key for each in sections]
    same = read_template([{"heading": "Mål"}, {"heading": "Mål"}])
    assert len({each.key for each in same}) == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [({"owner": "registrar"}, "rollen ”registrar”"), ({"heading": "x" * 201}, "201 tecken")],
)
def test_a_template_that_no_document_could_be_made_of_is_refused(row, words):
    with pytest.raises(Refused, match=words):
        read_template([{"heading": "Mål"} | row])


def test_sections_are_placed_with_what_stands_under_them():
    rows = [PlannedSection(name, level) for name, level in (("A", 1), ("a", 2), ("B", 1), ("b", 2), ("c", 3), ("d", 2))]

    assert [each.heading for each in moved(rows, 2, -1)] == ["B", "b", "c", "d", "A", "a"]
    assert [each.heading for each in moved(rows, 3, 1)] == ["A", "a", "B", "d", "b", "c"]
    assert moved(rows, 1, 1) is None
    assert place_after(rows, 2, 1) == 6
    assert place_after(rows, 2, 2) == 6
    assert place_after(rows, 3, 3) == 5


def test_a_new_document_begins_from_the_changed_template_and_one_begun_stays(kind, by):
    begun = governing.begin_document(kind, 2026, by=by)
    writer = factories.user("coordinator")
    key = keys(kind)["Uppdrag"]
    actions.change_template_section(
        kind, key, owner="coordinator", guidance="Skriv kort.", heading="Vårt uppdrag", by=by
    )
    actions.move_template_section(kind, keys(kind)["Mål {year}"], -1, by=by)
    actions.add_template_block(kind, key, "wheel", {}, "Hjul {year}", by=by)
    actions.add_template_section(kind, after=keys(kind)["Mål {year}"], heading="Effektmål", level=2, by=by)
    actions.remove_template_section(kind, keys(kind)["Budget"], by=by)
    actions.remove_template_block(kind, keys(kind)["Indikatorer"], block_key(kind, "Indikatorer"), by=by)
    kind.refresh_from_db()
    made = governing.begin_document(kind, 2027, by=by)

    assert headings(kind) == ["Mål {year}", "Indikatorer", "Effektmål", "Vårt uppdrag"]
    assert [each.heading for each in made.sections.all()] == ["Mål 2027", "Indikatorer", "Effektmål", "Vårt uppdrag"]
    ours = made.sections.get(heading="Vårt uppdrag")
    assert (ours.owner, ours.guidance, ours.blocks[0]["caption"]) == (writer, "Skriv kort.", "Hjul 2027")
    assert made.sections.get(heading="Indikatorer").blocks == []
    assert [each.heading for each in begun.sections.all()] == ["Uppdrag", "Mål 2026", "Indikatorer", "Budget"]
    carried = governing.begin_document(kind, 2028, previous=made, by=by)
    assert carried.sections.get(heading="Vårt uppdrag").guidance == "Skriv kort."


def block_key(kind, heading: str) -> str:
    return next(each for each in read_template(kind.structure) if each.heading == heading).blocks[0].key


def test_whose_section_it_is_must_be_said_when_two_have_the_role(kind, by):
    factories.user("coordinator")
    factories.user("coordinator")
    actions.change_template_section(kind, keys(kind)["Uppdrag"], owner="coordinator", by=by)

    assert governing.begin_document(kind, 2027, by=by).sections.first().owner is None


def test_what_cannot_be_in_a_template_is_refused_and_nothing_is_changed(kind, by):
    found = keys(kind)
    with pytest.raises(Refused, match="har andra under sig"):
        actions.remove_template_section(kind, found["Mål {year}"], by=by)
    with pytest.raises(Refused, match="kan inte stå på nivå 2"):
        actions.change_template_section(kind, found["Uppdrag"], level=2, by=by)
    with pytest.raises(Refused, match="tas inte emot"):
        actions.add_template_section(kind, heading="Film", html="<video>x</video>", by=by)
    with pytest.raises(Refused, match=r"yaer. byts inte ut"):
        actions.add_template_section(kind, heading="Budget {yaer}", by=by)
    with pytest.raises(Refused, match="finns inte längre i mallen"):
        actions.move_template_section(kind, "borta", 1, by=by)
    with pytest.raises(Refused, match="finns inte längre i avsnittet"):
        actions.remove_template_block(kind, found["Budget"], "borta", by=by)
    with pytest.raises(Refused, match="Den delen finns inte"):
        actions.add_template_block(kind, found["Budget"], "magi", {}, by=by)
    with pytest.raises(Refused):
        actions.move_template_section(kind, found["Budget"], -1, by=factories.user("auditor"))

    kind.refresh_from_db()
    assert kind.structure == STRUCTURE


def test_the_second_of_two_who_change_a_section_is_told(kind, by):
    key = keys(kind)["Uppdrag"]
    actions.change_template_section(kind, key, guidance="Deras.", by=by)

    with pytest.raises(Newer) as newer:
        actions.change_template_section(kind, key, guidance="Min.", shown={"guidance": ""}, by=by)
    assert newer.value.facts == {"guidance": "Deras."}


def test_earlier_versions_say_what_they_changed_and_can_hold_again(kind, by):
    first = kind.history.latest()
    actions.change_template_section(kind, keys(kind)["Uppdrag"], html="<p>Nämnden samordnar.</p>", by=by)
    actions.change_kind(kind, name="Plan", approvers=[{"role": "chair", "label": "Ordf:"}], by=by)
    latest, before, begun = of_kind(kind)

    assert latest.is_now
    assert latest.facts == (("namn", "Verksamhetsplan", "Plan"), ("rader för godkännande", "inga", "Ordf:"))
    assert [each.section.heading for each in before.changed] == ["Uppdrag"]
    assert begun.is_first
    actions.restore_template(kind, first.history_id, by=by)
    kind.refresh_from_db()
    assert (kind.name, kind.structure, kind.approvers) == ("Verksamhetsplan", STRUCTURE, [])


def test_a_kind_of_ones_own_is_made_on_the_pages(board, client_as):
    client = client_as("secretary")
    facts = {"name": "Årsredovisning", "contents_levels": "3", "is_yearly": "on", "role_1": "chair", "label_1": "Ordf:"}
    page = client.post("/styrning/dokument/mallar/nytt/", facts, follow=True)
    address = page.request["PATH_INFO"]
    assert "Mallen har inga avsnitt" in page.content.decode()

    client.post(f"{address}avsnitt/", {"heading": "Resultat {year}", "level": "1", "lines": "Året gick bra.\n- punkt"})
    kind = governing.GoverningKind.objects.get(name="Årsredovisning")
    (section,) = read_template(kind.structure)
    assert kind.approvers == [{"role": "chair", "label": "Ordf:"}]
    assert section.html == "<p>Året gick bra.</p><ul><li><p>punkt</p></li></ul>"
    page = client.post(f"{address}avsnitt/{section.key}/del/?del=plan_tables", {"tables": "project", "caption": "Tre"})
    kind.refresh_from_db()
    assert read_template(kind.structure)[0].blocks[0].options == {"tables": ["project"]}
    again = client.post("/styrning/dokument/mallar/nytt/", facts)
    assert again.status_code == 422
    assert "Det finns redan ett slag som heter Årsredovisning." in again.content.decode()


def test_a_table_in_a_template_is_written_as_its_markup_and_what_is_wrong_stays_in_the_form(kind, by, client_as):
    table = "<table><tbody><tr><td><p>1</p></td></tr></tbody></table>"
    key = keys(kind)["Budget"]
    actions.change_template_section(kind, key, html=table, by=by)
    client, address = client_as("secretary"), f"/styrning/dokument/mallar/{kind.pk}/avsnitt/{key}/"
    assert 'name="source"' in client.get(address).content.decode()

    facts = {"heading": "Budget", "level": "1", "source": "<p>Viktiga ord</p><video>x</video>"}
    page = client.post(address, facts)
    assert page.status_code == 422
    assert "Viktiga ord" in page.content.decode()
    assert "Taggen &lt;video&gt; tas inte emot" in page.content.decode()
    client.post(address, facts | {"source": f"{table}<p>Mer</p>", "in_contents": "on", "is_numbered": "on"})
    kind.refresh_from_db()
    assert read_template(kind.structure)[3].html == f"{table}<p>Mer</p>"
