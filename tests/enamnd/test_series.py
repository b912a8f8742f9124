"""Number series when many count at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from enamnd.documents import series


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers_without_gaps():
    def take(_):
        try:
            with transaction.atomic():
                return series.next_number("prov")
        finally:
            connections.close_all()

    many = 24 if connection.vendor == "postgresql" else 8
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(take, range(many)))

    assert sorted(numbers) == list(range(1, many + 1))


@pytest.mark.django_db(transaction=True)
def test_a_number_whose_transaction_failed_is_given_to_the_next():
    with transaction.atomic():
        series.next_number("prov")
        transaction.set_rollback(True)

    with transaction.atomic():
        assert series.next_number("prov") == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_taken_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        series.next_number("prov")


def test_a_series_moves_on_and_never_back(db):
    series.advance_to("prov", 9)
    series.advance_to("prov", 3)

    assert series.next_number("prov") == 10
