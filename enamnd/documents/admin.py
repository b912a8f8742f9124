from django.contrib import admin

from enamnd.reading_admin import ReadingAdmin

from .models import Case, Document, NumberSeries, Paper, PaperWithdrawal, StoredFile


@admin.register(Case)
class CaseAdmin(ReadingAdmin):
    list_display = ["number", "title", "opened_on", "closed_on", "voided_because"]
    list_filter = ["year"]
    search_fields = ["number", "title"]


@admin.register(Document)
class DocumentAdmin(ReadingAdmin):
    list_display = ["number", "title", "case", "direction", "dated", "secrecy"]
    list_filter = ["direction"]
    list_select_related = ["case"]
    search_fields = ["number", "title", "correspondent", "case__number"]
    date_hierarchy = "dated"


class CountingAdmin(admin.ModelAdmin):
    """Rows without history, only to be read."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(NumberSeries)
class NumberSeriesAdmin(CountingAdmin):
    list_display = ["key", "last"]


@admin.register(StoredFile)
class StoredFileAdmin(CountingAdmin):
    list_display = ["sha256", "media_type", "size", "stored_at"]
    exclude = ["content"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(Paper)
class PaperAdmin(CountingAdmin):
    list_display = ["title", "kind", "subject", "issued_at", "issued_by", "is_public"]
    list_filter = ["kind", "is_public"]
    list_select_related = ["issued_by"]
    search_fields = ["title", "subject", "file__sha256"]
    raw_id_fields = ["file", "replaces", "previous"]
    date_hierarchy = "issued_at"


@admin.register(PaperWithdrawal)
class PaperWithdrawalAdmin(CountingAdmin):
    list_display = ["paper", "at", "by", "reason"]
    list_select_related = ["paper", "by"]
    raw_id_fields = ["paper"]
