"""The form on paper: the nine items of the law in its text, the code that tells it from another child's."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, School
from participants.models import Authority, Consent, Person
from participants.papers.codes import consent_of_code, form_code, sheet_codes, sheet_of_code
from participants.papers.wording import GUARDIAN, LABOUR
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms
from tests.factories import actor_of
from tests.participants.asked import pupil, school_with_texts, teacher

SCHOOL = {
    "name": "Муниципальное бюджетное общеобразовательное учреждение «Луговая школа № 7»",
    "address": "618000, пос. Луговой, ул. Школьная, д. 1",
    "inn": "5904000000",
    "ogrn": "1025900000000",
}


def printed(person: Person) -> list[Consent]:
    """The consents asked of this person, with their forms made by the worker."""
    by = actor_of(school=person.school)
    consents = ask_consents(person=person, by=by)
    print_forms(consents, by=by)
    assert run_due_jobs() == len(consents)
    return list(Consent.objects.filter(pk__in=[row.pk for row in consents]).select_related("paper").order_by("pk"))


def pages_of(consent: Consent) -> list[str]:
    assert consent.paper is not None
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(read_file(consent.paper))).pages]


def codes_of(consent: Consent) -> list[Any]:
    """What a reader of QR codes finds on each sheet as it comes from the printer."""
    assert consent.paper is not None
    with pypdfium2.PdfDocument(read_file(consent.paper)) as sheets:
        return [code for sheet in sheets for code in zxingcpp.read_barcodes(sheet.render(scale=2).to_pil())]


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def school(db: None) -> School:
    school = school_with_texts()
    School.objects.filter(pk=school.pk).update(**SCHOOL)
    school.refresh_from_db()
    return school


def test_a_guardians_form_has_each_of_the_nine_items_on_one_page(school: School) -> None:
    person = pupil(school, surname="Заречнов", given_name="Гордей", patronymic="Львович", birth_date=date(2013, 4, 12))
    guardian = person.guardianships.get().guardian

    (consent,) = printed(person)
    (page,) = pages_of(consent)

    items = {
        "1": ("Заречнов Гордей Львович", "12 апреля 2013 г.", "адрес", "паспорт или свидетельство о рождении"),
        "2": (guardian.full_name, "мать, законный представитель", "паспорт: серия", "документ о полномочиях"),
        "3": (plain(SCHOOL["name"]), SCHOOL["address"], "ИНН 5904000000, ОГРН 1025900000000"),
        "4": (plain(GUARDIAN["purpose_text"]),),
        "5": (plain(GUARDIAN["data_text"]),),
        "6": ("другому лицу не поручается",),
        "7": (plain(GUARDIAN["actions_text"]),),
        "8": (
            f"по {consent.expires_on.day} ",
            f"{consent.expires_on.year} г. включительно",
            plain(GUARDIAN["term_text"]),
            plain(GUARDIAN["withdrawal_text"]),
        ),
        "9": ("9. Подпись законного представителя", "20____ г."),
    }
    assert {item: [words in page for words in wanted] for item, wanted in items.items()} == {
        item: [True] * len(wanted) for item, wanted in items.items()
    }
    assert [f"{number}. " in page for number in range(1, 10)] == [True] * 9
    assert (form_code(consent) in page, "версия 1" in page) == (True, True)


def test_an_adults_form_says_that_he_signs_himself(school: School) -> None:
    (consent,) = printed(teacher(school))
    (page,) = pages_of(consent)

    wanted = ("нет: субъект даёт согласие сам", "9. Подпись субъекта персональных данных", "учитель физики")
    assert ([words in page for words in wanted], "законный представитель" in page) == ([True] * 3, False)


def test_the_labour_consent_is_a_paper_of_its_own(school: School) -> None:
    processing, labour = printed(teacher(school, of_employees=True))

    (page,) = pages_of(labour)

    wanted = ("351.8", *(plain(text) for text in LABOUR.values() if text), "за три рабочих дня", "7. Подпись работника")
    assert [words in page for words in wanted] == [True] * len(wanted)
    assert ("персональных данных" in page, "351.8" in pages_of(processing)[0]) == (False, False)


def test_very_long_names_take_a_second_sheet_that_keeps_the_signature_with_the_term(school: School) -> None:
    long: Any = {"surname": "Константинопольский-Преображенский" * 2, "given_name": "Максимилиан " * 5}
    School.objects.filter(pk=school.pk).update(name="Муниципальное общеобразовательное учреждение " * 8)
    person = pupil(School.objects.get(pk=school.pk), **long)

    (consent,) = printed(person)
    first, second = pages_of(consent)

    code = form_code(consent)
    assert [code in page for page in (first, second)] == [True, True]
    assert (first.count("Лист 1 из 2"), second.count("Лист 2 из 2")) == (1, 1)
    assert [found.text for found in codes_of(consent)] == [code, f"{code}-2"]
    assert ["8. Срок действия" in second, "9. Подпись" in second, "9. Подпись" in first] == [True, True, False]


@pytest.mark.parametrize("authority", Authority)
def test_every_right_to_represent_a_child_is_named_in_russian(authority: Authority, school: School) -> None:
    person = pupil(school)
    person.guardianships.update(authority=authority)

    (page,) = pages_of(printed(person)[0])

    assert f"{authority.label}, законный представитель" in page


def test_a_processor_named_by_the_school_and_hostile_names_are_printed_as_text(school: School) -> None:
    school.consent_texts.update(processor_text="ООО «Хранитель», г. Пермь")
    person = pupil(school, given_name="<img src='file:///etc/passwd'>", class_name="{{ school }}")

    (page,) = pages_of(printed(person)[0])

    wanted = ("ООО «Хранитель», г. Пермь", "<img src='file:///etc/passwd'>", "{{ school }}")
    assert [words in page for words in wanted] == [True] * 3


def test_the_form_is_made_once_kept_with_its_checksum_and_outlives_its_job(school: School) -> None:
    (consent,) = printed(pupil(school))
    by = actor_of(school=school)

    again = print_forms([consent], by=by)
    job = Job.objects.get()

    assert (again, job.state, job.result, consent.paper.purpose) == ([], JobState.DONE, None, "consent form")  # type: ignore[union-attr]
    assert consent.paper is not None
    data = read_file(consent.paper)
    assert (consent.paper.size, len(consent.paper.sha256)) == (len(data), 64)


def test_nothing_is_printed_of_what_is_not_asked_for_any_more(school: School) -> None:
    by = actor_of(school=school)
    consents = ask_consents(person=pupil(school), by=by)
    Consent.objects.update(state="withdrawn", ended_at=consents[0].asked_at)

    assert print_forms(Consent.objects.all(), by=by) == []


def test_a_photograph_of_the_form_tells_whose_it_is(school: School) -> None:
    (consent,) = printed(pupil(school))
    assert consent.paper is not None

    picture = pypdfium2.PdfDocument(read_file(consent.paper))[0].render(scale=1.5).to_pil().rotate(3, expand=True)
    (found,) = zxingcpp.read_barcodes(picture)

    assert consent_of_code(found.text) == consent.pk


# ---------------------------------------------------------------- codes


@given(st.integers(min_value=1, max_value=10**12))
def test_a_code_leads_back_to_its_consent_and_no_further(key: int) -> None:
    code = form_code(Consent(pk=key))

    shifted = code.replace(f"-{key}-", f"-{key + 1}-")

    assert (consent_of_code(code), consent_of_code(f" {code}\n"), consent_of_code(shifted)) == (key, key, None)


@given(st.integers(min_value=1, max_value=10**12), st.integers(min_value=1, max_value=9))
def test_each_sheet_of_a_form_leads_to_the_same_consent(key: int, sheet: int) -> None:
    code = sheet_codes(form_code(Consent(pk=key)))[sheet - 1]

    assert (consent_of_code(code), sheet_of_code(code)) == (key, sheet)


@given(st.integers(min_value=1, max_value=10**12), st.integers(min_value=1, max_value=9), st.data())
def test_a_code_altered_by_one_sign_is_never_another_consent(key: int, sheet: int, data: st.DataObject) -> None:
    code = sheet_codes(form_code(Consent(pk=key)))[sheet - 1]
    place = data.draw(st.integers(min_value=0, max_value=len(code)))
    sign = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"))

    altered = {
        code[:place] + sign + code[place + 1 :],
        code[:place] + sign + code[place:],
        code[:place] + code[place + 1 :],
    }

    assert {consent_of_code(text) for text in altered} <= {key, None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ST1",
        "ST1-1-AAAAAAAA-1",
        "ST1-1-AAAAAAAA-10",
        "ST1-1-AAAAAAAA",
        "ST2-1-AAAAAAAA",
        "ST1--AAAAAAAA",
        "ST1-0-AAAAAAAA",
        "https://school.test/",
        "٣",
    ],
)
def test_other_codes_lead_nowhere(text: Any) -> None:
    assert consent_of_code(text) is None


def test_a_code_made_with_another_key_leads_nowhere(settings: Any) -> None:
    code = form_code(Consent(pk=5))
    settings.SECRET_KEY = "another-installation"

    assert consent_of_code(code) is None
