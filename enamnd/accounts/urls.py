"""Addresses of the accounts, under /konton/. The log-in itself stands in login_urls.py."""

from django.urls import path

from .views import accounts, me

app_name = "accounts"
urlpatterns = [
    path("", accounts.account_list, name="account_list"),
    path("nytt/", accounts.account_new, name="account_new"),
    path("roller/", accounts.role_list, name="role_list"),
    path("roller/<int:grant_id>/avslut/", accounts.role_end, name="role_end"),
    path("jag/", me.me, name="me"),
    path("<int:user_id>/", accounts.account, name="account"),
    path("<int:user_id>/uppgifter/", accounts.account_change, name="account_change"),
    path("<int:user_id>/inbjudan/", accounts.account_invitation, name="account_invitation"),
    path("<int:user_id>/stangning/", accounts.account_closing, name="account_closing"),
]
