from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projekt"

    def ready(self):
        from enamnd.journal.trail import tell

        from .wording import WORDS

        tell(WORDS)
