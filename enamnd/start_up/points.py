"""What is set and what is missing, part by part, asked of each app that knows it.

A joint board is founded by the decisions of every council on an agreement and a reglemente, its host employs a
coordinator, and it has a month to begin in: the founders' own list, and what the law and the papers ask besides.
"""

from datetime import date

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.dates import long_date
from enamnd.formats import count
from enamnd.organisation.models import Board, Body, Municipality, Office
from enamnd.register.sitting import parties_on, vacancies
from meetings.decisions import delegation
from meetings.models import CouncilMatter, Meeting, Phrase, PlannedDay, StandingItem
from riskcontrol.models import ControlPlan, GoalPlan, GoverningKind, RiskScale

from .checklist import Part, Point, all_but

P = Permission
LEADING = (Office.Role.CHAIR, Office.Role.VICE_CHAIR, Office.Role.SECRETARY, Office.Role.COORDINATOR)
ACCOUNTS = ("administrator", "secretary", "coordinator", "approver")


def board(today: date) -> Part:
    """The board, its parties, its seats and who has them (KL 9 kap. 19-24 §§)."""
    found = Board.objects.select_related("host").first()
    parties = list(Municipality.objects.filter(is_party=True))
    body = Body.objects.filter(kind=Body.Kind.BOARD).valid_on(today).order_by("pk").first()
    sitting = parties_on(body, today) if body else []
    seated = {each.municipality.pk for each in sitting}
    unseated = [each for each in parties if each.pk not in seated]
    return Part("Nämnden", (_itself(found), *_parties(parties), _body(body), _seats(body, parties, unseated, sitting)))


def _itself(found: Board | None) -> Point:
    said = f"{found.name}, med {found.host.full_name} som värd." if found else "Läs in den: manage.py load_board FIL."
    return Point("Nämnden och dess värd", said, found is not None, "organisation:board", permission=P.READ_ORGANISATION)


def _parties(parties: list[Municipality]) -> tuple[Point, ...]:
    to = {"url_name": "organisation:municipality_list", "permission": P.READ_ORGANISATION}
    numberless = [each for each in parties if not each.org_number]
    unreached = [each for each in parties if not each.email]
    enough = len(parties) > 1
    return (
        Point("Parter", f"{count(len(parties), 'part är införd', 'parter är införda')}.", enough, **to),
        Point(
            "Parternas organisationsnummer",
            all_but(numberless, len(parties), "Alla har."),
            enough and not numberless,
            **to,
        ),
        Point(
            "Registratorernas adresser, för anslag",
            all_but(unreached, len(parties), "Alla har."),
            enough and not unreached,
            **to,
        ),
    )


def _body(body: Body | None) -> Point:
    said = f"{body.name}." if body else "Lägg upp nämnden som organ, så att den får platser och sammanträden."
    return Point("Nämnden som organ", said, body is not None, "organisation:body_list", permission=P.READ_ORGANISATION)


def _seats(body, parties, unseated, sitting) -> Point:
    empty = vacancies(sitting)
    said = all_but(unseated, len(parties), "Alla parter har ledamot och ersättare.")
    if not unseated and empty:
        said = f"{empty[0]}{f', och {len(empty) - 1} till' if len(empty) > 1 else ''}."
    is_set = bool(parties) and not unseated and not empty
    to = ("organisation:body", (body.pk,)) if body else ("organisation:body_list", ())
    return Point("Platser, ledamöter och ersättare", said, is_set, *to, permission=P.READ_ORGANISATION)


def people(today: date) -> Part:
    """Who leads the board, and who may log in."""
    offices = Office.objects.filter(body__kind=Body.Kind.BOARD).valid_on(today).select_related("person")
    held = {each.role: each.person.name for each in offices}
    leading = (
        Point(
            Office.Role(role).label,
            f"{held[role]}." if role in held else "Ingen är införd.",
            role in held,
            "organisation:overview",
            permission=P.READ_ORGANISATION,
        )
        for role in LEADING
    )
    return Part("Personer och konton", (*leading, *_accounts(today)))


