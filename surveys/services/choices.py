"""What an answer may name: people of this year who may be shown, and the files that came with it."""

from __future__ import annotations

from collections.abc import Mapping

from core.models import StoredFile
from participants.models import Enrolment
from participants.services.cycles import today_in
from surveys.content import Content, Kind
from surveys.drafting import FILES
from surveys.models import Respondent
from surveys.questions import Around, Raw
from surveys.services.erasing import FILE_PURPOSE


def around_of(respondent: Respondent, content: Content, draft: Raw) -> Around:
    """The people by side and the files by key; nothing is looked up for a questionnaire that asks for neither."""
    return Around(people=people_of(respondent, content), files=_files_of(respondent, draft))


def people_of(respondent: Respondent, content: Content) -> dict[str, dict[int, str]]:
    """Those whom the respondent can choose: of his year and form, with every consent in force, never himself."""
    sides = {question.side for question in content.questions() if question.kind is Kind.PEOPLE}
    return {side: _people(respondent, side) for side in sides}


def _people(respondent: Respondent, side: str) -> dict[int, str]:
    campaign, own = respondent.campaign, respondent.enrolment
    rows = Enrolment.objects.enrolled().cleared(today_in(campaign.cycle.programme.school))
    rows = rows.filter(cycle=campaign.cycle_id, side=side)
    if own:
        rows = rows.filter(form=own.form_id).exclude(person=own.person_id)
    return {row.pk: _name(row) for row in rows.select_related("person").order_by("person__sort_key", "pk")}


def _name(row: Enrolment) -> str:
    """«Ефимова Мария, 10 «А»»: a child knows classmates by it."""
    person = row.person
    return ", ".join(filter(None, (f"{person.surname} {person.given_name}".strip(), person.class_name)))


def _files_of(respondent: Respondent, draft: Raw) -> Mapping[int, str]:
    keys = [int(key) for key in draft.get(FILES, ()) if key.isdigit()]
    if not keys:
        return {}
    school = respondent.campaign.cycle.programme.school_id
    rows = StoredFile.objects.filter(pk__in=keys, purpose=FILE_PURPOSE, school=school)
    return dict(rows.values_list("pk", "name"))
