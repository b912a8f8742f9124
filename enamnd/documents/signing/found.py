"""What is told of one signature of a file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FoundSignature:
    """One signature of a file.

    at       when it was made: by the time stamp if there is one (`is_stamped`), else as the file says
    intact   the bytes that it covers are those that were signed, and nothing forbidden was changed after it
    trusted  its certificate is the board's own
    kind     "signature", or "timestamp" for the seal of the whole file
    """

    name: str
    at: datetime | None
    is_stamped: bool
    intact: bool
    trusted: bool
    kind: str
    issuer: str = ""
    sentence: str = ""
