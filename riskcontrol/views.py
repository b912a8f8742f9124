from django.shortcuts import render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission


@requires(Permission.READ_CONTROL)
def overview(request):
    """The place of goals, risks and internal control, empty until there is a plan."""
    return render(request, "riskcontrol/overview.html")
