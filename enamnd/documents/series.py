"""Numbers in series: no gaps that nobody asked for, never the same number twice."""

from django.db import transaction

from .models import NumberSeries


def next_number(key: str) -> int:
    """The next number of the series `key`, starting at 1. Must stand inside a transaction: it holds the row's lock."""
    series = locked_series(key)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def advance_to(key: str, number: int):
    """See to it that the series never gives `number` or a lower one again (numbers given elsewhere, on import)."""
    series = locked_series(key)
    if series.last < number:
        series.last = number
        series.save(update_fields=["last"])


def locked_series(key: str) -> NumberSeries:
    """The counter row of `key`, locked until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside the transaction that uses it.")
    NumberSeries.objects.get_or_create(key=key)
    return NumberSeries.objects.select_for_update().get(key=key)
