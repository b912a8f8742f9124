"""The board of this installation."""

from enamnd.refusal import Refused

from .models import Board


def current_board() -> Board:
    """The one board, with its host. Refused, with what to do, while none has been loaded."""
    board = Board.objects.select_related("host").first()
    if board is None:
        raise Refused("Portalen har ingen nämnd än. Läs in en med kommandot: manage.py load_board FIL")
    return board
