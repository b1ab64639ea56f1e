"""What proves an activity, guessed from its wording; the curator may say otherwise.

The wordings are those of the methodology (R-145 for pupils, the teachers' model of 2021), which schools copy with
changes of their own. Where a wording could mean several things nothing is guessed: a wrong proof is worse than none.
"""

from __future__ import annotations

import re

from core.russian import search_key
from roadmap.models.evidence import EvidenceKind

_CONSENTS = re.compile(r"согласи\w*.*(персональн|обработк|пдн)|(сбор|получен|обеспечен)\w* согласи")
_ABOUT_MENTEES, _ABOUT_MENTORS = re.compile(r"наставляем"), re.compile(r"наставник")

_MEETINGS = (
    (EvidenceKind.TRIAL_MEETINGS, r"пробн\w+.*встреч"),
    (EvidenceKind.PLANNING_MEETINGS, r"встреч\w*[ -]+планирован|встреч\w* по планирован"),
    (EvidenceKind.FINAL_MEETINGS, r"(заключительн|итогов|завершающ)\w+ встреч"),
    (EvidenceKind.FIRST_MEETINGS, r"(перв|организационн)\w+,? встреч|встреч\w*[ /-]+знакомств"),
)
"""The steps of a pair's work; a line that names several of them is about the work as a whole."""

_PAIRS = r"\b(пар(ы|ах|ам)?\b|(?<!рабочей )групп)"
_BASE = r"(формирован|создани|составлен|пополнен)\w* (\w+ )?(баз|банк|реестр)\w*( данных)?( потенциальных)? "
_WORDINGS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (EvidenceKind.ORDER, f"(приказ|распоряжени).*{_PAIRS}|{_PAIRS}.*(приказ|распоряжени)"),
        (EvidenceKind.ORDER, r"приказ.*закреплен\w+ наставник|сложившихся (пар|групп)"),
        ("", r"^\W*((изда|подготовк|разработк|утвержден|назначен|изучен)\w+.*)?приказ"),
        (EvidenceKind.PAIRS, rf"соединен\w+.*{_PAIRS}|распределен\w+.* по {_PAIRS}"),
        (EvidenceKind.PAIRS, rf"(формирован|подбор|создани)\w* (наставническ\w+ )?{_PAIRS}"),
        (
            EvidenceKind.EVENT,
            r"встреч\w* с (сообществ|родител|обучающ|учени|выпускник|педагог|коллектив|представител|партнер|работодат)",
        ),
        (EvidenceKind.SURVEY, r"анкетирован|анкет\w* обратной связи|сбор\w* обратной связи|\bопрос|удовлетворенност"),
        (EvidenceKind.GROUP_MEETING, r"группов\w+ (\w+ )?встреч"),
        *_MEETINGS,
        (EvidenceKind.MEETINGS, r"регулярн\w+ встреч|встреч\w* наставник\w* (и|с) наставляем|последовательн\w+ встреч"),
        (EvidenceKind.MEASUREMENT, r"по заданным параметрам|(оценк|мониторинг).*влияни|диагностик"),
        (EvidenceKind.INTERVIEWS, r"собеседован"),
        ("", r"^\W*поиск|(утвержден|составлен|разработк)\w+ (программ|план|график).*обучени"),
        (EvidenceKind.TRAINING, r"обучени\w+ (\w+ )?наставник|установочн\w+ сесси|школ\w+ наставник"),
        (EvidenceKind.TRAINING, r"обмен\w* опыт\w+ (среди|между) наставник"),
        ("", r"долгосрочн\w+ баз"),  # the pool for years to come, not this year's base
        (EvidenceKind.MENTEES, _BASE + "наставляем"),
        (EvidenceKind.MENTORS, _BASE + "наставник"),
        ("", r"от третьих лиц"),
        (EvidenceKind.SURVEY, r"сбор\w* .*запрос|мониторинг"),
        (EvidenceKind.PUBLICATION, r"публик|освещени|на (\w+ )?сайт|социальн\w+ сет"),
        (EvidenceKind.EVENT, r"информировани|педагогическ\w+ совет|педсовет|собрани|классн\w+ час|совещани"),
        (EvidenceKind.EVENT, r"торжественн|приглашени|кругл\w+ стол|конференци|(проведени|итогов)\w+ мероприяти"),
    )
)
"""Tried in this order; the empty kind stops the search."""


def kind_of(text: str, *, section: str = "", stage: str = "") -> str:
    """The kind of evidence that proves an activity, empty where its wording names none.

    `section` and `stage` say whose consents are meant where the activity itself does not.
    """
    words = search_key(text)
    if _CONSENTS.search(words):
        return _consents_of(words, search_key(section), search_key(stage))
    if sum(bool(re.search(pattern, words)) for _kind, pattern in _MEETINGS) > 1:
        return EvidenceKind.MEETINGS
    return next((kind for kind, pattern in _WORDINGS if pattern.search(words)), "")


def _consents_of(*places: str) -> EvidenceKind:
    for words in places:
        if _ABOUT_MENTEES.search(words):
            return EvidenceKind.MENTEE_CONSENTS
        if _ABOUT_MENTORS.search(words):
            return EvidenceKind.MENTOR_CONSENTS
    return EvidenceKind.MENTEE_CONSENTS
