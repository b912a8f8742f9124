from django.contrib import admin

from enamnd.reading_admin import CorrectingAdmin, ReadingAdmin

from .models import (
    Adjuster,
    Attendance,
    AttendancePeriod,
    Call,
    ChairPeriod,
    ExternalSignature,
    Meeting,
    Paragraph,
    Phrase,
    PlannedDay,
    Proof,
    StandingItem,
    YearPlan,
)


@admin.register(Meeting)
class MeetingAdmin(ReadingAdmin):
    list_display = ["held_on", "body", "place", "numbered_at"]
    list_filter = ["body"]
    list_select_related = ["body"]
    date_hierarchy = "held_on"


@admin.register(Paragraph)
class ParagraphAdmin(ReadingAdmin):
    list_display = ["label", "title", "meeting", "case"]
    list_select_related = ["meeting__body", "case"]
    search_fields = ["title", "case__number"]


@admin.register(Attendance)
class AttendanceAdmin(ReadingAdmin):
    list_display = ["name", "municipality_name", "seat_kind", "meeting"]
    list_select_related = ["meeting__body"]
    search_fields = ["name", "municipality_name"]


@admin.register(Phrase)
class PhraseAdmin(CorrectingAdmin):
    list_display = ["label", "kind", "order", "is_retired"]
    list_filter = ["kind", "is_retired"]


@admin.register(Adjuster, AttendancePeriod, ChairPeriod, ExternalSignature, Proof)
class PartOfMeetingAdmin(ReadingAdmin):
    """What belongs to one meeting: shown as it stands, with its history."""

    list_display = ["__str__"]


@admin.register(PlannedDay, StandingItem, YearPlan)
class PlanningAdmin(ReadingAdmin):
    """The plan and the wheel are kept on the portal's own pages, where the rules are."""

    list_display = ["__str__"]


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):
    """Calls are issued, never changed."""

    list_display = ["meeting", "issued_at", "issued_by"]
    list_select_related = ["meeting__body", "issued_by"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
