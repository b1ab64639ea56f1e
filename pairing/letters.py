"""How the letter reads that asks a side of a proposed pair whether it agrees: a given name at most."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter
from pairing.models import Agreement, AgreementState, MatchState
from participants.models import LinkState, PersonalLink


def write_agreement(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None once the link was replaced, the pair decided on, or the question answered."""
    rows = PersonalLink.objects.filter(pk=notice.payload["link"], state=LinkState.OPEN)
    link = rows.select_related("school", "person", "guardian").first()
    asked = Agreement.objects.filter(
        pk=notice.payload["agreement"], state=AgreementState.ASKED, match__state=MatchState.PROPOSED
    )
    if link is None or not asked.exists():
        return None
    address = link.guardian.email if link.guardian else link.person.email
    if not address:
        return None
    subject = _("A pair in the mentoring programme is proposed: %(school)s") % {"school": link.school.short_name}
    context = {
        "school": link.school.name,
        "child": link.person.given_name if link.guardian else "",
        "link": full_address("participants:link_open", secret["token"]),
    }
    body = render_to_string("pairing/notices/agreement_asked.txt", context)
    return Letter(address, subject, body.strip() + "\n")
