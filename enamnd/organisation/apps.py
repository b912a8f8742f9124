from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "enamnd.organisation"
    label = "organisation"
    verbose_name = "Organisation"
