"""What invoices are made by: seller, VAT rules, cost items, municipalities, chart of accounts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.formats import count
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance import invoice_rules as rules
from finance.actions import invoice_terms as actions
from finance.forms.invoice_terms import BuyerForm, ChartForm, ItemTermsForm, SellerForm, VatRuleForm
from finance.models import Buyer, CostItem, ItemTerms, LedgerAccount, Seller, VatRule

FORM = "finance/form.html"
PLACE = {"place": "finance:invoice_terms", "place_name": "Uppgifter för fakturor"}


@requires(Permission.READ_ALL_INVOICES)
def terms(request):
    """Everything on one page, with what is missing."""
    board = current_board()
    context = {
        "seller": Seller.objects.filter(board=board).first(),
        "host": board.host,
        "rules": VatRule.objects.select_related("paragraph__meeting"),
        "items": CostItem.objects.select_related("invoicing__vat_rule"),
        "municipalities": Municipality.objects.filter(is_party=True).select_related("invoicing"),
        "accounts": LedgerAccount.objects.count(),
        "may_keep": is_allowed(rules.check_can_prepare, request.user),
    }
    return render(request, "finance/invoice_terms.html", context)


def _saving(request, form, save, title: str, lead: str = ""):
    """A form that keeps facts and comes back to them."""
    back = reverse("finance:invoice_terms")

    def act(data):
        try:
            save(data)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return back

    return form_page(request, form, act, template=FORM, title=title, lead=lead, back=back, **PLACE)


@requires(Permission.KEEP_ECONOMY)
def seller(request):
    """Who sells."""
    board = current_board()
    now = Seller.objects.filter(board=board).first() or Seller(board=board)
    form = SellerForm(request.POST or None, instance=now)
    lead = f"{board.host.full_name}, organisationsnummer {board.host.org_number or 'saknas'}."
    return _saving(request, form, lambda data: actions.save_seller(**data, by=request.user), "Säljaren", lead)


@requires(Permission.KEEP_ECONOMY)
def buyer(request, municipality_id):
    """How a municipality wants its invoices."""
    party = get_object_or_404(Municipality, pk=municipality_id, is_party=True)
    now = Buyer.objects.filter(municipality=party).first() or Buyer(municipality=party)
    form = BuyerForm(request.POST or None, instance=now)
    lead = f"Organisationsnummer {party.org_number or 'saknas'}."
    return _saving(
        request, form, lambda data: actions.save_buyer(party, **data, by=request.user), party.full_name, lead
    )


@requires(Permission.KEEP_ECONOMY)
def vat_rule_new(request):
    """A new VAT rule."""
    form = VatRuleForm(request.POST or None)
    return _saving(request, form, lambda data: actions.save_vat_rule(None, **data, by=request.user), "Ny momsregel")


@requires(Permission.KEEP_ECONOMY)
def vat_rule(request, rule_id):
    """Change a VAT rule, or let it end."""
    now = get_object_or_404(VatRule, pk=rule_id)
    form = VatRuleForm(request.POST or None, instance=now)
    keep = VatRule(pk=now.pk)
    return _saving(request, form, lambda data: actions.save_vat_rule(keep, **data, by=request.user), "Ändra momsregel")


@requires(Permission.KEEP_ECONOMY)
def item_terms(request, cost_item_id):
    """How a cost item is taxed and booked."""
    item = get_object_or_404(CostItem, pk=cost_item_id)
    now = ItemTerms.objects.filter(item=item).first() or ItemTerms(item=item)
    form = ItemTermsForm(request.POST or None, instance=now)
    return _saving(request, form, lambda data: actions.save_item_terms(item, **data, by=request.user), item.name)


@requires(Permission.KEEP_ECONOMY)
def chart(request):
    """The host's chart of accounts out of a SIE file."""

    def save(data):
        number = actions.load_chart(data["file"].read(), by=request.user)
        messages.success(request, f"{count(number, 'konto', 'konton')} lästes in.")

    return _saving(request, ChartForm(request.POST or None, request.FILES or None), save, "Värdens kontoplan")
