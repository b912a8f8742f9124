from django.contrib import admin

from enamnd.reading_admin import CorrectingAdmin, ReadingAdmin

from .models import (
    Adjuster,
    Appeal,
    Attendance,
    AttendancePeriod,
    Call,
    ChairPeriod,
    CouncilDecision,
    CouncilMatter,
    DelegatedDecision,
    DelegationOrder,
    DelegationPoint,
    Dispatch,
    ExternalSignature,
    Extract,
    FollowUp,
    HomeReport,
    Meeting,
    Notice,
    OwnNotice,
    Paragraph,
    Phrase,
    PlannedDay,
    Proof,
    Publication,
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


@admin.register(Appeal, CouncilMatter, DelegatedDecision, DelegationOrder, DelegationPoint, FollowUp, HomeReport)
class DecisionAdmin(ReadingAdmin):
    """What is decided, and what becomes of it, is kept on the portal's own pages, where the rules are."""

    list_display = ["__str__"]


@admin.register(CouncilDecision)
class CouncilDecisionAdmin(ReadingAdmin):
    list_display = ["municipality", "outcome", "decided_on", "matter"]
    list_select_related = ["municipality", "matter"]


@admin.register(Dispatch)
class DispatchAdmin(ReadingAdmin):
    list_display = ["recipient", "paragraph", "meeting", "sent_on", "confirmed_on"]
    list_select_related = ["paragraph", "meeting__body"]


@admin.register(Notice)
class NoticeAdmin(ReadingAdmin):
    """Without the key: whoever has it may say that a notice is up."""

    list_display = ["adjustment", "municipality", "posted_on", "taken_down_on"]
    list_select_related = ["adjustment__meeting__body", "municipality"]
    exclude = ["token"]


@admin.register(OwnNotice)
class OwnNoticeAdmin(ReadingAdmin):
    list_display = ["adjustment", "posted_on", "taken_down_on"]
    list_select_related = ["adjustment__meeting__body"]


class IssuedAdmin(admin.ModelAdmin):
    """What has been issued never changes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Call)
class CallAdmin(IssuedAdmin):
    list_display = ["meeting", "issued_at", "issued_by"]
    list_select_related = ["meeting__body", "issued_by"]


@admin.register(Extract)
class ExtractAdmin(IssuedAdmin):
    list_display = ["paragraph", "is_adjusted", "issued_at", "certified_by"]
    list_select_related = ["paragraph"]


@admin.register(Publication)
class PublicationAdmin(IssuedAdmin):
    list_display = ["adjustment", "published_at", "published_by", "withdrawn_at"]
    list_select_related = ["adjustment__meeting__body", "published_by"]
