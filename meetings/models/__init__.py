"""Meetings from the year's plan to the notice: paragraphs, who was there, what was decided, and what became of it."""

from .adjustment import AdjustedParagraph, Adjustment, ConfirmedWarning, Signatory
from .appeal import Appeal
from .attendance import Attendance, AttendancePeriod, ChairPeriod
from .day import MeetingDay
from .delegation import DelegatedDecision, DelegationOrder, DelegationPoint
from .dispatch import CouncilDecision, CouncilMatter, Dispatch, Extract, FollowUp, HomeReport
from .meeting import Adjuster, ExternalSignature, Meeting, Proof
from .newsletter import Newsletter, NewsletterCopy, NewsletterReader
from .notice import Notice, OwnNotice, Publication
from .paragraph import Paragraph, Presence
from .phrase import Phrase
from .planning import Call, CallRecipient, FeedToken, PlannedDay, StandingItem, YearPlan
from .sitting import Ballot, Closing, Moment, Motion, Procedure, Recusal, Statement, Vote

__all__ = [
    "AdjustedParagraph",
    "Adjuster",
    "Adjustment",
    "Appeal",
    "Attendance",
    "AttendancePeriod",
    "Ballot",
    "Call",
    "CallRecipient",
    "ChairPeriod",
    "Closing",
    "ConfirmedWarning",
    "CouncilDecision",
    "CouncilMatter",
    "DelegatedDecision",
    "DelegationOrder",
    "DelegationPoint",
    "Dispatch",
    "ExternalSignature",
    "Extract",
    "FeedToken",
    "FollowUp",
    "HomeReport",
    "Meeting",
    "MeetingDay",
    "Moment",
    "Motion",
    "Newsletter",
    "NewsletterCopy",
    "NewsletterReader",
    "Notice",
    "OwnNotice",
    "Paragraph",
    "Phrase",
    "PlannedDay",
    "Presence",
    "Procedure",
    "Proof",
    "Publication",
    "Recusal",
    "Signatory",
    "StandingItem",
    "Statement",
    "Vote",
    "YearPlan",
]
