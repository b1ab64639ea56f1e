"""Questionnaires of a few questions, and people who open them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.tokens import digest
from surveys.models import Campaign, Respondent
from tests.factories import (
    CampaignFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    cleared_enrolment,
)


def question(key: str, kind: str = "short", **given: Any) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "short": {"longest": 100},
        "long": {"longest": 1000},
        "scale": {"low": 1, "high": 10, "low_label": "совсем нет", "high_label": "очень"},
        "one": {"options": options("Да, часто", "Иногда", "Никогда")},
        "several": {"options": options("Спорт", "Музыка", "Чтение")},
        "ranking": {"options": options("Учёба", "Друзья", "Отдых"), "most": 2},
        "matrix": {
            "rows": options("Наставник слушал меня", "Наставник приходил вовремя"),
            "columns": [{"key": "1", "text": "редко"}, {"key": "2", "text": "часто"}],
        },
        "number": {"least": 0, "most": 40},
        "people": {"side": "mentor", "most": 2},
        "file": {"kinds": ["image", "pdf"]},
    }
    return {"key": key, "kind": kind, "text": f"Вопрос {key}?", **own.get(kind, {}), **given}


def options(*texts: str) -> list[dict[str, str]]:
    return [{"key": f"o{n}", "text": text} for n, text in enumerate(texts, 1)]


def outline(*sections: list[dict[str, Any]]) -> dict[str, Any]:
    parts = [
        {"key": f"s{n}", "title": f"Часть {n}", "text": "", "questions": questions}
        for n, questions in enumerate(sections, 1)
    ]
    return {"sections": parts, "levels": [], "thanks": "До встречи!"}


TWO_SECTIONS = outline(
    [question("mark", "scale", required=True), question("why", "long")],
    [
        question("met", "yes_no", required=True),
        question("where", required=True, show_if={"question": "met", "any": ["yes"]}),
    ],
)
EVERY_KIND = outline(
    [
        question("scale", "scale"),
        question("yesno", "yes_no"),
        question("one", "one"),
        question("several", "several"),
        question("matrix", "matrix"),
        question("number", "number", unit="часов"),
        question("day", "date"),
    ],
    [question("short"), question("long", "long"), question("ranking", "ranking"), question("file", "file")],
)


def campaign_of(content: dict[str, Any] = TWO_SECTIONS, **given: Any) -> Campaign:
    """An open campaign that asks this."""
    campaign: Campaign = CampaignFactory(**{"open": True} | given)
    version = QuestionnaireVersionFactory(
        published=True,
        content=content,
        number=2,
        questionnaire=campaign.version.questionnaire,
    )
    campaign.version = version
    campaign.save()
    return campaign


def respondent_of(campaign: Campaign, **given: Any) -> Respondent:
    """Someone who may be asked, with a link in a letter of his own."""
    enrolment = cleared_enrolment(person__school=campaign.cycle.programme.school, cycle=campaign.cycle, **given)
    row: Respondent = RespondentFactory(campaign=campaign, enrolment=enrolment)
    row.letter_hash = digest(token_of(row))
    row.save()
    return row


def token_of(row: Respondent) -> str:
    return f"token-of-{row.pk}".ljust(43, "x")


def come(row: Respondent) -> Client:
    """The browser of whoever opened his link."""
    client = Client()
    answer = client.get(reverse("surveys:answer_open", args=(token_of(row),)))
    assert answer.headers["Location"] == page(row, "start")
    return client


def page(row: Respondent, name: str, n: int = 0) -> str:
    """The address of a page of his survey."""
    return reverse(f"surveys:answer_{name}", args=(row.pk,)) + (f"?n={n}" if n else "")
