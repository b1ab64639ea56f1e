"""A small roadmap as a school would send it, and drafts opened from it."""

from __future__ import annotations

from core.actors import Actor
from roadmap.models import Draft
from roadmap.services.drafts import open_draft
from tests.factories import actor_of

ROADMAP = """Дорожная карта внедрения программы наставничества
в МБОУ «Заречная школа № 3» на 2026-2027 учебный год

№ п/п\tМероприятия\tСроки\tОтветственные
1\tПодготовка условий для запуска программы наставничества\t\t
1.1\tВстреча у новогодней ёлки\tДекабрь 2026\tКуратор Программы
1.2\tПедагогический совет\tпо первому снегу\tДиректор И.А.Озёрная
2\tФормирование базы наставляемых\t\t
2.1\tАнкетирование учеников\tОктябрь 2026\tПедагог-психолог
"""
NAME = "Дорожная карта.txt"


def opened(by: Actor | None = None, text: str = ROADMAP) -> tuple[Draft, Actor]:
    """A draft read from `text`, and the curator who brought it."""
    by = by or actor_of()
    return open_draft(data=text.encode(), name=NAME, by=by), by
