"""The doors of a survey: a personal link, and the link of a class with a one-time code for each pupil."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.tokens import CODE_ALPHABET, digest
from core.errors import DomainError
from participants.services.cycles import today_in
from surveys.models import Campaign, CampaignState, ClassDoor, Respondent
from surveys.models.campaign import RespondentQuerySet
from surveys.services.audience import may_answer

LINK_URL, CLASS_URL, OWN_URL = "surveys:answer_open", "surveys:class_enter", "surveys:answer_start"
"""The addresses of a personal link and of the link of a class, each with its token, and that of a respondent logged in."""
MOST_WRONG = 20
"""In a row: thirty pupils who mistype come in by one door."""
CLOSED_FOR = timedelta(minutes=5)
CODE_LENGTH = 6
"""29 ** 6 codes: with 20 tries in five minutes a class of thirty is guessed once in some thousand days."""


class DoorShut(DomainError):
    """The door is known and lets nobody in now; the text says why."""


def respondent_by_token(token: str) -> Respondent | None:
    """Whose personal link this is, on paper or in a letter; None for a token that belongs to nobody.

    Raises DoorShut where the campaign takes no answers now, or none of this person any more.
    """
    mark = digest(token)
    row = _respondents().filter(Q(letter_hash=mark) | Q(slip_hash=mark)).first()
    if row is not None:
        refuse_shut(row)
    return row


def door_by_digest(mark: str) -> ClassDoor | None:
    """The door of a class whose link has this digest. Raises DoorShut where its campaign takes no answers now."""
    rows = ClassDoor.objects.select_related("campaign__cycle__programme__school")
    door = rows.filter(token_hash=mark).first() if mark else None
    if door is not None:
        _refuse_closed(door.campaign)
    return door


def open_by_code(*, door: ClassDoor, code: str) -> Respondent:
    """Whose code this is. Raises DoorShut for a door that is closed, and for a wrong code.

    A code is good until the answers are sent. Wrong ones in a row close the door for some minutes.
    """
    with transaction.atomic():
        locked = ClassDoor.objects.select_for_update().get(pk=door.pk)
        _refuse_waiting(locked)
        mark = code_digest(locked.campaign_id, code)
        found = _respondents().filter(campaign=locked.campaign_id, code_hash=mark).first()
        _count(locked, is_right=found is not None)
    if found is None:
        _refuse_waiting(locked)
        raise DoorShut(_("There is no such code. Look at your slip: six letters and digits."))
    refuse_shut(found)
    if found.has_answered:
        raise DoorShut(_("With this code the answers are already sent. Thank you!"))
    return found


def refuse_shut(respondent: Respondent) -> None:
    """Raise DoorShut, in words for whoever answers, where no answer of this one may be taken now."""
    _refuse_closed(respondent.campaign)
    today = today_in(respondent.campaign.cycle.programme.school)
    if not Respondent.objects.asked().filter(may_answer(today), pk=respondent.pk).exists():
        raise DoorShut(_("No answer is awaited by this link any more. If in doubt, ask the curator of the school."))


def new_short_code() -> str:
    """Six letters and digits that a ten-year-old copies from paper."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def code_digest(campaign: int, code: str) -> str:
    """What is kept of a code, however it was typed; with the installation's key, for so short a code could be found."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hmac.digest(settings.SECRET_KEY.encode(), f"survey code {campaign} {plain}".encode(), hashlib.sha256).hex()


def _respondents() -> RespondentQuerySet:
    return Respondent.objects.select_related(
        "campaign__version__questionnaire",
        "campaign__cycle__programme__school",
        "enrolment__person",
        "membership__user",
    )


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.state == CampaignState.CLOSED:
        raise DoorShut(_("This survey is over, so no more answers are taken. Thank you!"))
    if campaign.state != CampaignState.OPEN:
        raise DoorShut(_("This survey has not begun yet. Come again with the same link later."))


def _refuse_waiting(door: ClassDoor) -> None:
    left = (door.closed_until - timezone.now()).total_seconds() if door.closed_until else 0
    if left > 0:
        minutes = math.ceil(left / 60)
        words = ngettext(
            "Too many wrong codes were typed. Wait %(n)s minute and try again.",
            "Too many wrong codes were typed. Wait %(n)s minutes and try again.",
            minutes,
        )
        raise DoorShut(words % {"n": minutes})


def _count(door: ClassDoor, *, is_right: bool) -> None:
    """Count a wrong code; a right one begins the count anew."""
    door.wrong_codes = 0 if is_right else door.wrong_codes + 1
    if door.wrong_codes >= MOST_WRONG:
        door.wrong_codes, door.closed_until = 0, timezone.now() + CLOSED_FOR
    door.save(update_fields=("wrong_codes", "closed_until"))
