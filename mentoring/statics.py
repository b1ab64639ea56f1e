"""Static files are collected, given names by their contents and compressed once per state of the sources."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as Collect
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """With gzip copies only: brotli saves a tenth more and takes forty times as long, before the first page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; kept, for every page asks for a dozen and the names of a state do not change."""
        if force or not name:
            return str(super().url(name, force))
        if name not in self._urls:
            self._urls[name] = str(super().url(name))
        return self._urls[name]

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)


def collect_static() -> None:
    """Collect them if a source changed since the last time; a second process that does so at once waits.

    What was collected earlier stays: another process may still be serving it.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(exist_ok=True)
    stamp, state = root / ".state", _state()
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == state:
            return
        command = Collect()
        command.storage = CollectedStorage()
        call_command(command, interactive=False, verbosity=0)
        stamp.write_text(state)


def _state() -> str:
    """A digest of every source's name, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
