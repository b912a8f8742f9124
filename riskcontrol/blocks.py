"""Texts for protocols out of the internal control: the plan, a follow-up of it, and the matrix as a table."""

from meetings.text.markup_tree import escaped
from meetings.text.tables import table

from .columns import Column
from .marks import marks_of
from .matrix import Picture, picture
from .models import ControlPlan, FollowUp
from .plan_table import follow_up_rows, plan_rows


def control_plan(options: dict) -> str:
    """The table of a plan under its year's columns. `plan` is its key (the latest when left out)."""
    plan = _plan(options)
    rows = plan_rows(plan) if plan else []
    return table([column.heading for column in plan.shown_columns], rows) if rows else ""


def control_follow_up(options: dict) -> str:
    """The table of a follow-up with decisions and analyses, and the overall assessment. `follow_up` is its key."""
    follow_up = _follow_up(options)
    if follow_up is None:
        return ""
    columns: tuple[Column, ...] = follow_up.plan.shown_columns
    rows = table([column.heading for column in columns], follow_up_rows(follow_up, columns))
    told = [text.strip() for text in follow_up.assessment.splitlines() if text.strip()]
    heading = "<h4>Samlad bedömning</h4>" if told else ""
    return rows + heading + "".join(f"<p>{escaped(text)}</p>" for text in told)


def risk_matrix(options: dict) -> str:
    """The matrix of a plan as a table, each cell with value, level and risks; then what the numbers mean."""
    plan = _plan(options)
    if plan is None or plan.scale_id is None:
        return ""
    risks = list(plan.risks.filter(item__isnull=False, likelihood__isnull=False).order_by("number"))
    if not risks:
        return ""
    drawn = picture(plan.scale.scale, marks_of(risks))
    names = "".join(f"<li><p>Risk {each.number}: {escaped(each.text)}</p></li>" for each in risks)
    return _matrix_table(drawn) + f"<ul>{names}</ul>"


def _matrix_table(drawn: Picture) -> str:
    scale = drawn.scale
    head = [f"{scale.consequence.name} / {scale.likelihood.name.lower()}", *drawn.heads]
    rows = [[words, *(_cell(cell) for cell in row)] for words, row in drawn.table]
    return table(head, rows)


def _cell(cell) -> str:
    risks = f"\nrisk {', '.join(map(str, cell.numbers))}" if cell.numbers else ""
    return f"{cell.value} {cell.band.word.lower()}{risks}"


def _plan(options: dict) -> ControlPlan | None:
    """The plan that was chosen, else that of the `year` asked about, else the latest."""
    plans = ControlPlan.objects.select_related("scale")
    if options.get("plan"):
        return plans.filter(pk=options["plan"]).first()
    return plans.filter(year=options["year"]).first() if options.get("year") else plans.first()


def _follow_up(options: dict) -> FollowUp | None:
    rows = FollowUp.objects.select_related("plan")
    if options.get("follow_up"):
        return rows.filter(pk=options["follow_up"]).first()
    return rows.filter(plan__year=options["year"]).first() if options.get("year") else rows.first()
