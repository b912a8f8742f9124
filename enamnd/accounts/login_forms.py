"""Forms of the log-in, in the portal's words."""

from allauth.account import forms


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


def without_placeholders(form):
    """A placeholder that repeats the label is read twice and looks like something already written."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
