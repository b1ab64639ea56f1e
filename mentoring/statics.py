"""Static files are collected, given names by their contents and compressed once per state of the sources."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test import override_settings

STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


def collect_static() -> None:
    """Collect them if a source changed since the last time; a second process that does so at once waits.

    What was collected earlier stays: another process may still be serving it.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(exist_ok=True)
    stamp, state = root / ".state", _state()
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != state:
            with override_settings(STORAGES=settings.STORAGES | STORAGES):
                call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(state)


def _state() -> str:
    """A digest of every source's name, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
