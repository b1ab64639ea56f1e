"""Private files: encrypted at rest under a random name, outside everything the web server serves."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.actors import Actor
from core.crypto import PieceSeal, SealBroken, seal, unseal, unseal_pieces
from core.errors import DomainError
from core.journal import record_event
from core.models import Quarantine, School, StoredFile


class FileWithheld(DomainError):
    """A file that nobody is given: the antivirus has not looked at it yet, or found a virus in it."""


def store_file(
    *, school: School, purpose: str, name: str, content_type: str, data: bytes, quarantine: str = "", by: Actor
) -> StoredFile:
    """Encrypt `data` into the data folder and return its row; `quarantine` is what `core.antivirus.look_at` said.

    The bytes are on disk before the row exists; where the transaction is rolled back the sweep of orphans
    takes them away.
    """
    place = secrets.token_hex(16)
    _write(place, [seal(data, context=place)])
    about = (purpose, place, name, content_type, quarantine)
    return _row(school, about, len(data), hashlib.sha256(data).hexdigest(), by)


def store_pieces(
    *,
    school: School,
    purpose: str,
    name: str,
    content_type: str,
    pieces: Iterable[bytes],
    quarantine: str = "",
    by: Actor,
) -> StoredFile:
    """The same for a file that is too large to be held in memory, given piece by piece."""
    place, digest, size = secrets.token_hex(16), hashlib.sha256(), 0

    def sealed() -> Iterator[bytes]:
        nonlocal size
        seal = PieceSeal(context=place)
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield seal.add(piece)
        yield seal.end()

    _write(place, sealed())
    return _row(school, (purpose, place, name, content_type, quarantine), size, digest.hexdigest(), by)


def read_pieces(stored: StoredFile) -> Iterator[bytes]:
    """The plain bytes of what `store_pieces` stored. Raises SealBroken, at the latest with the last piece, OSError,
    and FileWithheld.
    """
    refuse_withheld(stored)
    with _path(stored.place).open("rb") as sealed:
        yield from unseal_pieces(sealed.read, context=stored.place)


def read_file(stored: StoredFile) -> bytes:
    """The plain bytes. Raises SealBroken for a file that was altered, OSError for one that is gone, FileWithheld."""
    refuse_withheld(stored)
    return _whole(stored)


def kept_pieces(stored: StoredFile) -> Iterator[bytes]:
    """The plain bytes however they were stored, for the antivirus alone. Raises SealBroken, OSError."""
    pieces = 0
    with _path(stored.place).open("rb") as sealed, suppress(SealBroken):
        for piece in unseal_pieces(sealed.read, context=stored.place):
            pieces += 1
            yield piece
    if not pieces:
        yield _whole(stored)


def refuse_withheld(stored: StoredFile) -> None:
    """Raise FileWithheld where nobody is given the file."""
    if stored.quarantine == Quarantine.WAITING:
        raise FileWithheld(_("The antivirus has not looked at this file yet. It is kept; look again in some minutes."))
    if stored.quarantine == Quarantine.INFECTED:
        raise FileWithheld(_("The antivirus found a virus in this file, so it was deleted. Send another one."))


def destroy_bytes(stored: StoredFile) -> None:
    """Remove the bytes once the transaction is committed; the row stays and says why."""
    path = _path(stored.place)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _whole(stored: StoredFile) -> bytes:
    data = unseal(_path(stored.place).read_bytes(), context=stored.place)
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise SealBroken(stored.place)
    return data


def serve_file(stored: StoredFile, *, by: Actor) -> HttpResponse:
    """The file as a download, journaled; the caller has reached `stored` through its owner's rule."""
    data = read_file(stored)
    record_event(verb="download", thing=stored, school=stored.school, by=by)
    return as_download(data, name=stored.name, content_type=stored.content_type)


def as_download(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """An answer that the browser stores and does nothing else with."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def show_picture(stored: StoredFile) -> HttpResponse:
    """A JPEG of ours that the browser shows and does nothing else with; the caller has journaled the look."""
    response = HttpResponse(read_file(stored), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def delete_file(stored: StoredFile, *, by: Actor) -> None:
    """Remove the row, and the bytes once the removal is committed."""
    path = _path(stored.place)
    with transaction.atomic():
        record_event(verb="delete", thing=stored, school=stored.school, by=by)
        stored.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_orphans(*, older_than_seconds: float = 86_400) -> int:
    """Delete files on disk that no row names and that are older than a day; their number."""
    cutoff = time.time() - older_than_seconds
    old = {path.name: path for path in _folder().glob("??/*") if path.stat().st_mtime < cutoff}
    named = set(StoredFile.objects.filter(place__in=old).values_list("place", flat=True))
    for place in old.keys() - named:
        old[place].unlink(missing_ok=True)
    return len(old.keys() - named)


def _folder() -> Path:
    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(place: str) -> Path:
    return _folder() / place[:2] / place


def _row(school: School, about: tuple[str, str, str, str, str], size: int, sha256: str, by: Actor) -> StoredFile:
    purpose, place, name, content_type, quarantine = about
    with transaction.atomic():
        stored = StoredFile.objects.create(
            school=school,
            purpose=purpose,
            place=place,
            name="".join(filter(str.isprintable, Path(name).name))[-255:],
            content_type=content_type,
            size=size,
            sha256=sha256,
            quarantine=quarantine,
        )
        record_event(verb="store", thing=stored, school=school, by=by)
    return stored


def _write(place: str, sealed: Iterable[bytes]) -> None:
    path = _path(place)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        for part in sealed:
            draft.write(part)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
