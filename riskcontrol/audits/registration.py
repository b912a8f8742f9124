"""What the audits offer the rest of the portal when it starts: words, texts for protocols, parts of packages."""

from enamnd.documents.collecting import register_part
from enamnd.journal.trail import tell
from meetings.blocks import Block, register_block

from ..forms.blocks import AnswersBlockForm, AuditsBlockForm
from . import blocks, meeting_parts, own_parts
from .wording import WORDS


def register_audits():
    tell(WORDS)
    source = "granskningarna"
    register_block(
        Block("audit_findings", "Granskning: revisorernas ord", blocks.audit_findings, source, AuditsBlockForm)
    )
    register_block(Block("audit_answers", "Granskning: svar på frågor", blocks.audit_answers, source, AnswersBlockForm))
    for part in (*meeting_parts.PARTS, *own_parts.PARTS):
        register_part(part)
