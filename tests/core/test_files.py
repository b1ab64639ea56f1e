from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from django.db import transaction

from core.actors import SYSTEM
from core.crypto import SealBroken, seal
from core.files import delete_file, read_file, read_pieces, remove_orphans, serve_file, store_file, store_pieces
from core.models import Event, StoredFile
from tests.factories import SchoolFactory, StoredFileFactory, actor_of

pytestmark = pytest.mark.django_db
TEXT = "Дорожная карта наставничества".encode()


def on_disk(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def journaled() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("pk").values_list("verb", "thing"))


def test_a_stored_file_comes_back_as_it_was() -> None:
    stored = StoredFileFactory(data=TEXT)

    assert read_file(stored) == TEXT
    assert (stored.size, stored.sha256) == (len(TEXT), hashlib.sha256(TEXT).hexdigest())
    assert journaled() == [("store", f"storedfile:{stored.pk}")]


def test_an_empty_file_and_a_large_one_come_back_as_they_were() -> None:
    for data in (b"", os.urandom(1_000_003)):
        assert read_file(StoredFileFactory(data=data)) == data


def test_nothing_of_a_file_can_be_read_on_disk(data_folder: Path) -> None:
    stored = StoredFileFactory(data=TEXT, name="Согласие.pdf")

    (path,) = on_disk(data_folder)

    assert TEXT not in path.read_bytes()
    assert path.name == stored.place
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_a_file_that_was_altered_is_not_served(place: int, data_folder: Path) -> None:
    stored = StoredFileFactory(data=TEXT)
    (path,) = on_disk(data_folder)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    with pytest.raises(SealBroken):
        read_file(stored)


def test_a_file_that_is_not_the_one_that_was_stored_is_not_served(data_folder: Path) -> None:
    """Sealed anew with the right key, by whoever has it: the row still knows what was stored."""
    stored = StoredFileFactory(data=TEXT)
    (path,) = on_disk(data_folder)
    path.write_bytes(seal(TEXT + b"!", context=stored.place))

    with pytest.raises(SealBroken):
        read_file(stored)


def test_two_files_cannot_be_exchanged_on_disk(data_folder: Path) -> None:
    one, other = StoredFileFactory(data=b"one"), StoredFileFactory(data=b"other")
    first, second = sorted(on_disk(data_folder))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)

    for stored in (one, other):
        with pytest.raises(SealBroken):
            read_file(stored)


def test_a_file_that_is_gone_is_an_error_of_the_disk(data_folder: Path) -> None:
    stored = StoredFileFactory()
    on_disk(data_folder)[0].unlink()

    with pytest.raises(FileNotFoundError):
        read_file(stored)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Дорожная карта.docx", "Дорожная карта.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_its_folders_and_without_what_cannot_be_seen(given: str, kept: str) -> None:
    stored = StoredFileFactory(name=given)

    assert stored.name == kept
    assert serve_file(stored, by=SYSTEM)["Content-Disposition"].startswith("attachment; filename")


def test_a_file_is_served_as_a_download_that_can_do_nothing_and_is_journaled() -> None:
    actor = actor_of()
    stored = StoredFileFactory(school=actor.school, data=TEXT, name="Карта.txt")

    response = serve_file(stored, by=actor)

    assert response.content == TEXT
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%D0%9A%D0%B0%D1%80%D1%82%D0%B0.txt"
    assert (response.headers["Content-Type"], response.headers["Content-Security-Policy"]) == (
        "text/plain",
        "sandbox; default-src 'none'",
    )
    assert journaled()[-1] == ("download", f"storedfile:{stored.pk}")


@pytest.mark.django_db(transaction=True)
def test_a_deleted_file_is_gone_from_table_and_disk(data_folder: Path) -> None:
    stored = StoredFileFactory()
    thing = f"storedfile:{stored.pk}"

    delete_file(stored, by=SYSTEM)

    assert (StoredFile.objects.count(), on_disk(data_folder)) == (0, [])
    assert journaled()[-1] == ("delete", thing)


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_bytes(data_folder: Path) -> None:
    stored = StoredFileFactory()

    with transaction.atomic():
        delete_file(stored, by=SYSTEM)
        transaction.set_rollback(True)

    assert read_file(StoredFile.objects.get()) == "Дорожная карта".encode()


def test_only_old_files_without_a_row_are_orphans(data_folder: Path) -> None:
    kept, orphan, fresh = StoredFileFactory(), StoredFileFactory(), StoredFileFactory()
    StoredFile.objects.filter(pk__in=(orphan.pk, fresh.pk)).delete()
    (data_folder / "files" / "ab").mkdir(exist_ok=True)
    (data_folder / "files" / "ab" / "tmp-left-by-a-crash").write_bytes(b"half")
    yesterday = time.time() - 86_401
    for path in on_disk(data_folder):
        if path.name != fresh.place:
            os.utime(path, (yesterday, yesterday))

    assert remove_orphans() == 2

    assert sorted(path.name for path in on_disk(data_folder)) == sorted((kept.place, fresh.place))
    assert remove_orphans() == 0


def test_a_row_that_was_rolled_back_leaves_an_orphan_that_goes_away(data_folder: Path) -> None:
    school = SchoolFactory()
    with transaction.atomic():
        store_file(school=school, purpose="test", name="a", content_type="text/plain", data=b"a", by=SYSTEM)
        transaction.set_rollback(True)

    assert (len(on_disk(data_folder)), remove_orphans(older_than_seconds=-1), on_disk(data_folder)) == (1, 1, [])


# ---------------------------------------------------------------- files too large for memory


def test_a_large_file_is_stored_and_read_piece_by_piece() -> None:
    school = SchoolFactory()
    pieces = [b"page" * 300_000] * 3

    stored = store_pieces(
        school=school, purpose="pile", name="пачка.pdf", content_type="application/pdf", pieces=pieces, by=SYSTEM
    )

    whole = b"".join(pieces)
    assert b"".join(read_pieces(stored)) == whole
    assert (stored.size, stored.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
