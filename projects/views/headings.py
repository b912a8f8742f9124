"""The board's own headings of directives and final reports."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from projects import directives, rules
from projects.actions import headings as actions
from projects.forms.directives import HeadingForm
from projects.models import Directive, DirectiveHeading

from .directives import kind_of


@requires(Permission.READ_PROJECTS)
def heading_list(request):
    """The headings of directives and of final reports, in their order."""
    rows = list(DirectiveHeading.objects.all())
    papers = [
        (kind.label, directives.SLUGS[kind], [each for each in rows if each.kind == kind and not each.retired_on])
        for kind in Directive.Kind
    ]
    context = {
        "papers": papers,
        "retired": [each for each in rows if each.retired_on],
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/heading_list.html", context)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def headings_usual(request, paper_kind):
    """Begin with the usual headings."""
    try:
        actions.begin_with_usual_headings(kind_of(paper_kind), by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("projects:heading_list")


@requires(Permission.KEEP_PROJECTS)
def heading_new(request, paper_kind):
    kind = kind_of(paper_kind)
    last = DirectiveHeading.objects.filter(kind=kind).order_by("-order").first()

    def act(data):
        actions.add_heading(kind, **data, by=request.user)
        return reverse("projects:heading_list")

    form = HeadingForm(request.POST or None, initial={"order": last.order + 10 if last else 10})
    more = {"title": f"Ny rubrik i {kind.label.lower()}", "back": reverse("projects:heading_list")}
    return form_page(request, form, act, template="projects/heading.html", **more)


@requires(Permission.KEEP_PROJECTS)
def heading(request, heading_id):
    """Change a heading."""
    found = get_object_or_404(DirectiveHeading, pk=heading_id)

    def act(data):
        actions.change_heading(DirectiveHeading(pk=heading_id), **data, by=request.user)
        return reverse("projects:heading_list")

    form = HeadingForm(request.POST or None, instance=found)
    more = {"title": found.name, "heading": found, "back": reverse("projects:heading_list"), "steps": trail_of(found)}
    return form_page(request, form, act, template="projects/heading.html", **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def heading_retirement(request, heading_id):
    found = get_object_or_404(DirectiveHeading, pk=heading_id)
    actions.set_heading_retired(found, "back" not in request.POST, by=request.user)
    return redirect("projects:heading_list")
