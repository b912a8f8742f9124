"""What waits in the economy for those who keep it."""

from datetime import date

from enamnd.accounts.roles import Permission
from enamnd.waiting import Waiting

from .standing import pressing


def waiting_finance(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    if not user.may(Permission.KEEP_ECONOMY):
        return []
    return [Waiting(each.due_on, each.what, each.why, each.href, "Öppna") for each in pressing(today)]
