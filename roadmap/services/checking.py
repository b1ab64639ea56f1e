"""What is amiss in the plan of a school, and what of it the curator calls right."""

from __future__ import annotations

from core.models import Membership, Role, School
from roadmap.drafting.findings import SchoolFacts
from roadmap.duties import DUTIES_OF_ROLE, duty_of
from roadmap.models import Duty


def school_facts(school: School) -> SchoolFacts:
    """The names of a school and the duties that its people hold, by their roles and by their posts."""
    rows = Membership.objects.active().filter(school=school).values_list("role", "post").distinct()
    held: set[Duty] = set()
    for role, post in rows:
        held |= DUTIES_OF_ROLE.get(Role(role), frozenset()) | {duty_of(post)}
    return SchoolFacts(school.short_name, (school.short_name, school.name), frozenset(held))
