"""Who may write down and finish what is to be done because of a decision."""

from meetings.models import FollowUp
from meetings.rules import check_can_write


def check_can_give(by):
    """What the board has asked somebody to do is written down by those who write its protocol."""
    check_can_write(by)


def check_can_finish(follow_up: FollowUp, by):
    """Whoever is responsible may say that it is done, and so may those who write the protocol."""
    if follow_up.person_id is None or getattr(by, "person_id", None) != follow_up.person_id:
        check_can_write(by)
