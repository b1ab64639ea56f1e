"""Opening files that strangers send in a process of its own, which may neither hang nor swell nor look around."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

logger = logging.getLogger(__name__)

WALL_SECONDS = 20

_turns = threading.BoundedSemaphore(2)
"""A rush of uploads waits its turn instead of taking the machine's memory."""


class TooMuch(Exception):
    """The program was stopped: the file asked for more work or time than any honest one."""


def ask(program: Path, limits: Mapping[str, int], data: bytes) -> bytes:
    """What the program said of the file on its stdin, nothing where it died over it. Raises TooMuch.

    The program is a file that confines itself (`core.confinement`); `limits` are its first argument, as JSON.
    """
    # Without our environment, which holds the installation's keys; one arena, for each counts against the memory.
    command, environment = [sys.executable, "-I", str(program), json.dumps(limits)], {"MALLOC_ARENA_MAX": "1"}
    with _turns, tempfile.TemporaryFile() as said:
        try:
            end = subprocess.run(  # noqa: S603  our own program; the file goes in by stdin alone
                command,
                input=data,
                stdout=said,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=WALL_SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            end = -signal.SIGKILL
        if end:
            logger.warning("the sandbox died over a file", extra={"end": end, "size": len(data)})
            if -end in {signal.SIGXCPU, signal.SIGKILL}:
                raise TooMuch
            return b""
        said.seek(0)
        return said.read()
