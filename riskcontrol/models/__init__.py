"""Goals, risks and internal control."""

from .control import Check, ControlActivity, ControlItem, FollowUp, ItemFollowUp, Measure
from .plan import ControlPlan, PlanAdoption, Workshop, WorkStep
from .risk import Risk, Score
from .scale import RiskCategory, RiskScale

__all__ = [
    "Check",
    "ControlActivity",
    "ControlItem",
    "ControlPlan",
    "FollowUp",
    "ItemFollowUp",
    "Measure",
    "PlanAdoption",
    "Risk",
    "RiskCategory",
    "RiskScale",
    "Score",
    "WorkStep",
    "Workshop",
]
