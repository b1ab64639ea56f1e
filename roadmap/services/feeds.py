"""Calendars at secret addresses: given out, renewed, taken back, and what they show."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.links import full_address
from accounts.tokens import digest, new_token
from core.actors import Actor, user_actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, Role
from roadmap.almanac import Entry
from roadmap.board.rows import windows_awaiting
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import CalendarFeed, Programme, Window
from roadmap.models.activity import WindowQuerySet
from roadmap.models.programme import ROADMAP_READERS


def renew_feed(*, programme: Programme | None, by: Actor) -> str:
    """A fresh secret address of the actor's calendar, of a programme or his own; the earlier one shows nothing more."""
    if by.school is None or by.user is None:
        raise DomainError("a calendar belongs to a person in a school")
    token = new_token()
    with transaction.atomic():
        feed, made = CalendarFeed.objects.update_or_create(
            user=by.user,
            school=by.school,
            programme=programme,
            defaults={"token_hash": digest(token), "created_at": timezone.now()},
        )
        record_event(verb="give_out" if made else "renew", thing=feed, school=by.school, by=by)
    return full_address("roadmap:feed_show", token)


def revoke_feed(*, feed: CalendarFeed, by: Actor) -> None:
    """Take the address back for good."""
    with transaction.atomic():
        record_event(verb="revoke", thing=feed, school=feed.school, by=by)
        feed.delete()


def entries_of(token: str) -> tuple[str, list[Entry]] | None:
    """The name of the calendar at this address and what stands in it; None for an address that shows nothing."""
    feed = CalendarFeed.objects.filter(token_hash=digest(token)).select_related("school", "programme").first()
    held = _held(feed) if feed else {}
    if feed is None or not held:
        return None
    windows = _windows(feed, held)
    if windows is None:
        return None
    title = feed.programme.title if feed.programme else feed.school.short_name
    return title, [_entry(window, feed) for window in windows]


def _held(feed: CalendarFeed) -> dict[Role, Membership]:
    """The roles of the feed's owner in its school that roadmaps concern; none for one who left."""
    rows = Membership.objects.active().filter(user=feed.user_id, school=feed.school_id, user__is_active=True)
    held = rows.filter(role__in=list(DUTIES_OF_ROLE)).select_related("user", "school")
    return {Role(row.role): row for row in held}


def _windows(feed: CalendarFeed, held: dict[Role, Membership]) -> WindowQuerySet | None:
    dated = Window.objects.filter(ends_on__isnull=False).select_related("activity__stage")
    ordered = dated.order_by("starts_on", "ends_on", "pk")
    if feed.programme_id:
        return ordered.filter(cycle__programme=feed.programme_id) if ROADMAP_READERS & held.keys() else None
    if Role.CURATOR in held:
        return ordered.filter(cycle__programme__school=feed.school_id)
    awaiting = (windows_awaiting(user_actor(row.user, [row], row.pk)) for row in held.values())
    return ordered.filter(reduce(or_, (Q(pk__in=windows.values("pk")) for windows in awaiting)))


def _entry(window: Window, feed: CalendarFeed) -> Entry:
    assert window.starts_on is not None
    assert window.ends_on is not None
    activity = window.activity
    return Entry(
        key=f"window-{window.pk}",
        title=f"{activity.number} {activity.text}".strip(),
        detail=activity.stage.name,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        is_done=window.done_on is not None,
        url=full_address("roadmap:programme_show", activity.stage.programme_id),
    )
