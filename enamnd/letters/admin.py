from django.contrib import admin

from .models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Letters can be found and read, never changed; a personal text is for its receiver alone."""

    list_display = ["created_at", "kind", "to_address", "subject", "sent_at", "attempts", "given_up_at"]
    list_filter = ["kind"]
    search_fields = ["to_address", "to_name", "subject"]
    exclude = ["body"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
