"""Printed slips: a personal link on paper for whoever signs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from core.actors import Actor
from core.errors import DomainError
from participants.models import OPEN_CONSENTS, ConsentPurpose, Guardian, LinkChannel, Person, PersonalLink
from participants.services.asking import signers_of
from participants.services.links import issue_link


def issue_slips(*, people: Iterable[Person], by: Actor) -> tuple[dict[PersonalLink, str], list[str]]:
    """A fresh link on paper, with its token, for each who signs for these people; in words why some got none.

    Those who are being asked, where anybody is; else everyone who may sign.
    """
    slips: dict[PersonalLink, str] = {}
    refusals: list[str] = []
    with transaction.atomic():
        for person in people:
            try:
                for signer in _holders(person):
                    link, token = issue_link(person=person, guardian=signer, channel=LinkChannel.SLIP, by=by)
                    slips[link] = token
            except DomainError as refusal:
                refusals.append(str(refusal))
    return slips, refusals


def _holders(person: Person) -> list[Guardian | None]:
    asked = person.consents.filter(state__in=OPEN_CONSENTS).select_related("guardian").order_by("guardian")
    return list(dict.fromkeys(consent.guardian for consent in asked)) or list(
        signers_of(person, ConsentPurpose.PROCESSING)
    )
