"""The command that prints the outline of a document."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from roadmap.outline import outline_to_json
from roadmap.reading import read_document
from tests.roadmap.documents import TWINS, twin, twin_as_word


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("roadmap_read", *arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("roadmap_read", *arguments, stdout=out, stderr=err)
    assert stopped.value.code == 2
    assert out.getvalue() == ""
    return err.getvalue()


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "план.txt"
    path.write_bytes(twin("three_years"))
    return path


@pytest.mark.parametrize("name", TWINS)
def test_json_is_the_contract(name, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(twin(name))
    outline = read_document(twin(name), "plan.txt").outline
    assert json.loads(printed(str(path), "--json")) == outline_to_json(outline)


def test_json_is_readable_russian(plan):
    assert '"name": "Формирование базы наставляемых"' in printed(str(plan), "--json")


def test_a_word_file_is_printed_alike(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(twin_as_word("kindergarten"))
    content = json.loads(printed(str(path), "--json"))
    assert [len(stage["activities"]) for stage in content["stages"]] == [6, 2, 2, 3, 6, 3, 1]


def test_without_json_the_outline_is_for_the_eye(plan):
    lines = printed(str(plan)).split("\n")
    assert lines[0].startswith("Дорожная карта внедрения методологии")
    assert lines[1:3] == ["МБОУ «Лицей №48»", "01.01.2021 – 30.06.2024"]
    assert "7 Завершение наставничества" in lines
    assert (
        "    7.3 Проведение мониторинга качества реализации программы наставничества с одаренными и "
        "высокомотивированными детьми «Ступенька за ступенькой» · Май 2022, 2023, 2024 · зам. директора по УВР"
    ) in lines
    assert "  7.7: «7.5 → 7.7» В нумерации пропуск: после 7.5 идёт 7.7." in lines
    assert lines[-4:] == [
        "Не вошло:",
        "  От « _____ » 2021 г.",
        "  № п/п\tНаправления работы, планируемые мероприятия\tСроки\tОтветственные",
        "",
    ]


def test_sections_are_printed_once(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(twin("with_sections"))
    assert printed(str(path)).split("\n").count("  Мотивация и поощрения наставников") == 1


def test_a_plan_without_activities_is_printed_and_is_no_failure(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("Дорожная карта наставничества\n\n№\tМероприятие\tСроки\tОтветственный\n")
    content = json.loads(printed(str(path), "--json"))
    assert content["stages"] == []
    assert [warning["code"] for warning in content["warnings"]] == ["no_activities"]


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_what_is_no_roadmap_ends_with_2_and_one_sentence(tmp_path, arguments):
    path = tmp_path / "letter.txt"
    path.write_text("Уважаемые коллеги!")
    assert refusal(str(path), *arguments) == (
        "В файле не нашлось дорожной карты: нет ни таблицы со столбцами плана, ни хотя бы трёх этапов или "
        "мероприятий типовой дорожной карты.\n"
    )


def test_a_missing_file_and_a_folder_end_with_2_and_one_sentence(tmp_path):
    assert refusal(str(tmp_path / "нет.txt")) == "Не удалось открыть файл нет.txt.\n"
    assert refusal(str(tmp_path)) == f"Не удалось открыть файл {tmp_path.name}.\n"


def test_fifty_megabytes_are_refused_without_being_read_whole(tmp_path):
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert refusal(str(path)) == (
        "Файл слишком большой для дорожной карты: загрузите файл не больше 20 МБ, без картинок.\n"
    )
