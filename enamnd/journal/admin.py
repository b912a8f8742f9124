from django.contrib import admin

from .models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """The journal can be read and searched, never changed."""

    list_display = ["at", "actor_name", "verb", "subject_name"]
    list_filter = ["verb"]
    search_fields = ["actor_name", "subject_name", "verb"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
