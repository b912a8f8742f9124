"""Amounts of invoices in templates: öre in, kronor with two decimals out."""

from decimal import Decimal

from django import template

from enamnd.formats import decimal

register = template.Library()


@register.filter
def two_decimals(öre):
    """1 605,06 and 564,00, so that a column is even; nothing for an empty place."""
    return "" if öre is None else decimal(Decimal(öre) / 100, 2)
