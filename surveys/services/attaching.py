"""A file as the answer to a question: taken from the browser, looked at, kept sealed."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.antivirus import look_at
from core.errors import DomainError
from core.files import store_file
from surveys.content import Question
from surveys.models import Respondent
from surveys.services.drafts import put_file
from surveys.services.erasing import FILE_PURPOSE

MOST_BYTES = 10 * 1024 * 1024
TYPES = {
    "image": {"jpg", "jpeg", "png", "heic", "heif", "webp", "gif"},
    "pdf": {"pdf"},
    "document": {"doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "ppt", "pptx", "odp"},
}


class FileRefused(DomainError):
    """A file that is not taken."""


def attach_file(*, respondent: Respondent, question: Question, upload: Any, by: Actor) -> None:
    """Keep an uploaded file as the answer to `question`. Raises FileRefused, Infected, TakesNoAnswers, AlreadySent."""
    name = PurePath(upload.name or "").name
    if upload.size > MOST_BYTES:
        raise FileRefused(_("The file is larger than 10 MB. Choose a smaller one."))
    if not upload.size:
        raise FileRefused(_("The file is empty. Choose another one."))
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if not any(ending in TYPES[kind] for kind in question.kinds):
        raise FileRefused(_("Files of this kind are not taken here. Choose another one."))
    data = upload.read()
    quarantine = look_at(name, [data])
    with transaction.atomic():
        stored = store_file(
            school=respondent.campaign.cycle.programme.school,
            purpose=FILE_PURPOSE,
            name=name,
            content_type="application/octet-stream",
            data=data,
            quarantine=quarantine,
            by=by,
        )
        put_file(respondent=respondent, question=question, file=stored, by=by)
