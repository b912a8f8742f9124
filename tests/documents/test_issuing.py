"""Issued papers are kept as they went out."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from enamnd.documents.issuing import issue_paper
from enamnd.documents.models import Paper, StoredFile
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def issued(content: bytes = b"%PDF-1.7 protokoll", **fields) -> Paper:
    defaults = {"kind": "protocol", "title": "Protokoll 22 juni 2022", "subject": "meetings.meeting:1", "by": None}
    return issue_paper(content, **defaults | fields)


def test_a_paper_keeps_its_bytes_its_digest_and_who_issued_it():
    secretary = factories.user("secretary")
    case = factories.document().case

    paper = issued(b"%PDF", subject=case, by=secretary, expected_signatures=("Lo Ek", "Mo Ask"))

    assert bytes(paper.file.content) == b"%PDF"
    assert paper.file_id == hashlib.sha256(b"%PDF").hexdigest()
    assert paper.expected_signatures == ["Lo Ek", "Mo Ask"]
    assert list(Paper.objects.of(case)) == [paper]
    assert Event.objects.about(paper).get().actor == secretary.pk


def test_an_empty_paper_is_refused():
    with pytest.raises(Refused, match="tomt"):
        issued(b"")


@pytest.mark.parametrize("link", ["replaces", "previous"])
def test_a_paper_has_one_successor(link):
    first = issued()
    issued(b"%PDF 2", **{link: first})

    with pytest.raises(Refused, match="igen"):
        issued(b"%PDF 3", **{link: first})


@pytest.mark.parametrize("table", [Paper, StoredFile])
def test_the_database_itself_refuses_a_change(table):
    issued()
    column = "title" if table is Paper else "media_type"

    with pytest.raises(DatabaseError, match="ändras inte"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table._meta.db_table} SET {column} = 'annat'")


def test_a_saved_paper_is_not_saved_again():
    paper = issued()
    paper.title = "Annat"

    with pytest.raises(DatabaseError, match="ändras inte"), transaction.atomic():
        paper.save()


def test_papers_are_neither_updated_nor_deleted_in_bulk():
    issued()

    with pytest.raises(TypeError, match="ändras inte"):
        Paper.objects.update(title="Annat")
    with pytest.raises(TypeError, match="raderas inte"):
        Paper.objects.all().delete()


def test_the_bytes_of_a_paper_cannot_be_deleted():
    paper = issued()

    with pytest.raises(DatabaseError):
        paper.file.delete()
