"""The letter that tells a curator of a withdrawal: whose it was, only the page says."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter


def write_withdrawal(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for a curator who has lost his address meanwhile."""
    if notice.user is None or not notice.user.email or notice.school is None:
        return None
    context = {"school": notice.school, "link": full_address("participants:person_show", notice.payload["person"])}
    body = render_to_string("participants/notices/link_withdrawn.txt", context)
    subject = _("A consent was withdrawn: %(school)s") % {"school": notice.school.short_name}
    return Letter(notice.user.email, subject, body.strip() + "\n")
