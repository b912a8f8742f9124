"""Letters about budgets out for consultation, to those who answer for their municipality."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import RoleGrant
from enamnd.accounts.roles import ROLES, Permission
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board

from .figures import consulted_parties
from .models import BudgetVersion

KINDS = {"budget_consultation": "Samråd om budget"}


def ask_parties(version: BudgetVersion, *, by) -> int:
    """Ask each party's own economists to answer in the portal. How many letters."""
    grants = _answering({each.pk for each in consulted_parties()})
    for grant in grants:
        at = [version.budget.year, version.number, grant.municipality_id]
        context = {
            "version": version,
            "receiver": grant.user,
            "municipality": grant.municipality,
            "board": current_board(),
            "proposal": settings.PORTAL_URL + version.get_absolute_url(),
            "address": settings.PORTAL_URL + reverse("finance:consultation_answer", args=at),
        }
        body = render_to_string("finance/letters/budget_consultation.txt", context)
        subject = f"Samråd om {str(version.budget).lower()}"
        user = grant.user
        write_letter(user.email, subject, body, about=version, by=by, kind="budget_consultation", to_name=user.name)
    return len(grants)


def _answering(municipalities: set[int]) -> list[RoleGrant]:
    roles = [key for key, role in ROLES.items() if Permission.ANSWER_BUDGET in role.permissions]
    grants = RoleGrant.objects.valid_on(timezone.localdate()).filter(
        role__in=roles, municipality__in=municipalities, user__is_active=True
    )
    return list(grants.select_related("user", "municipality").order_by("pk"))
