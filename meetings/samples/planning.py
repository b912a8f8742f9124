"""The sample board's plan of meetings for the year after its sample meetings, decided in one of their paragraphs."""

from datetime import date, time

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Body
from meetings.actions.planning import link_decision, plan_day
from meetings.models import Paragraph, YearPlan

YEAR = 2027
DAYS = (
    ((3, 17), 13, 16, "Teams", True),
    ((6, 16), 13, 16, "Luleå", False),
    ((10, 6), 10, 16, "Kiruna, med strategidag", False),
    ((12, 8), 10, 16, "Teams", True),
)


@transaction.atomic
def load_planning():
    """Plan the year, as the paragraph of the sample meetings says it was decided."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="secretary").values("user")[:1])
    body = Body.objects.filter(kind=Body.Kind.BOARD).first()
    for (month, day), starts, ends, place, is_remote in DAYS:
        plan_day(body, date(YEAR, month, day), time(starts), time(ends), place, is_remote, by=by)
    decided = Paragraph.objects.filter(body=body, title=f"Sammanträdesdagar {YEAR}").first()
    link_decision(YearPlan.objects.get(body=body, year=YEAR), decided, by=by)
