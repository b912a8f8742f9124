"""The sample board's economy: three years of budget, what each municipality pays, and how this year goes."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.money import KRONA
from enamnd.organisation.models import Municipality
from meetings.models import Paragraph
from projects.models import Activity, Participation

from .actions.allocations import make_allocation
from .actions.budgets import begin_budget
from .follow_up import left_over
from .ledger import LedgerRow, place
from .models import (
    AllocationDecision,
    AllocationModel,
    Budget,
    BudgetComment,
    BudgetDecision,
    BudgetRow,
    BudgetVersion,
    CarriedItem,
    CarriedShare,
    ConsultationAnswer,
    CostItem,
    Forecast,
    ForecastRow,
    IndexFigure,
    KeyFigure,
    KeyFigureKind,
    LedgerMapping,
    ModelPart,
    ModelVersion,
    Outcome,
    OutcomeRow,
    Overhead,
    PrintedTotal,
    Side,
    YearEnd,
)
from .origins import overhead_in_force
from .starting import version_in_force

SAMPLE = Path(__file__).parent / "samples" / "norrbotten.json"
AGREEMENT, AGREED_ON = "Samverkansavtalet, reviderat 2023-03-03", date(2023, 3, 3)


@transaction.atomic
def load_finance():
    """Keep the sample economy. The sample board, its accounts, meetings and projects must be there."""
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = User.objects.get(pk=RoleGrant.objects.filter(role="coordinator").values("user")[:1])
    places = {each.name: each for each in Municipality.objects.filter(is_party=True)}
    population = _load_population(sample["population"], places, by)
    for row in sample["indexes"]:
        IndexFigure.objects.create(**row, by=by)
    Overhead.objects.create(**sample["overhead"], by=by)
    _load_models(sample["models"], population, by)
    items = _load_items(sample["items"])
    for year in ("2025", "2026", "2027"):
        _load_budget(int(year), sample, items, places, by)
    for year in ("2025", "2027"):
        _allocate(int(year), sample, items, list(places.values()), by)
    _allocate_project(sample["project"], by)
    for year, through_on in sample["outcomes"].items():
        _load_outcome(int(year), through_on, sample, items, by)
    _load_forecast(sample, items, by)
    for year, (day, title) in sample["closed"].items():
        _close(int(year), day, title, places, by)


def _load_population(told: dict, places: dict, by: User) -> KeyFigureKind:
    kind = KeyFigureKind.objects.create(name="Folkmängd", unit="invånare", note="31 december året före det föregående.")
    KeyFigureKind.objects.create(
        name="Elevantal", unit="elever", month=10, day=15, years_back=1, note="15 oktober, för det som rör skolan."
    )
    KeyFigure.objects.bulk_create(
        KeyFigure(kind=kind, municipality=places[name], as_of=day, value=value, source=told["source"], by=by)
        for name, figures in told["figures"].items()
        for day, value in zip(told["days"], figures, strict=True)
    )
    for day, value in zip(told["days"], told["printed"], strict=True):
        PrintedTotal.objects.create(kind=kind, as_of=day, value=value, source=told["source"], by=by)
    return kind


def _load_models(rows: list[dict], population: KeyFigureKind, by: User):
    for row in rows:
        model = AllocationModel.objects.create(name=row["name"], purpose=row["purpose"])
        version = ModelVersion.objects.create(
            model=model,
            number=1,
            valid_from=date(2024, 1, 1),
            unit=row["unit"],
            made_by=by,
            decision=AGREEMENT,
            adopted_on=AGREED_ON,
            adopted_by=by,
        )
        for position, (method, size, percent) in enumerate(row["parts"], 1):
            ModelPart.objects.create(
                version=version,
                position=position,
                method=method,
                size=size,
                percent=percent and Decimal(percent),
                kind=population if method == ModelPart.Method.FIGURE else None,
            )


def _load_items(rows: list[dict]) -> dict[str, CostItem]:
    items = {}
    for position, row in enumerate(rows, 1):
        item = items[row["name"]] = CostItem.objects.create(
            name=row["name"],
            model=AllocationModel.objects.get(name=row["model"]),
            activity=Activity.objects.filter(name=row.get("activity")).first(),
            follows_budget=not row.get("outside"),
            note=row.get("note", ""),
            position=position,
        )
        for first, last, project, side in row.get("accounts", ()):
            LedgerMapping.objects.create(item=item, side=side, first_account=first, last_account=last, project=project)
    return items


def _load_budget(year: int, sample: dict, items: dict, places: dict, by: User):
    version = begin_budget(year, by=by)
    _write(version, sample, items)
    if year == 2027:
        version = _consulted(version, sample, items, places, by)
    title = sample["paragraph"].get(str(year))
    paragraph = Paragraph.objects.filter(title=title, number__isnull=False).first() if title else None
    decision = "" if paragraph else sample["decided"].get(str(year), title)
    day = sample["decided_on"][str(year)]
    BudgetDecision.objects.create(version=version, decided_on=day, paragraph=paragraph, decision=decision, by=by)


def _write(version: BudgetVersion, sample: dict, items: dict):
    year = str(version.budget.year)
    for position, row in enumerate(sample["items"], 1):
        if year not in row["budget"]:
            continue
        labels = row.get("labels", {}).get(year, [row["name"]] * 2)
        for side, label in zip((Side.INCOME, Side.COST), labels, strict=True):
            BudgetRow.objects.create(
                version=version,
                side=side,
                item=items[row["name"]],
                label=label,
                amount=row["budget"][year] * KRONA,
                position=position,
                decided_by=row.get("decided_by", BudgetDecision.DecidedBy.BOARD),
            )
        if year in row.get("salaries", {}):
            _split(version, items[row["name"]], row["salaries"][year] * KRONA)
    for position, (name, text) in enumerate(sample["comments"][year], 1):
        BudgetComment.objects.create(version=version, item=items.get(name), text=text, position=position)
    if year == "2027":
        index = IndexFigure.objects.get(name="PKV", year=2027)
        for row in version.rows.filter(item=items["Grundbelopp"]):
            row.before = 123_900_000
            row.save()
            row.indexes.set([index])


def _split(version: BudgetVersion, item: CostItem, salaries: int):
    """An item's cost as salaries and the overhead on them."""
    row = version.rows.get(item=item, side=Side.COST)
    rest, row.amount, row.group = row.amount - salaries, salaries, "Lönekostnader"
    row.save()
    BudgetRow.objects.create(
        version=version,
        side=Side.COST,
        item=item,
        label=f"Overhead, {item.name[:1].lower()}{item.name[1:]}",
        group="Omkostnader",
        amount=rest,
        position=row.position,
        decided_by=row.decided_by,
        overhead=overhead_in_force(version.budget.year),
        overhead_on=row.group,
    )


