"""What waits in the economy for those who keep it, and for those who answer for a municipality."""

from datetime import date

from enamnd.accounts.roles import Permission
from enamnd.waiting import Waiting

from . import rules
from .consulting import waiting_to_answer
from .standing import pressing


def waiting_finance(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    if not user.may(Permission.KEEP_ECONOMY):
        return list(waiting_to_answer(rules.answers_for(user)))
    return [Waiting(each.due_on, each.what, each.why, each.href, "Öppna") for each in pressing(today)]
