"""Personal links: made, told to their holder once, and taken back."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.tokens import digest, new_token
from core.actors import Actor, link_actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from participants.models import MOST_WRONG, Guardian, Guardianship, LinkChannel, LinkState, Person, PersonalLink


def issue_link(
    *, person: Person, guardian: Guardian | None, channel: LinkChannel, by: Actor
) -> tuple[PersonalLink, str]:
    """A fresh link for whoever signs for the person, and its token; the earlier one by this channel opens nothing.

    `guardian` is None for an adult. Raises DomainError without a birth date, by which the holder proves himself,
    and where the guardian does not represent the person.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).select_related("school").get(pk=person.pk)
        _refuse_link(person, guardian)
        _revoke(PersonalLink.objects.filter(person=person, guardian=guardian, channel=channel), by)
        token = new_token()
        link = PersonalLink.objects.create(
            school=person.school,
            person=person,
            guardian=guardian,
            channel=channel,
            token_hash=digest(token),
            expires_on=last_day_of(person),
        )
        record_event(verb="issue", thing=link, school=person.school, detail={"person": person.pk}, by=by)
    return link, token


def revoke_links(*, person: Person, guardian: Guardian | None, by: Actor) -> None:
    """Make every link of the guardian (of the person himself for None) to this person open nothing."""
    with transaction.atomic():
        _revoke(PersonalLink.objects.filter(person=person, guardian=guardian), by)


def standing_links() -> models.QuerySet[PersonalLink]:
    """Those that open something now; a guardian's only while he represents the person, so never an adult."""
    represents = Guardianship.objects.standing().filter(minor=OuterRef("person"), guardian=OuterRef("guardian"))
    return PersonalLink.objects.standing().filter(Q(guardian=None) | Exists(represents))


def locked_links(actor: Actor) -> models.QuerySet[PersonalLink]:
    """Those the actor sees that were closed after wrong birth dates and would open something otherwise."""
    mine = PersonalLink.objects.visible_to(actor).values("pk")
    return standing_links().filter(pk__in=mine, wrong_tries__gte=MOST_WRONG)


def holder_of(link: PersonalLink) -> Actor:
    """The one who proved that the link is his."""
    return link_actor(f"personallink:{link.pk}", link.school)


def _refuse_link(person: Person, guardian: Guardian | None) -> None:
    if person.birth_date is None:
        raise DomainError(
            _("Enter the birth date of %(name)s first: whoever opens the link proves by it that the link is theirs.")
            % {"name": person.short_name}
        )
    if guardian is None:
        if person.is_minor_on(timezone.localdate(timezone=person.school.zone)):
            raise DomainError(_("A guardian signs for %(name)s, so choose a guardian.") % {"name": person.short_name})
    elif not person.guardianships.filter(guardian=guardian).exists():
        raise DomainError(
            _("%(name)s: %(guardian)s is not entered as a guardian.")
            % {"guardian": guardian.full_name, "name": person.short_name}
        )


def _revoke(links: models.QuerySet[PersonalLink], by: Actor) -> None:
    open_links = links.filter(state=LinkState.OPEN).select_for_update(of=("self",)).select_related("school")
    for link in open_links.order_by("pk"):
        move(link, LinkState.REVOKED, school=link.school, by=by)


def last_day_of(person: Person) -> date:
    """The end of the longest programme the person takes part in; without one the end of the academic year."""
    today = timezone.localdate(timezone=person.school.zone)
    last: date | None = person.enrolments.enrolled().aggregate(last=Max("cycle__programme__ends_on"))["last"]
    if last and last >= today:
        return last
    return date(today.year + (today > date(today.year, 8, 31)), 8, 31)
