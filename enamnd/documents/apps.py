from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "enamnd.documents"
    label = "documents"
    verbose_name = "Ärenden och handlingar"
