"""May this person do this?"""

from enamnd.refusal import Refused

from .roles import ROLES, Permission


def check_may(user, permission: Permission):
    """Refused, naming the roles that may, unless a role of `user` gives `permission`."""
    if user is not None and user.is_authenticated and user.may(permission):
        return
    names = [role.name.lower() for role in ROLES.values() if permission in role.permissions]
    raise Refused(f"Du saknar behörigheten ”{Permission(permission).label.lower()}”. Den har: {', '.join(names)}.")
