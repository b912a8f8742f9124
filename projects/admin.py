from django.contrib import admin

from enamnd.reading_admin import ReadingAdmin

from .models import (
    Activity,
    Adoption,
    Agreement,
    Commission,
    Directive,
    DirectiveHeading,
    OutsideOrganisation,
    Participation,
    Phase,
    PhaseStep,
    StatusReport,
)


@admin.register(Activity)
class ActivityAdmin(ReadingAdmin):
    list_display = ["name", "kind", "time_plan", "responsible"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(Phase)
class PhaseAdmin(ReadingAdmin):
    list_display = ["name", "order", "gate", "owner"]


@admin.register(DirectiveHeading)
class DirectiveHeadingAdmin(ReadingAdmin):
    list_display = ["name", "kind", "order", "shape"]
    list_filter = ["kind"]


@admin.register(PhaseStep, Participation, Adoption, StatusReport, Directive)
class OfActivityAdmin(ReadingAdmin):
    list_display = ["__str__"]
    list_select_related = ["activity"]
    search_fields = ["activity__name"]


@admin.register(Agreement, Commission, OutsideOrganisation)
class OwnPageAdmin(ReadingAdmin):
    list_display = ["__str__"]
