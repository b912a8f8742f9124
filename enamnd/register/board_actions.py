"""Changing what the board decides for itself."""

from collections.abc import Mapping

from django.db import transaction

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.organisation.models import Board
from enamnd.register.board_parts import Part


@transaction.atomic
def change_board(part: Part, facts: Mapping, *, shown: Mapping | None = None, by) -> Board:
    """Change settings of one part (ändra nämndens ord och regler): `facts` are key → value, with "" for the usual text.

    `shown` is what the writer's page said; refused as Newer when somebody has changed the same setting since. What is
    issued is not touched: papers are bytes.
    """
    check_may(by, Permission.KEEP_ORGANISATION)
    board = Board.objects.select_for_update().get()
    facts = {key: part.usual(key) if value == "" and part.store else value for key, value in facts.items()}
    check_facts(board, facts, shown or {}, now=lambda key: part.value(board, key))
    changed = sorted(key for key, value in facts.items() if part.value(board, key) != value)
    if not changed:
        return board
    if part.store:
        setattr(board, part.store, _kept(part, getattr(board, part.store), facts))
    else:
        for key, value in facts.items():
            setattr(board, key, value)
    board._history_user = by
    board.save()
    record("board.changed", board, by=by, part=part.title.lower(), changed=changed)
    return board


def _kept(part: Part, before: Mapping, facts: Mapping) -> dict:
    """What the board says for itself: nothing where it says the usual, so that another usual word reaches it too."""
    after = {**before, **facts}
    return {key: value for key, value in after.items() if key not in facts or value != part.usual(key)}
