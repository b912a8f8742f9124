from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "enamnd.organisation"
    label = "organisation"
    verbose_name = "Organisation"

    def ready(self):
        from enamnd.journal.trail import tell

        from .wording import WORDS

        tell(WORDS)
