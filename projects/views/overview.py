from django.shortcuts import render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission


@requires(Permission.READ_PROJECTS)
def overview(request):
    """The projects' place in the portal, empty until there is a register of activities."""
    return render(request, "projects/overview.html")
