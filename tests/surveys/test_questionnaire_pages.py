"""The pages of questionnaires: the list, one of them, the builder, copies and files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from surveys.content import Content, Kind, content_from_json
from surveys.models import Questionnaire, QuestionnaireVersion, VersionState
from surveys.standard import STANDARD_QUESTIONNAIRES
from tests.factories import (
    MembershipFactory,
    MentoringFormFactory,
    ParameterFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    SchoolFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
LIST = "/surveys/questionnaires/"
LogIn = Callable[[Actor], Client]


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def draft(curator: Actor) -> QuestionnaireVersion:
    ParameterFactory(school=curator.school, key="comfort")
    row: QuestionnaireVersion = QuestionnaireVersionFactory(questionnaire__school=curator.school)
    return row


@pytest.fixture
def client(curator: Actor, log_in: LogIn) -> Client:
    return log_in(curator)


def page_of(version: QuestionnaireVersion, tail: str = "draft/") -> str:
    return f"/surveys/versions/{version.pk}/{tail}"


def content_of(version: QuestionnaireVersion) -> Content:
    version.refresh_from_db()
    return content_from_json(version.content)


def keys_of(version: QuestionnaireVersion) -> list[str]:
    return [question.key for question in content_of(version).questions()]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    count: int, curator: Actor, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        QuestionnaireVersionFactory(questionnaire__school=curator.school)
    client.get(LIST)

    with django_assert_num_queries(10):
        answer = client.get(LIST)

    assert len(answer.context["page"].object_list) == count


def titles(client: Client, query: str) -> list[str]:
    return [row.title for row in client.get(f"{LIST}?{query}").context["page"].object_list]


def test_questionnaires_are_found_by_each_filter(curator: Actor, client: Client) -> None:
    form = MentoringFormFactory(school=curator.school)
    QuestionnaireFactory(school=curator.school, title="Ёлка", kind="own", answerer="staff")
    QuestionnaireFactory(school=curator.school, title="Берёза", kind="exit", form=form)
    QuestionnaireFactory(school=curator.school, title="Старая", is_used=False)
    QuestionnaireFactory(title="Чужая")

    assert titles(client, "") == ["Ёлка", "Берёза"]
    assert titles(client, "q=елк") == ["Ёлка"]
    assert titles(client, "kind=exit") == ["Берёза"]
    assert titles(client, "answerer=staff") == ["Ёлка"]
    assert titles(client, f"form={form.pk}") == ["Берёза"]
    assert titles(client, "form=0") == ["Ёлка"]
    assert titles(client, "tab=off") == ["Старая"]
    assert "Таких анкет нет." in client.get(f"{LIST}?q=дуб").content.decode()


def test_a_filter_typed_by_hand_is_passed_over(curator: Actor, client: Client) -> None:
    QuestionnaireFactory(school=curator.school, title="Ёлка")

    assert titles(client, "kind=x&answerer=y&form=9&page=z") == ["Ёлка"]


def test_htmx_gets_the_rows_alone(curator: Actor, client: Client) -> None:
    answer = client.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()


def test_the_standard_ones_come_back_by_a_button(curator: Actor, client: Client) -> None:
    client.post(f"{LIST}standard/")

    assert Questionnaire.objects.filter(school=curator.school).count() == len(STANDARD_QUESTIONNAIRES)
    assert client.get(LIST).context["lacking"] == 0


def test_the_administrator_reads_and_writes_nothing(draft: QuestionnaireVersion, log_in: LogIn) -> None:
    client = log_in(actor_of(Role.ADMINISTRATOR, draft.questionnaire.school))

    shown = client.get(f"{LIST}{draft.questionnaire_id}/").content.decode()

    assert "Насколько вам комфортно общаться?" in shown
    assert "Изменить вопросы" not in shown
    assert "Продолжить черновик" not in shown
    assert client.get(page_of(draft)).status_code == 403


def test_a_questionnaire_is_begun_and_leads_to_its_questions(curator: Actor, client: Client) -> None:
    typed = {"title": "Наш опрос", "kind": "own", "answerer": "mentor", "form": ""}

    answer = client.post(f"{LIST}new/", typed)

    row = Questionnaire.objects.get(school=curator.school)
    assert answer["Location"] == page_of(row.versions.get())
    assert (row.title, row.answerer, row.is_used, row.is_verified) == ("Наш опрос", "mentor", True, False)


def test_a_title_that_is_taken_is_refused_and_what_was_typed_is_kept(
    draft: QuestionnaireVersion, client: Client
) -> None:
    typed = {"title": draft.questionnaire.title, "kind": "own", "answerer": "mentor", "form": ""}

    answer = client.post(f"{LIST}new/", typed)

    assert answer.status_code == 400
    assert draft.questionnaire.title in answer.content.decode()
    assert "У школы уже есть анкета с таким названием." in answer.content.decode()


QUESTION: dict[str, Any] = {"kind": "one", "text": "Что вам ближе?", "help": "", "options": "музыка\nспорт"}


def test_a_question_is_added_without_scripts(draft: QuestionnaireVersion, client: Client) -> None:
    answer = client.post(page_of(draft, "sections/s1/new/"), QUESTION)

    question = content_of(draft).question("q3")
    assert answer["Location"] == f"{page_of(draft)}?at=edit-q-q3"
    assert question
    assert (question.kind, [option.text for option in question.options]) == (Kind.ONE, ["музыка", "спорт"])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"options": "одно"}, "options"),
        ({"options": "да\nДа"}, "options"),
        ({"kind": "scale", "low": "5", "high": "5"}, "high"),
        ({"kind": "scale", "low": "5", "high": "11"}, "high"),
        ({"kind": "number", "least": "5", "most": "1"}, "most"),
        ({"kind": "date", "earliest": "2026-09-02", "latest": "2026-09-01"}, "latest"),
        ({"kind": "matrix", "rows": "а\nб", "columns": "1"}, "rows"),
        ({"kind": "file"}, "kinds"),
        ({"kind": "people", "side": "other", "most": "1"}, "side"),
        ({"after": "q1"}, "after_least"),
        ({"after": "q1", "after_least": "5", "after_most": "4"}, "after_most"),
        ({"measure": "comfort"}, None),
    ],
)
def test_a_wrong_question_is_refused_at_its_field(
    draft: QuestionnaireVersion, client: Client, typed: dict[str, str], field: str | None
) -> None:
    answer = client.post(page_of(draft, "sections/s1/new/"), QUESTION | typed)

    if field is None:
        assert answer.status_code == 302
    else:
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
        assert len(keys_of(draft)) == 2


def test_another_kind_shows_its_fields_and_keeps_what_was_typed(draft: QuestionnaireVersion, client: Client) -> None:
    answer = client.post(page_of(draft, "sections/s1/new/"), QUESTION | {"kind": "several", "refresh": "1"})

    form = answer.context["form"]
    assert (form["options"].value(), "least" in form.fields, form.errors) == ("музыка\nспорт", True, {})
    assert keys_of(draft) == ["q1", "q2"]


def test_a_question_is_asked_after_a_mark(draft: QuestionnaireVersion, client: Client) -> None:
    client.post(page_of(draft, "sections/s1/new/"), QUESTION | {"after": "q1", "after_most": "4"})

    question = content_of(draft).question("q3")
    assert question
    assert question.show_if
    assert (question.show_if.question, question.show_if.least, question.show_if.most) == ("q1", None, 4)


def seen_in(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{16})"', client.get(address).content.decode())
    assert found
    return found[1]


def test_the_second_of_two_who_write_a_question_sees_what_the_first_wrote(
    draft: QuestionnaireVersion, client: Client
) -> None:
    address = page_of(draft, "questions/q2/")
    typed = {"kind": "long", "help": "", "longest": "100", "seen": seen_in(client, address)}
    client.post(address, typed | {"text": "Первый"})

    answer = client.post(address, typed | {"text": "Второй"})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Первый" in shown
    assert "Второй" in shown
    again = re.search(r'name="seen" value="([0-9a-f]{16})"', shown)
    assert again
    assert client.post(address, typed | {"text": "Второй", "seen": again[1]}).status_code == 302
    question = content_of(draft).question("q2")
    assert question
    assert question.text == "Второй"


def test_parts_are_moved_copied_taken_out_and_put_back(draft: QuestionnaireVersion, client: Client) -> None:
    address = page_of(draft)
    moved = client.post(address, {"do": "down:q1"})
    assert (moved["Location"], keys_of(draft)) == (f"{address}?at=down-q-q1", ["q2", "q1"])

    client.post(address, {"do": "copy:q2"})
    assert keys_of(draft) == ["q2", "q3", "q1"]

    client.post(address, {"do": "delete:q3", "revision": draft.revision})
    assert keys_of(draft) == ["q2", "q1"]

    client.post(address, {"do": "undo"})
    assert keys_of(draft) == ["q2", "q3", "q1"]
    client.post(address, {"do": "undo"})
    assert keys_of(draft) == ["q2", "q3", "q1"]

    for nothing in ("", "up", "fly:q1", "delete:q9", "section_up:s1"):
        assert client.post(address, {"do": nothing, "revision": draft.revision}).status_code == 302
    assert keys_of(draft) == ["q2", "q3", "q1"]


def test_a_part_is_not_taken_out_of_what_was_not_seen(draft: QuestionnaireVersion, client: Client) -> None:
    client.post(page_of(draft), {"do": "down:q1"})

    answer = client.post(page_of(draft), {"do": "delete:q1", "revision": "0"}, headers={"HX-Request": "true"})

    assert "За это время кто-то это изменил" in answer.content.decode()
    assert keys_of(draft) == ["q2", "q1"]


def test_a_press_that_comes_twice_acts_once(draft: QuestionnaireVersion, client: Client) -> None:
    for _time in range(2):
        client.post(page_of(draft), {"do": "copy:q1", "once": "token"})

    assert keys_of(draft) == ["q1", "q3", "q2"]


def test_sections_and_the_end_are_written(draft: QuestionnaireVersion, client: Client) -> None:
    client.post(page_of(draft, "sections/new/"), {"title": "Ещё", "text": "Слова"})
    address = page_of(draft, "sections/s2/")
    client.post(address, {"title": "Последнее", "text": "", "seen": seen_in(client, address)})
    end = page_of(draft, "end/")
    client.post(end, {"thanks": "Спасибо!", "levels": "0-8 мало\n9–18 много", "seen": seen_in(client, end)})

    content = content_of(draft)
    assert [section.title for section in content.sections] == ["О встречах", "Последнее"]
    assert (content.thanks, [(level.low, level.high, level.text) for level in content.levels]) == (
        "Спасибо!",
        [(0, 8, "мало"), (9, 18, "много")],
    )


def test_a_level_that_is_none_is_refused(draft: QuestionnaireVersion, client: Client) -> None:
    end = page_of(draft, "end/")

    answer = client.post(end, {"thanks": "", "levels": "много", "seen": seen_in(client, end)})

    assert list(answer.context["form"].errors) == ["levels"]


def test_a_draft_is_put_to_use_after_a_question(draft: QuestionnaireVersion, client: Client) -> None:
    asked = client.get(page_of(draft, "publish/")).content.decode()
    answer = client.post(page_of(draft, "publish/"), {"revision": "0"})

    draft.refresh_from_db()
    assert "Начать использовать анкету?" in asked
    assert (answer["Location"], draft.state) == (f"{LIST}{draft.questionnaire_id}/", VersionState.PUBLISHED)
    assert client.get(page_of(draft))["Location"] == f"{LIST}{draft.questionnaire_id}/"
    assert client.get(page_of(draft, "questions/q1/")).status_code == 404


def test_a_draft_with_faults_shows_them_and_is_refused(draft: QuestionnaireVersion, client: Client) -> None:
    client.post(page_of(draft, "sections/new/"), {"title": "Пустой", "text": ""})

    answer = client.post(page_of(draft, "publish/"), {"revision": "1"})

    assert answer.status_code == 400
    assert "В этом разделе нет вопросов." in answer.content.decode()


def test_a_draft_is_given_up_after_a_question(draft: QuestionnaireVersion, client: Client) -> None:
    assert "У анкеты нет другой версии" in client.get(page_of(draft, "discard/")).content.decode()

    answers = [client.post(page_of(draft, "discard/"), {"once": "token"}) for _time in range(2)]

    assert ([answer["Location"] for answer in answers], Questionnaire.objects.count()) == ([LIST, LIST], 0)


def test_a_version_is_copied_from_another_school_of_the_same_person(curator: Actor, log_in: LogIn) -> None:
    there, stranger = SchoolFactory(), SchoolFactory()
    MembershipFactory(user=curator.user, school=there, role=Role.PSYCHOLOGIST)
    MembershipFactory(user=curator.user, school=stranger, role=Role.MENTOR)
    ours = QuestionnaireVersionFactory(published=True, questionnaire__school=there)
    hidden = QuestionnaireVersionFactory(published=True, questionnaire__school=stranger)
    client = log_in(curator)

    offered = client.get(f"{LIST}bring/").content.decode()
    answer = client.post(page_of(ours, "copy/"))

    copied = Questionnaire.objects.get(school=curator.school)
    assert ours.questionnaire.title in offered
    assert hidden.questionnaire.title not in offered
    assert (copied.title, answer["Location"]) == (ours.questionnaire.title, page_of(copied.versions.get()))
    assert client.post(page_of(hidden, "copy/")).status_code == 404


def test_a_file_goes_out_and_comes_in(draft: QuestionnaireVersion, client: Client, curator: Actor) -> None:
    answer = client.get(page_of(draft, "file/"))
    said = json.loads(answer.content)

    brought = client.post(f"{LIST}bring/", {"file": SimpleUploadedFile("анкета.json", answer.content)})

    row = Questionnaire.objects.get(title=f"{draft.questionnaire.title} (2)")
    assert said["title"] == draft.questionnaire.title
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="download").count() == 1
    assert (row.school, brought["Location"]) == (curator.school, page_of(row.versions.get()))


def test_a_broken_file_is_refused_at_its_field(client: Client) -> None:
    answer = client.post(f"{LIST}bring/", {"file": SimpleUploadedFile("анкета.json", b"{}")})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["file"])
