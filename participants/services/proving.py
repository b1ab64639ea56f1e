"""Whoever opened a personal link proves by the birth date that it is theirs."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import OPEN_CONSENTS, Consent, PersonalLink

MOST_WRONG = 5
LOCKED = timedelta(minutes=15)


class NotProven(DomainError):
    """The birth date is another, or the link is locked for a while."""


def note_opening(link: PersonalLink) -> None:
    """Keep when the link was first opened, with what it asks for too."""
    asked = Consent.objects.filter(person=link.person_id, guardian=link.guardian_id, state__in=OPEN_CONSENTS)
    asked.filter(opened_at=None).update(opened_at=timezone.now())
    PersonalLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


def prove_link(*, link: PersonalLink, birth_date: date, by: Actor) -> None:
    """Compare the birth date with the register's. Five wrong ones in a row lock the link for 15 minutes.

    Raises NotProven, once the wrong try is counted.
    """
    with transaction.atomic():
        locked = PersonalLink.objects.select_for_update(of=("self",)).select_related("person", "school").get(pk=link.pk)
        now = timezone.now()
        is_locked = locked.locked_until is not None and locked.locked_until > now
        is_right = not is_locked and locked.person.birth_date == birth_date
        if is_right:
            locked.wrong_tries, locked.locked_until = 0, None
            record_event(verb="enter", thing=locked, school=locked.school, by=by)
        elif not is_locked:
            _count_wrong(locked, by)
        locked.save(update_fields=("wrong_tries", "locked_until"))
    if not is_right:
        raise NotProven(_words(locked))


def _count_wrong(link: PersonalLink, by: Actor) -> None:
    link.wrong_tries += 1
    if link.wrong_tries >= MOST_WRONG:
        link.wrong_tries, link.locked_until = 0, timezone.now() + LOCKED
        record_event(verb="lock", thing=link, school=link.school, by=by)


def _words(link: PersonalLink) -> str:
    if link.locked_until and link.locked_until > timezone.now():
        until = timezone.localtime(link.locked_until, link.school.zone) + timedelta(minutes=1)
        return _(
            "Too many wrong dates in a row. Come back after %(time)s, or ask the curator which date the school has."
        ) % {"time": f"{until:%H:%M}"}
    left = MOST_WRONG - link.wrong_tries
    whose = (
        _("It is not the date the school has. The date of the child is asked for, not your own.")
        if link.guardian_id
        else _("It is not the date the school has.")
    )
    tries = ngettext("%(n)s try is left.", "%(n)s tries are left.", left) % {"n": left}
    return f"{whose} {tries}"
