"""Years of a school with much and with little to report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from core.models import School
from participants.models import Enrolment, Side
from reports.models import MonitoringReport
from roadmap.models import Cycle
from surveys.content import content_to_json
from surveys.models import Campaign
from surveys.standard import STANDARD_QUESTIONNAIRES
from tests.factories import (
    AnswerFactory,
    CampaignFactory,
    ComparisonGroupFactory,
    CycleFactory,
    MatchFactory,
    MeasurementFactory,
    MeetingFactory,
    MentoringFormFactory,
    MentorshipFactory,
    MonitoringReportFactory,
    ParameterFactory,
    PersonFactory,
    PlaceFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    ResponseFactory,
    cleared_enrolment,
)
from tests.reports.ordering import curator_of, some_school

PARAMETERS = (
    ("Вовлечённость в образовательный процесс", 1, 10, "up", 4, 2),
    ("Личностная тревожность", 1, 10, "down", 7, -2),
    ("Понимание собственного будущего", 1, 10, "up", 5, 1),
    ("Отметка по математике", 2, 5, "up", 3, 1),
    ("Посещаемые кружки и секции", 0, None, "up", 0, 1),
)
"""(name, least, most, direction, value before, most that it changed by)"""
CONCLUSION = (
    "Программа выполнена: встречи шли по плану, большинство участников довольны.\n"
    "В следующем году нужно больше наставников из числа учителей и раньше начать подготовку."
)
SWOT = {
    "strengths": "Опытные наставники из старших классов\nПоддержка администрации",
    "weaknesses": "Мало учителей-наставников",
    "opportunities": "Договор с городским техникумом",
    "threats": "Перегрузка учителей отчётами",
}


def parts_of(cycle: Cycle, form: Any, side: str, count: int, **person: Any) -> list[Enrolment]:
    """So many cleared people on a side of a form."""
    school = cycle.programme.school
    mentor = {"mentor": True} if side == Side.MENTOR else {}
    return [
        cleared_enrolment(person=PersonFactory(school=school, **person), cycle=cycle, form=form, **mentor)
        for _ in range(count)
    ]


def standard_survey(cycle: Cycle, key: str, **columns: Any) -> Campaign:
    """A closed campaign of the year with a questionnaire of the standard set."""
    standard = next(one for one in STANDARD_QUESTIONNAIRES if one.key == key)
    version = QuestionnaireVersionFactory(
        published=True,
        content=content_to_json(standard.content),
        questionnaire__school=cycle.programme.school,
        questionnaire__title=standard.title,
        questionnaire__kind=standard.kind,
        questionnaire__answerer=standard.answerer,
    )
    return CampaignFactory(cycle=cycle, version=version, closed=True, title=standard.title, **columns)


def satisfied(campaign: Campaign, part: Enrolment, **marks: int) -> None:
    """One sent response with these marks by question."""
    respondent = RespondentFactory(campaign=campaign, enrolment=part, has_answered=True)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
    for question, mark in marks.items():
        AnswerFactory(response=response, question=question, number=mark, text="")


def filled_by_curator(cycle: Cycle, key: str, items: dict[str, str]) -> None:
    campaign = standard_survey(cycle, key)
    respondent = RespondentFactory(campaign=campaign, staff=True, has_answered=True)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
    for question, given in items.items():
        column = {"item": given, "text": ""} if key == "checklist" else {"text": given}
        AnswerFactory(response=response, question=question, **column)


def measure(cycle: Cycle, people: list[Enrolment]) -> None:
    """Every parameter of everyone before and after; one is compared with others, one was measured of three alone."""
    school = cycle.programme.school
    for place, (name, least, most, direction, before, change) in enumerate(PARAMETERS):
        parameter = ParameterFactory(
            school=school, name=name, least=least, most=most, direction=direction, place=place, unit=""
        )
        for number, part in enumerate(people):
            after = before + (change if number % 3 else 0)
            for wave, value in (("entry", before + (number % 2 if most == 10 else 0)), ("exit", after)):
                MeasurementFactory(parameter=parameter, enrolment=part, wave=wave, value=value)
        if not place:
            ComparisonGroupFactory(cycle=cycle, parameter=parameter, mean_before=4, mean_change=0.2)
    few = ParameterFactory(school=school, name="Эмоциональное состояние", place=9)
    for part in people[:3]:
        for wave in ("entry", "exit"):
            MeasurementFactory(parameter=few, enrolment=part, wave=wave, value=4)
    ParameterFactory(school=school, name="Реализованные проекты", place=10)


def pair_up(school: School, mentors: list[Enrolment], mentees: list[Enrolment]) -> None:
    for number, (mentor, mentee) in enumerate(zip(mentors, mentees, strict=False)):
        match = MatchFactory(school=school, mentor=mentor, mentee=mentee, in_force=True)
        state = {"stopped": True} if number == 1 else {}
        place = PlaceFactory(
            match=match, mentorship=MentorshipFactory(school=school, mentor=mentor, **state), left_on=None
        )
        for days in (20, 13, 6)[: 1 + number % 3]:
            MeetingFactory(mentorship=place.mentorship, held_at=timezone.now() - timedelta(days=days))


def year_of(school: School | None = None) -> Cycle:
    return CycleFactory(programme__school=school or some_school())


def rich_report(school: School | None = None, **columns: Any) -> MonitoringReport:
    """A draft of a year in which much was done and everything asked: 30 mentees, 12 mentors."""
    cycle = year_of(school)
    school = cycle.programme.school
    pupils = MentoringFormFactory(school=school, name="Ученик – ученик")
    teachers = MentoringFormFactory(school=school, name="Учитель – ученик")
    mentees = parts_of(cycle, pupils, Side.MENTEE, 18)
    mentees += parts_of(cycle, teachers, Side.MENTEE, 9, birth_date=date(2010, 2, 3), class_name="10 «А»")
    mentees += parts_of(cycle, teachers, Side.MENTEE, 3)
    mentors = parts_of(cycle, pupils, Side.MENTOR, 8, birth_date=date(2009, 5, 6), class_name="11 «А»")
    mentors += parts_of(cycle, teachers, Side.MENTOR, 6, teacher=True)
    pair_up(school, mentors, mentees)
    exits = standard_survey(cycle, "exit_mentee_pupil")
    told = standard_survey(cycle, "satisfaction_mentor")
    for number, part in enumerate(mentees[:26]):
        satisfied(exits, part, liked=10 - number % 6, joint_work=9 - number % 4, result=8 - number % 3, expected=7)
    for number, part in enumerate(mentors[:9]):
        satisfied(told, part, liked=9 - number % 3, joint_work=8, result=7, organised=6 + number % 4)
    checked = {f"c{place}": "full" if place < 7 else "part" for place in range(1, 10)}
    filled_by_curator(cycle, "checklist", checked)
    filled_by_curator(cycle, "swot", SWOT)
    measure(cycle, mentees[:24])
    given = {"swot": SWOT, "conclusion": CONCLUSION, "totals": TOTALS, "created_by": curator_of(school).user}
    return MonitoringReportFactory(cycle=cycle, as_of=timezone.localdate(), **{**given, **columns})


TOTALS = {"1": 412, "2": 130, "3": 4, "4": 12, "organisations": 2}


def poor_report(school: School | None = None, **columns: Any) -> MonitoringReport:
    """A draft of a year that has only just begun: three mentees, one mentor, nothing asked."""
    cycle = year_of(school)
    form = MentoringFormFactory(school=cycle.programme.school, name="Ученик – ученик")
    parts_of(cycle, form, Side.MENTEE, 3)
    parts_of(cycle, form, Side.MENTOR, 1, birth_date=date(2009, 5, 6))
    user = curator_of(cycle.programme.school).user
    given: dict[str, Any] = {"swot": {}, "conclusion": "", "created_by": user}
    return MonitoringReportFactory(cycle=cycle, as_of=timezone.localdate(), **{**given, **columns})
