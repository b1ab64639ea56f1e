"""The remarks of a draft whose mend is one press of a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from roadmap.drafting.findings import NOTHING_KNOWN, SchoolFacts, findings_of, make_mend
from roadmap.drafting.opening import sheet_of
from roadmap.drafting.page import DraftPage, draft_page
from roadmap.drafting.sheet import Sheet, sheet_from_json
from roadmap.models import Draft
from roadmap.reading import read_document
from roadmap.services.checking import school_facts
from tests.factories import MembershipFactory, SchoolFactory, actor_of
from tests.roadmap.documents import TWINS, twin
from tests.roadmap.samples import ROADMAP, opened

LogIn = Callable[[Actor], Client]
TODAY = date(2024, 11, 22)


def sheet_of_twin(name: str) -> Sheet:
    return sheet_of(read_document(twin(name), "plan.txt").outline, today=TODAY)


def page_of(sheet: Sheet, school: SchoolFacts = NOTHING_KNOWN) -> DraftPage:
    return draft_page(sheet, (), TODAY, school)


def offers(sheet: Sheet) -> list[tuple[str, str]]:
    """Where a mend is offered, and what its button says."""
    cards = page_of(sheet).cards()
    return [(card.fields.get("number", ""), note.mend) for card in cards for note in card.notes if note.mend]


def press(sheet: Sheet, label: str, school: SchoolFacts = NOTHING_KNOWN) -> str:
    (key,) = [note.key for note in page_of(sheet, school).notes if note.mend == label]
    return make_mend(sheet, key, school)


def test_the_faults_of_known_documents_are_offered_with_their_mends() -> None:
    assert {name: offers(sheet_of_twin(name)) for name in TWINS} == {
        "one_list": [("18", "Исправить: Октябрь 2023")],
        "three_years": [
            ("5.2", "Исправить: Ноябрь 2021, 2022, 2023"),
            ("6.4", "Исправить: Февраль- май 2022, 2023, 2024"),
            ("7", "Добавить мероприятие № 32"),
            ("7.7", "Перенумеровать: 7.6, 7.7"),
            ("7.8", "Исправить: Май 2022, 2023, 2024"),
        ],
        "with_sections": [
            ("4", "Перенумеровать: 3, 4"),
            *[("1", "Исправить: Октябрь 2024г.")],
            *[("3", "Исправить: Октябрь 2024г."), ("3", "Перенумеровать: 2")],
            *[("1", "Исправить: Октябрь 2024г."), ("2", "Исправить: Октябрь 2024г.")],
            ("2", "Перенумеровать: 1, 2, 3"),
            *[("1", "Исправить: Май 2025"), ("2", "Исправить: Май 2025"), ("3", "Исправить: Май 2025")],
            ("6", "Перенумеровать: 5, 6"),
        ],
        "kindergarten": [
            ("7", "Перенумеровать: 6"),
            ("1", "Исправить: Май 2024"),
            ("2", "Исправить: Май 2024"),
        ],
        "lost_columns": [],
    }


@pytest.mark.parametrize("name", TWINS)
def test_every_mend_ends_its_remark_and_raises_no_other(name: str) -> None:
    sheet = sheet_of_twin(name)
    before = len(findings_of(sheet, NOTHING_KNOWN))

    while any(note.mend for note in page_of(sheet).notes):
        key = next(note.key for note in page_of(sheet).notes if note.mend)
        assert make_mend(sheet, key, NOTHING_KNOWN)
        after = len(findings_of(sheet, NOTHING_KNOWN))
        assert after < before
        before = after


def test_a_right_year_is_a_press_away_and_the_field_can_be_edited_back() -> None:
    sheet = sheet_of_twin("kindergarten")
    (wrong,) = [part for part in sheet.standing(sheet.activities) if part.fields["term"] == "Май 2022"]
    key = next(note.key for card in page_of(sheet).cards() if card.key == wrong.key for note in card.notes if note.mend)

    assert make_mend(sheet, key, NOTHING_KNOWN) == wrong.key

    assert (wrong.fields["term"], wrong.windows) == ("Май 2024", ((date(2024, 5, 1), date(2024, 5, 31)),))
    assert make_mend(sheet, key, NOTHING_KNOWN) == ""


def test_a_missing_activity_comes_into_the_gap_of_the_numbers() -> None:
    sheet = sheet_of_twin("three_years")

    added = press(sheet, "Добавить мероприятие № 32")

    last = [part for part in sheet.of_stage("s7") if part.fields["number"] in {"7.5", "7.6", "7.7"}]
    assert [(part.fields["number"], part.key == added) for part in last] == [
        ("7.5", False),
        ("7.6", True),
        ("7.7", False),
    ]
    assert sheet.parts[added].fields["text"].startswith("Оценка участников по заданным параметрам, проведение второго")
    assert sheet.parts[added].fields["term"] == "Май 2022, 2023, 2024"
    assert [found.code for found in findings_of(sheet, NOTHING_KNOWN)].count("numbering_gap") == 0


def test_another_schools_name_gives_way_to_that_of_the_school_in_every_row_of_its_section() -> None:
    sheet = sheet_of_twin("with_sections")
    school = SchoolFacts("МБООУ «Тальская школа»", ("МБООУ «Тальская школа»",))
    rows = [part for part in sheet.standing(sheet.activities) if "СОШ №63" in part.fields["section"]]

    press(sheet, "Исправить: МБООУ «Тальская школа»", school)

    texts = [f"{part.fields['section']} {part.fields['text']}" for part in sheet.standing(sheet.activities)]
    assert [text for text in texts if "СОШ №63" in text] == []
    assert all("Тальская" in part.fields["section"] for part in rows)


def test_days_set_by_hand_give_way_to_the_mended_term() -> None:
    sheet = sheet_of_twin("one_list")
    (survey,) = [part for part in sheet.standing(sheet.activities) if part.fields["number"] == "18"]
    survey.fields |= {"starts_on": "2023-09-01", "ends_on": "2023-09-30"}

    press(sheet, "Исправить: Октябрь 2023")

    assert survey.windows == ((date(2023, 10, 1), date(2023, 10, 31)),)


def test_a_misspelt_month_is_spelt_right() -> None:
    outline = read_document(ROADMAP.replace("Декабрь 2026", "Декабрьь 2026").encode(), "plan.txt").outline
    sheet = sheet_of(outline, today=TODAY)

    assert press(sheet, "Исправить: Декабрь 2026") == "a1"
    assert sheet.parts["a1"].fields["term"] == "Декабрь 2026"


# ---------------------------------------------------------------- on the page


@pytest.mark.django_db
def test_the_button_of_a_remark_does_what_it_says(log_in: LogIn) -> None:
    draft, by = opened(text=ROADMAP.replace("Октябрь 2026", "Октябрь 2021"))
    browser = log_in(by)
    page = browser.get(f"/drafts/{draft.pk}/").context["page"]
    (key,) = [note.key for note in page.open_notes if note.mend == "Исправить: Октябрь 2026"]

    answer = browser.post(f"/drafts/{draft.pk}/change/", {"do": f"mend:{key}"})

    assert answer["Location"] == f"/drafts/{draft.pk}/#a3"
    assert sheet_from_json(Draft.objects.get(pk=draft.pk).entered).parts["a3"].fields["term"] == "Октябрь 2026"
    assert browser.post(f"/drafts/{draft.pk}/change/", {"do": f"mend:{key}"})["Location"] == f"/drafts/{draft.pk}/#"


@pytest.mark.django_db
def test_the_duties_that_people_hold_come_from_their_roles_and_posts() -> None:
    school = SchoolFactory(short_name="МКОУ СОШ № 7")
    MembershipFactory(school=school, role=Role.PSYCHOLOGIST)
    MembershipFactory(school=school, role=Role.CLASS_TEACHER, post="Социальный педагог")
    ended = MembershipFactory(school=school, role=Role.ADMINISTRATOR)
    ended.ended_at = ended.created_at
    ended.save()

    facts = school_facts(school)

    assert facts.held is not None
    assert sorted(facts.held) == ["class_teacher", "other", "psychologist", "social_pedagogue"]
    assert facts.called == "МКОУ СОШ № 7"


@pytest.mark.django_db
def test_a_role_that_nobody_in_the_school_has_is_remarked_on_until_somebody_has_it(log_in: LogIn) -> None:
    school = SchoolFactory(short_name="Заречная школа № 3")
    by = actor_of(Role.CURATOR, school=school)
    draft, _ = opened(by)
    browser = log_in(by)

    def unheld() -> list[str]:
        page = browser.get(f"/drafts/{draft.pk}/").context["page"]
        return [note.quote for note in page.open_notes if "роли в школе ни у кого нет" in note.text]

    assert unheld() == ["Директор", "Педагог-психолог"]
    MembershipFactory(school=school, role=Role.PSYCHOLOGIST)
    assert unheld() == ["Директор"]
