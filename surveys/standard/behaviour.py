"""Yes-or-no questions at the exit that tell how behaviour changed; their indicators go into the monitoring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from surveys.content import Question
from surveys.standard.forms import EMPLOYER, STUDENT, WordedForm
from surveys.standard.shape import yes_no
from surveys.standard.subjects import everywhere, of_pupils, of_teachers


def of_choosers(form: WordedForm) -> bool:
    return form in {STUDENT, EMPLOYER}


def of_employers(form: WordedForm) -> bool:
    return form.is_employer


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator, asked of one side in some forms."""

    key: str
    text: str
    asked_in: Callable[[WordedForm], bool]
    side: str = "mentee"


INDICATORS = (
    Indicator("sport", "Появилось ли у вас желание ходить на дополнительные спортивные занятия?", of_pupils),
    Indicator("creative", "Появилось ли у вас желание ходить в творческий кружок?", of_pupils),
    Indicator(
        "reading",
        "Стали ли вы больше узнавать по своей теме: подписались на что-нибудь полезное, прочитали книгу или статью?",
        of_pupils,
    ),
    Indicator("beyond_school", "Хочется ли вам изучать что-то сверх школьной программы?", of_pupils),
    Indicator("own_project", "Хочется ли вам сделать собственный проект?", of_pupils),
    Indicator("own_profession", "Стали ли вы лучше понимать, кем хотите работать?", of_choosers),
    Indicator("faculty", "Собираетесь ли вы поступать туда, где учат этому делу?", of_choosers),
    Indicator("region_job", "Думаете ли вы о работе или стажировке на предприятиях нашего региона?", of_employers),
    Indicator("own_school", "Видите ли вы своё развитие в этой школе в ближайшие пять лет?", of_teachers),
    Indicator("school_life", "Хочется ли вам участвовать в культурной жизни школы?", of_teachers),
    Indicator("confidence", "Чувствуете ли вы прилив уверенности в своих силах?", of_teachers),
    Indicator("pupils_results", "Выросли ли результаты ваших учеников?", of_teachers),
    Indicator("fewer_conflicts", "Стало ли меньше конфликтов с коллегами и родителями?", of_teachers),
    Indicator("articles", "Хочется ли вам писать статьи или вести исследования?", of_teachers),
    Indicator(
        "become_mentor",
        "Хотите ли вы потом сами стать наставником и войти в сообщество выпускников программы?",
        everywhere,
    ),
    Indicator("invites", "Пригласили бы вы участников программы на стажировку или на работу?", of_employers, "mentor"),
)


def behaviour_questions(side: str, form: WordedForm) -> Iterator[Question]:
    for one in INDICATORS:
        if one.side == side and one.asked_in(form):
            yield yes_no(one.key, one.text, indicator=one.key)
