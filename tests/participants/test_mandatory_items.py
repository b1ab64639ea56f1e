"""Each of the nine items of written consent (152-FZ art. 9 (4)) stands on the form of every kind, read from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from core.actors import SYSTEM, Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import School
from participants.models import Consent, ConsentKind, Person, PersonKind
from participants.papers.wording import LABOUR, PARTS, STANDARD
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms
from participants.services.texts import current_text, give_standard_texts, write_text
from tests.factories import EnrolmentFactory, GuardianshipFactory, SchoolFactory, actor_of
from tests.participants.asked import pupil, school_with_texts, teacher

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
REQUISITES = {
    "name": "Муниципальное бюджетное общеобразовательное учреждение «Луговая школа № 7»",
    "address": "618000, пос. Луговой, ул. Школьная, д. 1",
    "inn": "5904000000",
    "ogrn": "1025900000000",
}


def plain(text: str) -> str:
    return " ".join(text.split())


def text_of(consent: Consent) -> str:
    """What the printed form says."""
    print_forms([consent], by=actor_of(school=consent.person.school))
    run_due_jobs()
    consent.refresh_from_db()
    assert consent.paper is not None
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(read_file(consent.paper))).pages))


def asked(person: Person) -> Consent:
    return ask_consents(person=person, by=actor_of(school=person.school))[0]


def graduate(school: School) -> Person:
    return pupil(school, guardians=0, birth_date=date(2001, 2, 3), kind=PersonKind.GRADUATE, class_name="", post="")


def young_mentor(school: School) -> Person:
    """A pupil who mentors: a guardian signs the consent of a mentor."""
    person = pupil(school)
    person.enrolments.all().delete()
    EnrolmentFactory(person=person, mentor=True)
    return person


@pytest.fixture
def school() -> School:
    school = school_with_texts()
    School.objects.filter(pk=school.pk).update(**REQUISITES)
    school.refresh_from_db()
    return school


KINDS: dict[str, tuple[str, Callable[[School], Person]]] = {
    "an adult mentee": ("adult", graduate),
    "a guardian": ("guardian", pupil),
    "a mentor": ("mentor", teacher),
    "a guardian of a mentor": ("mentor", young_mentor),
}


def items_of(consent: Consent) -> dict[str, list[str]]:
    """What must stand on this form, item by item."""
    text, guardian = STANDARD[consent.text.kind], consent.guardian
    person_paper = "паспорт или свидетельство о рождении" if guardian else "паспорт: серия, номер, кем и когда выдан"
    representative = (
        [
            guardian.full_name,
            "мать, законный представитель",
            "документ о полномочиях: свидетельство о рождении, акт об опеке",
        ]
        if guardian
        else ["нет: субъект даёт согласие сам"]
    )
    return {
        "1 subject, address, identity document": [consent.person.full_name, "адрес", person_paper],
        "2 representative and the ground of his power": representative,
        "3 operator and address": [REQUISITES["name"], REQUISITES["address"], "ИНН 5904000000"],
        "4 purpose": [text["purpose_text"]],
        "5 list of data": [text["data_text"]],
        "6 processor": ["6. Обработка по поручению оператора", "другому лицу не поручается"],
        "7 actions and ways": [text["actions_text"]],
        "8 term and withdrawal": [
            f"{consent.expires_on.year} г. включительно",
            text["term_text"],
            text["withdrawal_text"],
        ],
        "9 signature": ["9. Подпись законного представителя" if guardian else "9. Подпись субъекта", "20____ г."],
    }


@pytest.mark.parametrize("who", KINDS)
def test_each_of_the_nine_items_is_on_the_form(who: str, school: School) -> None:
    kind, make = KINDS[who]
    consent = asked(make(school))

    text = text_of(consent)

    assert consent.text.kind == kind
    lost = {item: [words for words in wanted if plain(words) not in text] for item, wanted in items_of(consent).items()}
    assert lost == {item: [] for item in items_of(consent)}
    assert [f" {number}. " in f" {text}" for number in range(1, 10)] == [True] * 9


def test_the_guardians_list_names_both_and_the_adults_only_his_own() -> None:
    lists = {kind: STANDARD[kind]["data_text"] for kind in ("guardian", "adult")}

    assert [("ребёнка" in text, "законного представителя" in text) for text in lists.values()] == [
        (True, True),
        (False, False),
    ]


def test_the_work_of_a_mentor_is_a_paper_without_personal_data(school: School) -> None:
    _mentor, labour = ask_consents(person=teacher(school, of_employees=True), by=actor_of(school=school))

    text = text_of(labour)

    wanted = [plain(words) for words in LABOUR.values() if words]
    assert [words in text for words in wanted] == [True] * len(wanted)
    assert ("351.8" in text, "персональных данных" in text) == (True, False)


def test_a_consent_from_before_a_change_shows_the_text_that_was_signed(school: School, log_in: LogIn) -> None:
    by = actor_of(school=school)
    before = asked(pupil(school))
    old = current_text(school, ConsentKind.GUARDIAN)
    parts = {name: getattr(old, name) for name in PARTS} | {"purpose_text": "Совсем другое наставничество в школе."}
    write_text(school=school, kind=ConsentKind.GUARDIAN, parts=parts, seen=1, by=by)
    after = asked(pupil(school))
    browser = log_in(by)

    papers = [text_of(consent) for consent in (before, after)]
    pages = [plain(browser.get(f"/consents/texts/{consent.text_id}/").text) for consent in (before, after)]

    purposes = [plain(STANDARD["guardian"]["purpose_text"]), "Совсем другое наставничество в школе."]
    assert [[purpose in shown for purpose in purposes] for shown in (*papers, *pages)] == [
        [True, False],
        [False, True],
    ] * 2
    assert ["версия 1" in papers[0], "версия 2" in papers[1]] == [True, True]


def test_another_schools_text_is_not_there(log_in: LogIn) -> None:
    school = SchoolFactory()
    give_standard_texts(school, SYSTEM)

    text = current_text(school, ConsentKind.ADULT)

    assert log_in(actor_of()).get(f"/consents/texts/{text.pk}/").status_code == 404


def test_two_guardians_sign_papers_of_their_own(school: School) -> None:
    person = pupil(school)
    GuardianshipFactory(minor=person)

    consents = ask_consents(person=person, by=actor_of(school=school))

    texts = [text_of(consent) for consent in consents]
    names = [consent.guardian.full_name for consent in consents if consent.guardian]
    assert [[name in text for name in names] for text in texts] == [[True, False], [False, True]]
