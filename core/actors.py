"""Who acts: a logged-in person in one role of one school, the holder of a link, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.models import Membership, Role, School, User

if TYPE_CHECKING:
    from collections.abc import Sequence


class ActorKind(StrEnum):
    NOBODY = "nobody"
    USER = "user"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party; every service takes one as `by`, every list is read through `visible_to(actor)`."""

    kind: ActorKind
    user: User | None = None
    membership: Membership | None = None
    link: str = ""
    """What the holder of a link acts under: the kind and key of the link's row, as `invitation:7`."""
    link_school: School | None = None

    @property
    def user_id(self) -> int:
        """The person's key; 0, which no row has, where nobody is logged in."""
        return self.user.pk if self.user else 0

    @property
    def school(self) -> School | None:
        return self.membership.school if self.membership else self.link_school

    @property
    def school_id(self) -> int:
        """The key of the school acted in; 0, which no row has, outside every school."""
        if self.membership:
            return self.membership.school_id
        return self.link_school.pk if self.link_school else 0

    def link_key(self, kind: str) -> int:
        """The key of the link's row where the actor holds a link of this kind (`personallink`); else 0."""
        name, _, key = self.link.partition(":")
        return int(key) if self.kind is ActorKind.LINK and name == kind else 0

    @property
    def role(self) -> Role | None:
        return Role(self.membership.role) if self.membership else None

    @property
    def is_installation_admin(self) -> bool:
        """True while the person acts for the whole installation, in no school."""
        return bool(self.user and self.user.is_installation_admin and self.membership is None)

    @property
    def pseudonym(self) -> str:
        """What the journal keeps: a kind and a key, never a name."""
        if self.kind is ActorKind.USER:
            return f"user:{self.user_id}"
        return self.link if self.kind is ActorKind.LINK else self.kind.value


NOBODY = Actor(ActorKind.NOBODY)
SYSTEM = Actor(ActorKind.SYSTEM)


def link_actor(link: str, school: School | None = None) -> Actor:
    """The holder of a link, known by the link alone."""
    return Actor(ActorKind.LINK, link=link, link_school=school)


def user_actor(user: User, memberships: Sequence[Membership], chosen: int | None = None) -> Actor:
    """A person in the chosen one of his active memberships, else the first of them.

    The installation's administrator acts in no school unless he chose a membership of his own.
    """
    picked = next((row for row in memberships if row.pk == chosen), None)
    if picked is None and memberships and not user.is_installation_admin:
        picked = memberships[0]
    return Actor(ActorKind.USER, user=user, membership=picked)
