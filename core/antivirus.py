"""What is sent in is looked at by clamd, where the installation has one; what could not be looked at yet waits.

Without CLAMD_URL nothing is looked at. clamd that does not answer lets nothing through: the file is kept and given to
nobody (`core.quarantine`) until it has been looked at.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

logger = logging.getLogger(__name__)

CLEAN, WAITING = "", "waiting"
"""What is said of a file: values of `core.models.Quarantine`, which is not loaded where files are handed over."""
SECONDS = 10
CHUNK = 64 * 1024
DEFAULT_PORT = 3310
LONGEST_ANSWER = 4096


class Infected(DomainError):
    """A file with a virus in it."""


def look_at(name: str, pieces: Iterable[bytes]) -> str:
    """WAITING where clamd did not say anything of use, else empty: there is nothing to fear, or nobody to ask.

    `name` is as people shall read it. May take seconds, so never within a transaction. Raises Infected.
    """
    if not settings.CLAMD_URL:
        return CLEAN
    try:
        said = _ask(pieces)
    except OSError as error:
        logger.warning("clamd does not answer", extra={"error": type(error).__name__})
        return WAITING
    if said.endswith("FOUND"):
        raise Infected(
            _(
                "The antivirus found a virus in “%(name)s”. The file was not taken. Send another, or a photo of the sheet."
            )
            % {"name": name}
        )
    if said != "stream: OK":
        logger.warning("clamd could not look at a file", extra={"said": said[:200]})
        return WAITING
    return CLEAN


def _ask(pieces: Iterable[bytes]) -> str:
    """What clamd says of the bytes, by its command INSTREAM (clamd(8)). Raises OSError."""
    with _connected() as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for start in range(0, len(piece), CHUNK):
                chunk = piece[start : start + CHUNK]
                clamd.sendall(struct.pack(">I", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">I", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
            more = clamd.recv(LONGEST_ANSWER)
            if not more:
                break
            said += more
    return said.rstrip(b"\0").decode(errors="replace").strip()


def _connected() -> socket.socket:
    """A connection to `tcp://host:port` or `unix:///path`."""
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname or "", address.port or DEFAULT_PORT), timeout=SECONDS)
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(SECONDS)
    try:
        clamd.connect(unquote(address.path))
    except OSError:
        clamd.close()
        raise
    return clamd
