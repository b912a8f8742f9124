"""How one text that saves itself is kept: a newsletter's, a section's of a governing document.

Its row has `html`, `revision`, `edited_by`, `edited_at` and a history.
"""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.refusal import Problem, Refused
from meetings.text import markup

ONE_SITTING = timedelta(minutes=15)  # what one person writes within it is one version


def check_markup(html: str):
    """Refuse markup that protocol text cannot hold, with a sentence for each thing."""
    if problems := markup.problems_in(html):
        raise Refused(problems=tuple(Problem("", f"{each[0].upper()}{each[1:]}.") for each in problems))


def put_text(row: Model, html: str, by: User, *, is_new_version: bool = False):
    """Save the text in a row that is locked. Within one sitting the same person's versions become one, unless told, and
    unless an earlier text is brought back: what it takes the place of stays in the history.
    """
    now = timezone.now()
    is_same_sitting = row.edited_by_id == by.pk and row.edited_at and now - row.edited_at < ONE_SITTING
    row.html, row.revision, row.edited_by, row.edited_at = html, row.revision + 1, by, now
    row._history_user = by
    if is_same_sitting and not is_new_version and not row.history.filter(html=html).exists():
        latest = row.history.order_by("-history_date", "-history_id").first()
        if latest and latest.history_user_id == by.pk and latest.revision > 1:
            latest.delete()
    row.save()
