"""The form of a meeting that is read in from a file."""

from django import forms


class ImportForm(forms.Form):
    """The file, and whether an unknown body may be made."""

    file = forms.FileField(label="Fil i utbytesformatet (JSON)", help_text="En fil med ett sammanträde, högst 20 MB.")
    create = forms.BooleanField(label="Lägg upp organet om det inte finns i registret", required=False)
