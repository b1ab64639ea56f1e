"""What is destroyed of a person's surveys: that he was asked, what he answered, his figures, and who chose him."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from core.actors import Actor
from core.files import delete_file
from core.models import StoredFile
from surveys.drafting import FILES
from surveys.models import Answer, Measurement, Respondent, Response

ANSWERS = "ответы на вопросы анкет"
FIGURES = "результаты измерений до и после"
FILE_PURPOSE = "survey-answer"


def erase_answers(parts: Sequence[int], by: Actor) -> list[str]:
    """Everything named that these parts answered, and their places in the choices of others."""
    chosen, _counts = Answer.objects.filter(chosen__in=parts).delete()
    respondents = Respondent.objects.filter(enrolment__in=parts)
    delete_responses(Response.objects.filter(respondent__in=respondents), by=by)
    asked, _counts = respondents.delete()
    return [ANSWERS] * bool(chosen or asked)


def erase_figures(parts: Sequence[int], by: Actor) -> list[str]:
    """Every figure of these parts, from whatever source."""
    return [FIGURES] * bool(Measurement.objects.filter(enrolment__in=parts).delete()[0])


def delete_responses(responses: QuerySet[Response], *, by: Actor) -> None:
    """Delete responses with their answers and the files that were sent in or are still in a draft."""
    rows = list(responses.prefetch_related("answers"))
    keys = {answer.file_id for row in rows for answer in row.answers.all() if answer.file_id}
    drafted = {key for row in rows for key in files_in(row.draft)}
    Response.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for file in StoredFile.objects.filter(pk__in=keys | drafted, purpose=FILE_PURPOSE):
        delete_file(file, by=by)


def files_in(draft: dict[str, list[str]]) -> list[int]:
    """The keys of the files that came with a draft."""
    return [int(key) for key in draft.get(FILES, ()) if key.isdigit()]
