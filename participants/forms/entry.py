"""Everything about a new person on one page: the person, a parent, the part in the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.models import School
from participants.forms.enrolments import PartForm
from participants.forms.people import GuardianForm, NewPersonForm
from participants.models import Person
from participants.services.cycles import today_in


class EntryForms:
    """Three forms of one page; the second and third may stay empty. `like` is the person entered before this one."""

    def __init__(self, data: Mapping[str, Any] | None, *, school: School, like: Person | None = None) -> None:
        self.person = NewPersonForm(data, school=school, today=today_in(school), initial=_person_like(like))
        self.guardian = GuardianForm(data, prefix="guardian", empty_permitted=True, use_required_attribute=False)
        self.part = PartForm(data, prefix="part", school=school, optional=True, initial=_part_like(like))

    @property
    def forms(self) -> tuple[NewPersonForm, GuardianForm, PartForm]:
        return self.person, self.guardian, self.part

    def are_valid(self) -> bool:
        """Each is asked, so that the page shows every error at once."""
        verdicts = [form.is_valid() for form in self.forms]
        return all(verdicts)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)


def _person_like(like: Person | None) -> dict[str, str]:
    return {"kind": like.kind, "class_name": like.class_name} if like else {}


def _part_like(like: Person | None) -> dict[str, object]:
    part = like.enrolments.order_by("-pk").first() if like else None
    return {"side": part.side, "form": part.form_id} if part else {}
