from django.contrib import admin

from enamnd.reading_admin import CorrectingAdmin, ReadingAdmin

from .models import Board, Body, Mandate, Municipality, Office, Person, Seat

admin.site.site_header = admin.site.site_title = "Nämndens portal"
admin.site.index_title = "Register och historik"


@admin.register(Board)
class BoardAdmin(CorrectingAdmin):
    """Where the board's words and the fixed fields of its papers are changed between readings of its file."""

    list_display = ["name", "host", "case_number_format"]

    def has_add_permission(self, request):
        return not Board.objects.exists()


@admin.register(Municipality)
class MunicipalityAdmin(CorrectingAdmin):
    list_display = ["name", "kind", "org_number", "population", "is_party"]
    list_filter = ["kind", "is_party"]
    search_fields = ["name", "org_number"]


@admin.register(Person)
class PersonAdmin(CorrectingAdmin):
    list_display = ["name", "political_party", "organisation", "title"]
    search_fields = ["name", "organisation"]


@admin.register(Body)
class BodyAdmin(CorrectingAdmin):
    list_display = ["name", "kind", "valid_from", "valid_until"]
    list_filter = ["kind"]


@admin.register(Seat)
class SeatAdmin(ReadingAdmin):
    list_display = ["municipality", "kind", "order", "body"]
    list_filter = ["body", "kind"]
    list_select_related = ["municipality", "body"]


@admin.register(Mandate)
class MandateAdmin(ReadingAdmin):
    list_display = ["person", "seat", "valid_from", "valid_until", "decision"]
    list_filter = ["seat__body", "seat__kind"]
    list_select_related = ["person", "seat__municipality", "seat__body"]
    search_fields = ["person__name", "seat__municipality__name"]
    date_hierarchy = "valid_from"


@admin.register(Office)
class OfficeAdmin(ReadingAdmin):
    list_display = ["person", "role", "body", "valid_from", "valid_until"]
    list_filter = ["body", "role"]
    list_select_related = ["person", "body"]
