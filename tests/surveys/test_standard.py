"""The questionnaires a school begins with."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps

from core.actors import SYSTEM
from core.models import Event
from participants.services.forms import give_standard_forms
from surveys.content import Content, Kind, content_from_json, content_to_json
from surveys.models import Answerer, Questionnaire, QuestionnaireKind, QuestionnaireVersion, VersionState
from surveys.questions import faults_of
from surveys.services.questionnaires import give_standard_questionnaires, lacking_questionnaires
from surveys.standard import STANDARD_QUESTIONNAIRES, StandardQuestionnaire
from surveys.statistics.standard import STANDARD_PARAMETERS
from tests.factories.schools import SchoolFactory
from tests.factories.surveys import QuestionnaireFactory

each = pytest.mark.parametrize("one", STANDARD_QUESTIONNAIRES, ids=lambda one: one.key)


def subjects(content: Content) -> set[str]:
    return {question.subject for question in content.questions() if question.subject}


def standard(key: str) -> StandardQuestionnaire:
    return next(one for one in STANDARD_QUESTIONNAIRES if one.key == key)


@each
def test_each_can_be_put_to_use_as_it_is(one: StandardQuestionnaire) -> None:
    assert faults_of(one.content) == []
    assert content_from_json(content_to_json(one.content)) == one.content


@each
def test_each_says_what_it_is_for_who_answers_and_where_it_is_from(one: StandardQuestionnaire) -> None:
    assert one.kind in QuestionnaireKind.values
    assert one.answerer in Answerer.values
    assert re.search("МР-42/02|Р-145", one.source)


def test_the_set_is_that_of_the_method() -> None:
    kinds = [one.kind for one in STANDARD_QUESTIONNAIRES]

    assert {kind: kinds.count(kind) for kind in kinds} == {
        "request": 2,
        "entry": 12,
        "exit": 12,
        "preference": 2,
        "interim": 2,
        "satisfaction": 2,
        "checklist": 1,
        "swot": 1,
    }


def test_keys_and_titles_stand_once() -> None:
    assert len({one.key for one in STANDARD_QUESTIONNAIRES}) == len(STANDARD_QUESTIONNAIRES)
    assert len({one.title for one in STANDARD_QUESTIONNAIRES}) == len(STANDARD_QUESTIONNAIRES)


@pytest.mark.parametrize(
    "one", [one for one in STANDARD_QUESTIONNAIRES if one.kind == "entry"], ids=lambda one: one.key
)
def test_what_is_asked_at_the_entry_is_asked_again_at_the_exit(one: StandardQuestionnaire) -> None:
    later = standard(one.key.replace("entry", "exit", 1)).content
    kinds = {question.subject: question.kind for question in later.questions() if question.subject}
    measured = {question.measure for question in later.questions() if question.measure}

    assert subjects(one.content) - kinds.keys() == {"met"}
    assert {kinds[q.subject] for q in one.content.questions() if q.subject in kinds} <= {
        Kind.SCALE,
        Kind.ONE,
        Kind.LONG,
        Kind.YES_NO,
    }
    assert all(kinds.get(q.subject, q.kind) == q.kind for q in one.content.questions())
    assert {question.measure for question in one.content.questions() if question.measure} == measured


def test_what_is_measured_is_a_parameter_of_that_side_within_its_scale() -> None:
    known = {one.key: one for one in STANDARD_PARAMETERS}
    wrong = []
    for one in STANDARD_QUESTIONNAIRES:
        for question in one.content.questions():
            if question.measure:
                parameter = known[question.measure]
                low, high = (
                    (question.low, question.high) if question.kind is Kind.SCALE else (question.least, question.most)
                )
                fits = parameter.scale[1] is None or (low, high) == parameter.scale
                wrong += [] if fits and parameter.side == one.answerer else [(one.key, question.key)]

    assert wrong == []


def test_the_checklist_has_the_levels_of_the_method() -> None:
    levels = standard("checklist").content.levels

    assert [(level.low, level.high, level.text.split()[0]) for level in levels] == [
        (15, 18, "оптимальный"),
        (9, 14, "допустимый"),
        (0, 8, "недопустимый"),
    ]


@pytest.mark.parametrize(
    "one", [one for one in STANDARD_QUESTIONNAIRES if one.answerer == "mentee"], ids=lambda one: one.key
)
def test_a_question_to_a_mentee_is_short(one: StandardQuestionnaire) -> None:
    assert [question.text for question in one.content.questions() if len(question.text.split()) > 17] == []


@pytest.mark.django_db
def test_a_school_is_given_the_set_in_use_with_its_forms() -> None:
    school = SchoolFactory()
    give_standard_forms(school, SYSTEM)

    count = give_standard_questionnaires(school, SYSTEM)

    rows = Questionnaire.objects.filter(school=school)
    worded = rows.get(key="entry_mentee_student")
    assert count == rows.count() == len(STANDARD_QUESTIONNAIRES)
    assert (worded.form and worded.form.name, worded.is_verified) == ("Студент – ученик", False)
    assert set(rows.values_list("versions__state", "versions__number")) == {(VersionState.PUBLISHED, 1)}
    assert Event.objects.filter(verb="give_questionnaires").count() == 1


@pytest.mark.django_db
def test_only_what_is_lacking_is_given() -> None:
    school = SchoolFactory()
    own = QuestionnaireFactory(school=school, title=standard("swot").title)
    give_standard_questionnaires(school, SYSTEM)
    QuestionnaireVersion.objects.filter(questionnaire__key="checklist").delete()
    Questionnaire.objects.filter(key="checklist").delete()

    assert [one.key for one in lacking_questionnaires(school)] == ["checklist"]
    assert give_standard_questionnaires(school, SYSTEM) == 1
    own.refresh_from_db()
    assert (own.key, lacking_questionnaires(school)) == ("", [])


@pytest.mark.django_db
def test_a_school_opened_earlier_is_given_them_by_the_migration() -> None:
    bare, own = SchoolFactory(), QuestionnaireFactory()

    import_module("surveys.migrations.0003_standard_questionnaires").give_questionnaires(apps, None)

    rows = Questionnaire.objects.filter(school=bare)
    assert list(rows.values_list("title", flat=True)) == [one.title for one in STANDARD_QUESTIONNAIRES]
    assert set(rows.values_list("versions__state", flat=True)) == {VersionState.PUBLISHED}
    assert list(Questionnaire.objects.filter(school=own.school)) == [own]
