"""Amounts and figures in templates. Amounts are öre."""

from django import template
from django.utils.html import format_html

from enamnd import dates, formats
from enamnd import money as amounts
from enamnd.accounts.roles import Permission
from finance import figures, origins

register = template.Library()


@register.filter
def kronor(öre):
    """1 177 400, and nothing for an empty place."""
    return "" if öre is None else amounts.kronor(öre)


@register.filter
def kr(öre):
    """1 177 400 kr, kept on one line."""
    return "" if öre is None else amounts.with_unit(öre)


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
def percent_plain(value):
    """10 and 12,5: a decided percentage, without zeros at the end."""
    return origins.percent(value)


@register.filter
def exact_kronor(value):
    """160 524,0218: exact kronor with four decimals, of a fraction of öre."""
    return "" if value is None else formats.fraction(value / 100, 4)


@register.filter
def per_inhabitant(value):
    """2,09: kronor with two decimals, of an exact fraction of öre."""
    return "–" if value is None else formats.fraction(value / 100, 2)


@register.filter
def plain_kronor(value):
    """80 500, and 80 500,3333 where it is no whole number of öre; of a fraction of öre."""
    if value is None:
        return ""
    return amounts.kronor(int(value)) if value == int(value) else formats.fraction(value / 100, 4)


@register.filter
def decided(of, user=None):
    """Where something was decided: the paragraph with its day (a link for those who may read it), or the decision."""
    if not of:
        return ""
    if of.paragraph_id:
        here = of.paragraph
        words = f"{here.label} {here.title}"
        if user is not None and user.may(Permission.READ_MEETINGS):
            words = format_html('<a href="{}">{}</a>', here.get_absolute_url(), words)
        more = f" ({of.decision})" if of.decision else ""
        return format_html("{}, {}{}", words, dates.long_date(here.meeting.held_on), more)
    day = getattr(of, "decided_on", None)
    return f"{of.decision}, {dates.long_date(day)}" if day else of.decision


@register.filter
def left(öre):
    """överskott 35 400 kr, underskott 27 500 kr."""
    return f"{'underskott' if öre < 0 else 'överskott'} {amounts.with_unit(abs(öre))}"
