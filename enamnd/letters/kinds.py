"""What the kinds of letters are called: each app says so when it starts."""

from collections.abc import Mapping

from enamnd.accounts.roles import Permission

_NAMES: dict[str, str] = {}
_READ_BY: dict[str, Permission] = {}


def name_kinds(names: Mapping[str, str], *, read_by: Permission | None = None):
    """Say what kinds of letters are called: {"call": "Kallelse"}.

    `read_by` for those whose text tells what not everybody who sees the letters may read.
    """
    _NAMES.update(names)
    if read_by:
        _READ_BY.update(dict.fromkeys(names, read_by))


def kind_name(kind: str) -> str:
    return _NAMES.get(kind, kind)


def read_by(kind: str) -> Permission | None:
    """The permission that the text of such a letter asks for; None when whoever sees the letters may read it."""
    return _READ_BY.get(kind)


def kind_choices() -> list[tuple[str, str]]:
    return sorted(_NAMES.items(), key=lambda pair: pair[1])
