"""The question to both sides of a pair: its letter, where it stands on their pages, the paper of a computation."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.jobs import register_job
from core.models import Role
from core.notices import register_notice
from pairing.letters import write_agreement
from pairing.models import Agreement, MatchState
from pairing.services.agreements import AGREEMENT_ASKED
from pairing.services.protocols import PROTOCOL_PDF
from participants.mine_panels import register_mine_panel
from participants.models import Enrolment, Person
from roadmap.day import Panel, register_panel

OWN, SIGNER = "pairing/agreement_panel.html", "pairing/agreement_signer.html"


def paint_for_signer(person: Person, today: date) -> Panel | None:
    """The proposed pairs of the person about which he or who signs for him is asked."""
    return _panel(SIGNER, _asked(today, enrolment__person=person))


def paint_own(actor: Actor, today: date) -> Panel | None:
    """The same on one's first page."""
    mine = Agreement.objects.visible_to(actor).values("pk")
    return _panel(OWN, _asked(today, pk__in=mine))


def _asked(today: date, **which: object) -> list[Agreement]:
    open_rows = Agreement.objects.filter(match__state__in=(MatchState.PROPOSED, MatchState.RETURNED), **which)
    cleared = Enrolment.objects.cleared(today)
    rows = open_rows.filter(match__mentor__in=cleared, match__mentee__in=cleared)
    return list(rows.select_related("enrolment__person").order_by("pk"))


def _panel(template: str, agreements: list[Agreement]) -> Panel | None:
    return Panel(template, {"agreements": agreements}) if agreements else None


register_notice(AGREEMENT_ASKED, write_agreement)
register_mine_panel(paint_for_signer)
register_panel((Role.MENTOR, Role.MENTEE, Role.GUARDIAN), paint_own, place=20)
register_job(
    PROTOCOL_PDF,
    "pairing.services.protocol_printing.make_protocol_pdf",
    label=_("The protocol of pairs is being printed"),
    result_url=lambda job: reverse("pairing:submission_file", args=(job.payload["submission"], job.pk)),
    origin_url=lambda job: reverse("pairing:submission_show", args=(job.payload["submission"],)),
)
