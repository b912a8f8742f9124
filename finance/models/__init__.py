"""Money: key figures, allocation models, allocations, budgets and their follow-up. Every amount is in öre."""

from .allocation import Allocation, AllocationDecision, AllocationPart, AllocationShare, SharePart
from .allocation_model import AllocationModel, FixedShare, ModelPart, ModelVersion
from .budget import Budget, BudgetComment, BudgetDecision, BudgetRow, BudgetVersion, ConsultationAnswer
from .cost_item import CostItem, Side
from .follow_up import Forecast, ForecastRow, LedgerMapping, Outcome, OutcomeRow
from .index import IndexFigure
from .key_figure import KeyFigure, KeyFigureKind, PrintedTotal
from .year_end import CarriedItem, CarriedShare, YearEnd

__all__ = [
    "Allocation",
    "AllocationDecision",
    "AllocationModel",
    "AllocationPart",
    "AllocationShare",
    "Budget",
    "BudgetComment",
    "BudgetDecision",
    "BudgetRow",
    "BudgetVersion",
    "CarriedItem",
    "CarriedShare",
    "ConsultationAnswer",
    "CostItem",
    "FixedShare",
    "Forecast",
    "ForecastRow",
    "IndexFigure",
    "KeyFigure",
    "KeyFigureKind",
    "LedgerMapping",
    "ModelPart",
    "ModelVersion",
    "Outcome",
    "OutcomeRow",
    "PrintedTotal",
    "SharePart",
    "Side",
    "YearEnd",
]
