"""Admin pages that show rows and their history. Writing goes through the portal's own pages, where the rules are."""

from django.core.exceptions import PermissionDenied
from django.db import models
from simple_history.admin import SimpleHistoryAdmin


class ReadingAdmin(SimpleHistoryAdmin):
    """Rows can be found, read and followed back in time, never changed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def history_form_view(self, request, *args, **kwargs):
        """An old version, to look at: the page of simple-history saves what is posted to it, whoever may change."""
        if request.method == "POST":
            raise PermissionDenied("Gamla versioner läses här. Det som gäller nu ändras på portalens egna sidor.")
        return super().history_form_view(request, *args, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False


class CorrectingAdmin(SimpleHistoryAdmin):
    """Rows can be corrected, with history, never deleted: other rows and old papers speak of them."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request, obj=None):
        return False
