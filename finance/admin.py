from django.contrib import admin

from enamnd.reading_admin import ReadingAdmin

from .models import (
    Allocation,
    AllocationModel,
    Budget,
    CostItem,
    Forecast,
    IndexFigure,
    KeyFigure,
    KeyFigureKind,
    LedgerMapping,
    ModelVersion,
    Outcome,
    Overhead,
    YearEnd,
)


@admin.register(KeyFigure)
class KeyFigureAdmin(ReadingAdmin):
    list_display = ["kind", "municipality", "as_of", "value", "source"]
    list_select_related = ["kind", "municipality"]
    list_filter = ["kind"]


@admin.register(Allocation)
class AllocationAdmin(ReadingAdmin):
    list_display = ["title", "year", "amount"]
    list_filter = ["year"]
    search_fields = ["title"]


@admin.register(ModelVersion)
class ModelVersionAdmin(ReadingAdmin):
    list_display = ["__str__", "valid_from"]
    list_select_related = ["model"]


@admin.register(Outcome, Forecast, YearEnd)
class OfBudgetAdmin(ReadingAdmin):
    list_display = ["__str__"]
    list_select_related = ["budget"]


@admin.register(KeyFigureKind, AllocationModel, CostItem, IndexFigure, Overhead, Budget, LedgerMapping)
class OwnNameAdmin(ReadingAdmin):
    list_display = ["__str__"]
