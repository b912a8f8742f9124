"""Forms of the log-in, in the portal's words."""

from allauth.account import forms
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class LoginForm(forms.LoginForm):
    """E-mail and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-post"
        self.fields["remember"].label = "Håll mig inloggad på den här datorn"
        without_placeholders(self)


class ResetPasswordForm(forms.ResetPasswordForm):
    """The e-mail address of whoever has forgotten their password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-post"
        without_placeholders(self)


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    """A password chosen by way of a mailed link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        without_placeholders(self)


class ChangePasswordForm(forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        without_placeholders(self)


class CodeForm(AuthenticateForm):
    """A code at log-in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kod"
        without_placeholders(self)


class CodeAgainForm(ReauthenticateForm):
    """A code before the log-in itself is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kod"
        without_placeholders(self)


class ConnectAppForm(ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kod ur appen"
        without_placeholders(self)


class AddKeyForm(AddWebAuthnForm):
    """A passkey or security key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Namn på nyckeln"
        self.fields["name"].help_text = "Så att du känner igen den, till exempel Jobbdatorn."
        self.fields["passwordless"].label = "Logga in med bara den här nyckeln, utan lösenord"
        self.fields["passwordless"].help_text = "Kräver fingeravtryck, ansikte eller pinkod."


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Namn på nyckeln"


def without_placeholders(form):
    """A placeholder that repeats the label is read twice and looks like something already written."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
