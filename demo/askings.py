"""What the schools of the demo ask in their surveys, whom, when, and how many of them answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from surveys.models import Wave


class Since(Enum):
    """From which day the days of a survey are counted."""

    TODAY = "today"
    START = "start of the year"
    END = "end of the year"


@dataclass(frozen=True, slots=True)
class Asking:
    """One survey: of ten who are asked `tenths` answer; one whose last day is still ahead is open.

    With `paired_only` those are left out for whom nobody was proposed yet.
    """

    questionnaire: str
    first: int
    last: int
    tenths: int
    wave: Wave = Wave.NONE
    since: Since = Since.TODAY
    is_anonymous: bool = False
    paired_only: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that the curator wrote down by hand, by parameter: before, and by how much they differ after."""

    parameter: str
    before: tuple[int, ...]
    gain: tuple[int, ...]
    most: int = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """How those changed who take no part."""

    parameter: str
    words: str
    size: int
    mean_before: str
    mean_change: str
    deviation: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the curator wrote into the monitoring report; of a year that is over it is approved."""

    totals: Mapping[str, int]
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class SurveyYear:
    """What a school asked and measured in one year of one form; `planned` opens by itself with an activity."""

    form: str
    askings: tuple[Asking, ...]
    figures: tuple[Figures, ...] = ()
    compared: tuple[Compared, ...] = ()
    planned: tuple[tuple[str, str], ...] = ()
    """Questionnaires, and words of the activity whose days they have."""
    report: Report | None = None
    last_year: bool = False


MARKS = (
    Figures("mark_maths", (3, 4, 3, 5, 3, 4, 3), (0, 1, 0, 0, 1)),
    Figures("mark_russian", (4, 3, 3, 4, 5), (0, 0, 1, 0, 0, 1, 0)),
    Figures("projects", (0, 0, 1), (1, 0, 1, 1)),
)
PUPILS = "Ученик – ученик"
SURVEYS: Mapping[str, SurveyYear] = {
    "school": SurveyYear(
        PUPILS,
        (
            Asking("request_mentee", -70, -58, 9),
            Asking("preference_mentee", -50, -47, 6),
            Asking("preference_mentor", -50, -47, 6),
            Asking("entry_mentee_pupil", -46, -39, 8, Wave.ENTRY),
            Asking("entry_mentor_pupil", -46, -39, 8, Wave.ENTRY),
            Asking("interim_mentee", -4, 6, 3, is_anonymous=True, paired_only=True),
        ),
        figures=MARKS,
        planned=(("satisfaction_mentee", "личной удовлетворенности"),),
        report=Report({"1": 640, "2": 118, "3": 9}),
    ),
    "boarding": SurveyYear(
        PUPILS,
        (
            Asking("request_mentee", -60, -48, 10),
            Asking("entry_mentee_pupil", -40, -36, 9, Wave.ENTRY),
            Asking("interim_mentee", -3, 7, 5, paired_only=True),
        ),
        planned=(("satisfaction_mentee", "личной удовлетворенности"),),
    ),
    "lyceum": SurveyYear(
        PUPILS,
        (
            Asking("entry_mentee_pupil", 40, 50, 10, Wave.ENTRY, Since.START),
            Asking("satisfaction_mentee", -104, -96, 8, since=Since.END, is_anonymous=True),
            Asking("exit_mentee_pupil", -104, -92, 9, Wave.EXIT, Since.END),
            Asking("checklist", -90, -85, 10, since=Since.END),
            Asking("swot", -90, -85, 10, since=Since.END),
        ),
        figures=MARKS,
        compared=(
            Compared("wish_school", "8 «В» и 9 «В», которые не участвуют", 41, "6.1", "0.2", "1.6"),
            Compared("involvement", "8 «В» и 9 «В», которые не участвуют", 41, "5.8", "0.1", "1.5"),
            Compared("mark_maths", "8 «В» и 9 «В», которые не участвуют", 44, "3.6", "0.1", "0.6"),
        ),
        report=Report(
            {"1": 412, "2": 96},
            "Программа прошла по плану: все пары дошли до конца года. Наставляемые охотнее ходят в школу и берутся за "
            "проекты. В новом учебном году нужны отдельный кабинет для встреч и ещё один день для общих занятий.",
        ),
        last_year=True,
    ),
}
"""By the key of the school in the cast."""
