"""The form of the page where anybody checks a PDF."""

from django import forms
from django.conf import settings


class VerifyForm(forms.Form):
    """One file, as it was received."""

    file = forms.FileField(
        label="PDF att kontrollera",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": "Välj den PDF som du vill kontrollera.",
            "missing": "Välj den PDF som du vill kontrollera.",
            "empty": "Filen är tom. Välj den PDF som du vill kontrollera, så som du fick den.",
        },
    )

    def too_large(self):
        """Say that the file was too large to be received."""
        limit = settings.VERIFICATION_MAX_MEGABYTES
        self.full_clean()
        self.errors.clear()  # the file was let past, so the form believes that there was none
        self.add_error("file", f"Filen är större än {limit} MB, och så stora papper utfärdar portalen inte.")
