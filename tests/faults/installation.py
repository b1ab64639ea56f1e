"""An installation started as a person starts it, with every process that belongs to it in sight."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Started:
    """`bin/run` in a session of its own; its processes are known by their data folder."""

    data_dir: Path
    arguments: tuple[str, ...] = ("--empty",)
    settings: dict[str, str] = field(default_factory=dict)
    stdin: int = subprocess.DEVNULL
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "CHROMIUM") if name in os.environ}
        own = {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "ENV_FILE": os.devnull}
        self.console = self.data_dir.with_name(f"{self.data_dir.name}-{self.port}.txt")
        with self.console.open("wb") as output:
            self.process = subprocess.Popen(
                [PROJECT / "bin" / "run", *self.arguments],
                env=kept | own | self.settings,
                stdin=self.stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Poll `reached()` for so long; whether it became true."""
        deadline = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def has_worker(self) -> bool:
        return any("celery" in process.cmdline() for process in self.processes())

    def end_everything(self) -> None:
        for process in self.processes():
            process.kill()
        self.process.wait(5)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            folder: object = process.environ().get("DATA_DIR")
            # Redis writes its title over its environment; it is known by the folder it works in.
            ours = folder == str(self.data_dir) or process.cwd().startswith(f"{self.data_dir}/")
            return process.status() != psutil.STATUS_ZOMBIE and ours
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False
