"""Meetings, their paragraphs and who was there."""

from .attendance import Attendance, AttendancePeriod, ChairPeriod
from .meeting import Adjuster, ExternalSignature, Meeting, Proof
from .paragraph import Paragraph, Presence
from .phrase import Phrase

__all__ = [
    "Adjuster",
    "Attendance",
    "AttendancePeriod",
    "ChairPeriod",
    "ExternalSignature",
    "Meeting",
    "Paragraph",
    "Phrase",
    "Presence",
    "Proof",
]
