"""A real mail server in the process of the test."""

from __future__ import annotations

import asyncio
import logging
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)


class PostOffice:
    """A real SMTP server on the loopback address: `letters` are those it accepted, in order."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.connections = 0
        self.refusals: dict[str, str] = {}
        """By address: what is answered instead of taking the letter, as `550 no such person`."""
        self.verdict = "250 OK"
        """What is answered to a letter; one that is not 250 is not kept."""
        self.hang_up_after_letters: int | None = None
        """After so many letters every connection is cut without a word."""
        self.port = free_port()
        self._controller: Controller | None = None

    async def handle_EHLO(  # noqa: N802  the names aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, host: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = host
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.refusals.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hang_up_after_letters == len(self.letters):
            transport = server.transport
            assert isinstance(transport, asyncio.Transport)
            transport.abort()
        elif self.verdict.startswith("250"):
            letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return self.verdict

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Refuse connections from now on."""
        if self._controller:
            self._controller.stop()
        self._controller = None


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
