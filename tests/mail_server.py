"""A mail server of one's own: speaks SMTP on a free port, keeps what it takes, and behaves as badly as it is told."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """`received` are the letters taken. `answers` says what to answer to a command instead of yes: {"RCPT": "550 no"}.

    The answer "hang" never comes, "break" closes the connection. `taken` is set whenever a letter has been taken.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.taken = threading.Event()
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class Conversation(socketserver.StreamRequestHandler):
    """One client's commands, answered in turn (RFC 5321)."""

    def handle(self):
        if self.say("CONNECT", "220 provserver"):
            while line := self.rfile.readline():
                if not self.answer(line.decode().split(":")[0].split()[0].upper()):
                    return

    def answer(self, command: str) -> bool:
        if command == "DATA":
            return self.take_letter()
        usual = {"QUIT": "221 hej", "EHLO": "250 provserver", "MAIL": "250 ja", "RCPT": "250 ja", "RSET": "250 ja"}
        return self.say(command, usual.get(command, "502 nej")) and command != "QUIT"

    def take_letter(self) -> bool:
        if not self.say("DATA", "354 skriv"):
            return False
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.received.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.taken.set()
        return self.say("END", "250 tack")

    def say(self, command: str, usual: str) -> bool:
        """False when the conversation is over."""
        words = self.server.answers.get(command, usual)
        if words == "hang":
            self.server.closing.wait(30)
        if words in {"hang", "break"}:
            return False
        self.wfile.write(words.encode() + b"\r\n")
        return True


@contextmanager
def running():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