def _accounts(today: date) -> list[Point]:
    active = RoleGrant.objects.valid_on(today).filter(user__in=User.objects.filter(is_active=True))
    roles = list(active.values_list("role", "user", "municipality"))
    made = []
    for key in ACCOUNTS:
        number = len({user for role, user, _ in roles if role == key})
        said = f"{count(number, 'konto', 'konton')}." if number else "Inget konto har rollen."
        made.append(
            Point(f"Konto: {ROLES[key].name}", said, bool(number), "accounts:account_list", (), P.KEEP_ACCOUNTS)
        )
    covered = {place for _, _, place in roles if place}
    parties = list(Municipality.objects.filter(is_party=True))
    lacking = [each for each in parties if each.pk not in covered]
    said = all_but(lacking, len(parties), "Alla parter har någon med konto.")
    made.append(
        Point(
            "Konto hos varje part",
            said,
            bool(parties) and not lacking,
            "accounts:account_list",
            (),
            P.KEEP_ACCOUNTS,
            True,
        )
    )
    return made


def decisions(today: date) -> Part:
    """The councils' decisions and what the board works by."""
    order = delegation.order_in_force(today)
    said = (
        f"Gäller från {long_date(order.valid_from)}." if order else "Ingen gäller. Utan den fattar nämnden alla beslut."
    )
    kinds = GoverningKind.objects.count()
    return Part(
        "Beslut och regler",
        (
            _councils(),
            Point("Delegationsordning", said, order is not None, "meetings:delegation_order_now", (), P.READ_MEETINGS),
            Point(
                "Mallar för styrande dokument",
                f"{count(kinds, 'slag', 'slag')}." if kinds else "Inga. De vanliga slagen läggs upp med en knapp.",
                bool(kinds),
                "riskcontrol:governing_list",
                permission=P.READ_CONTROL,
                can_wait=True,
            ),
        ),
    )


def _councils() -> Point:
    """How far the councils have come with what founds the board, or with what was asked last."""
    matter = CouncilMatter.objects.prefetch_related("decisions").order_by("-asked_on", "-pk").first()
    parties = Municipality.objects.filter(is_party=True).count()
    to = ("meetings:council_list", (), P.READ_MEETINGS)
    if matter is None:
        said = "Ingen fråga är ställd. Avtal och reglemente gäller när alla parters fullmäktige har antagit dem."
        return Point("Fullmäktiges beslut", said, False, *to, can_wait=True)
    answered = len({each.municipality_id for each in matter.decisions.all()})
    said = f"{matter.title}: {answered} av {parties} har beslutat."
    return Point("Fullmäktiges beslut", said, answered >= parties, *to, can_wait=True)


def meetings(today: date) -> Part:
    """The first meeting, the year's plan and wheel, the phrases of the papers."""
    first = Meeting.objects.filter(body__kind=Body.Kind.BOARD).order_by("held_on").first()
    planned = PlannedDay.objects.filter(plan__body__kind=Body.Kind.BOARD, held_on__gte=today, cancelled_because="")
    items, phrases = (
        StandingItem.objects.filter(retired_on=None).count(),
        Phrase.objects.filter(is_retired=False).count(),
    )
    next_day = planned.order_by("held_on").first()
    to = {"url_name": "meetings:planning", "permission": P.READ_MEETINGS}
    return Part(
        "Sammanträden",
        (
            Point(
                "Första sammanträdet",
                f"{long_date(first.held_on)}." if first else "Inget är inlagt.",
                first is not None,
                "meetings:meeting_list",
                permission=P.READ_MEETINGS,
            ),
            Point(
                "Sammanträdesplan",
                f"Nästa planerade dag är {long_date(next_day.held_on)}."
                if next_day
                else "Ingen dag framåt är planerad.",
                next_day is not None,
                **to,
            ),
            Point("Årshjul", f"{count(items, 'stående punkt', 'stående punkter')}.", bool(items), **to, can_wait=True),
            Point(
                "Standardtexter",
                f"{count(phrases, 'text', 'texter')}.",
                bool(phrases),
                "meetings:phrase_list",
                permission=P.WRITE_PROTOCOL,
                can_wait=True,
            ),
        ),
    )


def control(today: date) -> Part:
    """Goals, risks and internal control of the year (KL 6 kap. 6 §)."""
    year, to = today.year, {"permission": P.READ_CONTROL}
    scale = RiskScale.objects.first()
    plan = ControlPlan.objects.filter(year=year).first()
    goals = GoalPlan.objects.filter(year=year).first()
    begun = (f"{year} är upplagt.", f"Inget är upplagt för {year}.")
    return Part(
        "Mål och intern kontroll",
        (
            Point("Riskskala", f"{scale}." if scale else "Ingen.", scale is not None, "riskcontrol:scale_list", **to),
            Point("Årets mål", begun[goals is None], goals is not None, "riskcontrol:goal_home", **to),
            Point("Årets internkontrollplan", begun[plan is None], plan is not None, "riskcontrol:overview", **to),
        ),
    )
