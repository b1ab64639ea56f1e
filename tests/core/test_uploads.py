"""Large uploads: sealed on the disk while they come in."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from core.uploads import SealedUpload, SealedUploadHandler

LARGE = b"Zarechnov Gordei Lvovich " * 200_000


def sent(data: bytes) -> HttpRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("пачка.pdf", data, "application/pdf")})


def test_a_large_upload_is_read_as_it_was_sent_as_often_as_one_likes() -> None:
    request = sent(LARGE)

    file = request.FILES["file"]

    assert isinstance(file, SealedUpload)
    assert (type(file), file.name, file.size, file.content_type) == (
        SealedUpload,
        "пачка.pdf",
        len(LARGE),
        "application/pdf",
    )
    assert (file.read() == LARGE, b"".join(file.chunks()) == LARGE, file.read() == LARGE) == (True, True, True)
    request.close()


def test_nothing_of_a_large_upload_lies_open_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    request = sent(LARGE)

    file = request.FILES["file"]

    assert isinstance(file, SealedUpload)
    on_disk = os.pread(file._sealed.fileno(), 2 * len(LARGE), 0)
    assert (len(on_disk) > len(LARGE), b"Zarechnov" in on_disk, list(tmp_path.iterdir())) == (True, False, [])
    request.close()


def test_an_upload_that_broke_off_is_let_go() -> None:
    handler = SealedUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", 10)
    handler.receive_data_chunk(b"half", 0)

    handler.upload_interrupted()

    assert handler._file.closed
