from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projekt"

    def ready(self):
        from enamnd.journal.trail import tell
        from enamnd.letters.kinds import name_kinds
        from meetings.blocks import Block, register_block

        from . import blocks, people_blocks
        from .actions.resources import KINDS
        from .forms.blocks import AdoptionTableForm, BenefitTableForm, PlanTablesForm, StatusListForm
        from .forms.people_blocks import CommissionsForm, IdeasForm, ResourceTableForm
        from .people_wording import WORDS as PEOPLE_WORDS
        from .wording import WORDS

        tell(WORDS)
        tell(PEOPLE_WORDS)
        name_kinds(KINDS)
        source = "registret över aktiviteter"
        register_block(Block("status_list", "Statuslista", blocks.status_list, source, StatusListForm))
        register_block(Block("plan_tables", "Verksamhetsplanens tabeller", blocks.plan_tables, source, PlanTablesForm))
        register_block(Block("benefits", "Nytta och resurser", blocks.benefit_table, source, BenefitTableForm))
        register_block(Block("adoption", "Anslutning per kommun", blocks.adoption_table, source, AdoptionTableForm))
        commissions = "registret över uppdrag från kommuner"
        register_block(
            Block("commissions", "Uppdrag från kommuner", people_blocks.commission_table, commissions, CommissionsForm)
        )
        register_block(Block("ideas", "Idéer i prioritetsordning", people_blocks.idea_list, source, IdeasForm))
        register_block(
            Block("resources", "Svar på resursbegäran", people_blocks.resource_table, source, ResourceTableForm)
        )
