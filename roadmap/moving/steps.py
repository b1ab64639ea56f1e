"""The steps of a mentoring year and what each stands on.

The order is that of the methodology (R-145) as the schools' own roadmaps keep it: consents before the base, the base
before the pairs, the pairs before the order, and so on to the closing of the bases.
"""

from __future__ import annotations

import re
from enum import StrEnum, auto
from functools import cache
from types import MappingProxyType

from roadmap.reading.guess import standard_of
from roadmap.reading.standard import ACTIVITIES
from roadmap.reading.wording import plain


class Step(StrEnum):
    """A kind of work, in the usual order: each stands only on steps above it."""

    INFORMING = auto()
    MENTEE_SURVEY = auto()
    MENTEE_CONSENTS = auto()
    MENTEE_BASE = auto()
    FORMS = auto()
    MENTEES_MEASURED = auto()
    MENTOR_SURVEY = auto()
    MENTORS_COMPARED = auto()
    MENTOR_BASE = auto()
    MENTORS_MEASURED = auto()
    INTERVIEWS = auto()
    TRAINING_PREPARED = auto()
    TRAINING = auto()
    GROUP_MEETING = auto()
    PREFERENCES = auto()
    PAIRS = auto()
    ORDER = auto()
    FIRST_MEETING = auto()
    TRIAL_MEETING = auto()
    PLANNING_MEETING = auto()
    MEETINGS = auto()
    FEEDBACK = auto()
    FINAL_MEETING = auto()
    GROUP_FINAL = auto()
    EXIT_SURVEY = auto()
    INVITATIONS = auto()
    CEREMONY = auto()
    QUALITY = auto()
    MEASURED_AFTER = auto()
    CASES = auto()
    PUBLICATION = auto()
    BASES_CLOSED = auto()


STANDS_ON: dict[Step, tuple[Step, ...]] = {
    Step.MENTEE_SURVEY: (Step.INFORMING,),
    Step.MENTEE_CONSENTS: (Step.INFORMING,),
    Step.MENTEE_BASE: (Step.MENTEE_SURVEY, Step.MENTEE_CONSENTS),
    Step.FORMS: (Step.MENTEE_BASE,),
    Step.MENTEES_MEASURED: (Step.MENTEE_BASE,),
    Step.MENTOR_SURVEY: (Step.FORMS,),
    Step.MENTORS_COMPARED: (Step.MENTOR_SURVEY,),
    Step.MENTOR_BASE: (Step.MENTORS_COMPARED,),
    Step.MENTORS_MEASURED: (Step.MENTOR_BASE,),
    Step.INTERVIEWS: (Step.MENTOR_BASE,),
    Step.TRAINING: (Step.INTERVIEWS, Step.TRAINING_PREPARED),
    Step.GROUP_MEETING: (Step.TRAINING,),
    Step.PREFERENCES: (Step.GROUP_MEETING,),
    Step.PAIRS: (Step.PREFERENCES,),
    Step.ORDER: (Step.PAIRS,),
    Step.FIRST_MEETING: (Step.ORDER, Step.MENTEES_MEASURED, Step.MENTORS_MEASURED),
    Step.TRIAL_MEETING: (Step.FIRST_MEETING,),
    Step.PLANNING_MEETING: (Step.TRIAL_MEETING,),
    Step.MEETINGS: (Step.PLANNING_MEETING,),
    Step.FEEDBACK: (Step.MEETINGS,),
    Step.FINAL_MEETING: (Step.MEETINGS, Step.FEEDBACK),
    Step.GROUP_FINAL: (Step.FINAL_MEETING,),
    Step.EXIT_SURVEY: (Step.GROUP_FINAL,),
    Step.CEREMONY: (Step.EXIT_SURVEY, Step.INVITATIONS),
    Step.QUALITY: (Step.EXIT_SURVEY,),
    Step.MEASURED_AFTER: (Step.CEREMONY,),
    Step.CASES: (Step.MEASURED_AFTER,),
    Step.PUBLICATION: (Step.CASES,),
    Step.BASES_CLOSED: (Step.PUBLICATION, Step.QUALITY),
}

ONCE_BEGUN = frozenset({(Step.FEEDBACK, Step.MEETINGS)})
"""Steps that wait only for the beginning of another: interim feedback is gathered while the meetings go on."""

PEOPLE_MEET = frozenset(
    {
        *(Step.INFORMING, Step.INTERVIEWS, Step.TRAINING, Step.GROUP_MEETING, Step.PREFERENCES),
        *(Step.FIRST_MEETING, Step.TRIAL_MEETING, Step.PLANNING_MEETING, Step.MEETINGS, Step.FINAL_MEETING),
        *(Step.GROUP_FINAL, Step.CEREMONY),
    }
)
"""Steps for which people come to the school: not on Sundays and not in the holidays."""

