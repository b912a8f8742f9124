"""What the log may say: which page was asked for, never what was asked or the keys of links."""

import re

from structlog import DropEvent

_LINK_KEY = re.compile(r"(/(?:key|confirm-email|kalender)/)[^/?\s]+")


def without_secrets(logger, method, event: dict) -> dict:
    """Leave out what follows the address (searches, codes of a log-in) and the keys in links sent by mail."""
    if "request" in event:
        event["request"] = _LINK_KEY.sub(r"\1…", str(event["request"]).split("?")[0])
    return event


def one_line_a_request(logger, method, event: dict) -> dict:
    """Only the line that tells how a request ended; it holds all that the first one did."""
    if event.get("event") == "request_started":
        raise DropEvent
    return event
