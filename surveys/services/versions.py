"""Versions of a questionnaire: written, put to use, begun anew, given up."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from surveys.content import Content, Question, Section, content_from_json, question_to_json
from surveys.models import Parameter, Questionnaire, QuestionnaireVersion, VersionState
from surveys.questions import Fault, faults_of
from surveys.statistics import wording
from surveys.statistics.figures import fits_scale


class ChangedMeanwhile(DomainError):
    """Someone wrote in the same place since the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("Someone has changed this meanwhile. Look at what stands there now and say it once more."))


def faults_in(version: QuestionnaireVersion) -> list[Fault]:
    """Everything that keeps the version from being put to use, what it measures included."""
    content = content_from_json(version.content)
    return faults_of(content) + _measuring_nothing(version.questionnaire, content)


def _measuring_nothing(questionnaire: Questionnaire, content: Content) -> list[Fault]:
    """Questions that were to measure something and whose answers would give no figure of it."""
    asked = [(section, one) for section in content.sections for one in section.questions if one.measure]
    if not asked:
        return []
    mine = Parameter.objects.filter(school_id=questionnaire.school_id, side=questionnaire.answerer)
    known = {row.key: row for row in mine}
    told = ((section, one, _why_no_figure(one, known.get(one.measure))) for section, one in asked)
    return [Fault(text, section.key, one.key) for section, one, text in told if text]


def _why_no_figure(question: Question, parameter: Parameter | None) -> str:
    if parameter is None:
        return _("It measures something that the school does not measure of those who answer.")
    if fits_scale(question_to_json(question), parameter.least, parameter.most):
        return ""
    words = {"name": parameter.name, "scale": wording.scale_words(parameter.least, parameter.most, parameter.unit)}
    return _("Its scale has other ends than “%(name)s” (%(scale)s), so its answers would not be counted.") % words


def begin_version(*, questionnaire: Questionnaire, by: Actor) -> QuestionnaireVersion:
    """A draft that begins with the version in use; the draft there is, where someone began one already."""
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        draft = row.versions.filter(state=VersionState.DRAFT).first()
        if draft is not None:
            return draft
        last = row.versions.aggregate(last=Max("number"))["last"] or 0
        newest = row.versions.first()
        draft = QuestionnaireVersion.objects.create(
            questionnaire=row,
            number=last + 1,
            content=newest.content if newest else {"sections": [{"key": Section("s1").key}]},
        )
        record_event(verb="begin", thing=draft, school=row.school, by=by)
    return draft


def publish_version(*, version: QuestionnaireVersion, revision: int, by: Actor) -> None:
    """Put a draft to use as it was seen in this revision; from then on it does not change.

    Raises ChangedMeanwhile, and DomainError while something is wrong with it.
    """
    with transaction.atomic():
        row = locked_draft(version)
        if row.revision != revision:
            raise ChangedMeanwhile
        if faults_in(row):
            raise DomainError(_("It can not be put to use yet: something in it has to be mended first."))
        row.published_at = timezone.now()
        move(row, VersionState.PUBLISHED, school=row.questionnaire.school, also=("published_at",), by=by)


def discard_draft(*, version: QuestionnaireVersion, by: Actor) -> bool:
    """Give a draft up; True where the questionnaire went with it, because it never had another version."""
    with transaction.atomic():
        row = locked_draft(version)
        questionnaire = row.questionnaire
        record_event(verb="discard", thing=row, school=questionnaire.school, by=by)
        row.delete()
        if questionnaire.versions.exists():
            return False
        record_event(verb="delete", thing=questionnaire, school=questionnaire.school, by=by)
        questionnaire.delete()
    return True


def locked_draft(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """The draft, locked to the end of the transaction. Raises DomainError where it is in use or gone."""
    rows = QuestionnaireVersion.objects.select_for_update(of=("self",)).select_related("questionnaire__school")
    row = rows.filter(pk=version.pk, state=VersionState.DRAFT).first()
    if row is None:
        raise DomainError(_("This is no draft any more: someone has put it to use or given it up."))
    return row
