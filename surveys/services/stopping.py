"""What a withdrawn consent stops: the person is asked no longer, and what he had begun to type is gone."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from participants.hanging import Hanging
from participants.models import Person
from surveys.models import CampaignState, Respondent, Response
from surveys.services.erasing import delete_responses


def surveys_hanging_on(person: Person) -> list[Hanging]:
    """The open surveys that ask the person."""
    rows = Respondent.objects.asked().filter(enrolment__person=person, campaign__state=CampaignState.OPEN)
    return [Hanging(_words(row), reverse("participants:person_show", args=(person.pk,))) for row in _with_titles(rows)]


def lock_respondents_of(person: Person) -> None:
    """Whoever is sending just now finishes first; after this nobody sends for him."""
    list(Respondent.objects.select_for_update().filter(enrolment__person=person).order_by("pk").values_list("pk"))


def stop_respondents(person: Person, parts: Sequence[int], by: Actor) -> None:
    """Nothing is asked of these parts and nothing of theirs is counted any more; drafts are deleted at once."""
    rows = Respondent.objects.filter(enrolment__in=parts)
    delete_responses(Response.objects.filter(respondent__in=rows, is_sent=False), by=by)
    rows.filter(stopped_at=None).update(stopped_at=timezone.now(), letter_hash="", slip_hash="", code_hash="")


def _with_titles(rows: object) -> list[Respondent]:
    return list(rows.select_related("campaign").order_by("pk"))  # type: ignore[attr-defined]


def _words(row: Respondent) -> str:
    if row.has_answered:
        return _("survey “%(title)s”: answered") % {"title": row.campaign.title}
    return _("survey “%(title)s”: the answer is awaited") % {"title": row.campaign.title}
