"""Versions of a questionnaire: written by two at once, put to use, begun anew, given up; copied, brought as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role
from surveys.content import content_from_json, content_to_json
from surveys.editing import move_question, remove_question
from surveys.models import Questionnaire, QuestionnaireVersion, VersionState
from surveys.services.bringing import LARGEST, bring_file, copy_questionnaire, file_of
from surveys.services.builder import edit_draft, remove_part, sign_of, write_new_question, write_question
from surveys.services.questionnaires import begin_questionnaire, describe_questionnaire
from surveys.services.versions import ChangedMeanwhile, begin_version, discard_draft, faults_in, publish_version
from tests.factories import (
    CampaignFactory,
    MentoringFormFactory,
    ParameterFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    SchoolFactory,
    actor_of,
)
from tests.factories.surveys import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    row: QuestionnaireVersion = QuestionnaireVersionFactory()
    ParameterFactory(school=row.questionnaire.school, key="comfort")
    return row


@pytest.fixture
def by(draft: QuestionnaireVersion) -> Actor:
    return actor_of(Role.CURATOR, draft.questionnaire.school)


def test_a_draft_is_put_to_use_and_does_not_change_any_more(draft: QuestionnaireVersion, by: Actor) -> None:
    publish_version(version=draft, revision=0, by=by)

    draft.refresh_from_db()
    assert (draft.state, draft.published_at is None) == (VersionState.PUBLISHED, False)
    assert Event.objects.filter(verb="move", from_state="draft", to_state="published").count() == 1
    with pytest.raises(DomainError):
        edit_draft(version=draft, change=partial(move_question, key="q1", step=1), by=by)


def test_a_draft_with_faults_is_not_put_to_use(draft: QuestionnaireVersion, by: Actor) -> None:
    edit_draft(version=draft, change=lambda content: replace(content, sections=()), by=by)

    with pytest.raises(DomainError, match="исправить"):
        publish_version(version=draft, revision=1, by=by)

    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_what_the_school_does_not_measure_is_a_fault() -> None:
    unknown: QuestionnaireVersion = QuestionnaireVersionFactory()
    ParameterFactory(key="comfort")
    ParameterFactory(school=unknown.questionnaire.school, key="comfort", side="mentor")

    assert [fault.question for fault in faults_in(unknown)] == ["q1"]


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((1, 10), []),
        ((None, 10), []),
        ((0, 9), ["Концы шкалы не такие, как у показателя «Тревожность» (от 0 до 9), поэтому ответы не будут учтены."]),
    ],
)
def test_a_scale_of_which_no_figure_would_come_is_a_fault(ends: tuple[int | None, int], told: list[str]) -> None:
    version: QuestionnaireVersion = QuestionnaireVersionFactory()
    least, most = ends
    ParameterFactory(school=version.questionnaire.school, key="comfort", name="Тревожность", least=least, most=most)

    assert [fault.text for fault in faults_in(version)] == told


def test_only_what_was_seen_is_put_to_use(draft: QuestionnaireVersion, by: Actor) -> None:
    edit_draft(version=draft, change=partial(move_question, key="q1", step=1), by=by)

    with pytest.raises(ChangedMeanwhile):
        publish_version(version=draft, revision=0, by=by)


def test_an_edit_counts_and_one_that_changes_nothing_does_not(draft: QuestionnaireVersion, by: Actor) -> None:
    edit_draft(version=draft, change=partial(move_question, key="q1", step=-1), by=by)
    edit_draft(version=draft, change=partial(move_question, key="q1", step=1), by=by)

    draft.refresh_from_db()
    assert (draft.revision, Event.objects.filter(verb="edit").count()) == (1, 1)


def test_two_who_write_the_same_question_do_not_overwrite_each_other(draft: QuestionnaireVersion, by: Actor) -> None:
    question = content_from_json(draft.content).question("q2")
    assert question
    seen = sign_of(question)
    write_question(version=draft, question=replace(question, text="Первый"), seen=seen, by=by)

    with pytest.raises(ChangedMeanwhile):
        write_question(version=draft, question=replace(question, text="Второй"), seen=seen, by=by)

    draft.refresh_from_db()
    now = content_from_json(draft.content).question("q2")
    assert now
    assert now.text == "Первый"


def test_two_who_write_different_questions_both_have_their_say(draft: QuestionnaireVersion, by: Actor) -> None:
    content = content_from_json(draft.content)
    for key in ("q1", "q2"):
        question = content.question(key)
        assert question
        write_question(version=draft, question=replace(question, text=f"Новый {key}"), seen=sign_of(question), by=by)

    draft.refresh_from_db()
    assert [question.text for question in content_from_json(draft.content).questions()] == ["Новый q1", "Новый q2"]


def test_nothing_is_taken_out_of_a_draft_that_changed(draft: QuestionnaireVersion, by: Actor) -> None:
    edit_draft(version=draft, change=partial(move_question, key="q1", step=1), by=by)

    with pytest.raises(ChangedMeanwhile):
        remove_part(version=draft, revision=0, change=partial(remove_question, key="q1"), by=by)


def test_a_draft_does_not_grow_without_bound(draft: QuestionnaireVersion, by: Actor) -> None:
    question = content_from_json(draft.content).question("q2")
    assert question
    many = [{"key": f"m{n}", "kind": "long", "text": "?"} for n in range(198)]
    draft.content = {"sections": [*SMALL["sections"], {"key": "many", "questions": many}]}
    draft.save()

    with pytest.raises(DomainError, match="200"):
        write_new_question(version=draft, section="s1", question=question, by=by)


def test_a_new_version_begins_with_the_one_in_use_and_is_begun_once(draft: QuestionnaireVersion, by: Actor) -> None:
    publish_version(version=draft, revision=0, by=by)

    first = begin_version(questionnaire=draft.questionnaire, by=by)
    again = begin_version(questionnaire=draft.questionnaire, by=by)

    assert (first.pk, first.number, first.content) == (again.pk, 2, draft.content)


def test_a_draft_given_up_leaves_the_version_in_use(draft: QuestionnaireVersion, by: Actor) -> None:
    publish_version(version=draft, revision=0, by=by)
    later = begin_version(questionnaire=draft.questionnaire, by=by)

    assert discard_draft(version=later, by=by) is False
    assert list(draft.questionnaire.versions.all()) == [draft]
    with pytest.raises(DomainError):
        discard_draft(version=draft, by=by)


def test_the_only_draft_takes_the_questionnaire_with_it(draft: QuestionnaireVersion, by: Actor) -> None:
    assert discard_draft(version=draft, by=by) is True
    assert not Questionnaire.objects.filter(pk=draft.questionnaire_id).exists()


def test_who_answers_stays_once_it_was_asked() -> None:
    campaign = CampaignFactory()
    row = campaign.version.questionnaire
    said: dict[str, Any] = {"title": "Другое", "form": None, "source": "", "is_verified": False, "is_used": False}
    by = actor_of(Role.CURATOR, row.school)

    with pytest.raises(DomainError, match="уже спрашивали"):
        describe_questionnaire(questionnaire=row, kind=row.kind, answerer="staff", **said, by=by)
    describe_questionnaire(questionnaire=row, kind=row.kind, answerer=row.answerer, **said, by=by)

    row.refresh_from_db()
    assert (row.title, row.is_used) == ("Другое", False)


def test_a_title_stands_once_in_a_school(by: Actor) -> None:
    school = by.school
    assert school
    QuestionnaireFactory(school=school, title="Опрос")
    QuestionnaireFactory(title="Другой")

    begin_questionnaire(school=school, title="Другой", kind="own", answerer="mentee", by=by)
    with pytest.raises(DomainError, match="таким названием"):
        begin_questionnaire(school=school, title=" Опрос ", kind="own", answerer="mentee", by=by)


def test_a_copy_in_another_school_keeps_what_that_school_has_too(draft: QuestionnaireVersion) -> None:
    form = MentoringFormFactory(school=draft.questionnaire.school, name="Ученик – ученик")
    Questionnaire.objects.filter(pk=draft.questionnaire_id).update(form=form)
    draft.questionnaire.refresh_from_db()
    there = SchoolFactory()
    own = MentoringFormFactory(school=there, name="Ученик – ученик")

    brought = copy_questionnaire(version=draft, school=there, by=actor_of(Role.CURATOR, there))

    row = brought.questionnaire
    question = content_from_json(row.versions.get().content).question("q1")
    assert question
    assert (row.school, row.form, row.key, row.title) == (there, own, "", draft.questionnaire.title)
    assert (brought.unmeasured, question.measure) == (1, "")


def test_a_copy_in_the_same_school_gets_a_title_of_its_own(draft: QuestionnaireVersion, by: Actor) -> None:
    first = copy_questionnaire(version=draft, school=draft.questionnaire.school, by=by)
    second = copy_questionnaire(version=draft, school=draft.questionnaire.school, by=by)

    title = draft.questionnaire.title
    assert [first.questionnaire.title, second.questionnaire.title] == [f"{title} (2)", f"{title} (3)"]
    assert first.unmeasured == 0


def test_what_is_saved_as_a_file_is_brought_again(draft: QuestionnaireVersion, by: Actor) -> None:
    there = SchoolFactory()
    ParameterFactory(school=there, key="comfort")

    brought = bring_file(school=there, data=file_of(draft), by=actor_of(Role.CURATOR, there))

    version = brought.questionnaire.versions.get()
    assert (version.state, version.content) == (VersionState.DRAFT, content_to_json(content_from_json(draft.content)))
    assert (brought.questionnaire.title, brought.unmeasured) == (draft.questionnaire.title, 0)


GOOD: dict[str, Any] = {
    "format": "stupeni-questionnaire-1",
    "title": "Опрос",
    "kind": "own",
    "answerer": "mentee",
    "content": {"sections": []},
}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "не файл анкеты"),
        (b"\xff\xfe", "не файл анкеты"),
        (b"[" * 100_000, "не файл анкеты"),
        (b"[]", "не файл анкеты"),
        (b" " * (LARGEST + 1), "слишком большой"),
        (json.dumps({**GOOD, "format": "other"}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "title": ""}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "title": "a\x00"}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "title": ["a"]}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "kind": "test"}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "answerer": {}}).encode(), "не файл анкеты"),
        (json.dumps({**GOOD, "content": None}).encode(), "В анкете: "),
        (json.dumps({**GOOD, "content": {"sections": [{"key": "1"}]}}).encode(), "Раздел 1: "),
        (
            json.dumps(
                {**GOOD, "content": {"sections": [{"key": "s", "questions": [{"key": "q", "kind": "x"}]}]}}
            ).encode(),
            "Раздел 1, вопрос 1: ",
        ),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(data: bytes, told: str) -> None:
    school = SchoolFactory()

    with pytest.raises(DomainError, match=told):
        bring_file(school=school, data=data, by=actor_of(Role.CURATOR, school))

    assert Questionnaire.objects.count() == 0
