from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "enamnd.accounts"
    label = "accounts"
    verbose_name = "Konton"
