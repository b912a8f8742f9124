"""The audits of a year, and one of them: what the auditors say, what the board answers, what is done."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from riskcontrol.actions import audits as actions
from riskcontrol.audits import lists, rules, sharing
from riskcontrol.audits.blocks import verdict_lines
from riskcontrol.forms.audits import AuditForm, AuditMeasureForm, BeginAuditForm, FindingForm, ReplyForm
from riskcontrol.models import Audit, AuditMeasure, AuditReply, Finding

FORM = "riskcontrol/audit_form.html"


def audit_of(audit_id: int) -> Audit:
    return get_object_or_404(Audit.objects.select_related("municipality"), pk=audit_id)


@requires(Permission.READ_CONTROL)
def audit_list(request):
    """The latest year that is audited, or the last one that is over."""
    years = lists.years_with_audits()
    year = years[0] if years else timezone.localdate().year - 1
    return HttpResponseRedirect(reverse("riskcontrol:audit_year", args=[year]))


@requires(Permission.READ_CONTROL)
def audit_year(request, audit_year):
    """Year by municipality: how each audit stands."""
    lines = lists.lines_of(audit_year, timezone.localdate())
    context = {
        "year": audit_year,
        "years": sorted({*lists.years_with_audits(), audit_year}, reverse=True),
        "lines": lines,
        "tally": lists.tally(lines),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "to_answer": any(line.audit and not line.audit.reply_id and line.audit.received_on for line in lines),
    }
    return render(request, "riskcontrol/audit_year.html", context)


@requires(Permission.READ_CONTROL)
def audit(request, audit_id):
    """One audit, whole."""
    found = get_object_or_404(lists.audits_for_page(), pk=audit_id)
    today = timezone.localdate()
    earlier = Audit.objects.filter(municipality=found.municipality).exclude(pk=found.pk).order_by("-year")
    context = {
        "audit": found,
        "line": lists.line_of(found, today),
        "verdicts": verdict_lines(found),
        "questionnaires": sharing.all_of(found),
        "findings": found.findings.all(),
        "measures": lists.measures_of(found),
        "has_recommendations": any(each.recommendation for each in found.findings.all()),
        "others": found.reply.audits.exclude(pk=found.pk).select_related("municipality") if found.reply else (),
        "earlier": earlier[:10],
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "may_remove": is_allowed(rules.check_can_remove_audit, found),
        "today": today,
        "steps": trail_of(found),
    }
    return render(request, "riskcontrol/audit.html", context)


@requires(Permission.KEEP_CONTROL)
def audit_new(request):
    """Register that a municipality audits a year."""
    initial = {"year": request.GET.get("ar") or timezone.localdate().year, "municipality": request.GET.get("kommun")}

    def act(data):
        return actions.begin_audit(**data, by=request.user).get_absolute_url()

    more = {"title": "Ny granskning", "button": "Lägg upp", "back": reverse("riskcontrol:audit_list")}
    return form_page(request, BeginAuditForm(request.POST or None, initial=initial), act, template=FORM, **more)


@requires(Permission.KEEP_CONTROL)
def audit_change(request, audit_id):
    """What the auditors found."""
    found = audit_of(audit_id)

    def act(data):
        actions.change_audit(Audit(pk=found.pk), **data, by=request.user)
        return found.get_absolute_url()

    form = AuditForm(request.POST or None, instance=found)
    more = {"title": "Vad revisorerna säger", "button": "Spara", "lead": str(found), "back": found.get_absolute_url()}
    return form_page(request, form, act, template=FORM, audit=audit_of(audit_id), **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def audit_removal(request, audit_id):
    """Remove an audit that was registered by mistake."""
    found = audit_of(audit_id)
    actions.remove_audit(found, by=request.user)
    messages.success(request, f"{found} är borttagen.")
    return redirect("riskcontrol:audit_year", found.year)


@requires(Permission.KEEP_CONTROL)
def finding_new(request, audit_id):
    """An observation, with or without a recommendation."""
    found = audit_of(audit_id)

    def act(data):
        actions.add_finding(found, **data, by=request.user)
        return found.get_absolute_url()

    more = {"title": "Ny iakttagelse", "button": "Lägg till", "back": found.get_absolute_url()}
    return form_page(request, FindingForm(request.POST or None), act, template=FORM, audit=found, **more)


@requires(Permission.KEEP_CONTROL)
def finding(request, finding_id):
    """Correct an observation."""
    row = get_object_or_404(Finding.objects.select_related("audit__municipality"), pk=finding_id)

    def act(data):
        actions.change_finding(Finding(pk=row.pk), **data, by=request.user)
        return row.audit.get_absolute_url()

    more = {"title": "Ändra iakttagelsen", "button": "Spara", "back": row.audit.get_absolute_url()}
    form = FindingForm(request.POST or None, instance=row)
    return form_page(request, form, act, template=FORM, audit=row.audit, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def finding_removal(request, finding_id):
    row = get_object_or_404(Finding.objects.select_related("audit__municipality"), pk=finding_id)
    actions.remove_finding(row, by=request.user)
    messages.success(request, "Iakttagelsen är borttagen.")
    return redirect(row.audit)


@requires(Permission.KEEP_CONTROL)
def reply_new(request, audit_year):
    """The decision that answers one or more audits of a year."""
    audits = Audit.objects.filter(year=audit_year, reply=None).select_related("municipality")
    back = reverse("riskcontrol:audit_year", args=[audit_year])

    def act(data):
        reply = actions.reply_to_audits(**data, by=request.user)
        messages.success(request, "Nämndens svar är infört.")
        answered = reply.audits.all()
        return answered[0].get_absolute_url() if len(answered) == 1 else back

    form = ReplyForm(request.POST or None, audits=audits, initial={"audits": request.GET.getlist("granskning")})
    lead = "Ett beslut kan svara på flera kommuners granskningar."
    more = {"title": "För in nämndens svar", "button": "För in", "lead": lead, "back": back}
    return form_page(request, form, act, template=FORM, year=audit_year, **more)


@requires(Permission.KEEP_CONTROL)
def reply(request, reply_id):
    """Correct what is registered about a decision."""
    row = get_object_or_404(AuditReply, pk=reply_id)
    first = row.audits.select_related("municipality").first()
    back = first.get_absolute_url() if first else reverse("riskcontrol:audit_list")

    def act(data):
        actions.change_reply(row, **data, by=request.user)
        return back

    initial = {name: getattr(row, name) for name in ("decided_on", "paragraph", "decision", "text")}
    form = ReplyForm(request.POST or None, initial=initial)
    more = {"title": "Ändra nämndens svar", "button": "Spara", "back": back}
    return form_page(request, form, act, template=FORM, audit=first, **more)


@requires(Permission.KEEP_CONTROL)
def audit_measure_new(request, audit_id):
    """What is to be done because of an audit's recommendations, and of those that others gave the same year."""
    found = audit_of(audit_id)
    own = [each.pk for each in found.findings.exclude(recommendation="")]

    def act(data):
        actions.add_audit_measure(**data, by=request.user)
        return found.get_absolute_url()

    form = AuditMeasureForm(request.POST or None, findings=_recommendations(found.year), initial={"findings": own})
    lead = "En åtgärd kan svara på samma rekommendation från flera kommuner."
    more = {"title": "Ny åtgärd", "button": "Lägg till", "lead": lead, "back": found.get_absolute_url()}
    return form_page(request, form, act, template=FORM, audit=found, **more)


@requires(Permission.KEEP_CONTROL)
def audit_measure(request, audit_measure_id):
    """Change a measure, or keep that it is done."""
    row = get_object_or_404(AuditMeasure, pk=audit_measure_id)
    audits = Audit.objects.filter(findings__measures=row).select_related("municipality").distinct()
    found = audits.order_by("municipality__name").first()

    def act(data):
        actions.change_audit_measure(AuditMeasure(pk=row.pk), **data, by=request.user)
        return found.get_absolute_url()

    form = AuditMeasureForm(request.POST or None, instance=row, findings=_recommendations(found.year))
    more = {"title": "Åtgärd", "button": "Spara", "back": found.get_absolute_url()}
    return form_page(request, form, act, template=FORM, audit=found, **more)


def _recommendations(year: int):
    rows = Finding.objects.filter(audit__year=year).exclude(recommendation="")
    return rows.select_related("audit__municipality").order_by("audit__municipality__name", "pk")
