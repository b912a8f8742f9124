from django.apps import AppConfig


class RiskcontrolConfig(AppConfig):
    name = "riskcontrol"
    verbose_name = "Styrning"

    def ready(self):
        from enamnd.journal.trail import tell
        from enamnd.letters.kinds import name_kinds
        from meetings.blocks import Block, register_block

        from . import blocks
        from .audits.registration import register_audits
        from .forms.blocks import FollowUpBlockForm, PlanBlockForm, YearBlockForm
        from .goals.registering import register_goals
        from .governing import goal_blocks, own_blocks
        from .party_reports import party_reports
        from .wording import LETTERS, WORDS

        tell(WORDS)
        name_kinds(LETTERS)
        register_goals()
        own_blocks.register()
        goal_blocks.register()
        source = "internkontrollen"
        register_block(Block("control_plan", "Internkontrollplan", blocks.control_plan, source, PlanBlockForm))
        register_block(
            Block(
                "control_follow_up",
                "Uppföljning av internkontrollplan",
                blocks.control_follow_up,
                source,
                FollowUpBlockForm,
            )
        )
        register_block(Block("risk_matrix", "Riskmatris", blocks.risk_matrix, source, PlanBlockForm))
        register_audits()
        register_block(
            Block("party_reports", "Parternas återrapportering", party_reports, "återrapporteringen", YearBlockForm)
        )
