from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "enamnd.letters"
    label = "letters"
    verbose_name = "Utskick"

    def ready(self):
        from enamnd.journal.trail import tell

        from .wording import WORDS

        tell(WORDS)
