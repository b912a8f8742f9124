"""What may be done with activities and phases, when and by whom."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.formats import listed
from enamnd.organisation.models import Mandate, Office
from enamnd.refusal import Refused

from .models import Activity, ActivityBody, Deliverable, Phase, PhaseStep
from .process import next_phase

FEWEST_PARTIES = 2


def check_can_read(by):
    check_may(by, Permission.READ_PROJECTS)


def check_can_keep(by):
    """Activities, phases, agreements and commissions are kept by those who lead projects."""
    check_may(by, Permission.KEEP_PROJECTS)


def check_has_been(day: date, field: str):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då det hände.", field=field)


def check_not_changed_meanwhile(activity: Activity, revision: int | None, who: str, fields: Iterable[str]):
    """Refused when somebody else has saved the activity since the form was opened at `revision`."""
    if revision is None or revision == activity.revision:
        return
    what = f" ({listed(fields)})" if fields else ""
    raise Refused(
        f"{who} har ändrat aktiviteten medan du skrev{what}. Det du skrev står kvar här. Se efter på aktivitetens sida "
        "och spara en gång till om det är din text som ska gälla."
    )


def check_can_enter(
    activity: Activity,
    phase: Phase,
    step: PhaseStep | None,
    phases: list[Phase],
    *,
    started_on: date,
    is_decided: bool,
    reason: str,
):
    """Refused unless the activity may go on to `phase` from `step`, where it is now (None: it has not begun).

    Deliverables that lack approval, and phases out of order, are let through with a reason. What a project's start
    asks for is not: decision, financing and at least two parties (delegation order, point 7; KL 9 kap. 19 §).
    """
    check_has_been(started_on, "started_on")
    if phase.retired_on:
        raise Refused(f"Fasen {phase} används inte längre. Välj en annan.", field="phase")
    if step:
        _check_follows(step, phase, started_on)
    if not reason.strip():
        _check_order(phase, step, phases)
        _check_approved(step)
    if phase.starts_project:
        check_project_may_start(activity, phase, is_decided)


def _check_follows(step: PhaseStep, phase: Phase, started_on: date):
    if step.phase_id == phase.pk:
        raise Refused(f"Aktiviteten är redan i fasen {phase}, sedan {long_date(step.started_on)}.", field="phase")
    if started_on < step.started_on:
        raise Refused(
            f"Fasen {step.phase} började {long_date(step.started_on)}. Nästa fas kan inte börja före den dagen.",
            field="started_on",
        )


def check_can_correct(step: PhaseStep, before: PhaseStep | None, started_on: date, reason: str):
    """Refused for a day to come, one before the phase before began, one after the phase ended, or without a reason."""
    check_has_been(started_on, "started_on")
    if not reason.strip():
        raise Refused("Skriv varför dagen rättas.", field="reason")
    if started_on == step.started_on:
        raise Refused(f"Fasen {step.phase} började redan {long_date(started_on)}. Skriv rätt dag.", field="started_on")
    if before and started_on < before.started_on:
        raise Refused(
            f"Fasen innan, {before.phase.name.lower()}, började {long_date(before.started_on)}. Rätta den först, eller "
            "skriv en senare dag.",
            field="started_on",
        )
    if step.ended_on and started_on > step.ended_on:
        raise Refused(
            f"Fasen {step.phase} slutade {long_date(step.ended_on)}. Den kan inte ha börjat efter den dagen.",
            field="started_on",
        )


def _check_order(phase: Phase, step: PhaseStep | None, phases: list[Phase]):
    expected = next_phase(phases, step.phase if step else None)
    if step is None or phase.is_end or expected is None or phase.pk == expected.pk:
        return
    raise Refused(
        f"Efter {step.phase.name.lower()} kommer {expected.name.lower()}. Skriv varför aktiviteten går till "
        f"{phase.name.lower()} i stället, eller välj nästa fas.",
        field="reason",
    )


def _check_approved(step: PhaseStep | None):
    waiting = [f"”{each.text}”" for each in step.deliverables.filter(approved_on=None)] if step else []
    if waiting:
        raise Refused(
            f"{listed(waiting)} är inte godkänt. Godkänn leveranserna i fasen {step.phase.name.lower()} först, eller "
            "skriv varför aktiviteten går vidare ändå.",
            field="reason",
        )


def check_project_may_start(activity: Activity, phase: Phase, is_decided: bool):
    if not (is_decided or activity.paragraph_id or activity.decision):
        raise Refused(f"Fasen {phase} kräver ett beslut. Ange paragrafen, eller skriv beslutet.", field="decision")
    if activity.financed_on is None:
        raise Refused(
            f"Fasen {phase} kräver att finansieringen är säkrad. Skriv in när och hur den säkrades under Ändra.",
        )
    parties = activity.participations.filter(left_on=None).count()
    if activity.kind == Activity.Kind.PROJECT and parties < FEWEST_PARTIES:
        have = "bara en kommun deltar" if parties else "ingen kommun deltar"
        raise Refused(f"Ett projekt drivs av minst två kommuner, och {have}. Lägg till deltagarna först.")


def check_can_approve(deliverable: Deliverable, by):
    """Refused unless `by` keeps the projects, or sits in the steering group when that approves (styrgruppen)."""
    phase = deliverable.step.phase
    if phase.approver == Phase.Approver.STEERING and sits_in_steering_group(deliverable.step.activity, by):
        return
    if by.may(Permission.KEEP_PROJECTS):
        return
    who = phase.get_approver_display().lower()
    raise Refused(
        f"”{deliverable.text}” godkänns av {who}. Du kan inte godkänna det: be samordnaren föra in godkännandet."
    )


def check_can_ask(step: PhaseStep | None, text: str):
    """Refused for what is asked for already, without words, and before the activity has begun."""
    if step is None:
        raise Refused("Aktiviteten har inte kommit in i någon fas. För den till sin fas först.")
    if not text.strip():
        raise Refused("Skriv vad som ska levereras.", field="text")
    if step.deliverables.filter(text=text.strip()).exists():
        raise Refused(
            f"”{text.strip()}” står redan bland leveranserna i fasen {step.phase.name.lower()}.", field="text"
        )


def check_can_remove(deliverable: Deliverable):
    """Refused for what is approved, and for what the process asks everybody for."""
    if deliverable.approved_on:
        raise Refused(f"”{deliverable.text}” är godkänd. Ta tillbaka godkännandet först.")
    if deliverable.text in deliverable.step.phase.deliverable_lines:
        phase = deliverable.step.phase.name.lower()
        raise Refused(f"”{deliverable.text}” krävs av fasen {phase}. Gå vidare utan den med ett skäl.")


def check_approval(deliverable: Deliverable, approved_on: date, approved_by: str):
    """Refused for an approval without a name, or of a day to come."""
    if not approved_by.strip():
        raise Refused(
            f"Skriv vem som har godkänt: {deliverable.step.phase.get_approver_display().lower()} och beslutet.",
            field="approved_by",
        )
    check_has_been(approved_on, "approved_on")


def sits_in_steering_group(activity: Activity, by) -> bool:
    if by.person_id is None:
        return False
    bodies = ActivityBody.objects.filter(activity=activity, role=ActivityBody.Role.STEERING).values("body")
    today = timezone.localdate()
    seats = Mandate.objects.valid_on(today).filter(person=by.person_id, seat__body__in=bodies)
    return seats.exists() or Office.objects.valid_on(today).filter(person=by.person_id, body__in=bodies).exists()
