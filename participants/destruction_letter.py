"""The letter that tells a curator whose last day is near: how many there are, and nobody's name."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter
from participants.models import Destruction, DestructionState


def write_destructions_due(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None where nothing is due any more, and for a curator who has lost his address meanwhile."""
    if notice.user is None or not notice.user.email or notice.school is None:
        return None
    days = Destruction.objects.filter(school=notice.school, state=DestructionState.DUE).values_list("due_on", flat=True)
    if not days:
        return None
    today = date.fromisoformat(notice.payload["today"])
    context = {
        "school": notice.school,
        "count": len(days),
        "first": min(days),
        "late": sum(day < today for day in days),
        "link": full_address("participants:destruction_list"),
    }
    body = render_to_string("participants/notices/destruction_due.txt", context)
    subject = _("By %(day)s personal data have to be destroyed: %(school)s")
    words = subject % {"day": f"{min(days):%d.%m.%Y}", "school": notice.school.short_name}
    return Letter(notice.user.email, words, body.strip() + "\n")
