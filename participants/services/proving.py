"""Whoever opened a personal link proves by the birth date that it is theirs."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from participants.models import MOST_WRONG, OPEN_CONSENTS, Consent, LinkState, PersonalLink


class NotProven(DomainError):
    """The birth date is another, or the link is locked until the curator renews it."""


def note_opening(link: PersonalLink) -> None:
    """Keep when the link was first opened, with what it asks for too."""
    asked = Consent.objects.filter(person=link.person_id, guardian=link.guardian_id, state__in=OPEN_CONSENTS)
    asked.filter(opened_at=None).update(opened_at=timezone.now())
    PersonalLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())


def prove_link(*, link: PersonalLink, birth_date: date, by: Actor) -> None:
    """Compare the birth date with the register's. Five wrong ones in a row lock the link until it is renewed.

    Raises NotProven, once the wrong try is counted.
    """
    with transaction.atomic():
        locked = _lock(link)
        is_right = not locked.is_locked and locked.person.birth_date == birth_date
        if is_right:
            locked.wrong_tries = 0
            record_event(verb="enter", thing=locked, school=locked.school, by=by)
        elif not locked.is_locked:
            _count_wrong(locked, by)
        locked.save(update_fields=("wrong_tries",))
    if not is_right:
        raise NotProven(_words(locked))


def renew_link(*, link: PersonalLink, by: Actor) -> None:
    """Give a locked link its five tries again; the address in the letter or on the slip stays good.

    Raises DomainError where the link stands no more; one that is not locked stays as it is.
    """
    with transaction.atomic():
        locked = _lock(link)
        if locked.state != LinkState.OPEN:
            raise DomainError(_("This link opens nothing any more. Print a slip or send a letter with a new one."))
        if locked.is_locked:
            locked.wrong_tries = 0
            locked.save(update_fields=("wrong_tries",))
            record_event(verb="renew", thing=locked, school=locked.school, by=by)


def _lock(link: PersonalLink) -> PersonalLink:
    rows = PersonalLink.objects.select_for_update(of=("self",)).select_related("person", "school")
    return rows.get(pk=link.pk)


def _count_wrong(link: PersonalLink, by: Actor) -> None:
    link.wrong_tries += 1
    if link.is_locked:
        record_event(verb="lock", thing=link, school=link.school, by=by)


def _words(link: PersonalLink) -> str:
    if link.is_locked:
        return _("Five times it was another date, so the link is closed. Ask the curator to open it again.")
    left = MOST_WRONG - link.wrong_tries
    whose = (
        _("It is not the date the school has. The date of the child is asked for, not your own.")
        if link.guardian_id
        else _("It is not the date the school has.")
    )
    tries = ngettext("%(n)s try is left.", "%(n)s tries are left.", left) % {"n": left}
    return f"{whose} {tries}"
