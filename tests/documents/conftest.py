"""Signed papers to look at: one board, its own authority, two names, made once in the run."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from enamnd.documents import pdf
from enamnd.documents.signing.backend import SignRequest, signing_backend
from enamnd.documents.signing.fields import signature_field

NAMES = ("Elin Strand", "Sámmol Čáhppe")
AT = datetime.now(UTC).replace(microsecond=0)  # within the time of certificates that this run makes


def paper_with_fields(*names: str) -> bytes:
    """A paper of two pages with one empty field for each name."""
    fields = "".join(
        f'<div class="signature">{signature_field(f"Underskrift{number}", f"Underskrift: {name}")}</div>'
        for number, name in enumerate(names, start=1)
    )
    return pdf.render_pdf(
        '<!doctype html><html lang="sv"><head><title>Protokoll</title></head><body class="paper">'
        '<section class="sheet"><h1>Protokoll</h1><p>Nämnden beslutar att godkänna förslaget.</p></section>'
        f'<section class="sheet"><h2>Underskrifter</h2>{fields}</section></body></html>',
        forms=True,
    )


def request_for(base: bytes, number: int = 1, name: str = NAMES[0], **fields) -> SignRequest:
    return SignRequest(f"Underskrift{number}", name, AT, hashlib.sha256(base).hexdigest(), **fields)


def sign_all(base: bytes, names=NAMES) -> list[bytes]:
    """The paper, and the paper after each signature."""
    revisions = [base]
    for number, name in enumerate(names, start=1):
        revisions.append(signing_backend().sign(revisions[-1], request_for(base, number, name)))
    return revisions


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory) -> Path:
    """Where the authority of this run keeps its key."""
    return tmp_path_factory.mktemp("data") / "signing"


@pytest.fixture(scope="session")
def revisions(data_folder, django_db_setup, django_db_blocker) -> list[bytes]:
    """A paper before, between and after its two signatures.

    Signed in a thread of its own, as the server does: the browser's loop may be running in that of the tests.
    """
    with django_db_blocker.unblock(), override_settings(SIGNING_DIR=data_folder), ThreadPoolExecutor(1) as pool:
        return pool.submit(sign_all, paper_with_fields(*NAMES)).result()


@pytest.fixture
def base(revisions) -> bytes:
    return revisions[0]


@pytest.fixture
def signed(revisions) -> bytes:
    return revisions[-1]


@pytest.fixture
def own_authority(settings, data_folder):
    """Signatures are made, and known again, by the authority that signed `revisions`."""
    settings.SIGNING_DIR = data_folder
