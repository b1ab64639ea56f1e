"""Who answers for an activity: the duty behind a role as documents word it, the member behind a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.models import Role
from core.russian import search_key
from roadmap.models import Duty

_WORDINGS: tuple[tuple[Duty, str], ...] = (
    (Duty.CURATOR, r"\bкуратор"),
    (Duty.DEPUTY, r"\bзам\b|\bзам\.|\bзамест|\bзамдир|\bзавуч"),
    (Duty.SOCIAL_PEDAGOGUE, r"\bсоц\w*[. -]*(педагог|работник)"),
    (Duty.PSYCHOLOGIST, r"психолог"),
    (Duty.CLASS_TEACHER, r"\bкл\w*[. ]+рук"),
    (Duty.METHOD_HEAD, r"\b[шрг]?мо\b|метод\w*[. ]*объединен"),
    (Duty.MENTOR, r"наставник|наставническ\w+ (пар|групп)"),
    (Duty.HEAD, r"\bдиректор|\bзаведующ|\bначальник|\bруководител\w+ (оо\b|оу\b|организац|учрежден|образоват)"),
)
"""Tried in this order: a deputy is no head, a curator among the deputies answers as the curator."""

DUTIES_OF_ROLE: dict[Role, frozenset[Duty]] = {
    Role.CURATOR: frozenset({Duty.CURATOR}),
    Role.ADMINISTRATOR: frozenset({Duty.HEAD, Duty.DEPUTY}),
    Role.PSYCHOLOGIST: frozenset({Duty.PSYCHOLOGIST}),
    Role.CLASS_TEACHER: frozenset({Duty.CLASS_TEACHER}),
    Role.MENTOR: frozenset({Duty.MENTOR}),
}
"""The duties that a role in the school brings with it."""

_LEAST_SHARED = 4
_ENDING = 3
"""A surname in another case differs in at most so many last letters: «Орлова», «Орловой»."""


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member of the school as far as names go; `membership` and `user` are keys."""

    membership: int
    user: int
    role: str
    surname: str
    given_name: str
    patronymic: str


def duty_of(role: str) -> Duty:
    """The duty a role names, whatever its number, case and spelling: «Зам.директор поУ ВР» is a deputy."""
    wording = search_key(role)
    return next((duty for duty, pattern in _WORDINGS if re.search(pattern, wording)), Duty.OTHER)


def member_of(name: str, duty: Duty, members: Sequence[KnownMember]) -> int | None:
    """The membership of the one person a written name fits, None where nobody or more than one does.

    «И.А.Орлова», «Орлова И. А.», «Орловой И.А.» and «Орлова Инна Андреевна» are one name. Of several
    roles of that person the one that carries `duty` is taken.
    """
    surname, initials = _parts(name)
    fitting = [member for member in members if surname and _fits(member, surname, initials)]
    if len({member.user for member in fitting}) != 1:
        return None
    carries = (member for member in fitting if duty in DUTIES_OF_ROLE.get(Role(member.role), ()))
    return next(carries, fitting[0]).membership


def _parts(name: str) -> tuple[str, str]:
    """Surname and initials of a written name, folded; initials may be missing."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", search_key(name))
    full = [word for word in words if len(word) > 1]
    if not full:
        return "", ""
    if len(full) == 3 and re.search(r"(вич|вна|ична)$", full[1]):
        full = [full[2], full[0], full[1]]
    return full[0], "".join(word for word in words if len(word) == 1) or "".join(word[0] for word in full[1:])


def _fits(member: KnownMember, surname: str, initials: str) -> bool:
    known = search_key(member.surname)
    theirs = "".join(search_key(part)[:1] for part in (member.given_name, member.patronymic))
    if known == surname:
        return not initials or not theirs or initials[: len(theirs)] == theirs[: len(initials)]
    return bool(initials) and initials == theirs and _same_stem(known, surname)


def _same_stem(one: str, other: str) -> bool:
    shared = max(len(one), len(other)) - _ENDING
    return shared >= _LEAST_SHARED and one[:shared] == other[:shared]


COUNTED_ON = frozenset().union(*DUTIES_OF_ROLE.values()) - {Duty.MENTOR}
"""The duties that somebody has before the work begins; mentors come out of it, and the others bring no role with them."""


def unheld_roles(roles: Iterable[str], held: Collection[Duty]) -> tuple[str, ...]:
    """Those of the written roles that the plan counts on and that nobody holds."""
    return tuple(role for role in roles if (duty := duty_of(role)) in COUNTED_ON and duty not in held)
