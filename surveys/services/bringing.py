"""A questionnaire that comes as a file, or from another school: only what is not tied to where it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.models import School
from participants.models import MentoringForm
from surveys.content import Content, ContentError, content_from_json
from surveys.models import Answerer, Parameter, Questionnaire, QuestionnaireKind, QuestionnaireVersion
from surveys.services.questionnaires import LONGEST_TITLE, begin_questionnaire, title_for_copy

FILE_FORMAT = "stupeni-questionnaire-1"
LARGEST = 512 * 1024
"""Bytes of a file; the longest of the standard questionnaires has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The questionnaire that was made, and how many questions lost the parameter that this school does not have."""

    questionnaire: Questionnaire
    unmeasured: int


def file_of(version: QuestionnaireVersion) -> bytes:
    """The file of a version, UTF-8; nothing in it belongs to a school or to a person."""
    row = version.questionnaire
    said = {
        "format": FILE_FORMAT,
        "title": row.title,
        "kind": row.kind,
        "answerer": row.answerer,
        "form": row.form.name if row.form else "",
        "source": row.source,
        "content": version.content,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def bring_file(*, school: School, data: bytes, by: Actor) -> Brought:
    """Make a questionnaire with a draft out of a file. Raises DomainError, saying where, for what is none."""
    said = _said_in(data)
    try:
        content = content_from_json(said.get("content"))  # type: ignore[arg-type]
    except ContentError as error:
        raise DomainError(f"{_place(error)}: {error.text}") from None
    form_name = said.get("form")
    return _begin(
        school=school,
        title=_text(said, "title", LONGEST_TITLE),
        kind=_one_of(said, "kind", QuestionnaireKind.values),
        answerer=_one_of(said, "answerer", Answerer.values),
        form_name=form_name if isinstance(form_name, str) else "",
        source=_text(said, "source", 300, is_needed=False),
        content=content,
        by=by,
    )


def copy_questionnaire(*, version: QuestionnaireVersion, school: School, by: Actor) -> Brought:
    """A questionnaire of `school` of its own that begins with this version, be it another school's.

    The caller has seen to it that the actor may read the version. Raises DomainError where the school has too many.
    """
    origin = version.questionnaire
    return _begin(
        school=school,
        title=origin.title,
        kind=origin.kind,
        answerer=origin.answerer,
        form_name=origin.form.name if origin.form else "",
        source=origin.source,
        content=content_from_json(version.content),
        by=by,
    )


def _begin(
    *, school: School, title: str, kind: str, answerer: str, form_name: str, source: str, content: Content, by: Actor
) -> Brought:
    fitting = _measured_here(content, school, answerer)
    row = begin_questionnaire(
        school=school,
        title=title_for_copy(school, " ".join(title.split())),
        kind=kind,
        answerer=answerer,
        form=MentoringForm.objects.filter(school=school, name=form_name).first(),
        source=source,
        content=fitting,
        by=by,
    )
    lost = zip(content.questions(), fitting.questions(), strict=True)
    return Brought(row, sum(before.measure != after.measure for before, after in lost))


def _measured_here(content: Content, school: School, answerer: str) -> Content:
    """The content without parameters that the school does not measure of those who answer."""
    known = set(Parameter.objects.filter(school=school, side=answerer).values_list("key", flat=True))
    sections = tuple(
        replace(
            section,
            questions=tuple(
                question if question.measure in known else replace(question, measure="")
                for question in section.questions
            ),
        )
        for section in content.sections
    )
    return replace(content, sections=sections)


def _said_in(data: bytes) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        raise DomainError(_("The file is too large for a questionnaire: %(n)s KB at most.") % {"n": LARGEST // 1024})
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DomainError(not_one()) from None
    if not isinstance(said, dict) or said.get("format") != FILE_FORMAT:
        raise DomainError(not_one())
    return said


def not_one() -> str:
    return _("This is no file of a questionnaire, or it is damaged. Save it once more from the page of one.")


def _text(said: Mapping[str, Any], name: str, longest: int, *, is_needed: bool = True) -> str:
    found = said.get(name, "")
    if not isinstance(found, str) or len(found) > longest or "\x00" in found or (is_needed and not found.strip()):
        raise DomainError(not_one())
    return found


def _one_of(said: Mapping[str, Any], name: str, known: list[str]) -> str:
    found = said.get(name)
    if not isinstance(found, str) or found not in known:
        raise DomainError(not_one())
    return found


def _place(error: ContentError) -> str:
    """«Раздел 2, вопрос 3» of the place where the content is refused."""
    numbers = [step + 1 for step in error.place if isinstance(step, int)]
    if error.place[:1] != ("sections",) or not numbers:
        return _("In the questionnaire")
    if len(numbers) == 1:
        return _("Section %(n)s") % {"n": numbers[0]}
    return _("Section %(n)s, question %(m)s") % {"n": numbers[0], "m": numbers[1]}
