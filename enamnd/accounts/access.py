"""Opening a page only for those with a permission."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from enamnd.refusal import Refused

from .roles import Permission
from .rules import check_may


def requires(permission: Permission):
    """Decorate a view: 403 with the reason in Swedish for a logged-in person without `permission`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            try:
                check_may(request.user, permission)
            except Refused as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate
