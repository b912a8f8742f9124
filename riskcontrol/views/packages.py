"""The auditors' packages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of, query_without_page
from enamnd.form_page import form_page
from riskcontrol.actions.packages import fetch_package, order_package
from riskcontrol.audits.later_marks import held_back
from riskcontrol.audits.meeting_parts import HIDDEN
from riskcontrol.audits.package import EXPECTED
from riskcontrol.forms.questionnaires import PackageForm
from riskcontrol.models import AuditPackage


@requires(Permission.READ_CONTROL)
def package_list(request):
    """Have a year's papers packed, and fetch what has been packed before."""
    rows = AuditPackage.objects.select_related("ordered_by", "paper__file").defer("paper__file__content")

    def act(data):
        made = order_package(data["year"], by=request.user)
        if not made.paper_id:
            messages.info(request, "Paketet är stort och görs i bakgrunden. Du kan lämna sidan och komma tillbaka.")
        return reverse("riskcontrol:package", args=[made.pk])

    form = PackageForm(request.POST or None, initial={"year": timezone.localdate().year - 1})
    page = page_of(request, rows.prefetch_related("downloads"), 25)
    context = {"page": page, "query": query_without_page(request), "parts": [name for _, name in EXPECTED]}
    return form_page(request, form, act, template="riskcontrol/package_list.html", **context)


@requires(Permission.READ_CONTROL)
def package(request, package_id):
    """What a package holds, what it lacks, and who has fetched it."""
    rows = AuditPackage.objects.select_related("ordered_by", "paper__file").defer("paper__file__content")
    found = get_object_or_404(rows, pk=package_id)
    secret = held_back(found)
    parts: dict[str, tuple[list, list]] = {}
    for each in found.contents:
        shown = each | {"title": HIDDEN} if each["sha256"] in secret else each
        parts.setdefault(each["part"], ([], []))[0].append(shown)
    for each in found.missing:
        parts.setdefault(each["part"], ([], []))[1].append(each["why"])
    context = {
        "package": found,
        "is_held_back": bool(secret),
        "parts": [(name.partition(" ")[2], *parts[name]) for name in sorted(parts)],
        "downloads": found.downloads.select_related("by")[:100],
    }
    return render(request, "riskcontrol/package.html", context)


@require_safe
@requires(Permission.READ_CONTROL)
def package_file(request, package_id):
    """The package itself. That it was fetched is kept."""
    found = get_object_or_404(AuditPackage.objects.select_related("paper__file"), pk=package_id)
    content = fetch_package(found, by=request.user)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="revisorspaket-{found.year}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer
