"""What invoices and the installation itself need."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.documents.signing.authority import authority, is_made
from enamnd.documents.signing.certificates import is_own_authority_used, organisation_bundle
from enamnd.formats import count
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from finance.models import AllocationModel, Budget, Buyer, KeyFigure, Seller, VatRule

from .checklist import Part, Point, all_but

P = Permission
SOON = timedelta(days=60)
LETTERS_TO_LOG = "django.core.mail.backends.console.EmailBackend"


def economy(today: date) -> Part:
    """Key figures, a model of allocation, the year's budget, and what invoices say."""
    figures = KeyFigure.objects.filter(replaced_by=None).count()
    models = AllocationModel.objects.filter(retired_on=None).count()
    has_budget = Budget.objects.filter(year=today.year).exists()
    to = {"permission": P.READ_ECONOMY}
    return Part(
        "Ekonomi",
        (
            Point("Nyckeltal", f"{count(figures, 'värde', 'värden')}.", bool(figures), "finance:kind_list", **to),
            Point(
                "Fördelningsmodeller",
                f"{count(models, 'modell', 'modeller')}.",
                bool(models),
                "finance:model_list",
                **to,
            ),
            Point(
                f"Budget {today.year}",
                "Upplagd." if has_budget else "Ingen är upplagd.",
                has_budget,
                "finance:budget_list",
                **to,
            ),
            *_invoicing(),
        ),
    )


def _invoicing() -> list[Point]:
    seller = Seller.objects.first()
    parties = list(Municipality.objects.filter(is_party=True))
    known = set(Buyer.objects.exclude(reference="").values_list("municipality", flat=True))
    lacking = [each for each in parties if each.pk not in known]
    rules = VatRule.objects.count()
    to = ("finance:invoice_terms", (), P.READ_ALL_INVOICES)
    pays = bool(seller and (seller.bankgiro or seller.plusgiro))
    said = "Adress och betalning är införda." if pays else "Säljarens adress, bankgiro eller plusgiro är inte infört."
    return [
        Point("Säljaren på fakturorna", said, pays, *to),
        Point(
            "Parternas fakturareferenser",
            all_but(lacking, len(parties), "Alla har."),
            bool(parties) and not lacking,
            *to,
        ),
        Point("Momsregler", f"{count(rules, 'regel', 'regler')}.", bool(rules), *to),
    ]


def installation(today: date) -> Part:
    """Letters, addresses, certificate: set by whoever runs the portal, with environment variables (see README)."""
    writes_to_log = settings.EMAIL_BACKEND == LETTERS_TO_LOG
    said = (
        "Breven skrivs bara i loggen: EMAIL_URL saknas."
        if writes_to_log
        else f"Skickas från {settings.DEFAULT_FROM_EMAIL}."
    )
    is_safe = settings.PORTAL_URL.startswith("https://")
    return Part(
        "Installation",
        (
            Point("Brev", said, not writes_to_log, "letters:letter_list", (), P.KEEP_ACCOUNTS),
            Point(
                "Portalens adress",
                f"{settings.PORTAL_URL}{'' if is_safe else ' – sätt PORTAL_URL och HTTPS.'}",
                is_safe,
            ),
            _certificate(),
            Point(
                "Tidsstämplar på underskrifter",
                "En tjänst är vald."
                if settings.SIGNING_TIMESTAMP_URL
                else "Ingen tjänst är vald: SIGNING_TIMESTAMP_URL.",
                bool(settings.SIGNING_TIMESTAMP_URL),
                can_wait=True,
            ),
        ),
    )


def _certificate() -> Point:
    what = "Certifikat för underskrifter"
    if settings.SIGNING_PKCS11_MODULE:
        return Point(what, "Organisationens, i en säkerhetsmodul.", True)
    if is_own_authority_used() and not is_made():
        return Point(what, "Portalens egen utfärdare. Den görs när någon skriver under första gången.", True)
    try:
        until = _valid_until()
    except Refused as refusal:
        return Point(what, str(refusal), False)
    whose = "Portalens egen utfärdare" if is_own_authority_used() else "Organisationens"
    left = until - timezone.localdate()
    words = f"{whose}, gäller till {long_date(until)}."
    return Point(what, words if left > SOON else f"{words} Det behöver förnyas.", left > SOON)


def _valid_until() -> date:
    if is_own_authority_used():
        return authority().certificate.not_valid_after_utc.date()
    bundle = organisation_bundle(Path(settings.SIGNING_PKCS12), settings.SIGNING_PKCS12_PASSWORD)
    if bundle.cert is None:
        raise Refused("Filen med organisationens certifikat har inget certifikat.")
    return bundle.cert.certificate.not_valid_after_utc.date()
