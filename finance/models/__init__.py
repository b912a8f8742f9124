"""Money: key figures, allocation models, allocations, budgets and their follow-up. Every amount is in öre."""

from .allocation import Allocation, AllocationDecision, AllocationPart, AllocationShare, SharePart
from .allocation_model import AllocationModel, FixedShare, ModelPart, ModelVersion
from .budget import Budget, BudgetComment, BudgetDecision, BudgetRow, BudgetVersion, ConsultationAnswer
from .cost_item import CostItem, Side
from .follow_up import Forecast, ForecastRow, LedgerMapping, Outcome, OutcomeRow
from .index import IndexFigure
from .invoice import (
    Invoice,
    InvoiceCredit,
    InvoiceDownload,
    InvoiceFiles,
    InvoiceLine,
    InvoicePayment,
    InvoiceQuestion,
    InvoiceReminder,
)
from .invoice_run import Attest, InvoiceRun, RunIssue, RunLine, RunSource
from .invoice_terms import Buyer, ItemTerms, LedgerAccount, Seller, VatRule
from .key_figure import KeyFigure, KeyFigureKind, PrintedTotal
from .overhead import Overhead
from .year_end import CarriedItem, CarriedShare, YearEnd

__all__ = [
    "Allocation",
    "AllocationDecision",
    "AllocationModel",
    "AllocationPart",
    "AllocationShare",
    "Attest",
    "Budget",
    "BudgetComment",
    "BudgetDecision",
    "BudgetRow",
    "BudgetVersion",
    "Buyer",
    "CarriedItem",
    "CarriedShare",
    "ConsultationAnswer",
    "CostItem",
    "FixedShare",
    "Forecast",
    "ForecastRow",
    "IndexFigure",
    "Invoice",
    "InvoiceCredit",
    "InvoiceDownload",
    "InvoiceFiles",
    "InvoiceLine",
    "InvoicePayment",
    "InvoiceQuestion",
    "InvoiceReminder",
    "InvoiceRun",
    "ItemTerms",
    "KeyFigure",
    "KeyFigureKind",
    "LedgerAccount",
    "LedgerMapping",
    "ModelPart",
    "ModelVersion",
    "Outcome",
    "OutcomeRow",
    "Overhead",
    "PrintedTotal",
    "RunIssue",
    "RunLine",
    "RunSource",
    "Seller",
    "SharePart",
    "Side",
    "VatRule",
    "YearEnd",
]
