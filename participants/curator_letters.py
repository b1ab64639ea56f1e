"""The letters that tell a curator what became of a consent: whose it is, only the page says."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter


def write_withdrawal(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for a curator who has lost his address meanwhile."""
    return _letter(notice, "link_withdrawn", _("A consent was withdrawn: %(school)s"))


def write_conflict(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for a curator who has lost his address meanwhile."""
    return _letter(notice, "consent_contested", _("Two guardians disagree on a consent: %(school)s"))


def _letter(notice: Notice, template: str, subject: str) -> Letter | None:
    if notice.user is None or not notice.user.email or notice.school is None:
        return None
    context = {"school": notice.school, "link": full_address("participants:person_show", notice.payload["person"])}
    body = render_to_string(f"participants/notices/{template}.txt", context)
    return Letter(notice.user.email, subject % {"school": notice.school.short_name}, body.strip() + "\n")
