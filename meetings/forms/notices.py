"""What people tell of a notice: since when it has been up, or that it has come down."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from meetings.models import Notice


class PostingForm(forms.Form):
    """That a notice is up."""

    posted_on = DayField(label="Uppsatt den")
    who = forms.CharField(label="Uppsatt av", max_length=150, help_text="Namnet på den som intygar.")
    address = forms.URLField(
        label="Adress till anslaget", max_length=500, required=False, assume_scheme="https",
        help_text="Om det sitter på en webbplats. Får lämnas tomt.",
    )  # fmt: skip

    @classmethod
    def of(cls, notice: Notice, who: str = "") -> "PostingForm":
        """Ready for one click: today, and the address of the municipality's own board."""
        address = notice.address or notice.municipality.notice_board
        return cls(initial={"posted_on": timezone.localdate(), "who": who, "address": address})


class TakingDownForm(forms.Form):
    """That a notice has come down."""

    taken_down_on = DayField(label="Nedtaget den")
    who = forms.CharField(label="Nedtaget av", max_length=150, help_text="Namnet på den som intygar.")

    @classmethod
    def of(cls, notice: Notice, who: str = "") -> "TakingDownForm":
        return cls(initial={"taken_down_on": timezone.localdate(), "who": who or notice.posted_by})


class FindClocks(forms.Form):
    """Which meetings the overview of clocks shows."""

    visa = forms.ChoiceField(
        label="Visa", required=False, choices=[("", "Det som inte är klart"), ("alla", "Alla sammanträden")]
    )
