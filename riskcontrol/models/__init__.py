"""Goals, risks and internal control."""

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
from .governing import (
    GoverningAdoption,
    GoverningDocument,
    GoverningEdition,
    GoverningKind,
    GoverningReference,
    GoverningSection,
)
from .plan import ControlPlan, PlanAdoption, Workshop, WorkStep
from .risk import Risk, Score
from .scale import RiskCategory, RiskScale

__all__ = [
    "Check",
    "Consultation",
    "ConsultationAnswer",
    "ControlActivity",
    "ControlItem",
    "ControlPlan",
    "EffectGoal",
    "FollowUp",
    "Goal",
    "GoalMeasure",
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
    "PartyMark",
    "PlanAdoption",
    "Risk",
    "RiskCategory",
    "RiskScale",
    "Score",
    "WorkStep",
    "Workshop",
]
