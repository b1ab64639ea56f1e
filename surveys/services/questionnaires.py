"""The questionnaires of a school: the standard set, new ones, copies, files."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import MentoringForm
from surveys.content import Content, Section, content_to_json
from surveys.models import Questionnaire, QuestionnaireVersion, VersionState
from surveys.standard import STANDARD_QUESTIONNAIRES, StandardQuestionnaire

MOST_QUESTIONNAIRES = 500
LONGEST_TITLE = 200
BEGINNING = Content(sections=(Section(key="s1"),))
"""What a new questionnaire begins with: one section, nothing asked yet."""


def give_standard_questionnaires(school: School, by: Actor) -> int:
    """Give the school the standard questionnaires it lacks, in use at once; how many were lacking.

    What the school has is left as it is, whatever it made of it.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        missing = lacking_questionnaires(school)
        forms = {form.name: form for form in MentoringForm.objects.filter(school=school)}
        rows = Questionnaire.objects.bulk_create(_standard_row(school, one, forms.get(one.form)) for one in missing)
        now = timezone.now()
        QuestionnaireVersion.objects.bulk_create(
            QuestionnaireVersion(
                questionnaire=row,
                number=1,
                state=VersionState.PUBLISHED,
                published_at=now,
                content=content_to_json(one.content),
            )
            for row, one in zip(rows, missing, strict=True)
        )
        if missing:
            record_event(verb="give_questionnaires", school=school, detail={"count": len(missing)}, by=by)
    return len(missing)


def lacking_questionnaires(school: School) -> list[StandardQuestionnaire]:
    """The standard questionnaires that the school has neither by their key nor by their title."""
    rows = list(Questionnaire.objects.filter(school=school).values_list("key", "title"))
    keys, titles = {key for key, _title in rows}, {title for _key, title in rows}
    return [one for one in STANDARD_QUESTIONNAIRES if one.key not in keys and one.title not in titles]


def _standard_row(school: School, one: StandardQuestionnaire, form: MentoringForm | None) -> Questionnaire:
    return Questionnaire(
        school=school,
        key=one.key,
        title=one.title,
        kind=one.kind,
        answerer=one.answerer,
        form=form,
        source=one.source,
    )


def begin_questionnaire(
    *,
    school: School,
    title: str,
    kind: str,
    answerer: str,
    form: MentoringForm | None = None,
    source: str = "",
    content: Content = BEGINNING,
    by: Actor,
) -> Questionnaire:
    """A questionnaire of the school's own with a draft that holds this content.

    Raises DomainError for a title that the school has already, and where there are too many.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        if Questionnaire.objects.filter(school=school).count() >= MOST_QUESTIONNAIRES:
            raise DomainError(_("A school has at most %(n)s questionnaires.") % {"n": MOST_QUESTIONNAIRES})
        row = Questionnaire.objects.create(
            school=school,
            title=_free_title(school, title, None),
            kind=kind,
            answerer=answerer,
            form=form,
            source=source,
            created_by_id=by.user_id,
        )
        QuestionnaireVersion.objects.create(questionnaire=row, number=1, content=content_to_json(content))
        record_event(verb="create", thing=row, school=school, by=by)
    return row


def describe_questionnaire(
    *,
    questionnaire: Questionnaire,
    title: str,
    kind: str,
    answerer: str,
    form: MentoringForm | None,
    source: str,
    is_verified: bool,
    is_used: bool,
    by: Actor,
) -> None:
    """Change what is said about a questionnaire. Raises DomainError for a title that the school has already, and for
    another answerer or purpose once it was asked.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=questionnaire.school_id)
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        is_asked = row.versions.filter(campaigns__isnull=False).exists()
        if is_asked and (kind, answerer) != (row.kind, row.answerer):
            raise DomainError(_("It was asked already: what it is for and who answers stay as they are."))
        row.title = _free_title(row.school, title, row)
        row.kind, row.answerer, row.form = kind, answerer, form
        row.source, row.is_verified, row.is_used = source.strip(), is_verified, is_used
        row.save()
        record_event(verb="save", thing=row, school=row.school, by=by)


def title_for_copy(school: School, title: str) -> str:
    """A title that the school does not have yet: the same, or with a number after it."""
    taken = set(Questionnaire.objects.filter(school=school).values_list("title", flat=True))
    number, found = 1, title
    while found in taken:
        number += 1
        tail = f" ({number})"
        found = title[: LONGEST_TITLE - len(tail)] + tail
    return found


def _free_title(school: School, title: str, own: Questionnaire | None) -> str:
    tidy = " ".join(title.split())
    namesakes = Questionnaire.objects.filter(school=school, title=tidy)
    if (namesakes.exclude(pk=own.pk) if own else namesakes).exists():
        raise DomainError(_("The school already has a questionnaire with this title."))
    return tidy
