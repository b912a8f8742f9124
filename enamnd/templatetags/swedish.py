"""Dates and numbers in templates as Swedish papers write them."""

from django import template
from django.utils import timezone

from enamnd import dates, formats

register = template.Library()


@register.filter
def long_date(day):
    """22 juni 2022."""
    return dates.long_date(day) if day else ""


@register.filter
def weekday_date(day):
    """onsdag 22 juni 2022."""
    return dates.weekday_date(day) if day else ""


@register.filter
def short_date(day):
    """22 juni."""
    return dates.short_date(day) if day else ""


@register.filter
def instant(at):
    """28 juni 2022 kl. 14.34, local time."""
    return dates.long_instant(timezone.localtime(at)) if at else ""


@register.filter
def clock(at):
    """14.34, local time where `at` is an instant."""
    if not at:
        return ""
    if hasattr(at, "date") and timezone.is_aware(at):
        at = timezone.localtime(at)
    return f"{at.hour:02}.{at.minute:02}"


@register.filter
def grouped(number):
    """1 177 400."""
    return formats.grouped(number) if number is not None else ""


@register.filter
def counted(number, words):
    """{{ n|counted:"paragraf,paragrafer" }} gives 1 paragraf, 3 paragrafer."""
    one, many = words.split(",")
    return formats.count(number, one, many)