def _consulted(first: BudgetVersion, sample: dict, items: dict, places: dict, by: User) -> BudgetVersion:
    told = sample["consulted"]
    BudgetVersion.objects.filter(pk=first.pk).update(consulted_on=told["sent_on"], answer_by=told["answer_by"])
    for name, answer, day, decision, text in told["answers"]:
        ConsultationAnswer.objects.create(
            version=first,
            municipality=places[name],
            answer=answer,
            answered_on=day,
            decision=decision,
            text=text,
            by=by,
        )
    second = BudgetVersion.objects.create(budget=first.budget, number=2, based_on=first, made_by=by)
    _write(second, sample, items)
    return second


def _allocate(year: int, sample: dict, items: dict, places: list, by: User):
    """Each item of the year's budget, by its model; projects among those who take part."""
    decided = BudgetDecision.objects.get(version__budget__year=year)
    for row in sample["items"]:
        amount = row["budget"].get(str(year))
        if not amount:
            continue
        item = items[row["name"]]
        project = item.activity if item.activity and item.activity.kind == Activity.Kind.PROJECT else None
        joined = Participation.objects.filter(activity=project, left_on=None).values("municipality")
        made = make_allocation(
            f"{row['name']} {year}",
            year,
            version_in_force(item.model_id, year),
            list(Municipality.objects.filter(pk__in=joined)) if project else places,
            amount * KRONA,
            item=item,
            activity=project,
            by=by,
        )
        AllocationDecision.objects.create(
            allocation=made,
            paragraph=decided.paragraph,
            decision=decided.decision,
            decided_on=decided.decided_on,
            by=by,
        )


