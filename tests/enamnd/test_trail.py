"""The trail of a thing names what was done to, unless it is the thing itself."""

from enamnd.documents import actions
from enamnd.journal.trail import trail_of
from tests import factories


def test_a_step_names_the_part_and_not_the_whole(db):
    factories.board()
    by = factories.user("secretary", name="Elin Strand")
    case = actions.open_case("E-arkiv", by=by)
    document = actions.register_document(case, direction="drawn_up", title="Kalkyl", dated=case.opened_on, by=by)

    registered, opened = trail_of(case)

    assert (registered.who, registered.what) == ("Elin Strand", "registrerade handling")
    assert registered.subject == str(document)
    assert (opened.what, opened.subject) == ("lade upp ärendet", "")
