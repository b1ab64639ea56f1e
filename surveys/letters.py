"""How the letters about surveys read: what is true when they are sent, and a given name at most."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from accounts.tokens import digest
from core.models import Notice
from core.notices import Letter
from participants.models import Guardianship
from participants.services.cycles import today_in
from surveys.models import CampaignState, Respondent
from surveys.services.audience import awaited, respondents_of
from surveys.services.doors import LINK_URL
from surveys.services.inviting import address_of


def write_asking(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None once nobody it speaks of is awaited any more, or all of them have a newer letter."""
    return _letter(notice, secret, "campaign_asked", _("Please answer a survey: %(title)s"))


def write_reminder(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """The same, once more."""
    return _letter(notice, secret, "campaign_reminder", _("A survey still waits for an answer: %(title)s"))


def _letter(notice: Notice, secret: dict[str, str], template: str, subject: str) -> Letter | None:
    guardian, person = int(str(notice.payload["guardian"])), int(str(notice.payload["person"]))
    address = address_of(guardian, person, notice.user)
    rows = _still_awaited(notice, secret, guardian)
    if not rows or not address or notice.school is None:
        return None
    campaign = rows[0].campaign
    context: dict[str, Any] = {
        "school": notice.school.name,
        "title": campaign.title,
        "is_anonymous": campaign.is_anonymous,
        "is_guardian": bool(guardian),
        "last_day": campaign.closes_on,
        "parts": [_part(row, rows, secret) for row in rows],
        "asked_by": campaign.created_by,
    }
    body = render_to_string(f"surveys/notices/{template}.txt", context)
    return Letter(address, subject % {"title": " ".join(campaign.title.split())}, body.strip() + "\n")


def _still_awaited(notice: Notice, secret: dict[str, str], guardian: int) -> list[Respondent]:
    """Those of whom an answer is awaited by the very link in this letter; of a guardian only his wards."""
    assert notice.school is not None
    keys: Any = notice.payload["respondents"]
    first = (
        Respondent.objects.filter(pk__in=keys, campaign__state=CampaignState.OPEN).select_related("campaign").first()
    )
    if first is None:
        return []
    rows = awaited(respondents_of(first.campaign), today_in(notice.school)).filter(pk__in=keys)
    if guardian:
        wards = Guardianship.objects.filter(guardian=guardian).values("minor")
        rows = rows.filter(enrolment__person__in=wards)
    return [row for row in rows if row.letter_hash == digest(secret[str(row.pk)])]


def _part(row: Respondent, rows: list[Respondent], secret: dict[str, str]) -> dict[str, str]:
    """The link of one of them; the form is named where the same person is asked about several."""
    person, form = (row.enrolment.person, row.enrolment.form.name) if row.enrolment else (None, "")
    is_twice = (
        person is not None
        and sum(other.enrolment is not None and other.enrolment.person_id == person.pk for other in rows) > 1
    )
    return {
        "child": person.given_name if person else "",
        "form": form if is_twice else "",
        "link": full_address(LINK_URL, secret[str(row.pk)]),
    }
