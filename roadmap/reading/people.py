"""Who answers for an activity: roles and names told apart in every way schools write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadmap.outline import Person
from roadmap.reading.wording import tidy

# Words, in the form of a title, that begin a role. A capital one begins a new role even without a comma.
ROLE = (
    r"директор|заместител[ьи]|зам|куратор(?:ы)?|руководител[ьи]|классн(?:ый|ые)|кл|педагог(?:и)?|социальн(?:ый|ые)"
    r"|психолог(?:и)?|наставник(?:и)?|учител[ья]|методист(?:ы)?|заведующ(?:ий|ая)|председатель|администрация"
    r"|секретарь|воспитател[ьи]|старш(?:ий|ая|ие)|библиотекарь|советник|координатор(?:ы)?|специалист(?:ы)?"
    r"|родител[ьи]|члены|ответственн(?:ый|ая|ые)|рабочая|и\.\s?о|врио|логопед|завуч(?:и)?|вожат(?:ый|ая|ые)|преподавател[ьи]"
)
ROLE_AHEAD = re.compile(rf"(?:{ROLE})\b", re.IGNORECASE)
PLURAL = re.compile(
    r"\b\w*(?:руководители|руководителям|наставники|наставникам|педагоги|педагогам|учителя|учителям|"
    r"воспитатели|психологи|методисты|кураторы|специалисты|родители|члены|преподаватели)\b",
    re.IGNORECASE,
)

INITIAL = r"[А-ЯЁ]\."
LAST_INITIAL = r"[А-ЯЁ](?:\.|\b)"  # typists lose its full stop
SURNAME = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]{4,})(?:-[А-ЯЁ][А-ЯЁа-яё]+)?"
GIVEN = r"[А-ЯЁ][а-яё]+"
NAME = re.compile(
    rf"(?<![А-ЯЁа-яё.-])(?:{INITIAL}\s?(?:{INITIAL}\s?)?{SURNAME}\b"
    rf"|(?!(?i:{ROLE})\b){SURNAME}\s+{INITIAL}(?:\s?{LAST_INITIAL})?"
    rf"|(?!(?i:{ROLE})\b){SURNAME}\s+{GIVEN}\s+{GIVEN[:-1]}*(?:вич|вна|чна|оглы|кызы)\b)"
)
SHORTENED = re.compile(r"\b(?:рук|зам|пед|соц|др|пр|восп|отв)\.$")
# What parts people besides commas: marks of a list, a stroke or «и» before a role.
MARK = re.compile(r"(?:^|(?<=\s))(?:\d{1,2}[.)]|[•·●▪◦‣*])\s+")
BETWEEN = re.compile(rf"\s+/\s*|/\s+|/(?=(?:{ROLE})\b)|\s+и\s+(?=(?:{ROLE})\b)", re.IGNORECASE)
TRIM = " \t\u00a0,;:–—-"
LONGEST = 4000  # letters of a cell that can still be a list of people


@dataclass(slots=True)
class _Part:
    """What stands between two commas: roles and names in their order."""

    chunks: list[tuple[str, str]]

    @property
    def only(self) -> str | None:
        kinds = {kind for kind, _ in self.chunks}
        return kinds.pop() if len(kinds) == 1 else None


def read_people(lines: Sequence[str]) -> tuple[Person, ...]:
    """The people of a cell, given as its lines. Roles and names are as written; either may be None."""
    text = _separated(lines)
    if len(text) > LONGEST:
        return ()
    parts = [part for part in map(_part, _between_commas(text)) if part.chunks]
    names_first = _names_first(parts)
    people: list[Person] = []
    for part in parts:
        _join(people, _people_of(part), part, names_first=names_first)
    return tuple(people)


def _separated(lines: Sequence[str]) -> str:
    """The lines as one text; a line that begins with a role or a name is set apart from the one before."""
    text = ""
    for line in map(tidy, lines):
        begins = ROLE_AHEAD.match(line) or NAME.match(line)
        text += ("; " if begins and text and text[-1] not in ",;-" else " ") + line
    return text.strip()


def _between_commas(text: str) -> Iterator[str]:
    gaps = {match.start(): match.end() for pattern in (BETWEEN, MARK) for match in pattern.finditer(text)}
    depth, start = 0, 0
    for position, sign in enumerate(text):
        if sign in "(«":
            depth += 1
        elif sign in ")»":
            depth = max(0, depth - 1)
        elif depth == 0 and position >= start and (sign in ",;" or position in gaps):
            yield text[start:position]
            start = gaps.get(position, position + 1)
    yield text[start:]


def _part(text: str) -> _Part:
    chunks: list[tuple[str, str]] = []
    start = 0
    for match in NAME.finditer(text):
        chunks += [("role", role) for role in _roles(text[start : match.start()])]
        chunks.append(("name", tidy(match[0])))
        start = match.end()
    chunks += [("role", role) for role in _roles(text[start:])]
    return _Part(chunks)


def _roles(text: str) -> Iterator[str]:
    starts = [0] + [match.start() for match in ROLE_AHEAD.finditer(text) if _begins_role(text, match.start())]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        role = _without_brackets(tidy(text[start:end]).strip(TRIM))
        role = role if SHORTENED.search(role) else role.rstrip(".").strip(TRIM)
        if re.search(r"\w", role):
            yield role


def _without_brackets(role: str) -> str:
    """«(куратор)» and «куратор (», which is what is left before a name in brackets, without them."""
    if role[:1] == "(" and role.find(")") in {-1, len(role) - 1}:
        role = role[1:].removesuffix(")").strip(TRIM)
    return role[:-1].strip(TRIM) if role.endswith("(") else role


def _begins_role(text: str, position: int) -> bool:
    return position > 0 and text[position].isupper() and text[position - 1].isspace()


def _names_first(parts: Sequence[_Part]) -> bool:
    """The habit of the cell: «Иванова И.И., куратор» or «куратор, Иванова И.И.»."""
    telling = next((part for part in parts if part.only is None), parts[0] if parts else None)
    return telling is not None and telling.chunks[0][0] == "name"


def _people_of(part: _Part) -> list[Person]:
    people: list[Person] = []
    names_first = part.chunks[0][0] == "name"
    for kind, text in part.chunks:
        last = people[-1] if people else None
        if kind == "name" and last and last.name is None and not names_first:
            people[-1] = Person(last.role, text)
        elif kind == "role" and last and last.role is None and names_first:
            people[-1] = Person(text, last.name)
        else:
            people.append(Person(text if kind == "role" else None, text if kind == "name" else None))
    return people


def _join(people: list[Person], found: list[Person], part: _Part, *, names_first: bool) -> None:
    """Add what a part says; a role and a name parted by a comma are one person, as the cell's habit has it."""
    last = people[-1] if people else None
    if last is not None and part.only == "name" and not names_first and last.name is None and not _plural(last.role):
        people[-1] = Person(last.role, found.pop(0).name)
    elif last is not None and part.only == "role" and names_first and last.role is None:
        people[-1] = Person(found.pop(0).role, last.name)
    if found and names_first and _plural(found[0].role):
        _share(people, found[0].role)
    people += found


def _share(people: list[Person], role: str | None) -> None:
    """A role in the plural belongs also to the names without one right before it."""
    for place in range(len(people) - 1, -1, -1):
        if people[place].role is not None:
            return
        people[place] = Person(role, people[place].name)


def _plural(role: str | None) -> bool:
    return role is not None and PLURAL.search(role) is not None
