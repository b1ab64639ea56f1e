"""The act of destruction and the extract from the journal (order of Roskomnadzor of 28.10.2022 № 179)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from core.actors import Actor
from core.models import Event, School
from core.typography import long_date, tie
from participants.models import Consent, Destruction, DestructionGround, Side

SYSTEM_NAME = "«Ступени» – информационная система школьной программы наставничества"
METHOD = (
    "удаление записей и файлов средствами информационной системы и перезапись файлов базы данных, после чего "
    "восстановить содержание данных в информационной системе невозможно (пункт\u00a08 статьи\u00a03 Федерального закона №\u00a0152\u2011ФЗ)"
)
GROUNDS = {
    DestructionGround.WITHDRAWN: "отзыв согласия на обработку персональных данных (часть\u00a05 статьи\u00a021)",
    DestructionGround.EXPIRED: "окончание срока согласия на обработку персональных данных (часть\u00a04 статьи\u00a021)",
    DestructionGround.REACHED: "достижение цели обработки персональных данных (часть\u00a04 статьи\u00a021)",
    DestructionGround.DEMAND: "требование субъекта о прекращении обработки (часть\u00a05.1 статьи\u00a021)",
    DestructionGround.UNLAWFUL: "обработка без законного основания (часть\u00a03 статьи\u00a021)",
}
"""Articles of Federal law 152-FZ."""
SCOPES = {
    "": "",
    Side.MENTEE: "Уничтожены только данные, обрабатывавшиеся в связи с участием в качестве наставляемого. "
    "Остальные обрабатываются на основании действующего согласия наставника.",
    Side.MENTOR: "Уничтожены только данные, обрабатывавшиеся в связи с участием в качестве наставника. "
    "Остальные обрабатываются на основании действующего согласия наставляемого.",
}
"""What else the act says where one side of a person's part was destroyed and the other goes on."""


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One person: `subjects` are the names, his own first; `kept` the signed consents that stay sealed; `scope` says that
    only a part of his data went, or that they went before.
    """

    pseudonym: str
    subjects: tuple[str, ...]
    categories: tuple[str, ...]
    ground: str
    kept: tuple[str, ...]
    scope: str = ""


@dataclass(frozen=True, slots=True)
class ActPaper:
    """What stands on both papers of the school that destroyed."""

    operator: str
    requisites: str
    address: str
    head_post: str
    head_name: str
    processor: str
    entries: tuple[ActEntry, ...]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the extract. `digest` binds it to the lines before it."""

    number: int
    at: str
    actor: str
    pseudonym: str
    categories: tuple[str, ...]
    ground: str
    digest: str


def words_of_consent(consent: Consent) -> str:
    """«Согласие № 14 … (отозвано 12.03.2026); оригинал получен 01.09.2025, хранится: папка 3»"""
    zone = consent.person.school.zone
    with translation.override("ru"):
        words = f"{consent.text.get_kind_display()}, № {consent.pk}: {consent.get_state_display()}"
    if consent.ended_at:
        words += f" {consent.ended_at.astimezone(zone):%d.%m.%Y}"
    if consent.original_on:
        words += f"; оригинал получен {consent.original_on:%d.%m.%Y}"
        words += f", хранится: {consent.original_place}" if consent.original_place else ""
    return words


def paper_of(school: School, processor: str, entries: Sequence[ActEntry]) -> ActPaper:
    """The paper of these people of a school; `processor` is who processes on its instruction, empty for nobody."""
    requisites = ", ".join(f"{label} {value}" for label, value in (("ИНН", school.inn), ("ОГРН", school.ogrn)) if value)
    return ActPaper(
        school.name, requisites, school.address, school.head_post, school.head_name, processor, tuple(entries)
    )


def entry_of(row: Destruction, subjects: Sequence[str], kept: Sequence[str], pseudonym: str) -> ActEntry:
    """One person of the act."""
    return ActEntry(
        pseudonym,
        tuple(map(tie, subjects)),
        tuple(map(tie, row.categories)),
        tie(GROUNDS[DestructionGround(row.ground)]),
        tuple(map(tie, kept)),
        tie(" ".join(filter(None, (SCOPES[row.side], row.reason)))),
    )


def hand_of(by: Actor) -> tuple[str, str]:
    """Who destroyed: post and name, for the first line of signatures."""
    if by.user is None:
        return "", ""
    post = by.membership.post if by.membership else ""
    with translation.override("ru"):
        role = by.membership.get_role_display() if by.membership else ""
    return tie(post or role.capitalize()), tie(by.user.full_name)


def act_context(paper: ActPaper, *, today: date, until: date, sheets: int, by: tuple[str, str]) -> dict[str, Any]:
    """What the template of the act shows."""
    return {
        "paper": paper,
        "system": tie(SYSTEM_NAME),
        "method": tie(METHOD),
        "today": long_date(today),
        "until": long_date(until),
        "sheets": sheets,
        "post": by[0],
        "name": by[1],
        "blanks": range(2),
        "has_kept": any(entry.kept for entry in paper.entries),
    }


def line_of(event: Event, zone: ZoneInfo) -> JournalLine:
    """A line of the journal as the extract prints it."""
    return JournalLine(
        number=event.number,
        at=f"{event.at.astimezone(zone):%d.%m.%Y %H:%M:%S}",
        actor=event.actor,
        pseudonym=str(event.detail["pseudonym"]),
        categories=tuple(event.detail["categories"]),
        ground=GROUNDS[DestructionGround(str(event.detail["ground"]))],
        digest=event.digest,
    )


def extract_context(paper: ActPaper, lines: Sequence[JournalLine], *, today: date) -> dict[str, Any]:
    """What the template of the extract shows; no names."""
    return {"paper": paper, "lines": lines, "system": tie(SYSTEM_NAME), "today": long_date(today)}


EXTRACT_HEADER = (
    "Номер строки журнала",
    "Дата и время",
    "Кто уничтожил",
    "Субъект (условное обозначение)",
    "Категории уничтоженных данных",
    "Информационная система",
    "Причина уничтожения",
    "Контрольная сумма строки (SHA-256)",
)


def extract_row(line: JournalLine) -> list[str]:
    """The line for the spreadsheet, in the order of `EXTRACT_HEADER`."""
    told = "; ".join(line.categories)
    return [str(line.number), line.at, line.actor, line.pseudonym, told, SYSTEM_NAME, line.ground, line.digest]
