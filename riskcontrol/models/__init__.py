"""Goals, risks, internal control and audits."""

from .audit import Audit, AuditMeasure, AuditReply, Finding
from .consultation import Consultation, ConsultationAnswer
from .control import Check, ControlActivity, ControlItem, FollowUp, ItemFollowUp, Measure
from .goal import (
    EffectGoal,
    Goal,
    GoalMeasure,
    GoalPeriod,
    GoalPlan,
    Indicator,
    IndicatorValue,
    Occasion,
    Outlook,
    PartyMark,
)
from .goal_money import GoalMoney
from .governing import (
    GoverningAdoption,
    GoverningDocument,
    GoverningEdition,
    GoverningKind,
    GoverningReference,
    GoverningSection,
)
from .package import AuditPackage, PackageDownload
from .plan import ControlPlan, PlanAdoption, Workshop, WorkStep
from .questionnaire import Evidence, Question, Questionnaire, QuestionSection, Submission
from .risk import Risk, Score
from .scale import RiskCategory, RiskScale

__all__ = [
    "Audit",
    "AuditMeasure",
    "AuditPackage",
    "AuditReply",
    "Check",
    "Consultation",
    "ConsultationAnswer",
    "ControlActivity",
    "ControlItem",
    "ControlPlan",
    "EffectGoal",
    "Evidence",
    "Finding",
    "FollowUp",
    "Goal",
    "GoalMeasure",
    "GoalMoney",
    "GoalPeriod",
    "GoalPlan",
    "GoverningAdoption",
    "GoverningDocument",
    "GoverningEdition",
    "GoverningKind",
    "GoverningReference",
    "GoverningSection",
    "Indicator",
    "IndicatorValue",
    "ItemFollowUp",
    "Measure",
    "Occasion",
    "Outlook",
    "PackageDownload",
    "PartyMark",
    "PlanAdoption",
    "Question",
    "QuestionSection",
    "Questionnaire",
    "Risk",
    "RiskCategory",
    "RiskScale",
    "Score",
    "Submission",
    "WorkStep",
    "Workshop",
]
