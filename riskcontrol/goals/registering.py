"""What the rest of the portal is told of the goals when it starts: words of the journal, and texts for protocols."""

from enamnd.journal.trail import tell
from meetings.blocks import Block, register_block
from riskcontrol.forms.goals import AttendanceBlockForm, PeriodBlockForm

from . import blocks
from .wording import WORDS


def register_goals():
    tell(WORDS)
    register_block(Block("goals_follow_up", "Måluppföljning", blocks.goals_follow_up, "målen", PeriodBlockForm))
    register_block(Block("indicators_follow_up", "Indikatorer", blocks.indicators_follow_up, "målen", PeriodBlockForm))
    register_block(Block("attendance", "Närvaro per kommun", blocks.attendance_table, "närvaron", AttendanceBlockForm))
