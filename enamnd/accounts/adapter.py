"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from enamnd.organisation.models import Board

WRONG_CODE = "Koden stämmer inte. Appen byter kod var trettionde sekund: skriv den som visas nu."


class AccountAdapter(DefaultAccountAdapter):
    """Log-in for accounts that exist."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är stängt. Be nämndens administratör öppna det.",
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.",
        "too_many_login_attempts": "Det blev för många försök. Vänta några minuter och försök igen.",
        "rate_limited": "Det blev för många försök. Vänta några minuter och försök igen.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "enter_current_password": "Det nuvarande lösenordet stämmer inte.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Länken gäller inte längre. Be om en ny.",
    }

    def is_open_for_signup(self, request):
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in through an organisation's identity provider (OIDC, SAML), for accounts that exist, known by e-mail."""

    def is_open_for_signup(self, request, sociallogin):
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second step. Apps and keys show the board's name, so that people know which code is whose."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def _get_site_name(self) -> str:
        board = Board.objects.first()
        return board.name if board else "Nämndens portal"
