"""What waits for people with an account who sign: a parent, or an adult who takes part himself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import Role
from participants.services.mine import consents_to_sign
from participants.services.sending import AWAITED
from roadmap.day import Waiting

SIGNING = (Role.MENTOR, Role.MENTEE, Role.GUARDIAN)
"""Those whose own page this is; the staff who sign for a child of theirs come by the letter."""


def ask_signer(actor: Actor, today: date) -> Iterator[Waiting]:
    """The consents that were asked of him or sent back."""
    assert actor.school
    awaited = consents_to_sign(actor).filter(state__in=AWAITED).aggregate(n=Count("pk"), since=Min("asked_at"))
    if awaited["n"]:
        words = ngettext(
            "%(n)s consent waits for your signature", "%(n)s consents wait for your signature", awaited["n"]
        )
        yield Waiting(
            text=words % {"n": awaited["n"]},
            url=reverse("participants:mine_home"),
            deed=_("Read and sign"),
            day=timezone.localtime(awaited["since"], actor.school.zone).date(),
            small=_("was asked for"),
            tone="now",
        )
