"""What the kinds of letters are called: each app says so when it starts."""

from collections.abc import Mapping

_NAMES: dict[str, str] = {}


def name_kinds(names: Mapping[str, str]):
    """Say what kinds of letters are called: {"call": "Kallelse"}."""
    _NAMES.update(names)


def kind_name(kind: str) -> str:
    return _NAMES.get(kind, kind)


def kind_choices() -> list[tuple[str, str]]:
    return sorted(_NAMES.items(), key=lambda pair: pair[1])
