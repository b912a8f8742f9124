"""Forms of the accounts."""

from django import forms

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality, Person

from .roles import ROLE_CHOICES, ROLES

BOUND = ", ".join(role.name.lower() for role in ROLES.values() if role.of_municipality)


class RoleFields(forms.Form):
    """A role, and the municipality that it is held for."""

    role = forms.ChoiceField(
        label="Roll", choices=[("", ""), *ROLE_CHOICES], error_messages={"required": "Välj en roll."}
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label="Kommun",
        required=False,
        empty_label="",
        help_text=f"Behövs för {BOUND}. Lämnas tom för de andra.",
    )


class AccountFields(forms.Form):
    """Whom an account belongs to."""

    name = forms.CharField(label="Namn", max_length=150, error_messages={"required": "Skriv personens namn."})
    email = forms.EmailField(
        label="E-post",
        help_text="Adressen som personen loggar in med.",
        error_messages={
            "required": "Skriv personens e-postadress.",
            "invalid": "Det är ingen e-postadress. Skriv till exempel namn@kommunen.se.",
        },
    )
    person = forms.ModelChoiceField(
        Person.objects.all(),
        label="Person i registret",
        required=False,
        empty_label="",
        help_text="Om kontot tillhör en ledamot, ersättare eller någon annan som finns i registret.",
    )


class NewAccountForm(RoleFields, AccountFields):
    """A new account with its first role."""

    field_order = ["name", "email", "role", "municipality", "person"]


class AccountForm(AccountFields):
    """An account's own facts."""


class GrantForm(RoleFields):
    """Another role."""

    valid_from = DayField(label="Från", required=False, help_text="Tomt: från i dag.")
    valid_until = DayField(label="Till och med", required=False, help_text="Tomt: tills vidare.")


class EndForm(forms.Form):
    """The last day of a role."""

    on = DayField(label="Sista dag", required=False, help_text="Tomt: rollen upphör genast.")
