from django.contrib import admin

from enamnd.reading_admin import ReadingAdmin

from .models import RoleGrant, User


@admin.register(User)
class UserAdmin(ReadingAdmin):
    """Accounts are kept at /konton/, where nobody removes the last administrator."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadingAdmin):
    list_display = ["user", "role", "municipality", "valid_from", "valid_until"]
    list_filter = ["role"]
    list_select_related = ["user", "municipality"]
    search_fields = ["user__name", "user__email"]
