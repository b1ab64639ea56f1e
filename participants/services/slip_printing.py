"""Printing sheets of slips: done by the worker alone, which has the PDF engine loaded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.links import full_address
from core.actors import user_actor
from core.files import store_file
from core.jobs import Progress
from core.models import Job, Membership, Role, StoredFile
from core.pdf import render_pdf
from participants.models import LIVE_CONSENTS, Consent, PersonalLink
from participants.papers.slips import TEMPLATE, TITLE, Slip, slips_context
from participants.services.asking import lock_people
from participants.services.slip_sheets import people_awaited
from participants.services.slips import issue_slips


class PeopleLeft(Exception):
    """While the sheets were printed the last consent of somebody on them has ended; the worker prints them anew."""


def make_slips_pdf(job: Job, progress: Progress) -> StoredFile:
    """Fresh links for those named in the payload whose consent is still awaited, on paper; run again, it makes others
    and these open nothing.

    The tokens are nowhere but in the sealed file. Raises Membership.DoesNotExist once the curator has left the school,
    and PeopleLeft.
    """
    memberships = Membership.objects.active().select_related("school", "user")
    membership = memberships.get(user=job.user, school=job.school_id, role=Role.CURATOR)
    by = user_actor(membership.user, [membership])
    people = people_awaited(by).filter(pk__in=job.payload["people"]).select_related("school")
    with transaction.atomic():
        links, _refusals = issue_slips(people=people.order_by("sort_key", "pk"), by=by)
    slips = [slip_of(link, token) for link, token in links.items()]
    pdf = render_pdf(TEMPLATE, slips_context(slips), title=TITLE)
    progress(1, 1)
    with transaction.atomic():
        _refuse_those_who_left(links)
        return store_file(
            school=membership.school,
            purpose="slips",
            name=f"{TITLE}.pdf",
            content_type="application/pdf",
            data=pdf,
            by=by,
        )


def _refuse_those_who_left(links: Iterable[PersonalLink]) -> None:
    people = {link.person_id for link in links}
    lock_people(people)
    alive = Consent.objects.filter(person__in=people, state__in=LIVE_CONSENTS)
    if people - set(alive.values_list("person", flat=True)):
        raise PeopleLeft


def slip_of(link: PersonalLink, token: str) -> Slip:
    """What stands on the slip of a link."""
    person, guardian = link.person, link.guardian
    return Slip(
        school=link.school.short_name,
        person=person.full_name,
        place=person.class_name,
        guardian=guardian.full_name if guardian else "",
        address=full_address("participants:link_open", token),
        last_day=link.expires_on,
    )
