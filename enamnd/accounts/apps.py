from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "enamnd.accounts"
    label = "accounts"
    verbose_name = "Konton"

    def ready(self):
        from enamnd.journal.trail import tell

        from .wording import WORDS

        tell(WORDS)
