"""What people agree to: the texts of a school, each change a new version."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import ConsentKind, ConsentText
from participants.papers.completeness import missing_items
from participants.papers.wording import PARTS, STANDARD


def give_standard_texts(school: School, by: Actor) -> None:
    """Version 1 of each text for a school that has none."""
    for kind in ConsentKind:
        if not school.consent_texts.filter(kind=kind).exists():
            ConsentText.objects.create(school=school, kind=kind, version=1, **STANDARD[kind])


def current_text(school: School, kind: ConsentKind) -> ConsentText:
    """What is printed on forms given out from now on. Raises ConsentText.DoesNotExist."""
    return ConsentText.objects.filter(school=school, kind=kind).latest("version")


def processor_of(school: School) -> str:
    """Who processes on the school's instruction, as the newest of its texts says; empty for nobody."""
    rows = ConsentText.objects.filter(school=school).exclude(processor_text="").order_by("-created_at", "-pk")
    return rows.values_list("processor_text", flat=True).first() or ""


def write_text(*, school: School, kind: ConsentKind, parts: Mapping[str, str], seen: int, by: Actor) -> ConsentText:
    """A new version; forms that were given out keep the text they carry.

    `seen` is the version the writer started from. Raises DomainError where another came meanwhile, where nothing was
    changed, and where the text lacks what the law wants in it.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        now = current_text(school, kind)
        if now.version != seen:
            raise DomainError(
                _("Version %(number)s of this text has been written meanwhile. Read it before you write your own.")
                % {"number": now.version}
            )
        if all(getattr(now, name) == parts[name] for name in PARTS):
            raise DomainError(_("The text is the same as the version before it, so no new version was made."))
        if missing := missing_items(kind, parts):
            raise DomainError(" ".join(item.missing for item in missing))
        columns = {name: parts[name] for name in PARTS}
        text = ConsentText.objects.create(
            school=school, kind=kind, version=now.version + 1, created_by=by.user, **columns
        )
        record_event(verb="write", thing=text, school=school, by=by)
    return text
