from django.shortcuts import render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission


@requires(Permission.READ_ECONOMY)
def overview(request):
    """The money's place in the portal, empty until there are budgets and allocations."""
    return render(request, "finance/overview.html")
