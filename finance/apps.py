from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "Ekonomi"

    def ready(self):
        from enamnd.accounts.roles import Permission
        from enamnd.documents.collecting import register_part
        from enamnd.journal.trail import tell
        from enamnd.letters.kinds import name_kinds
        from meetings.blocks import Block, register_block

        from . import blocks, collected, consulting_letters, invoice_wording
        from .forms import blocks as forms
        from .invoicing import letters
        from .wording import WORDS

        tell(WORDS | invoice_wording.WORDS)
        name_kinds(consulting_letters.KINDS, read_by=Permission.READ_ECONOMY)
        name_kinds(letters.KINDS, read_by=Permission.READ_ALL_INVOICES)
        for key, name, render, source, form in (
            ("budget", "Budget", blocks.budget_table, "budgeten", forms.BudgetTableForm),
            ("outcome", "Utfall mot budget", blocks.outcome_table, "utfallet", forms.OutcomeTableForm),
            ("forecast", "Budget och prognos", blocks.forecast_table, "prognosen", forms.ForecastTableForm),
            ("summary", "Ekonomi i tkr", blocks.summary_table, "utfall, budget och prognos", forms.SummaryForm),
            ("allocation", "Fördelning per kommun", blocks.allocation_table, "fördelningen", forms.AllocationTableForm),
            ("year_allocation", "Årets fördelning", blocks.year_allocation, "fördelningarna", forms.YearAllocationForm),
        ):
            register_block(Block(key, name, render, source, form))
        register_part(collected.PART)
