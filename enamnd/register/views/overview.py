"""The board itself, and the municipalities."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.formats import swedish_key
from enamnd.organisation.models import Board, Body, Mandate, Municipality
from enamnd.organisation.numbering import write_number
from enamnd.register.changes import changes_of
from enamnd.register.forms import MunicipalityForm
from enamnd.register.sitting import parties_on, vacancies

from .saving import save_page


@requires(Permission.READ_ORGANISATION)
def overview(request):
    """The board, its bodies, and the places that stand empty today."""
    today = timezone.localdate()
    bodies = list(Body.objects.valid_on(today))
    board_body = next((body for body in bodies if body.kind == Body.Kind.BOARD), None)
    parties = parties_on(board_body, today) if board_body else []
    board = Board.objects.select_related("host").first()
    context = {
        "organisation": board,
        "number_examples": number_examples(board, today.year) if board else (),
        "bodies": sorted(bodies, key=lambda body: (body.kind != Body.Kind.BOARD, swedish_key(body.name))),
        "board_body": board_body,
        "offices": board_body.offices.valid_on(today).select_related("person") if board_body else [],
        "party_count": Municipality.objects.filter(is_party=True).count(),
        "vacancies": vacancies(parties),
        "may_keep": request.user.may(Permission.KEEP_ORGANISATION),
    }
    return render(request, "organisation/overview.html", context)


def number_examples(board: Board, year: int) -> tuple[tuple[str, str], ...]:
    """How the board writes its numbers, each as an example: Ärendenummer 2026/9-1.1.1."""
    parts = {"year": year, "serial": 9, "prefix": board.diary_prefix}
    return (
        ("Ärenden numreras så här", write_number(board.case_number_format, classification="1.1.1", **parts)),
        ("Handlingar numreras så här", write_number(board.document_number_format, **parts)),
    )


@requires(Permission.READ_ORGANISATION)
def municipality_list(request):
    municipalities = sorted(Municipality.objects.all(), key=lambda one: swedish_key(one.name))
    context = {
        "municipalities": municipalities,
        "population": sum(one.population or 0 for one in municipalities if one.is_party),
        "may_keep": request.user.may(Permission.KEEP_ORGANISATION),
    }
    return render(request, "organisation/municipality_list.html", context)


@requires(Permission.READ_ORGANISATION)
def municipality(request, municipality_id):
    """One municipality: its facts, and who sits for it today."""
    one = get_object_or_404(Municipality, pk=municipality_id)
    sitting = Mandate.objects.valid_on(timezone.localdate()).filter(seat__municipality=one)
    may_keep = request.user.may(Permission.KEEP_ORGANISATION)
    context = {
        "municipality": one,
        "mandates": sitting.select_related("person", "seat__body").order_by("seat__body__name", "seat__kind"),
        "may_keep": may_keep,
        "changes": changes_of(one) if may_keep else [],
    }
    return render(request, "organisation/municipality.html", context)


@requires(Permission.KEEP_ORGANISATION)
def municipality_change(request, municipality_id):
    one = get_object_or_404(Municipality, pk=municipality_id)
    return save_page(request, one, MunicipalityForm, "organisation:municipality", f"Ändra {one}")


@requires(Permission.KEEP_ORGANISATION)
def municipality_new(request):
    return save_page(request, Municipality(), MunicipalityForm, "organisation:municipality", "Ny kommun eller region")