_OF_STANDARD = (
    *(Step.INFORMING, Step.INFORMING, Step.INFORMING, Step.INFORMING),
    *(Step.MENTEE_SURVEY, Step.MENTEE_CONSENTS, Step.MENTEE_BASE),
    *(Step.FORMS, Step.MENTEES_MEASURED, Step.MENTOR_SURVEY, Step.MENTORS_COMPARED, Step.MENTOR_BASE),
    *(Step.MENTORS_MEASURED, Step.INTERVIEWS, Step.TRAINING_PREPARED, Step.TRAINING),
    *(Step.GROUP_MEETING, Step.PREFERENCES, Step.PAIRS, Step.ORDER),
    *(Step.FIRST_MEETING, Step.TRIAL_MEETING, Step.PLANNING_MEETING, Step.MEETINGS),
    *(Step.FEEDBACK, Step.FINAL_MEETING, Step.GROUP_FINAL, Step.EXIT_SURVEY),
    *(Step.INVITATIONS, Step.CEREMONY, Step.QUALITY, Step.MEASURED_AFTER),
    *(Step.CASES, Step.PUBLICATION, Step.BASES_CLOSED),
)
"""The step of each of the thirty-five standard activities, in their order."""

_OF_USUAL = {
    "Проведение педагогического совета, родительских собраний и классных часов": Step.INFORMING,
    "Информирование на сайте школы о программе наставничества": Step.INFORMING,
    "Сбор информации о профессиональных запросах педагогов": Step.MENTEE_SURVEY,
    "Формирование банка данных наставляемых, обеспечение согласий на обработку данных": Step.MENTEE_BASE,
    "Формирование банка данных наставников, обеспечение согласий на обработку данных": Step.MENTOR_BASE,
    "Подготовка методических материалов для сопровождения наставнической деятельности": Step.TRAINING_PREPARED,
    "Утверждение программы и графика обучения наставников": Step.TRAINING_PREPARED,
    "Обучение наставников для работы с наставляемыми, школа наставника": Step.TRAINING,
    "Издание приказа об утверждении наставнических пар и групп": Step.ORDER,
    "Формирование наставнических пар и групп": Step.PAIRS,
    "Анкетирование и обратная связь для промежуточной оценки": Step.FEEDBACK,
    "Реализация персонализированных программ наставничества": Step.MEETINGS,
    "Итоговое мероприятие, круглый стол по выявлению лучших практик наставничества": Step.CEREMONY,
    "Формирование долгосрочной базы наставников": Step.BASES_CLOSED,
}
"""The step of other usual wordings; those that are missing stand on nothing and nothing stands on them."""

_OF_EVIDENCE = MappingProxyType(
    {
        "mentees": Step.MENTEE_BASE,
        "mentors": Step.MENTOR_BASE,
        "mentee_consents": Step.MENTEE_CONSENTS,
        "interviews": Step.INTERVIEWS,
        "training": Step.TRAINING,
        "group_meeting": Step.GROUP_MEETING,
        "pairs": Step.PAIRS,
        "order": Step.ORDER,
        "first_meetings": Step.FIRST_MEETING,
        "trial_meetings": Step.TRIAL_MEETING,
        "planning_meetings": Step.PLANNING_MEETING,
        "meetings": Step.MEETINGS,
        "final_meetings": Step.FINAL_MEETING,
    }
)
"""What an activity in the school's own words is, by what proves it; surveys, events and publications may be any of
several."""

_OF_TEXT = {found.text: step for found, step in zip(ACTIVITIES, _OF_STANDARD, strict=True)} | _OF_USUAL


_MEASURED = frozenset({Step.MENTEES_MEASURED, Step.MENTORS_MEASURED})
_TOLD_APART: tuple[tuple[frozenset[Step | None], re.Pattern[str], Step | None], ...] = (
    (_MEASURED, re.compile("наставляем"), Step.MENTEES_MEASURED),
    (_MEASURED, re.compile("наставник"), Step.MENTORS_MEASURED),
    (_MEASURED, re.compile(""), Step.MEASURED_AFTER),
    (frozenset({Step.PAIRS}), re.compile("приказ"), Step.ORDER),
    (frozenset({Step.MEETINGS}), re.compile("^(?!.*(реализац|встреч))"), None),
    (frozenset({None}), re.compile(r"^\W*выбор форм"), Step.FORMS),
)
"""Where wordings share most of their words, the one that decides: the step it was taken for, the word, the step it is."""


def step_of(text: str, evidence: str = "") -> Step | None:
    """The step an activity is, by its wording, else by the kind of evidence that proves it; None for any other work."""
    found = standard_of(text)
    step = _OF_TEXT.get(found.text) if found else _OF_EVIDENCE.get(evidence)
    words = plain(text)
    return next((right for taken, word, right in _TOLD_APART if step in taken and word.search(words)), step)


@cache
def basis_of(step: Step) -> dict[Step, bool]:
    """Every step this one stands on, directly or through others, and whether it waits for that one's end.

    The nearest come first.
    """
    found: dict[Step, bool] = {}
    for below in STANDS_ON.get(step, ()):
        found[below] = found.get(below, False) or (step, below) not in ONCE_BEGUN
    for below in tuple(found):
        for farther, to_its_end in basis_of(below).items():
            found[farther] = found.get(farther, False) or to_its_end
    return found
