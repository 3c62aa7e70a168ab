"""A mail server on this machine that does what a test asks: refuses, hangs up, keeps silent, calls back."""

import logging
import socket
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import NamedTuple

from aiosmtpd.controller import Controller

HANG_UP = "hang up"
STAGES = ("EHLO", "MAIL", "RCPT", "DATA", "TAKEN")  # TAKEN: the mail has arrived, and the sender does not know yet


class Arrived(NamedTuple):
    to: str
    number: str
    body: str


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class MailServer:
    """`does[stage]` is called with the address at hand; it returns an answer, HANG_UP, or None to go on."""

    def __init__(self):
        self.arrived: list[Arrived] = []
        self.does: dict[str, Callable[[str], str | None]] = {}
        self.connections = 0
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def times(self) -> Counter:
        """How often each mail arrived, by its address and number."""
        return Counter((each.to, each.number) for each in self.arrived)

    def _act(self, stage: str, server, address: str = "") -> str | None:
        answer = self.does[stage](address) if stage in self.does else None
        if answer == HANG_UP:
            server.transport.abort()
            return "421 gone"
        return answer

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        self._act("EHLO", server)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self._act("MAIL", server, address)
        if answer:
            return answer
        envelope.mail_from = address
        return "250 go on"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self._act("RCPT", server, address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 go on"

    async def handle_DATA(self, server, session, envelope):
        (to,) = envelope.rcpt_tos
        answer = self._act("DATA", server, to)
        if answer:
            return answer
        mail = message_from_bytes(envelope.content)
        self.arrived.append(Arrived(to, mail["Message-ID"], mail.get_payload(decode=True).decode()))
        return self._act("TAKEN", server, to) or "250 taken"


def only(address: str, answer: str) -> Callable[[str], str | None]:
    """This answer for one address, and none for the others."""
    return lambda given: answer if given == address else None
