"""Answering under a name: section by section, kept as it is typed, sent once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Event, StoredFile
from surveys.models import CampaignState, Respondent, Response
from tests.factories import PersonFactory, cleared_enrolment
from tests.surveys.sheets import EVERY_KIND, campaign_of, come, outline, page, question, respondent_of, token_of

pytestmark = pytest.mark.django_db


def shown(client: Client, row: Respondent, n: int) -> dict[str, Any]:
    """The hidden fields of a section as they stand."""
    text = client.get(page(row, "section", n)).content.decode()
    return dict(re.findall(r'type="hidden" name="((?:was-|page)\w*)" value="([^"]*)"', text))


def fill(client: Client, row: Respondent, n: int, go: str = "next", **given: Any) -> Any:
    fields = {f"q-{key}": value for key, value in given.items()}
    return client.post(page(row, "section", n), shown(client, row, n) | fields | {"go": go})


def draft(row: Respondent) -> dict[str, list[str]]:
    found = Response.objects.get(respondent=row).draft
    return {name: values for name, values in found.items() if name.startswith("q-")}


# ---------------------------------------------------------------- from the link to the thanks


def test_the_link_leads_through_the_sections_to_the_thanks() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    assert "2 из" not in client.get(page(row, "start")).content.decode()

    first = fill(client, row, 1, mark="7", why="Хочу больше встреч")
    second = fill(client, row, 2, met="yes", where="В лагере")

    assert (first.headers["Location"], second.headers["Location"]) == (page(row, "section", 2), page(row, "check"))
    assert "В лагере" in client.get(page(row, "check")).content.decode()
    assert client.post(page(row, "check")).headers["Location"] == page(row, "done")
    done = client.get(page(row, "done")).content.decode()
    assert "До встречи!" in done
    assert "Хочу больше встреч" in done
    response = Response.objects.get(respondent=row)
    assert (response.is_sent, response.draft, response.entered_by) == (True, {}, None)
    answers = response.answers.values_list("question", "item", "number", "text")
    assert list(answers) == [
        ("mark", "", 7, ""),
        ("why", "", None, "Хочу больше встреч"),
        ("met", "", 1, ""),
        ("where", "", None, "В лагере"),
    ]
    row.refresh_from_db()
    assert row.has_answered


def test_progress_is_said_in_words() -> None:
    row = respondent_of(campaign_of())
    client = come(row)

    assert "Раздел 1 из 2" in client.get(page(row, "section", 1)).content.decode()


def test_back_keeps_what_is_typed_however_unfinished() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    fill(client, row, 1, mark="7")

    answer = fill(client, row, 2, go="back", where="В лаге")

    assert answer.headers["Location"] == page(row, "section", 1)
    assert draft(row) == {"q-mark": ["7"], "q-where": ["В лаге"]}


def test_next_asks_for_what_is_missing_at_its_field_and_keeps_the_rest() -> None:
    row = respondent_of(campaign_of())

    answer = fill(come(row), row, 1, why="Потому что")

    assert answer.status_code == 400
    text = answer.content.decode()
    assert '<a href="#id-q-mark">' in text
    assert "Потому что" in text
    assert draft(row) == {"q-why": ["Потому что"]}


def test_a_question_that_is_not_asked_is_neither_required_nor_sent() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    fill(client, row, 1, mark="7")

    fill(client, row, 2, met="no", where="В лагере")
    client.post(page(row, "check"))

    questions = Response.objects.get(respondent=row).answers.values_list("question", flat=True)
    assert set(questions) == {"mark", "met"}


def test_a_section_of_which_nothing_is_asked_is_passed_over() -> None:
    hidden = question("where", show_if={"question": "met", "any": ["yes"]})
    row = respondent_of(campaign_of(outline([question("met", "yes_no")], [hidden])))

    assert fill(come(row), row, 1, met="no").headers["Location"] == page(row, "check")


def test_sending_with_something_missing_is_refused_and_the_page_leads_there() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    fill(client, row, 1, mark="7")

    answer = client.post(page(row, "check"))

    assert answer.status_code == 400
    assert f'href="{page(row, "section", 2)}"' in answer.content.decode()
    assert not Response.objects.get(respondent=row).is_sent


def test_sent_twice_it_is_one_response_and_leads_to_the_same_page() -> None:
    row = respondent_of(campaign_of(outline([question("why")])))
    client = come(row)
    fill(client, row, 1, why="Да")

    answers = [client.post(page(row, "check")) for _time in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [page(row, "done"), page(row, "start")]
    assert Response.objects.get(respondent=row).answers.count() == 1
    assert Event.objects.filter(verb="answer").count() == 1


def test_what_was_sent_can_not_be_changed_by_an_open_page() -> None:
    row = respondent_of(campaign_of(outline([question("why")])))
    client = come(row)
    was = shown(client, row, 1)
    fill(client, row, 1, why="Да")
    client.post(page(row, "check"))

    client.post(page(row, "section", 1), was | {"q-why": "Нет", "go": "next"})
    kept = client.post(page(row, "keep"), was | {"q-why": "Нет"})

    assert kept.status_code == 409
    assert list(Response.objects.get(respondent=row).answers.values_list("text", flat=True)) == ["Да"]


# ---------------------------------------------------------------- every kind of question


def test_every_kind_is_asked_kept_and_shown_again() -> None:
    row = respondent_of(campaign_of(EVERY_KIND))
    client = come(row)
    given: dict[str, Any] = {
        "scale": "8",
        "yesno": "no",
        "one": "o2",
        "several": ["o1", "o3"],
        "number": "3",
        "day": "2026-11-20",
    }

    fill(client, row, 1, **given, **{"matrix-o1": "2", "matrix-o2": "1"})
    fill(client, row, 2, short="Ёж", long="Две\nстроки", **{"ranking-o3": "1", "ranking-o1": "2"})
    text = client.get(page(row, "check")).content.decode()

    for words in (
        "8 из 10",
        "Нет",
        "Иногда",
        "Спорт",
        "Чтение",
        "Наставник слушал меня: часто",
        "3 часов",
        "20.11.2026",
    ):
        assert words in text
    for words in ("Ёж", "Две<br>строки", "1. Отдых", "2. Учёба"):
        assert words in text
    again = client.get(page(row, "section", 1)).content.decode()
    assert len(re.findall(r"\schecked", again)) == 7


def test_a_file_is_kept_with_the_draft_and_sent_with_the_answers(tmp_path: Any) -> None:
    row = respondent_of(campaign_of(EVERY_KIND))
    client = come(row)
    photo = tmp_path / "фото.png"
    photo.write_bytes(b"picture")

    with photo.open("rb") as opened:
        fill(client, row, 2, file=opened)
    assert "Сохранён: «фото.png»" in client.get(page(row, "section", 2)).content.decode()
    client.post(page(row, "check"))

    stored = StoredFile.objects.get(purpose="survey-answer")
    assert Response.objects.get(respondent=row).answers.get(question="file").file == stored
    assert "фото.png" in client.get(page(row, "done")).content.decode()


def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Any) -> None:
    row = respondent_of(campaign_of(EVERY_KIND))
    program = tmp_path / "program.exe"
    program.write_bytes(b"MZ")

    with program.open("rb") as opened:
        answer = fill(come(row), row, 2, file=opened)

    assert answer.status_code == 400
    assert "Файлы этого вида здесь не берутся" in answer.content.decode()
    assert not StoredFile.objects.filter(purpose="survey-answer").exists()


def test_a_new_file_takes_the_place_of_the_old_one_and_can_be_taken_away(tmp_path: Any) -> None:
    row = respondent_of(campaign_of(EVERY_KIND))
    client = come(row)
    for name in ("one.png", "two.png"):
        (tmp_path / name).write_bytes(b"picture")
        with (tmp_path / name).open("rb") as opened:
            fill(client, row, 2, file=opened)
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["two.png"]

    client.post(page(row, "section", 2), shown(client, row, 2) | {"drop-file": "1", "go": "next"})

    assert not StoredFile.objects.exists()
    assert "q-file" not in draft(row)


# ---------------------------------------------------------------- as it is typed, on two devices


def test_what_is_typed_is_kept_at_once() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    was = shown(client, row, 1)

    answer = client.post(page(row, "keep"), {"was-why": was["was-why"], "page": was["page"], "q-why": "Пото"})

    assert draft(row) == {"q-why": ["Пото"]}
    assert answer.json()["was"]["why"] == shown(client, row, 1)["was-why"]
    assert answer.json()["told"] == answer.json()["refused"] == []


def test_it_goes_on_on_another_device_by_the_same_link() -> None:
    row = respondent_of(campaign_of())
    fill(come(row), row, 1, mark="7", why="Начало")

    other = come(row)

    assert "Начало" in other.get(page(row, "section", 1)).content.decode()
    assert "Продолжить" in other.get(page(row, "start")).content.decode()


def test_of_two_devices_each_keeps_what_the_other_did_not_touch() -> None:
    row = respondent_of(campaign_of())
    phone, desk = come(row), come(row)
    stale = shown(phone, row, 1)
    fill(desk, row, 1, mark="3", why="С компьютера")

    answer = phone.post(page(row, "section", 1), stale | {"q-mark": "9", "q-why": "", "go": "back"})

    assert draft(row) == {"q-mark": ["9"], "q-why": ["С компьютера"]}
    told = phone.get(answer.headers["Location"]).content.decode()
    assert "с другого устройства пришёл другой ответ" in told


def test_a_page_that_lost_the_answer_to_its_own_sending_is_not_told_of_another_device() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    was = shown(client, row, 1)
    client.post(page(row, "keep"), was | {"q-why": "Пото"})

    answer = client.post(page(row, "keep"), was | {"q-why": "Потому"})

    assert answer.json()["told"] == []
    assert draft(row) == {"q-why": ["Потому"]}


def test_what_no_database_keeps_is_left_out_and_what_is_too_long_is_told() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    fill(client, row, 1, go="back", why="а\x00б")
    assert draft(row) == {"q-why": ["аб"]}

    answer = fill(client, row, 1, why="ы" * 20_001)

    assert answer.status_code == 400
    assert draft(row) == {"q-why": ["аб"]}


# ---------------------------------------------------------------- too late, and not any more


def test_what_comes_after_the_closing_stands_on_the_page_with_a_sentence() -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    was = shown(client, row, 1)
    row.campaign.closed_at, row.campaign.state = timezone.now(), CampaignState.CLOSED
    row.campaign.save()

    answer = client.post(page(row, "section", 1), was | {"q-why": "Не успел", "go": "next"})
    kept = client.post(page(row, "keep"), was | {"q-why": "Не успел"})

    assert (answer.status_code, kept.status_code) == (409, 409)
    assert "Не успел" in answer.content.decode()
    assert "Опрос закрыт" in answer.content.decode()
    assert not Response.objects.filter(respondent=row).exists()


@pytest.mark.parametrize("columns", [{"is_excused": True}, {"stopped_at": timezone.now()}])
def test_one_who_is_asked_no_longer_gets_nothing_by_an_open_page(columns: dict[str, Any]) -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    Respondent.objects.filter(pk=row.pk).update(**columns)

    assert client.get(page(row, "section", 1)).status_code == 404
    assert client.post(page(row, "keep"), {"q-why": "Да"}).status_code == 404
    assert client.get(reverse("surveys:answer_open", args=(token_of(row),)), follow=True).status_code == 409


def test_nothing_is_taken_once_the_consent_has_ended() -> None:
    row = respondent_of(campaign_of(outline([question("why")])))
    client = come(row)
    fill(client, row, 1, why="Да")
    assert row.enrolment
    row.enrolment.person.consents.update(state="expired", ended_at=timezone.now())

    answer = client.post(page(row, "check"))

    assert answer.status_code == 409
    assert not Response.objects.get(respondent=row).is_sent


def test_nobody_else_sees_a_page_of_the_survey() -> None:
    campaign = campaign_of()
    row, other = respondent_of(campaign), respondent_of(campaign)
    client = come(row)

    assert client.get(page(other, "section", 1)).status_code == 404
    assert Client().get(page(row, "section", 1)).status_code == 404


def test_who_comes_second_in_a_browser_answers_alone() -> None:
    campaign = campaign_of()
    row, other = respondent_of(campaign), respondent_of(campaign)
    client = come(row)

    client.get(reverse("surveys:answer_open", args=(token_of(other),)))

    assert client.get(page(row, "start")).status_code == 404
    assert client.get(page(other, "start")).status_code == 200


def test_an_unknown_link_opens_nothing_and_no_page_stands_under_its_address() -> None:
    client = Client()

    answer = client.get(reverse("surveys:answer_open", args=("x" * 43,)))

    assert answer.headers["Location"] == reverse("surveys:answer_shut")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(answer.headers["Location"]).status_code == 404


# ---------------------------------------------------------------- choosing among people


def chooser() -> tuple[Respondent, Any]:
    """A mentee who chooses mentors, and one of them."""
    row = respondent_of(campaign_of(outline([question("whom", "people")])), person__birth_date=date(2013, 3, 9))
    assert row.enrolment
    mentor = cleared_enrolment(
        person=PersonFactory(school=row.enrolment.person.school, surname="Выбиралов"),
        cycle=row.enrolment.cycle,
        form=row.enrolment.form,
        mentor=True,
    )
    return row, mentor


def test_before_names_are_shown_the_birth_date_is_asked() -> None:
    row, mentor = chooser()
    client = come(row)
    assert client.get(page(row, "start")).headers["Location"] == page(row, "prove")

    wrong = client.post(page(row, "prove"), {"birth_date": "01.01.2013"})
    assert wrong.status_code == 400
    client.post(page(row, "prove"), {"birth_date": "09.03.2013"})

    text = client.get(page(row, "section", 1)).content.decode()
    assert "Выбиралов" in text
    assert Event.objects.get(verb="list").actor == f"respondent:{row.pk}"
    fill(client, row, 1, whom=[str(mentor.pk)])
    client.post(page(row, "check"))
    assert Response.objects.get(respondent=row).answers.get().chosen == mentor


def test_after_five_wrong_dates_the_right_one_opens_nothing() -> None:
    row, _mentor = chooser()
    client = come(row)
    for _time in range(5):
        client.post(page(row, "prove"), {"birth_date": "01.01.2013"})

    answer = client.post(page(row, "prove"), {"birth_date": "09.03.2013"})

    assert answer.status_code == 400
    assert "через час" in answer.content.decode()


def test_nobody_without_a_consent_in_force_is_offered() -> None:
    row, mentor = chooser()
    mentor.person.consents.update(state="expired", ended_at=timezone.now())
    client = come(row)
    client.post(page(row, "prove"), {"birth_date": "09.03.2013"})

    assert "Выбиралов" not in client.get(page(row, "section", 1)).content.decode()


# ---------------------------------------------------------------- speed


def test_a_section_is_kept_in_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    row = respondent_of(campaign_of())
    client = come(row)
    was = shown(client, row, 1)
    client.post(page(row, "keep"), was | {"q-mark": "6"})

    with django_assert_num_queries(8):
        # session, respondent, its year, savepoint, locked respondent, response, update, release
        client.post(page(row, "keep"), was | {"q-mark": "7"})
