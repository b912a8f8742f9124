"""The verbs of the auditors' packages: ordered, made, fetched."""

import logging

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from enamnd.accounts.models import User
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.refusal import Refused

from ..audits import rules
from ..audits.later_marks import held_back
from ..audits.package import Package, Plan, make_package, plan_package
from ..models import AuditPackage, PackageDownload

FIRST_YEAR = 1990
log = logging.getLogger(__name__)


def order_package(year: int, *, by: User) -> AuditPackage:
    """Have a year's package made (beställa revisorspaket): at once when it is small, else by the task queue.

    Refused for a year that has not begun, and when nothing is issued for it. The files are read and packed before the
    transaction that keeps the package.
    """
    rules.check_can_take_package(by)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Refused(f"Välj ett år från {FIRST_YEAR} till {timezone.localdate().year}.", field="year")
    plan = plan_package(year)
    if not plan.number:
        raise Refused(f"Ingenting är utfärdat för {year}, så det finns inget att packa.", field="year")
    if plan.is_large:
        return _queue(year, by)
    made = make_package(plan, timezone.localtime())
    with transaction.atomic():
        package = AuditPackage.objects.create(year=year, ordered_by=by)
        record("audit_package.ordered", package, by=by)
        return _keep(package, plan, made)


@transaction.atomic
def _queue(year: int, by: User) -> AuditPackage:
    package = AuditPackage.objects.create(year=year, ordered_by=by)
    record("audit_package.ordered", package, by=by)
    transaction.on_commit(lambda: make_later.enqueue(package.pk))
    return package


@task()
def make_later(package_pk: int) -> None:
    """Make a package that was too large to wait for. What stops it is kept, so that its page says so."""
    package = AuditPackage.objects.select_related("ordered_by").get(pk=package_pk)
    if package.paper_id or package.failed_because:
        return
    try:
        plan = plan_package(package.year)
        made = make_package(plan, timezone.localtime())
        with transaction.atomic():
            _keep(package, plan, made)
    except Exception as error:  # whatever it is, the page must say so instead of waiting for ever
        log.exception("audit package %s failed", package_pk)
        AuditPackage.objects.filter(pk=package_pk, paper=None).update(
            failed_because=f"Paketet kunde inte göras ({type(error).__name__}). Beställ det igen."
        )


def _keep(package: AuditPackage, plan: Plan, made: Package) -> AuditPackage:
    package.paper = issue_paper(
        made.content,
        kind="audit_package",
        title=str(package),
        subject=package,
        by=package.ordered_by,
        media_type="application/zip",
    )
    package.contents, package.missing = made.contents, plan.missing
    package.save()
    record("audit_package.made", package, by=package.ordered_by, number=len(made.contents))
    return package


@transaction.atomic
def fetch_package(package: AuditPackage, *, by: User) -> bytes:
    """The package's bytes, with a note of who fetched them and when (hämta)."""
    rules.check_can_take_package(by)
    if package.paper is None:
        raise Refused(package.failed_because or "Paketet görs fortfarande. Läs in sidan igen om en stund.")
    if held_back(package):
        raise Refused(
            "Efter att paketet gjordes har något i det sekretessmarkerats eller maskats. "
            "Beställ ett nytt paket för året."
        )
    PackageDownload.objects.create(package=package, by=by)
    record("audit_package.fetched", package, by=by)
    return bytes(package.paper.file.content)
