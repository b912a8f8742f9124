from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projekt"

    def ready(self):
        from enamnd.journal.trail import tell
        from meetings.blocks import Block, register_block

        from . import blocks
        from .forms.blocks import AdoptionTableForm, PlanTablesForm, StatusListForm
        from .wording import WORDS

        tell(WORDS)
        source = "registret över aktiviteter"
        register_block(Block("status_list", "Statuslista", blocks.status_list, source, StatusListForm))
        register_block(Block("plan_tables", "Verksamhetsplanens tabeller", blocks.plan_tables, source, PlanTablesForm))
        register_block(Block("adoption", "Anslutning per kommun", blocks.adoption_table, source, AdoptionTableForm))
