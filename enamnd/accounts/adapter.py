"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Log-in for accounts that exist."""

    def is_open_for_signup(self, request):
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in through an organisation's identity provider (OIDC, SAML), for accounts that exist, known by e-mail."""

    def is_open_for_signup(self, request, sociallogin):
        return False
