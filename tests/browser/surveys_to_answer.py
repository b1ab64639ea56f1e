"""Open surveys of a school of their own, and the links to them; run by `manage.py shell` while the installation runs.

Prints a line of JSON with the tokens by the name of the survey.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from core.models import Role
from tests.factories import PersonFactory, UserFactory, actor_of, cleared_enrolment
from tests.surveys.sheets import TWO_SECTIONS, campaign_of, options, outline, question, respondent_of, token_of

LONG_SECTION = outline(
    [
        question("mark", "scale", text="Насколько тебе нравится учиться в этой школе?", required=True),
        question("met", "yes_no", text="Ты уже встречался с наставником?", required=True),
        question(
            "where",
            text="Где вы встречались?",
            help="Например, в классе или в библиотеке.",
            show_if={"question": "met", "any": ["yes"]},
            required=True,
        ),
        question("help", "several", text="С чем тебе нужна помощь?", least=1, most=2),
        question("often", "one", text="Как часто ты просишь помощи у взрослых?"),
        question("table", "matrix", text="Что ты думаешь о встречах?"),
        question("hours", "number", text="Сколько часов в неделю ты готов заниматься?", unit="часов"),
        question("born", "date", text="Когда ты пришёл в эту школу?"),
        question("story", "long", text="Расскажи, чего ты ждёшь от наставника."),
    ],
    [
        question(
            "order",
            "ranking",
            text="Расставь по важности: что для тебя самое важное?",
            options=options(
                "Хорошие оценки", "Друзья в классе и не только, с очень длинным словом суперпрофориентация"
            ),
        ),
        question("word", text="Опиши своё настроение одним словом."),
        question("file", "file", text="Приложи грамоту, если она есть."),
    ],
)
PEOPLE = outline([question("whom", "people", text="С кем из наставников ты хочешь работать?", most=3)])


def make() -> dict[str, str]:
    campaign = campaign_of(LONG_SECTION, title="Первый опрос наставляемых", closes_on=date(2030, 5, 31))
    rows: dict[str, Any] = {
        f"{name}-{scripts}": respondent_of(campaign, person__given_name="Анна")
        for name in ("whole", "cut", "two", "slow")
        for scripts in (True, False)
    }
    unnamed = campaign_of(
        TWO_SECTIONS, title="Как тебе живётся в школе", is_anonymous=True, closes_on=date(2030, 5, 31)
    )
    rows |= {f"unnamed-{scripts}": respondent_of(unnamed) for scripts in (True, False)}
    choice = campaign_of(PEOPLE, title="Анкета предпочтений", closes_on=date(2030, 5, 31))
    for scripts in (True, False):
        row = respondent_of(choice, person__birth_date=date(2013, 3, 9))
        rows[f"people-{scripts}"] = row
        assert row.enrolment
        for number in range(1, 15):
            cleared_enrolment(
                person=PersonFactory(
                    school=row.enrolment.person.school, surname=f"Наставников{number}", given_name="Константин"
                ),
                cycle=row.enrolment.cycle,
                form=row.enrolment.form,
                mentor=True,
            )
    typed = campaign_of(TWO_SECTIONS, title="Опрос на бумаге", closes_on=date(2030, 5, 31))
    for number in range(1, 31):
        respondent_of(typed, person__surname=f"Бумагин{number:02}", person__class_name="7 «Б»")
    user = UserFactory(email="typist@school.test")
    user.set_password("Bumaga-2026-list")
    user.save()
    actor_of(Role.PSYCHOLOGIST, typed.cycle.programme.school, user)
    return {name: token_of(row) for name, row in rows.items()} | {"typed": str(typed.pk), "login": "typist@school.test"}


print(json.dumps(make()))
