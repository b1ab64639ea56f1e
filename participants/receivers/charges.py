"""What class teachers and psychologists find in the menu and on their home pages."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.navigation import register_item
from participants.models.person import CHARGE_ROLES
from participants.register.charges import pupils_of
from participants.register.standing import Standing
from roadmap.day import Panel, register_panel


def paint_pupils(actor: Actor, today: date) -> Panel:
    """How many pupils are in the actor's charge, and of how many the consent is not in force."""
    people = pupils_of(actor, today)
    total = people.count()
    cleared = people.filter(Q(standing=Standing.IN_FORCE)).count() if total else 0
    return Panel("participants/pupil_panel.html", {"total": total, "cleared": cleared})


register_panel(CHARGE_ROLES, paint_pupils, place=50)
register_item(_("My pupils"), "participants:pupil_list", CHARGE_ROLES, 30)
