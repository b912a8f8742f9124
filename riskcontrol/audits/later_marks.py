"""What a finished package holds that may not be given any more: it came under secrecy after the package was made."""

from meetings.decisions.dispatch import protocol_holds_secrets
from meetings.models import Adjustment

from ..models import Audit, AuditPackage


def held_back(package: AuditPackage) -> set[str]:
    """SHA-256 of the reports that have been marked since, and of the protocols that hold secrets by now."""
    digests = {each["sha256"] for each in package.contents}
    marked = Audit.objects.filter(report__file__in=digests).exclude(report__secrecy="")
    protocols = Adjustment.objects.filter(paper__file__in=digests).select_related("paper").defer("content")
    return {*marked.values_list("report__file", flat=True)} | {
        each.paper.file_id for each in protocols if protocol_holds_secrets(each)
    }
