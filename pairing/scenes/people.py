"""Who stands in the table, as a page names, finds and sorts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.cases import NameCase, PersonName
from core.models import Role, School
from core.russian import search_key
from pairing.rules import Rule, refusals_of
from pairing.scoring import Table
from pairing.scoring.profiles import Profile
from participants.models import Charge, Enrolment


@dataclass(frozen=True, slots=True)
class Named:
    """One side of pairs; `taken` of `places` are spoken for before the scenario."""

    key: int
    person: int
    name: str
    called: PersonName
    """The whole name, or without the surname where nobody else on his side is called alike."""
    place: str
    search: str
    sort: str
    class_key: str
    taken: int
    places: int

    def has(self, words: Iterable[str]) -> bool:
        return all(word in self.search for word in words)


Names = Mapping[int, Named]


def in_sentence(named: Named, case: NameCase = NameCase.NOMINATIVE) -> str:
    """«Вере»; «Абрамовой Вере» where there are two of that name."""
    return named.called.full(case)


def read_names(table: Table) -> dict[int, Named]:
    """Everybody in the table who may stand on the page, by the key of the enrolment; one query."""
    sides: dict[int, Profile] = {side.key: side for side in (*table.mentees, *table.mentors) if is_ready(side)}
    alike = Counter(_called(side) for side in sides.values())
    columns = ("person__surname", "person__search_key", "person__sort_key", "person__class_key")
    rows = Enrolment.objects.filter(pk__in=sides).values_list("pk", *columns)
    return {key: _named(sides[key], alike[_called(sides[key])] == 1, *texts) for key, *texts in rows}


def _called(side: Profile) -> tuple[bool, str, str]:
    return side.party.is_mentor, side.first_name, side.patronymic


def _named(side: Profile, is_only: bool, surname: str, search: str, sort: str, class_key: str) -> Named:
    first, patronymic, party = side.first_name, side.patronymic, side.party
    name = " ".join(filter(None, (surname, first, patronymic)))
    called = PersonName("" if is_only and first else surname, first, patronymic, side.sex)
    return Named(
        key=side.key,
        person=side.person,
        name=name,
        called=called,
        place=side.place,
        search=search,
        sort=sort,
        class_key=class_key,
        taken=party.taken,
        places=party.places,
    )


def searched(words: str) -> list[str]:
    """What is looked for, as `Named.has` takes it."""
    return search_key(words).split()


def is_ready(side: Profile) -> bool:
    """Whether he may stand on the page: he takes part, his consents are in force, his questionnaire is filled in."""
    return not lacks(side)


def lacks(side: Profile) -> list[Rule]:
    """What keeps him out of every pair, whether he is spoken for already apart."""
    return [one.rule for one in refusals_of(side.party) if one.rule not in {Rule.TAKEN, Rule.PLACE}]


def supported(school: School, names: Iterable[Named]) -> set[int]:
    """Those of them whom a psychologist of the school has in his charge, by the keys of their enrolments; one query."""
    charges = Charge.objects.filter(
        membership__school=school, membership__role=Role.PSYCHOLOGIST, membership__ended_at=None
    ).values_list("person", "class_key")
    people = {person for person, _class in charges if person}
    classes = {class_key for _person, class_key in charges if class_key}
    return {one.key for one in names if one.person in people or (one.class_key and one.class_key in classes)}
