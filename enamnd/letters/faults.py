"""What a mail server or the network said, in words for those who keep the portal."""

import smtplib
import socket
import ssl

from django.conf import settings

from enamnd.formats import count

NO_SUCH_MAILBOX = {550, 551, 553}
POLICY = "5.7."  # RFC 3463: refused for who we are, not for whom we write to


def is_hopeless(error: Exception) -> bool:
    """Whether there is no use in trying again: the server says for good that there is no such mailbox (RFC 5321)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code in NO_SUCH_MAILBOX and not _text(said).startswith(POLICY) for code, said in _answers(error))


def sentence_about(error: Exception) -> str:
    """One Swedish sentence or two: what happened, and what to look at. Never names a password or who logged in."""
    for kind, word in SENTENCES:
        if isinstance(error, kind):
            return word(error)
    return f"Fel i portalen när brevet skulle skickas ({type(error).__name__})."


def _recipient(error) -> str:
    code, said = _answers(error)[0]
    advice = "Kontrollera adressen." if is_hopeless(error) else "Servern kan ta emot den senare."
    return f"E-postservern tog inte emot mottagarens adress: {code} {_text(said)}. {advice}"


def _sender(error) -> str:
    return f"E-postservern tog inte emot avsändarens adress: {error.smtp_code} {_text(error.smtp_error)}. Se MAIL_FROM."


def _answer(error) -> str:
    return f"E-postservern svarade {error.smtp_code} {_text(error.smtp_error)}."


def _silence(error) -> str:
    return f"E-postservern svarade inte inom {count(settings.EMAIL_TIMEOUT, 'sekund', 'sekunder')}."


def _broken(error) -> str:
    # smtplib tells a silence that lasted too long as a broken connection, whose context it is.
    return _silence(error) if isinstance(error.__context__, TimeoutError) else "E-postservern bröt förbindelsen."


def _answers(error: smtplib.SMTPRecipientsRefused) -> list[tuple[int, bytes]]:
    return list(error.recipients.values()) or [(0, b"")]


def _text(said) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split()).rstrip(".")[:200]


# The first that fits: narrower kinds before those that they belong to.
SENTENCES = (
    (smtplib.SMTPRecipientsRefused, _recipient),
    (smtplib.SMTPSenderRefused, _sender),
    (
        smtplib.SMTPAuthenticationError,
        lambda error: "E-postservern tog inte emot portalens inloggning. Kontrollera EMAIL_URL.",
    ),
    (smtplib.SMTPResponseException, _answer),
    (smtplib.SMTPServerDisconnected, _broken),
    (smtplib.SMTPException, lambda error: f"E-postservern följde inte ordningen ({type(error).__name__})."),
    (TimeoutError, _silence),
    (ssl.SSLError, lambda error: "Förbindelsen till e-postservern gick inte att kryptera. Kontrollera EMAIL_URL."),
    (socket.gaierror, lambda error: "E-postserverns namn finns inte. Kontrollera EMAIL_URL."),
    (OSError, lambda error: "Det gick inte att nå e-postservern."),
)
