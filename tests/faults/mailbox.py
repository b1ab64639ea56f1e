"""A mail server as a process of its own: it writes a line for every letter it has accepted.

`python -m tests.faults.mailbox PORT FILE SECONDS`; a line is the subject, a tab and the Message-ID. It takes
SECONDS over each letter, so that a sender can be killed meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Accepts everything and appends it to `file`."""

    def __init__(self, file: Path, seconds: float) -> None:
        self.lines = file.open("a", buffering=1)
        self.seconds = seconds

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        headers = BytesHeaderParser().parsebytes(envelope.original_content or b"")
        self.lines.write(f"{headers['Subject']}\t{headers['Message-ID']}\n")
        await asyncio.sleep(self.seconds)
        return "250 OK"


def main(port: str, file: str, seconds: str) -> None:
    loop = asyncio.new_event_loop()
    mailbox = Mailbox(Path(file), float(seconds))
    UnthreadedController(mailbox, hostname="127.0.0.1", port=int(port), loop=loop).begin()
    loop.run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
