from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "enamnd.documents"
    label = "documents"
    verbose_name = "Ärenden och handlingar"

    def ready(self):
        from enamnd.journal.trail import tell

        from .wording import WORDS

        tell(WORDS)
