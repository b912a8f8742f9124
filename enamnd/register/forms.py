"""Forms of the register over the organisation."""

from django import forms

from enamnd.fields import DayField
from enamnd.organisation.models import Body, Municipality, Office, Person, Seat
from enamnd.shown_form import ShownForm

FROM_MISSING = {"required": "Skriv vilken dag det börjar."}
LAST_DAY_MISSING = {"required": "Skriv vilken dag som är den sista."}


class DayForm(forms.Form):
    """The day that a page shows."""

    dag = DayField(label="Dag", required=False)


class TermFields(forms.Form):
    """From a day until another, both counted in."""

    valid_from = DayField(label="Från och med", error_messages=FROM_MISSING)
    valid_until = DayField(label="Till och med", required=False, help_text="Tomt: tills vidare.")


class DecisionFields(TermFields):
    """The term of a mandate, and the council's decision that gave it."""

    political_party = forms.CharField(label="Parti", max_length=20, required=False)
    appointed_by = forms.CharField(label="Vald av", max_length=150, required=False)
    appointed_on = DayField(label="Beslutets datum", required=False)
    decision = forms.CharField(
        label="Beslutets paragraf", max_length=60, required=False, help_text="Till exempel § 112."
    )
    decides_as_officer = forms.BooleanField(
        label="Får fatta tjänstemannabeslut för sin kommun",
        required=False,
        help_text="För den som sitter i en beredningsgrupp eller arbetsgrupp.",
    )


class MandateForm(DecisionFields):
    """Somebody on a seat: a person of the register, or a new one by name."""

    person = forms.ModelChoiceField(Person.objects.all(), label="Person", required=False, empty_label="")
    new_person = forms.CharField(
        label="Ny person", max_length=150, required=False, help_text="Om personen inte finns i registret: skriv namnet."
    )

    field_order = ["person", "new_person", "political_party", "valid_from", "valid_until"]

    def clean(self):
        data = super().clean()
        if bool(data.get("person")) == bool(data.get("new_person")):
            both = data.get("person") and data.get("new_person")
            reason = "Välj en person eller skriv en ny, inte båda." if both else "Välj en person, eller skriv en ny."
            self.add_error("person", reason)
        return data


class EndForm(forms.Form):
    """The last day of something."""

    on = DayField(label="Sista dag", error_messages=LAST_DAY_MISSING)


class OfficeForm(TermFields):
    """A role in a body."""

    role = forms.ChoiceField(
        label="Roll", choices=[("", ""), *Office.Role.choices], error_messages={"required": "Välj en roll."}
    )
    person = forms.ModelChoiceField(
        Person.objects.all(), label="Person", empty_label="", error_messages={"required": "Välj en person."}
    )

    field_order = ["role", "person", "valid_from", "valid_until"]


class SeatForm(forms.Form):
    """One more seat in a body."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label="Kommun", empty_label="", error_messages={"required": "Välj en kommun."}
    )
    kind = forms.ChoiceField(label="Slag", choices=Seat.Kind.choices)


class PersonForm(ShownForm, forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name", "political_party", "organisation", "title", "email", "phone"]


class BodyForm(ShownForm, forms.ModelForm):
    valid_from = DayField(label="Från", required=False)
    valid_until = DayField(label="Till", required=False)

    class Meta:
        model = Body
        fields = ["name", "short_name", "kind", "numbers_paragraphs", "valid_from", "valid_until"]


class MunicipalityForm(ShownForm, forms.ModelForm):
    population_on = DayField(label="Folkmängd per den", required=False)
    website = forms.URLField(label="Webbplats", required=False, assume_scheme="https")
    notice_board = forms.URLField(label="Digital anslagstavla", required=False, assume_scheme="https")

    class Meta:
        model = Municipality
        fields = [
            "name",
            "full_name",
            "kind",
            "org_number",
            "code",
            "population",
            "population_on",
            "postal_address",
            "email",
            "website",
            "notice_board",
            "is_party",
        ]
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 3})}
