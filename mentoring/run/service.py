"""One program that is kept running."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A program that ran this long is taken for healthy again."""


@dataclass(slots=True)
class Service:
    """A program in a process group of its own, started again with growing pauses when it dies."""

    name: str
    command: list[str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  the commands are our own
            self.command, cwd=self.folder, stdin=subprocess.DEVNULL, process_group=0
        )

    def keep_running(self) -> int | None:
        """Start it again if it died and its pause is over; the exit status at the moment a death is noticed."""
        if self.process is None:
            if time.monotonic() >= self.started_at + self._pause():
                self.start()
            return None
        status = self.process.poll()
        if status is None:
            return None
        self.signal_group(signal.SIGKILL)
        self.failures = 0 if time.monotonic() - self.started_at > STEADY_SECONDS else self.failures + 1
        self.started_at, self.process = time.monotonic(), None
        return status

    def ask_to_stop(self) -> None:
        """Tell the program, which tells its own; one that is not running stays so."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return self.process.poll() if self.process else None

    def kill(self) -> None:
        """End it and everything it started."""
        if self.process:
            self.signal_group(signal.SIGKILL)
            self.process.wait()

    def signal_group(self, number: signal.Signals) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def _pause(self) -> float:
        return min(LONGEST_PAUSE, 0.5 * 2.0**self.failures)
