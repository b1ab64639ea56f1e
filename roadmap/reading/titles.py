"""What a column holds, by its title: any wording, any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadmap.outline import Column, ColumnKind
from roadmap.reading.wording import plain, squeeze

OTHERS: tuple[ColumnKind, ...] = ("other", "other2", "other3")
TEXT_KINDS = {"activity", "content", "stage"}

EXPECTED = r"(?:(?:ожидаем|предполагаем|планируем|прогнозируем|примерн|плановы|конечны|итоговы)\w* )?"
# In order: the first that fits decides. «Сроки реализации мероприятий» is a term, not an activity.
TITLES: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"(?=.*[\w№])(?:№|n|nо|номер)?\.? ?(?:п ?[/.\\] ?п\.?|пп)?\.?|(?:№|номер) (?:мероприятия|пункта|этапа|раздела)"
        ),
    ),
    ("stage", re.compile(r"(?:наименование |название )?(?:этап|раздел|блок|модул)\w*\b.*")),
    ("partner", re.compile(r"(?:соисполнител|(?:\w+ |организации-)?партнер|привлекаем|участвующ|помощник).*")),
    ("other", re.compile(r"(?:фактическ|факт\b|отметка|дата отметки|срок факт).*")),
    (
        "term",
        re.compile(
            r"(?:(?:примерн|ориентировочн|планируем|плановы|календарн|учебн|дата и|контрольн)\w* )?"
            r"(?:срок|дат[аы]\b|период\b|время\b|месяц|квартал|четверт|когда|начало\b|окончание\b|завершение\b).*"
            r"|.*\bначало – окончание"
        ),
    ),
    (
        "responsible",
        re.compile(
            r"(?:(?:должность|фамилия|фио|ф\. ?и\. ?о\.?)[\s,(/]*(?:и |)(?:фио |ф\. ?и\. ?о\.? )?(?:должность )?)?"
            r"(?:ответств|отв\b|исполнител|кто |кем ).*"
        ),
    ),
    ("document", re.compile(r"(?:форма |наименование )?отч[её]т.*|(?:(?!результат)\w+ ){0,2}документ.*")),
    ("result", re.compile(EXPECTED + r"(?:результат|показател|индикатор|продукт|эффект|итог).*")),
    ("content", re.compile(r"(?:краткое |основное )?содержани.*")),
    (
        "activity",
        re.compile(
            r"(?:направлени[ея](?: работы| деятельности)? ?[,/] ?)?"
            r"(?:(?:наименование|название|перечень|планируемые|запланированные|основные|примерные|тема|вид|виды|план"
            r"|направления работы,?) (?:и содержание )?(?:планируемых )?)*"
            r"(?:мероприяти|событи|действи|деятельности|работ|активност|шаг|что дела).*"
        ),
    ),
    ("stage", re.compile(r"направлени[ея]\b.*")),
    (
        "other",
        re.compile(
            r"(?:\w+ )?(?:примечани|комментари|участник|аудитори|групп|категори|класс|охват|место|площадк|форм[аы]\b|формат"
            r"|цел[ьи]|задач|уровень|ресурс|финанс|бюджет|источник|статус|для кого|контингент|подпис|критери|метод|контрол).*"
        ),
    ),
)
# A second column of the kind is a mark of the first: «Вид мероприятия» beside «Мероприятие».
MARK_OF_ACTIVITY = re.compile(r"(?:вид|форма|тип|тема)\b")
BEGINS, ENDS = re.compile(r"\bнача[лт]"), re.compile(r"\b(?:окончани|заверш|конец)|\bпо$")


@dataclass(frozen=True, slots=True)
class Title:
    """The words over a column, and those over several columns that it is one of: «начало» under «Сроки»."""

    text: str
    group: str = ""

    @property
    def whole(self) -> str:
        return ": ".join(filter(None, (self.group, self.text)))

    @property
    def kind(self) -> ColumnKind | None:
        """What the words say; those of the column before those of the group, None when neither is known."""
        return kind_of(self.text) or kind_of(self.group)


@lru_cache(maxsize=1000)
def kind_of(title: str) -> ColumnKind | None:
    """The kind of column with this title, None for a title nobody foresaw."""
    wording = plain(title)
    return next((kind for kind, pattern in TITLES if wording and pattern.fullmatch(wording)), None)


def ends_range(titles: Sequence[Title], place: int) -> bool:
    """Whether a column holds the last days of the terms that begin in the column to the left."""
    if not place or not titles[place].kind == titles[place - 1].kind == "term":
        return False
    before, after = plain(titles[place - 1].text), plain(titles[place].text)
    return BEGINS.search(before) is not None and ENDS.search(after) is not None


def distinct_kinds(titles: Sequence[Title]) -> list[ColumnKind | None]:
    """A kind for each column, each once; the rest are further columns, the last of which takes all that are left."""
    kinds: list[ColumnKind | None] = [title.kind for title in titles]
    if "responsible" not in kinds and "partner" in kinds:
        kinds[kinds.index("partner")] = "responsible"
    _settle_text_columns(kinds, titles)
    placed: list[ColumnKind | None] = []
    others = _others()
    for place, (kind, title) in enumerate(zip(kinds, titles, strict=True)):
        if kind in placed and ends_range(titles, place):
            placed.append(kind)
        elif not title.whole:
            placed.append(None)
        elif kind == "responsible" and kind in placed and "partner" not in [*kinds, *placed]:
            placed.append("partner")
        else:
            placed.append(next(others) if kind in {None, "other", *placed} else kind)
    return placed


def columns_of(titles: Sequence[Title], kinds: Sequence[ColumnKind | None]) -> tuple[Column, ...]:
    """The columns with their titles as written, one for each kind; no two have the same title."""
    said: dict[ColumnKind, str] = {}
    for place, (title, kind) in enumerate(zip(titles, kinds, strict=True)):
        if kind is None:
            continue
        if kind not in said:
            said[kind] = title.whole
        elif ends_range(titles, place):
            said[kind] = title.group if kind_of(title.group) == kind else f"{said[kind]} – {title.text}"
        elif title.whole != said[kind]:
            said[kind] = f"{said[kind]}; {title.whole}"
    return tuple(Column(kind, title) for kind, title in _apart(said))


def _settle_text_columns(kinds: list[ColumnKind | None], titles: Sequence[Title]) -> None:
    """Which column says what is done where two could, and which where none is called so."""
    if kinds.count("activity") > 1:
        for place, kind in enumerate(kinds):
            if kind == "activity" and MARK_OF_ACTIVITY.match(plain(titles[place].text)):
                kinds[place] = "other"
    if kinds.count("activity") > 1 and "content" not in kinds:
        # «Основные мероприятия · Действия»: what is done is in the second, the first holds several of its rows.
        kinds[len(kinds) - 1 - kinds[::-1].index("activity")] = "content"
    if not {"activity", "content"} & set(kinds) and "stage" in kinds:
        # «Направление · Сроки · Ответственный»: what is done stands in the only column of words.
        kinds[kinds.index("stage")] = "activity"


def _others() -> Iterator[ColumnKind]:
    yield from OTHERS
    while True:
        yield OTHERS[-1]


def _apart(said: dict[ColumnKind, str]) -> Iterator[tuple[ColumnKind, str]]:
    seen: dict[str, int] = {}
    for kind, title in said.items():
        count = seen[squeeze(title)] = seen.get(squeeze(title), 0) + 1
        yield kind, title if count == 1 else f"{title} ({count})"
