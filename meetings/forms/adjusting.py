"""Forms of the adjustment: what to freeze, a reason, and who it is that signs."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from django import forms

from meetings.adjusting.rules import LONGEST_REASON
from meetings.models import Paragraph


class FreezeForm(forms.Form):
    """Which warnings are let stand; for an immediate adjustment, which paragraphs."""

    confirm = forms.MultipleChoiceField(required=False)
    everything = forms.BooleanField(required=False)
    paragraphs = forms.ModelMultipleChoiceField(Paragraph.objects.none(), required=False)
    is_immediate = forms.BooleanField(required=False)

    def __init__(self, *args, paragraphs, warnings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraphs"].queryset = paragraphs
        self.fields["confirm"].choices = [(each.key, each.sentence) for each in warnings]
        self.fields["confirm"].error_messages["invalid_choice"] = (
            "Protokollet har ändrats sedan sidan lästes in. Se över varningarna igen."
        )

    @property
    def confirmed(self) -> list[str] | None:
        """Keys of the warnings that are let stand; None for all of them."""
        return None if self.cleaned_data["everything"] else self.cleaned_data["confirm"]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Varför", max_length=LONGEST_REASON, required=False)


class DeclineForm(ReasonForm):
    reason = forms.CharField(
        label="Varför vill du inte skriva under?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Går till sekreteraren och står kvar vid protokollet.",
    )


class UnlockForm(ReasonForm):
    reason = forms.CharField(
        label="Varför låses protokollet upp?",
        max_length=LONGEST_REASON,
        required=False,
        help_text="Står kvar vid protokollet. De som har skrivit under får veta det.",
    )


class AlsoCode(forms.Form):
    """A code beside what else shows who signs, where their account has an app for it."""

    user: object
    has_app = False

    def ask_for_code(self):
        self.has_app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists()
        if self.has_app:
            self.fields["code"] = forms.CharField(
                label="Kod ur appen",
                max_length=20,
                widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
                error_messages={"required": "Skriv koden som appen visar."},
            )

    def check_code(self, code: str):
        form = CodeForm({"code": code}, user=self.user)
        for message in form.errors.get("code", ()):
            self.add_error("code", message)

    def evidence_of(self, method: str) -> dict[str, str]:
        return {"method": method, "second": "totp"} if self.has_app else {"method": method}


class IdentityForm(AlsoCode):
    """The password of the one who signs, and a code where their account has an app for it.

    The same limits for attempts hold as at log-in: allauth counts them.
    """

    password = forms.CharField(
        label="Ditt lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord för att visa att det är du."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.ask_for_code()

    def clean(self):
        data = super().clean()
        if data.get("password") and not get_adapter().reauthenticate(self.user, data["password"]):
            self.add_error("password", get_adapter().validation_error("incorrect_password"))
        elif data.get("password") and data.get("code"):
            self.check_code(data["code"])
        return data

    @property
    def evidence(self) -> dict[str, str]:
        return self.evidence_of("password")


class PasskeyForm(ReauthenticateWebAuthnForm, AlsoCode):
    """What the browser says of the key of the one who signs, and a code as beside a password."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "id_key_%s")
        super().__init__(*args, **kwargs)
        self.ask_for_code()

    def clean(self):
        data = super().clean()
        if data.get("credential") and data.get("code"):
            self.check_code(data["code"])
        return data

    @property
    def evidence(self) -> dict[str, str]:
        return self.evidence_of("passkey")


def has_passkey(user) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
