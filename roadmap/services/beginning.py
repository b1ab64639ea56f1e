"""A draft that no file was brought for: from the library, or from a programme that was on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from roadmap.blueprints import find_template, lay_out
from roadmap.blueprints.again import years_on
from roadmap.drafting.faults import FIRST_YEAR, LAST_YEAR
from roadmap.drafting.opening import sheet_of
from roadmap.drafting.sheet import sheet_to_json
from roadmap.models import Draft, DraftOrigin, Programme
from roadmap.outline import Outline, outline_to_draft
from roadmap.services.drafts import place_of
from roadmap.services.renewal import outline_again


class TemplateUnknown(DomainError):
    """The library has no such template."""


class StartRefused(DomainError):
    """A programme cannot run in those years."""


def begin_from_template(*, template: str, starts_on: date, by: Actor) -> Draft:
    """Lay out a template, by its key, for the actor's school and the month of `starts_on`.

    Raises TemplateUnknown, StartRefused.
    """
    found = find_template(template)
    if found is None:
        raise TemplateUnknown(_("There is no such template. Choose one of the list."))
    _check_years(starts_on.year, starts_on.year + found.years)
    school, user = place_of(by)
    outline = lay_out(found, school=school.short_name, organisation=school.name, starts_on=starts_on)
    return _open(Draft(school=school, user=user, origin=DraftOrigin.TEMPLATE, template=found.key), outline, by)


def begin_from_programme(*, programme: Programme, by: Actor) -> Draft:
    """Lay out a programme once more for the years after it, with what came of its activities in `Draft.lines`.

    Raises StartRefused.
    """
    school, user = place_of(by)
    years = years_on((programme.starts_on, programme.ends_on), _today(by))
    _check_years(programme.starts_on.year + years, programme.ends_on.year + years)
    outline, results = outline_again(programme, years)
    draft = Draft(school=school, user=user, origin=DraftOrigin.PREVIOUS, previous=programme, lines=results)
    return _open(draft, outline, by)


def _check_years(first: int, last: int) -> None:
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise StartRefused(_("A programme has to lie between the years %(first)s and %(last)s.") % years)


def _open(draft: Draft, outline: Outline, by: Actor) -> Draft:
    sheet = sheet_of(outline, today=_today(by))
    draft.outline, draft.entered = outline_to_draft(outline), sheet_to_json(sheet)
    with transaction.atomic():
        draft.save()
        detail = {"origin": str(draft.origin), "activities": len(sheet.activities)}
        record_event(verb="open", thing=draft, school=draft.school, detail=detail, by=by)
    return draft


def _today(by: Actor) -> date:
    return timezone.localdate(timezone=by.school.zone if by.school else None)