def _allocate_project(told: dict, by: User):
    """What a few municipalities pay for a project of their own."""
    project = Activity.objects.get(name=told["activity"], kind=Activity.Kind.PROJECT)
    joined = Participation.objects.filter(activity=project, left_on=None).values("municipality")
    made = make_allocation(
        told["title"],
        told["year"],
        version_in_force(AllocationModel.objects.get(name=told["model"]).pk, told["year"]),
        list(Municipality.objects.filter(pk__in=joined)),
        told["amount"] * KRONA,
        activity=project,
        outside=told["outside"] * KRONA,
        outside_source=told["outside_source"],
        by=by,
    )
    AllocationDecision.objects.create(
        allocation=made, decision=told["decision"], decided_on=date.fromisoformat(told["decided_on"]), by=by
    )


def _load_outcome(year: int, through_on: str, sample: dict, items: dict, by: User):
    budget = Budget.objects.get(year=year)
    outcome = Outcome.objects.create(
        budget=budget,
        through_on=date.fromisoformat(through_on),
        origin=Outcome.Origin.CSV,
        file_name=f"huvudbok-{year}.csv",
        notes="\n".join(sample["notes"].get(str(year), [])),
        deviation_notes="\n".join(sample["deviation_notes"].get(str(year), [])),
        by=by,
    )
    for row in sample["items"]:
        told = row.get("outcome", {}).get(str(year), ())
        for side, amount in zip((Side.INCOME, Side.COST), told, strict=False):
            OutcomeRow.objects.create(outcome=outcome, item=items[row["name"]], side=side, amount=amount * KRONA)
    rows = [
        LedgerRow(account, project, amount * KRONA, text)
        for account, project, text, amount in sample["unmapped"].get(str(year), [])
    ]
    for each in place(rows, []):
        OutcomeRow.objects.create(
            outcome=outcome,
            side=each.side,
            amount=each.amount,
            account=each.row.account,
            project=each.row.project,
            text=each.row.text,
        )


def _load_forecast(sample: dict, items: dict, by: User):
    told = sample["forecast"]
    forecast = Forecast.objects.create(
        budget=Budget.objects.get(year=2026),
        made_on=told["made_on"],
        author=told["author"],
        notes="\n".join(told["notes"]),
        by=by,
    )
    for row in sample["items"]:
        for side, amount in zip((Side.INCOME, Side.COST), row.get("forecast", ()), strict=False):
            ForecastRow.objects.create(forecast=forecast, item=items[row["name"]], side=side, amount=amount * KRONA)


def _close(year: int, day: str, title: str, places: dict, by: User):
    outcome = Outcome.objects.select_related("budget").get(budget__year=year)
    paragraph = Paragraph.objects.filter(title=title, meeting__held_on=day, number__isnull=False).first()
    made = YearEnd.objects.create(
        budget=outcome.budget,
        outcome=outcome,
        decided_on=day,
        paragraph=paragraph,
        decision="" if paragraph else title,
        by=by,
    )
    for left in left_over(outcome):
        carried = CarriedItem.objects.create(year_end=made, item=left.item, amount=left.amount, how=left.how)
        CarriedShare.objects.bulk_create(
            CarriedShare(carried=carried, municipality=places[who], amount=amount) for who, amount in left.parts.items()
        )
