"""Large uploads on their way in: sealed on disk as they come, so that no plain copy of a paper is ever left there."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from core.crypto import PieceSeal, unseal_pieces


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """A file that was sent, sealed in a nameless file of the system; it is read from its beginning each time."""

    def __init__(self, sealed: IO[bytes], context: str, **about: Any) -> None:
        super().__init__(sealed, **about)
        self._sealed, self._context = sealed, context

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The plain bytes in pieces of about a megabyte."""
        self._sealed.seek(0)
        return unseal_pieces(self._sealed.read, context=self._context)

    def read(self, *args: Any) -> bytes:
        """All of it; whoever wants less takes `chunks`."""
        return b"".join(self.chunks())


class SealedUploadHandler(FileUploadHandler):
    """Takes the files that are too large for memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._context = secrets.token_hex(16)
        self._file, self._seal = tempfile.TemporaryFile(), PieceSeal(context=self._context)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._file.write(self._seal.add(raw_data))

    def file_complete(self, file_size: int) -> SealedUpload:
        self._file.write(self._seal.end())
        return SealedUpload(
            self._file,
            self._context,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
