"""Amounts and figures in templates. Amounts are öre."""

from django import template

from enamnd import formats
from enamnd import money as amounts
from finance import figures

register = template.Library()


@register.filter
def kronor(öre):
    """1 177 400, and nothing for an empty place."""
    return "" if öre is None else amounts.kronor(öre)


@register.filter
def tkr(öre):
    """1 177: whole thousands of kronor, half away from zero."""
    return "" if öre is None else formats.grouped(amounts.thousands(öre))


@register.filter
def figure(value):
    """76 739, 12 345,5."""
    return "" if value is None else figures.figure(value)


@register.filter
def percent(value):
    """32,76 %: two decimals, half up, of an exact fraction."""
    return "" if value is None else f"{formats.fraction(value, 2)} %"


@register.filter
def exact_kronor(value):
    """160 524,0218: exact kronor with four decimals, of a fraction of öre."""
    return "" if value is None else formats.fraction(value / 100, 4)


@register.filter
def per_inhabitant(value):
    """2,09: kronor with two decimals, of an exact fraction of öre."""
    return "–" if value is None else formats.fraction(value / 100, 2)
