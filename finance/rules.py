"""What keeps money honest: who may keep it, and when a model, an allocation or a budget may change."""

from datetime import date
from decimal import Decimal

from enamnd.accounts.roles import ROLES, Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.formats import decimal
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .figures import consulted_parties
from .models import BudgetDecision, BudgetVersion, ModelVersion

MOST_OF_AN_INDEX = 50  # per cent in a year


def check_can_keep(by):
    """Refused for a person who may not keep the board's economy."""
    check_may(by, Permission.KEEP_ECONOMY)


def answers_for(by) -> set[int]:
    """The municipalities whose answer about a budget `by` may give by a role held for them (samråd)."""
    grants = [each for each in by.grants_in_force if Permission.ANSWER_BUDGET in ROLES[each.role].permissions]
    return {each.municipality_id for each in grants if each.municipality_id}


def is_own_answer(by, municipality: Municipality) -> bool:
    """Whether `by` answers for the municipality itself, and does not write down what it has sent."""
    return by.is_active and municipality.pk in answers_for(by)


def check_can_answer(by, municipality: Municipality):
    """A municipality's own economist answers for it; those who keep the economy write down what came by letter."""
    if not is_own_answer(by, municipality) and not by.may(Permission.KEEP_ECONOMY):
        check_may(by, Permission.ANSWER_BUDGET)
        raise Refused(f"Du svarar inte för {municipality.full_name}.")


def check_is_asked(municipality: Municipality):
    """The host asks the other parties and answers nothing itself (KL 9 kap. 26 §)."""
    if municipality.pk not in {each.pk for each in consulted_parties()}:
        raise Refused(f"{municipality.full_name} är inte en av de parter som tillfrågas om budgeten.")


def check_is_consulted(version: BudgetVersion, answered_on: date, *, is_own: bool):
    """Refused for a version that has not been sent to the parties, and for an answer from before it was.

    A municipality answers for itself until the budget is decided; what came by letter is written down whenever.
    """
    if version.consulted_on is None:
        raise Refused("Versionen har inte varit ute på samråd. För in när den sändes först.")
    if answered_on < version.consulted_on:
        raise Refused(f"Förslaget sändes {long_date(version.consulted_on)}. Svaret är senare.", field="answered_on")
    if is_own and BudgetDecision.objects.filter(version__budget=version.budget_id).exists():
        raise Refused(f"{version.budget} är redan fastställd. Hör av dig till e-kontoret om svaret ska med ändå.")


def check_decision(paragraph, decision: str):
    """Refused where neither a paragraph nor the name of a decision is given."""
    if paragraph is None and not decision.strip():
        raise Refused("Ange paragrafen, eller skriv vilket beslut det är.", field="decision")


def check_has_been(day: date, today: date, field: str):
    """Refused for a day to come."""
    if day > today:
        raise Refused("Dagen har inte varit än. Skriv dagen då det hände.", field=field)


def check_is_a_year_of_an_index(percent: Decimal):
    """Refused for a change of half or more in a year: 2,8 written as 28 or 280 is a slip."""
    if abs(percent) >= MOST_OF_AN_INDEX:
        raise Refused(f"{decimal(percent)} % på ett år kan inte stämma. Skriv till exempel 2,8.", field="percent")


def check_model_is_draft(version: ModelVersion):
    """Refused for an adopted version: it has been allocated by, and never changes."""
    if version.is_adopted:
        raise Refused(f"{version} är antagen och ändras inte. Gör en ny version.")


def check_can_allocate_by(version: ModelVersion, on: date):
    """Refused for a version that is not adopted, or not in force on the day."""
    if not version.is_adopted:
        raise Refused(f"{version} är inte antagen. Ange beslutet först.", field="version")
    if version.valid_from > on:
        raise Refused(f"{version} gäller först från {version.valid_from}.", field="version")


def check_can_change_budget(version: BudgetVersion):
    """Refused for a version that is out for consultation, on an agenda, or decided, and for one of a closed year."""
    if hasattr(version.budget, "year_end"):
        raise Refused(f"Bokslutet för {version.budget.year} är gjort, så inget kan ändras.")
    if hasattr(version, "decided"):
        raise Refused("Versionen är fastställd och ändras inte. Gör en ny version för att revidera budgeten.")
    if version.document_id:
        raise Refused("Versionen är lagd som handling till nämnden och ändras inte. Gör en ny version.")
    if version.consulted_on:
        raise Refused("Versionen är ute på samråd och ändras inte. Gör en ny version med det som ska ändras.")


def check_can_go_to_board(version: BudgetVersion):
    """Refused for a version without rows, one that is decided, and one that is a document already."""
    if hasattr(version, "decided"):
        raise Refused("Versionen är redan fastställd.")
    if version.document_id:
        raise Refused("Versionen är redan lagd som handling till nämnden.")
    if not version.rows.exists():
        raise Refused("Budgeten har inga rader. Skriv dem först.")


def check_year_is_open(budget):
    """Refused for a year that is closed: its outcome and forecast stand as they are."""
    if hasattr(budget, "year_end"):
        raise Refused(f"Bokslutet för {budget.year} är gjort, så inget kan ändras.")
