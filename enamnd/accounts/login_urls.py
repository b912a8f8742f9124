"""Addresses of the log-in, under /inloggning/: allauth's, but for what is not done here.

Accounts, and the addresses they are known by, are kept by an administrator: nobody signs up or changes their e-mail
address on their own, and an organisation's log-in is joined to the account by its e-mail address.
"""

from django.urls import include, path
from django.views.generic import RedirectView

to_my_page = RedirectView.as_view(pattern_name="accounts:me")

urlpatterns = [
    path("email/", to_my_page, name="account_email"),
    path("3rdparty/", to_my_page, name="socialaccount_connections"),
    path("social/connections/", to_my_page),
    path("", include("allauth.urls")),
]
