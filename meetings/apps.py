from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Sammanträden"

    def ready(self):
        from enamnd.journal.trail import tell

        from .trail import WORDINGS

        tell(WORDINGS)
