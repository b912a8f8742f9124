from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "enamnd.journal"
    label = "journal"
    verbose_name = "Händelselogg"
