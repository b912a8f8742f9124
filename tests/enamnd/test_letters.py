"""A letter is never lost: not by a server that says no, is silent or gone, nor by a kill in the middle."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from enamnd.journal.models import Event, key_of
from enamnd.letters import delivery
from enamnd.letters.delivery import ATTEMPT, PAUSES, deliver_overdue, try_letter
from enamnd.letters.models import Letter
from enamnd.letters.sending import Attachment, letters_about, try_again, write_letter
from enamnd.refusal import Refused
from tests import factories, mail_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(settings):
    """A mail server that the portal sends by."""
    with mail_server.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 1
        yield running


def written(**fields) -> Letter:
    fields = {"about": "meetings.meeting:1", "by": None, "kind": "call"} | fields
    return write_letter("åsa@example.org".replace("å", "a"), "Kallelse till § 1–9", "Hej Åsa,\n\nvälkommen.", **fields)


def make_due(letter: Letter):
    Letter.objects.filter(pk=letter.pk).update(try_at=timezone.now())


def run_worker():
    call_command("db_worker", batch=True, startup_delay=False, interval=0, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_out_by_the_worker(server):
    letter = written(
        to_name="Åsa Öberg",
        reply_to="sekreteraren@example.org",
        attachments=[Attachment("möte.ics", "text/calendar; charset=utf-8", "SUMMARY:Sammanträde å".encode())],
    )

    run_worker()

    letter.refresh_from_db()
    (message,) = server.received
    assert letter.sent_at
    assert not letter.last_error
    assert message["Subject"] == "Kallelse till § 1–9"
    assert message["Message-ID"] == letter.message_id
    assert message["Reply-To"] == "sekreteraren@example.org"
    assert "välkommen" in message.get_body().get_content()
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "möte.ics"
    assert "Sammanträde å" in attachment.get_content()


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_transaction_that_is_taken_back_was_never_written(server):
    with transaction.atomic():
        written()
        transaction.set_rollback(True)

    run_worker()

    assert not Letter.objects.exists()
    assert not server.received


@pytest.mark.django_db
def test_a_server_that_says_no_is_asked_again_and_the_letter_gets_there(server):
    server.answers["END"] = "451 försök senare"
    letter = written()
    try_letter(letter.pk)
    letter.refresh_from_db()
    assert letter.last_error == "E-postservern svarade 451 försök senare."
    assert not letter.sent_at
    assert letter.try_at - letter.last_tried_at == pytest.approx(PAUSES[0], abs=timedelta(seconds=5))
    assert DBTaskResult.objects.filter(run_after=letter.try_at).exists(), "nobody returns to the letter"

    server.answers.clear()
    assert not try_letter(letter.pk), "the pause is not over"
    make_due(letter)
    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.sent_at
    assert letter.attempts == 2
    assert {message["Message-ID"] for message in server.received} == {letter.message_id}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "answer", "says"),
    [
        ("CONNECT", "hang", "E-postservern svarade inte inom 1 sekund."),
        ("END", "hang", "E-postservern svarade inte inom 1 sekund."),
        ("MAIL", "break", "E-postservern bröt förbindelsen."),
        ("MAIL", "550 vem", "E-postservern tog inte emot avsändarens adress: 550 vem. Se MAIL_FROM."),
        (
            "RCPT",
            "450 full",
            "E-postservern tog inte emot mottagarens adress: 450 full. Servern kan ta emot den senare.",
        ),
        ("RCPT", "550 5.7.1 relä", "E-postservern tog inte emot mottagarens adress: 550 5.7.1 relä. Servern kan ta"),
        ("DATA", "554 nej", "E-postservern svarade 554 nej."),
    ],
)
def test_whatever_the_server_does_the_letter_waits_and_says_why(server, command, answer, says):
    server.answers[command] = answer
    letter = written()

    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.last_error.startswith(says)
    assert not letter.sent_at
    assert not letter.given_up_at


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_told_of(server, settings):
    letter = written()

    with socket.socket() as silent:  # holds a port, so that nobody else takes it, and does not listen
        silent.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = silent.getsockname()[1]
        try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.last_error == "Det gick inte att nå e-postservern."


@pytest.mark.django_db
def test_a_server_that_takes_the_letter_and_says_no_good_bye_has_taken_it(server):
    server.answers["QUIT"] = "hang"
    letter = written()

    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.sent_at


@pytest.mark.django_db
def test_a_mailbox_that_does_not_exist_is_not_tried_again(server):
    server.answers["RCPT"] = "550 5.1.1 okänd"
    letter = written()

    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.given_up_at
    assert letter.last_error.endswith("550 5.1.1 okänd. Kontrollera adressen.")
    assert Event.objects.get(verb="letter.given_up").subject == key_of(letter)


@pytest.mark.django_db
def test_a_letter_is_given_up_after_the_last_pause_and_not_before(server):
    server.answers["CONNECT"] = "421 stängt"
    letter = written()
    for _ in PAUSES:
        make_due(letter)
        try_letter(letter.pk)
        letter.refresh_from_db()
        assert not letter.given_up_at

    make_due(letter)
    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.given_up_at
    assert not letter.sent_at


@pytest.mark.django_db
def test_a_letter_given_up_goes_when_somebody_says_try_again(server):
    letter = factories.letter(attempts=6, last_error="Nej.", given_up_at=timezone.now(), last_tried_at=timezone.now())
    secretary = factories.user("secretary")

    try_again(letter, by=secretary)
    try_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.sent_at
    assert not letter.given_up_at
    assert Event.objects.filter(verb="letter.tried_again", actor=secretary.pk).exists()


@pytest.mark.django_db
def test_a_letter_that_has_gone_is_not_sent_again(server):
    letter = written()
    try_letter(letter.pk)

    with pytest.raises(Refused, match="skickades"):
        try_again(letter, by=factories.user("secretary"))
    make_due(letter)
    assert not try_letter(letter.pk)
    assert len(server.received) == 1


@pytest.mark.django_db
def test_a_letter_that_is_being_sent_is_left_alone(server, monkeypatch):
    letter = written()
    others = []
    monkeypatch.setattr(delivery, "send", lambda letter: others.append(try_letter(letter.pk)))

    try_letter(letter.pk)

    assert others == [False]
    with pytest.raises(Refused, match="skickades"):
        try_again(letter, by=factories.user("secretary"))


@pytest.mark.django_db
def test_a_letter_whose_task_was_lost_is_found_by_the_next_letter(server):
    lost = factories.letter(try_at=timezone.now() - ATTEMPT - timedelta(minutes=1))
    letter = written()

    delivery.deliver.call(letter.pk)

    lost.refresh_from_db()
    assert lost.sent_at


@pytest.mark.django_db(transaction=True)
def test_a_letter_whose_task_was_lost_is_found_when_the_worker_starts(server):
    lost = factories.letter()

    run_worker()

    lost.refresh_from_db()
    assert lost.sent_at


@pytest.mark.django_db
def test_the_command_sends_what_waits(server, capsys):
    for _ in range(3):
        factories.letter()
    factories.letter(try_at=timezone.now() + timedelta(hours=1))

    call_command("send_letters")

    assert len(server.received) == 3
    assert capsys.readouterr().out.startswith("3 brev försöktes, 1 brev väntar")


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_between_the_server_s_yes_and_its_own_loses_nothing(server):
    """The letter arrives at least once, with the same Message-ID each time."""
    letter = written()
    server.answers["END"] = "hang"
    own = {"DJANGO_SETTINGS_MODULE": "enamnd.settings", "DATABASE_URL": database_url(), "EMAIL_URL": server.url}
    sender = subprocess.Popen(
        [sys.executable, "manage.py", "send_letters"],
        cwd=ROOT,
        env=os.environ | own | {"SECRET_KEY": "k" * 60},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert server.taken.wait(60), "the sender never came"
    finally:
        sender.send_signal(signal.SIGKILL)
        sender.wait()

    letter.refresh_from_db()
    assert letter.attempts == 1
    assert not letter.sent_at
    assert DBTaskResult.objects.filter(run_after=letter.try_at).exists(), "nobody returns to the letter"

    server.answers.clear()
    make_due(letter)
    deliver_overdue()
    letter.refresh_from_db()
    assert letter.sent_at
    assert [message["Message-ID"] for message in server.received] == [letter.message_id] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "asa", "asa@", "asa@example.org\nBcc: bo@example.org"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused, match="ingen e-postadress"):
        write_letter(address, "Kallelse", "Hej", about="a.b:1", by=None, kind="call")


@pytest.mark.django_db
def test_a_large_attachment_is_refused():
    with pytest.raises(Refused, match="Länka till den"):
        written(attachments=[Attachment("akt.pdf", "application/pdf", b"0" * 300_000)])


@pytest.mark.django_db
def test_a_subject_of_two_lines_becomes_one():
    letter = write_letter("a@example.org", "Kallelse\nBcc: b@example.org", "Hej", about="a.b:1", by=None, kind="call")

    assert letter.subject == "Kallelse Bcc: b@example.org"


@pytest.mark.django_db
def test_letters_are_found_by_what_they_concern():
    meeting = factories.meeting()
    letter = written(about=meeting)
    written(about=meeting.body)

    assert list(letters_about(meeting)) == [letter]
    assert list(letters_about(key_of(meeting))) == [letter]


# The pages


@pytest.mark.django_db
def test_the_list_says_what_became_of_each(client_as):
    now = timezone.now()
    factories.letter(to_name="Ada Sänd", sent_at=now, last_tried_at=now)
    factories.letter(to_name="Bo Borta", given_up_at=now, last_error="E-postservern bröt förbindelsen.")
    client = client_as("secretary")

    text = client.get(reverse("letters:letter_list")).content.decode()
    failed = client.get(reverse("letters:letter_list"), {"lage": "fel"}).content.decode()

    assert "Skickat" in text
    assert "E-postservern bröt förbindelsen." in text
    assert "1 brev gick inte fram" in text
    assert "Bo Borta" in failed
    assert "Ada Sänd" not in failed


@pytest.mark.django_db
def test_the_list_asks_as_many_questions_for_one_letter_as_for_many(client_as, django_assert_max_num_queries):
    client = client_as("secretary")
    for _ in range(30):
        factories.letter(created_by=client.user)

    with django_assert_max_num_queries(9):
        client.get(reverse("letters:letter_list"))


@pytest.mark.django_db
def test_a_personal_letter_is_read_by_its_receiver_alone(client_as):
    letter = factories.letter(is_personal=True, body="https://portalen.example/hemligt/abc")

    text = client_as("secretary").get(reverse("letters:letter", args=[letter.pk])).content.decode()

    assert "hemligt" not in text
    assert "bara mottagaren" in text


@pytest.mark.django_db
def test_the_text_about_an_invoice_is_read_by_those_who_read_invoices(client_as):
    letter = factories.letter(
        kind="invoice_question", body="Varför 14 000 kronor?", last_error="Nej.", given_up_at=timezone.now()
    )
    address = reverse("letters:letter", args=[letter.pk])

    for role in ("secretary", "administrator"):
        text = client_as(role).get(address).content.decode()
        assert "14 000" not in text
        assert "får läsa det som brevet handlar om" in text
        assert "Försök igen" in text

    user = factories.user("secretary")
    factories.grant(user, "approver")
    client = Client()
    client.force_login(user)
    assert "14 000" in client.get(address).content.decode()


@pytest.mark.django_db
def test_the_button_sends_the_letter_again(client_as):
    letter = factories.letter(attempts=6, last_error="Nej.", given_up_at=timezone.now())

    answer = client_as("administrator").post(reverse("letters:letter_attempt", args=[letter.pk]), follow=True)

    letter.refresh_from_db()
    assert not letter.given_up_at
    assert "skickas nu" in answer.content.decode()


@pytest.mark.django_db
def test_letters_that_nobody_sends_make_the_portal_unwell(client):
    factories.letter(try_at=timezone.now() - timedelta(hours=1))

    answer = client.get(reverse("health"))

    assert answer.status_code == 503
    assert answer.json()["brev"] == {"ok": False, "väntar": 1, "gick inte fram": 0}
