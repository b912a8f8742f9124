"""What may be chosen of the texts about people and commissions."""

from django import forms

from .. import commissions, resources


class CommissionsForm(forms.Form):
    """Which commissions."""

    commissions = forms.ModelMultipleChoiceField(
        commissions.for_lists(),
        label="Uppdrag",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Inget valt: alla som pågår eller väntar på nämndens beslut.",
    )

    def options(self) -> dict:
        return {"commissions": [each.pk for each in self.cleaned_data["commissions"]]}


class IdeasForm(forms.Form):
    """How many ideas."""

    most = forms.IntegerField(
        label="Högst så många idéer", required=False, min_value=1, max_value=100, help_text="Tomt: alla."
    )

    def options(self) -> dict:
        return {"most": self.cleaned_data["most"]}


class RequestField(forms.ModelChoiceField):
    """Requests by activity and what is asked for."""

    def label_from_instance(self, request) -> str:
        return f"{request.activity}: {request.what[:80]}"


class ResourceTableForm(forms.Form):
    """Which request."""

    request = RequestField(resources.rows(), label="Resursbegäran", empty_label=None)

    def options(self) -> dict:
        return {"request": self.cleaned_data["request"].pk}
