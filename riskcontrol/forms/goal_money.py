"""The form of what in the budget pays for a goal."""

from datetime import date

from django import forms
from django.db.models import Q

from finance.forms.fields import KronorField
from finance.models import CostItem

from ..goals.money import YearBudget
from ..models import GoalMoney


class ItemField(forms.ModelChoiceField):
    """An item with what the year's budget has for it."""

    budget: YearBudget

    def label_from_instance(self, item: CostItem) -> str:
        return self.budget.name_of(item)


class GoalMoneyForm(forms.Form):
    """Which item of the budget, the whole of it or an amount of it."""

    item = ItemField(CostItem.objects.none(), label="Kostnadspost", empty_label="Välj en post")
    amount = KronorField(label="Varav, kr", required=False, help_text="Tomt: hela posten.")
    note = forms.CharField(label="Till vad", required=False, max_length=200)

    def __init__(self, *args, budget: YearBudget, link: GoalMoney | None = None, **kwargs):
        if link:
            kwargs["initial"] = {"item": link.item_id, "amount": link.amount, "note": link.note}
        super().__init__(*args, **kwargs)
        first, last = date(budget.year, 1, 1), date(budget.year, 12, 31)
        shown = Q(pk__in=budget.costs) | Q(follows_budget=True)
        began = Q(begins_on=None) | Q(begins_on__lte=last)
        lives = Q(ends_on=None) | Q(ends_on__gte=first)
        items = CostItem.objects.filter((shown & began & lives) | Q(pk=link.item_id if link else None))
        self.fields["item"].queryset, self.fields["item"].budget = items, budget
        if not items.exists():
            self.fields["item"].help_text = "Det finns inga kostnadsposter än. De läggs upp under Ekonomi."
