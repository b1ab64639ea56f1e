"""Words by which an activity in a school's own wording, or a section, is known to belong to a stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from roadmap.reading.stages import LIKE, is_like_stage_name, take_number
from roadmap.reading.standard import OTHER_STAGE_NAMES, STAGE_NAMES
from roadmap.reading.wording import plain, squeeze, stems_of

LONGEST = 600
PEOPLE = r"(?:обучающ|наставляем|учени|учащ|школьник|студент|педагог|молод)"
CUES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        1,
        re.compile(
            r"нормативн|локальн\w+ акт|\bположени\w+ о|дорожн\w+ карт|рабоч\w+ групп|(?:назначени|назначить)\w* куратор|информировани"
            r"|информационн\w+ (?:встреч|собрани|кампани)|разъяснительн|о внедрении|об организации наставн"
        ),
    ),
    (
        2,
        re.compile(
            r"(?:(?:баз|банк|реестр|списк|список)\w*(?: данных)?|запрос\w*(?: \w+)?|(?:анкет|опрос|выявлен)\w*(?: \w+)?) "
            + PEOPLE
            + r"|(?:выявлен|диагностик)\w+ (?:\w+ )?(?:проблем|запрос|потребност|затруднен|дефицит)"
        ),
    ),
    (
        3,
        re.compile(
            r"(?:баз|банк|реестр|списк|список)\w*(?: данных)? наставник|(?:поиск|привлечени)\w* (?:\w+ )?наставник"
            r"|(?:анкет|опрос)\w* (?:\w+ )?наставник|потенциальн\w+ наставник"
        ),
    ),
    (
        4,
        re.compile(
            r"(?:обучени|подготовк|отбор|собеседовани|инструктаж|школ|курс|семинар|тренинг)\w*"
            r" (?:\w+ )?(?:для |с |будущ\w+ )?(?:наставник|куратор)"
        ),
    ),
    (
        5,
        re.compile(
            r"(?:формировани|закреплени|утверждени|создани|образовани|подбор|состав)\w* (?:наставнич\w+ )?(?:пар|групп|тандем)"
            r"|группов\w+ встреч|знакомств|распределени\w+ наставляем"
        ),
    ),
    (
        6,
        re.compile(
            r"(?:индивидуальн|персонализированн)\w+ (?:план|программ|маршрут|заняти|встреч)|регулярн|встреч\w* (?:\w+ )?пар"
            r"|работ\w* (?:\w+ )?пар|\bзаняти|взаимопосещ|открыт\w+ урок|обратн\w+ связ|промежуточн|мастер-класс|экскурси"
        ),
    ),
    (
        7,
        re.compile(
            r"\bитог|\bотчет|заверш|заключительн|награжд|поощрен|мониторинг\w* (?:качеств|эффектив)|публикаци|\bкейс|лучш\w+ практик"
            r"|благодарн|конференци|фестивал|(?:анализ|оценк)\w* эффективност"
        ),
    ),
)
# The stages that the other names of OTHER_STAGE_NAMES stand for, in their order there.
STAGES_OF_OTHER_NAMES = (1, 1, 1, 2, 3, 4, 6, 6, 7, 7, 7)


def stage_by_cues(text: str) -> tuple[int | None, bool]:
    """The stage that the words of a text speak of, and whether they speak of no other; the first named of several."""
    wording = plain(text[:LONGEST])
    found = [(match.start(), stage) for stage, pattern in CUES if (match := pattern.search(wording))]
    return (min(found)[1], len(found) == 1) if found else (None, False)


@lru_cache(maxsize=500)
def stage_by_name(heading: str) -> int | None:
    """The stage whose name, small changes aside, a heading has."""
    name = take_number(heading)[1]
    if not is_like_stage_name(name):
        return None
    likeness, stage = max((_likeness(name, known), -stage) for stage, known in _names())
    return -stage if likeness >= LIKE else None


def _names() -> Sequence[tuple[int, str]]:
    others = zip(STAGES_OF_OTHER_NAMES, OTHER_STAGE_NAMES, strict=True)
    return [*enumerate(STAGE_NAMES, start=1), *others]


def _likeness(name: str, known: str) -> float:
    if squeeze(known).startswith(squeeze(name)) or squeeze(name).startswith(squeeze(known)):
        return 1.0
    here, there = stems_of(name), stems_of(known)
    return 2 * len(here & there) / (len(here) + len(there))
