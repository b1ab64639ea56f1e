"""A confined program that gives its answer piece by piece, each within its time: long files need not be held whole."""

from __future__ import annotations

import fcntl
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from core.confined import WALL_SECONDS

PIPE_BYTES = 1024 * 1024
"""So much may be said before anybody listens."""


class Ended(Exception):
    """The program said no more: it was done, died over the file, or was stopped for taking too long."""


class Stream:
    """A running program of ours that confines itself (`core.confinement`), and what it says of the file on its stdin.

    `limits` are its first argument, as JSON; `file` is an open file, of which each program needs one of its own.
    """

    def __init__(self, program: Path, limits: Mapping[str, Any], file: int) -> None:
        # Without our environment, which holds the installation's keys; one arena, for each counts against the memory.
        command, environment = [sys.executable, "-I", str(program), json.dumps(limits)], {"MALLOC_ARENA_MAX": "1"}
        self._process = subprocess.Popen(  # noqa: S603  our own program; the file goes in by stdin alone
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert self._process.stdout is not None
        self._out = self._process.stdout.fileno()
        fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._held = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.__exit__(kind, error, trace)

    def line(self) -> bytes:
        """The next line. Raises Ended."""
        limit = time.monotonic() + WALL_SECONDS
        while (end := self._held.find(b"\n")) < 0:
            self._more(limit)
        line, self._held = self._held[:end], self._held[end + 1 :]
        return line

    def exactly(self, size: int) -> bytes:
        """So many bytes. Raises Ended."""
        limit, parts, have = time.monotonic() + WALL_SECONDS, [self._held], len(self._held)
        while have < size:
            self._held = b""
            self._more(limit)
            parts.append(self._held)
            have += len(self._held)
        whole = b"".join(parts)
        self._held = whole[size:]
        return whole[:size]

    def _more(self, limit: float) -> None:
        ready, _, _ = select.select([self._out], [], [], max(0.0, limit - time.monotonic()))
        said = os.read(self._out, PIPE_BYTES) if ready else b""
        if not said:
            raise Ended
        self._held += said
