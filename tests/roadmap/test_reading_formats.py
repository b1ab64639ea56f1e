"""Each of five documents gives the same outline whatever kind of file it is brought as."""

from __future__ import annotations

import pytest

from roadmap.outline import Outline
from roadmap.reading import read_document
from tests.roadmap.conftest import Made
from tests.roadmap.documents import TWINS, seed, twin

KINDS = ("docx", "odt", "xlsx", "pdf")


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def said(outline: Outline) -> list[list[tuple[object, ...]]]:
    """What the plan says, by stages: spaces apart, for each program sets its own."""
    return [
        [
            (
                one.number,
                squeezed(one.text),
                squeezed(one.section),
                one.term.windows,
                one.term.recurrence,
                [(squeezed(person.role), squeezed(person.name)) for person in one.responsible.people],
                [(kind, squeezed(text)) for kind, text in one.extra],
            )
            for one in stage.activities
        ]
        for stage in outline.stages
    ]


def heads(outline: Outline) -> list[tuple[str, ...]]:
    return [
        (stage.number or "", *map(squeezed, (stage.name, stage.goal, stage.task, stage.result)))
        for stage in outline.stages
    ]


def agree(data: bytes, text: bytes, counts: tuple[int, ...]) -> None:
    outline, expected = read_document(data, "plan").outline, read_document(text, "plan.txt").outline
    assert tuple(len(stage.activities) for stage in outline.stages) == counts
    assert said(outline) == said(expected)
    assert heads(outline) == heads(expected)
    assert [column.kind for column in outline.columns] == [column.kind for column in expected.columns]
    assert (squeezed(outline.title), outline.period) == (squeezed(expected.title), expected.period)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TWINS)
def test_a_twin_is_the_same_plan_as_any_kind_of_file(name: str, kind: str, twin_as: Made) -> None:
    agree(twin_as(name, kind), twin(name), TWINS[name][1])


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TWINS)
def test_a_seed_is_the_same_plan_as_any_kind_of_file(name: str, kind: str, seed_as: Made) -> None:
    text = seed(name)
    agree(seed_as(name, kind), text, TWINS[name][1])


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_word_and_rtf_are_the_same_plan_too(kind: str, twin_as: Made) -> None:
    agree(twin_as("with_sections", kind), twin("with_sections"), TWINS["with_sections"][1])


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_the_name_of_a_file_does_not_matter(kind: str, twin_as: Made) -> None:
    data = twin_as("kindergarten", kind)
    names = (f"plan.{kind}", "plan.docx", "plan.pdf", "plan")
    assert len({repr(read_document(data, name)) for name in names}) == 1
