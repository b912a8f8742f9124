from django.contrib import admin

from enamnd.reading_admin import ReadingAdmin

from .models import (
    Audit,
    AuditMeasure,
    AuditReply,
    Check,
    Consultation,
    ControlActivity,
    ControlItem,
    ControlPlan,
    EffectGoal,
    Finding,
    FollowUp,
    Goal,
    GoalMeasure,
    GoalMoney,
    GoalPeriod,
    GoalPlan,
    GoverningAdoption,
    GoverningDocument,
    GoverningKind,
    GoverningSection,
    Indicator,
    IndicatorValue,
    Measure,
    Occasion,
    Outlook,
    PartyMark,
    PlanAdoption,
    Question,
    Questionnaire,
    Risk,
    RiskCategory,
    RiskScale,
    Submission,
    Workshop,
)


@admin.register(Risk)
class RiskAdmin(ReadingAdmin):
    list_display = ["text", "plan", "number", "likelihood", "consequence", "decision"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["text"]


@admin.register(ControlPlan, RiskScale, RiskCategory, Workshop, PlanAdoption, FollowUp, Measure, Check, ControlActivity)
class OwnRowAdmin(ReadingAdmin):
    list_display = ["__str__"]


@admin.register(ControlItem)
class ControlItemAdmin(ReadingAdmin):
    list_display = ["__str__", "is_mandatory"]
    list_select_related = ["risk"]


@admin.register(GoalPlan, EffectGoal, Goal, GoalMeasure, GoalPeriod, Indicator)
class GoalRowAdmin(ReadingAdmin):
    list_display = ["__str__"]


@admin.register(Outlook)
class OutlookAdmin(ReadingAdmin):
    list_display = ["__str__", "forecast", "by"]
    list_select_related = ["period__plan", "goal", "indicator", "by"]


@admin.register(GoalMoney)
class GoalMoneyAdmin(ReadingAdmin):
    list_display = ["__str__"]
    list_select_related = ["goal", "item"]


@admin.register(Occasion, PartyMark, IndicatorValue)
class KeptAdmin(ReadingAdmin):
    list_display = ["__str__"]
    list_select_related = ["indicator"]


@admin.register(GoverningDocument, GoverningKind, GoverningSection, GoverningAdoption, Consultation)
class GoverningAdmin(ReadingAdmin):
    list_display = ["__str__"]


@admin.register(Audit, AuditReply, Finding, AuditMeasure, Questionnaire, Submission)
class AuditAdmin(ReadingAdmin):
    list_display = ["__str__"]


@admin.register(Question)
class QuestionAdmin(ReadingAdmin):
    list_display = ["__str__", "mark", "comment"]
    search_fields = ["text"]
