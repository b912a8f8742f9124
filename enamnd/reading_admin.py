"""Admin pages that show rows and their history. Writing goes through the portal's own pages, where the rules are."""

from django.db import models
from simple_history.admin import SimpleHistoryAdmin


class ReadingAdmin(SimpleHistoryAdmin):
    """Rows can be found, read and followed back in time, never changed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CorrectingAdmin(SimpleHistoryAdmin):
    """Rows can be corrected, with history, never deleted: other rows and old papers speak of them."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request, obj=None):
        return False
