"""Links, codes and questionnaires on paper: asked for on a page, printed by the worker, gone after a day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.tokens import digest, new_code, new_token
from core.actors import SYSTEM, Actor
from core.errors import DomainError, TransitionRefused
from core.files import delete_file
from core.jobs import start_job
from core.journal import record_event
from core.models import Job
from core.russian import sort_key
from participants.services.cycles import today_in
from surveys.models import Campaign, CampaignState, ClassDoor, Respondent
from surveys.models.campaign import RespondentQuerySet
from surveys.services.audience import awaited, respondents_of
from surveys.services.campaigns import lock_campaign, school_of
from surveys.services.doors import code_digest, new_short_code
from surveys.services.inviting import addressees_of

SURVEY_SLIPS, SURVEY_CODES, SURVEY_SHEETS = "survey-slips-pdf", "survey-codes-pdf", "survey-sheets-pdf"
"""The kinds of jobs that print; `surveys.services.slip_printing` does the work."""
PAPERS = (SURVEY_SLIPS, SURVEY_CODES, SURVEY_SHEETS)
KEPT = timedelta(days=1)
"""The papers carry links and codes, of which otherwise only a digest is kept."""
WITHOUT_ADDRESS = "-"
"""In place of a class: those who cannot be written to."""


def print_slips(*, campaign: Campaign, among: str, by: Actor) -> Job:
    """Have a slip printed for everyone awaited of a class, of all ("") or of those without an address ("-").

    Raises DomainError where there is nobody.
    """
    keys = _keys(campaign, among)
    return _start(SURVEY_SLIPS, campaign, {"respondents": keys}, by)


def print_slip(*, respondent: Respondent, by: Actor) -> Job:
    """Have the slip of one respondent printed. Raises DomainError where no answer of his is awaited."""
    rows = awaited(Respondent.objects.filter(pk=respondent.pk), today_in(school_of(respondent.campaign)))
    if not rows.exists():
        raise DomainError(_("No answer of this person is awaited any more."))
    return _start(SURVEY_SLIPS, respondent.campaign, {"respondents": [respondent.pk]}, by)


def print_codes(*, campaign: Campaign, class_name: str, by: Actor) -> Job:
    """Have one link for the class and a code for each pupil printed. Raises DomainError where nobody is awaited."""
    _keys(campaign, class_name)
    return _start(SURVEY_CODES, campaign, {"class": class_name}, by)


def print_sheets(*, campaign: Campaign, among: str | None, by: Actor) -> Job:
    """Have the questionnaire printed: one for each awaited of a class (or all, ""), or a blank one to copy (None).

    Raises DomainError for sheets with names of an anonymous campaign.
    """
    if among is not None and campaign.is_anonymous:
        raise DomainError(_("Sheets of an anonymous survey bear no names. Print the blank one and copy it."))
    keys = [] if among is None else _keys(campaign, among)
    return _start(SURVEY_SHEETS, campaign, {"respondents": keys}, by)


def people_for_paper(campaign: Campaign, among: str) -> RespondentQuerySet:
    """Those awaited of a class, or all of them for an empty one."""
    rows = awaited(respondents_of(campaign), today_in(school_of(campaign)))
    return rows.filter(enrolment__person__class_key=sort_key(among)) if among else rows


def classes_awaited(campaign: Campaign) -> dict[str, int]:
    """The classes in which somebody has not answered, with how many."""
    names = people_for_paper(campaign, "").exclude(enrolment__person__class_key="").exclude(enrolment=None)
    counts: dict[str, int] = {}
    for name in names.values_list("enrolment__person__class_name", flat=True):
        counts[name] = counts.get(name, 0) + 1
    return counts


def issue_slip_links(*, campaign: Campaign, respondents: Sequence[int], by: Actor) -> list[tuple[Respondent, str]]:
    """Fresh links on paper for those of them who are awaited, with the tokens; earlier slips open nothing."""
    with transaction.atomic():
        locked = _locked_open(campaign)
        rows = list(people_for_paper(locked, "").filter(pk__in=list(respondents)))
        tokens = [(row, new_token()) for row in rows]
        for row, token in tokens:
            row.slip_hash, row.asked_at = digest(token), row.asked_at or timezone.now()
        Respondent.objects.bulk_update(rows, ("slip_hash", "asked_at"), batch_size=200)
        record_event(verb="issue", thing=locked, school=school_of(locked), detail={"count": len(rows)}, by=by)
    return tokens


def issue_codes(*, campaign: Campaign, class_name: str, by: Actor) -> tuple[str, list[tuple[Respondent, str]]]:
    """A fresh link for the class, short enough to be copied from a blackboard, and a fresh code for each who is awaited
    there; earlier ones open nothing.
    """
    with transaction.atomic():
        locked = _locked_open(campaign)
        rows, token = list(people_for_paper(locked, class_name)), new_code()
        ClassDoor.objects.update_or_create(
            campaign=locked,
            class_name=class_name,
            defaults={"token_hash": digest(token), "wrong_codes": 0, "closed_until": None},
        )
        codes = _codes(len(rows))
        for row, code in zip(rows, codes, strict=True):
            row.code_hash, row.asked_at = code_digest(locked.pk, code), row.asked_at or timezone.now()
        Respondent.objects.filter(pk__in=[row.pk for row in rows]).update(code_hash="")
        Respondent.objects.bulk_update(rows, ("code_hash", "asked_at"), batch_size=200)
        record_event(verb="issue", thing=locked, school=school_of(locked), detail={"count": len(rows)}, by=by)
    return token, list(zip(rows, codes, strict=True))


def unreachable(campaign: Campaign) -> list[Respondent]:
    """Those awaited whom no letter reaches."""
    rows = list(people_for_paper(campaign, ""))
    reached = addressees_of(rows, today_in(school_of(campaign)))
    return [row for row in rows if not reached[row.pk]]


def remove_printed_papers() -> int:
    """Delete the papers of more than a day ago; their number."""
    old = Job.objects.filter(kind__in=PAPERS, finished_at__lt=timezone.now() - KEPT).select_related("result__school")
    for job in old:
        with transaction.atomic():
            job.delete()
            if job.result:
                delete_file(job.result, by=SYSTEM)
    return len(old)


def _codes(number: int) -> list[str]:
    """So many different ones."""
    found: set[str] = set()
    while len(found) < number:
        found.add(new_short_code())
    return sorted(found, key=lambda code: secrets.token_bytes(8))


def _locked_open(campaign: Campaign) -> Campaign:
    locked = lock_campaign(campaign)
    if locked.state != CampaignState.OPEN:
        raise TransitionRefused(_("The survey is not open, so links and codes are not given out."))
    return locked


def _keys(campaign: Campaign, among: str) -> list[int]:
    if campaign.state != CampaignState.OPEN:
        raise TransitionRefused(_("The survey is not open, so links and codes are not given out."))
    rows = unreachable(campaign) if among == WITHOUT_ADDRESS else people_for_paper(campaign, among)
    keys = [row.pk for row in rows]
    if not keys:
        raise DomainError(_("Nobody is awaited there any more, so there is nothing to print."))
    return keys


def _start(kind: str, campaign: Campaign, payload: dict[str, object], by: Actor) -> Job:
    return start_job(
        key=f"{kind}:{secrets.token_hex(16)}", kind=kind, payload={"campaign": campaign.pk, **payload}, by=by
    )
