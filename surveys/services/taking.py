"""Answers are taken into the register: line by line, the old beside the new, and only those that a curator ticked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import Area, Enrolment, RoleModel
from participants.register.hours import in_words
from participants.register.profile import ages_in_words, columns_of
from participants.services.enrolments import locked_enrolment
from participants.services.profiles import fill_profile
from surveys.content import Content, content_from_json
from surveys.models import Campaign, QuestionnaireKind, Response
from surveys.results.fills import WORDS, Answers, ages_for, fills_in, hours_for, named_for, words_for
from surveys.services.answers import given_of

FILLING = (QuestionnaireKind.REQUEST, QuestionnaireKind.OWN)
"""The kinds of questionnaires whose answers the first page of a curator reminds of."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the register: what stands there and what was answered, in words; `left_out` is what has no place."""

    line: str
    label: str
    old: str
    new: str
    columns: dict[str, Any] = field(hash=False)
    left_out: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def proposals_of(response: Response) -> list[Proposal]:
    """What the answers would put into the register, where the answerer takes part and the line is one of his side."""
    part = response.respondent.enrolment if response.respondent else None
    if part is None:
        return []
    content = content_from_json(response.campaign.version.content)
    return list(_proposals(part, content, given_of(response.answers.all())))


def take_answers(*, response: Response, ticked: Collection[Proposal], by: Actor) -> None:
    """Put the ticked lines into the register; with none the answers are done with all the same.

    Raises DomainError where a line has changed since the proposal was made, without a consent in force, and for what a
    profile cannot hold.
    """
    with transaction.atomic():
        row = _locked(response)
        part = locked_enrolment(row.respondent.enrolment)  # type: ignore[union-attr,arg-type]
        row.respondent.enrolment = part  # type: ignore[union-attr]
        standing = proposals_of(row)
        if any(one not in standing for one in ticked):
            raise DomainError(_("The register or the answers have changed meanwhile. Look at both again."))
        columns = {name: value for one in ticked for name, value in one.columns.items()}
        if columns:
            fill_profile(enrolment=part, **columns, by=by)
        Response.objects.filter(pk=row.pk).update(taken_at=timezone.now(), taken_by=by.user_id)
        detail: dict[str, object] = {"lines": sorted(one.line for one in ticked)}
        record_event(verb="take", thing=row, school=part.person.school, detail=detail, by=by)


def waiting_to_be_taken(today: date) -> QuerySet[Response]:
    """Sent answers of people who take part with a consent in force, of which nothing was taken yet."""
    parts = Enrolment.objects.enrolled().consented(today).values("pk")
    return Response.objects.counted().filter(taken_at=None, respondent__enrolment__in=parts)


def campaigns_to_take(campaigns: QuerySet[Campaign], today: date) -> list[Campaign]:
    """Those of the campaigns whose questionnaire fills the register and whose answers wait to be taken."""
    waiting = waiting_to_be_taken(today).filter(campaign=OuterRef("pk"))
    rows = campaigns.filter(Q(version__questionnaire__kind__in=FILLING), Exists(waiting), is_anonymous=False)
    found = rows.select_related("version")
    return [row for row in found if fills_in(content_from_json(row.version.content))]


def _locked(response: Response) -> Response:
    rows = Response.objects.select_for_update(of=("self",)).filter(is_sent=True, respondent__stopped_at=None)
    rows = rows.select_related("respondent__enrolment", "campaign__version")
    found = rows.filter(pk=response.pk, respondent__enrolment__isnull=False).first()
    if found is None:
        raise DomainError(_("These answers are not there any more."))
    return found


def _proposals(part: Enrolment, content: Content, given: Answers) -> Iterator[Proposal]:
    for line in (*WORDS, "wanted_age", "areas", "role_model", "available"):
        if line in WORDS and line not in columns_of(part.side):
            continue
        yield from MAKERS.get(line, _in_words)(part, content, given, line)


def _in_words(part: Enrolment, content: Content, given: Answers, line: str) -> Iterator[Proposal]:
    if said := words_for(content, given, line):
        yield Proposal(line, _label(line), getattr(part, line), said, {line: said})


def _ages(part: Enrolment, content: Content, given: Answers, line: str) -> Iterator[Proposal]:
    ages = ages_for(content, given)
    if ages and "wanted_age_from" in columns_of(part.side):
        columns = {"wanted_age_from": ages[0], "wanted_age_to": ages[1]}
        old = ages_in_words(part.wanted_age_from, part.wanted_age_to)
        yield Proposal(line, _("wanted age of mentees"), old, ages_in_words(*ages), columns)


def _areas(part: Enrolment, content: Content, given: Answers, line: str) -> Iterator[Proposal]:
    names = named_for(content, given, line)
    if names:
        known = list(Area.objects.filter(school=part.cycle.programme.school_id, is_used=True, name__in=names))
        missing = tuple(name for name in names if name not in {area.name for area in known})
        old = _listed(area.name for area in part.areas.all())
        if known or missing:
            new = _listed(area.name for area in known)
            yield Proposal(line, _label(line), old, new, {"areas": known} if known else {}, missing)


def _role_model(part: Enrolment, content: Content, given: Answers, line: str) -> Iterator[Proposal]:
    names = named_for(content, given, line)
    if names:
        found = RoleModel.objects.filter(form=part.form_id, name=names[0]).first()
        old = part.role_model.name if part.role_model else ""
        columns = {"role_model": found} if found else {}
        yield Proposal(line, _label(line), old, found.name if found else "", columns, () if found else tuple(names))


def _hours(part: Enrolment, content: Content, given: Answers, line: str) -> Iterator[Proposal]:
    if hours := hours_for(content, given):
        yield Proposal(line, _label(line), in_words(part.available), in_words(hours), {"available": hours})


def _label(line: str) -> str:
    return str(Enrolment._meta.get_field(line).verbose_name)  # type: ignore[union-attr]


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)


MAKERS = {"wanted_age": _ages, "areas": _areas, "role_model": _role_model, "available": _hours}
