"""Forms of mentoring and role models: standard ones, the school's own, switched off."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.calendar import usual_periods
from accounts.services.schools import open_school
from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.models import Event, Role, School
from participants.models import MentoringForm, PersonKind, RoleModel
from participants.register.standard import STANDARD_FORMS
from participants.services.forms import give_standard_forms, save_form
from tests.factories import (
    EnrolmentFactory,
    MentoringFormFactory,
    RoleModelFactory,
    SchoolFactory,
    actor_of,
    installation_admin,
)

pytestmark = pytest.mark.django_db
PAGE = "/participants/forms/"
LogIn = Callable[[Actor], Client]
NAMES = [standard.name for standard in STANDARD_FORMS]
OWN: dict[str, Any] = {
    "name": "Преподаватель – обучающийся",
    "model": "student",
    "mentor_kind": "",
    "mentee_kind": "pupil",
    "is_of_employees": False,
    "is_used": True,
}


def forms_of(school: School) -> list[str]:
    return list(MentoringForm.objects.filter(school=school).order_by("place").values_list("name", flat=True))


def role_models_of(form: MentoringForm) -> list[str]:
    return list(RoleModel.objects.filter(form=form).order_by("place").values_list("name", flat=True))


def test_a_new_school_begins_with_the_standard_forms() -> None:
    school, _invited = open_school(
        requisites={"name": "Школа", "short_name": "Школа"},
        periods=usual_periods(2026),
        invitees=[],
        by=installation_admin(),
    )

    assert forms_of(school) == NAMES
    pupils = MentoringForm.objects.get(school=school, name="Ученик – ученик")
    assert role_models_of(pupils) == [
        "успевающий – неуспевающий",
        "лидер – пассивный",
        "равный – равному",
        "адаптированный – неадаптированный",
    ]
    assert "не сверены" in pupils.source


def test_a_school_opened_earlier_is_given_them_by_the_migration() -> None:
    bare, own = SchoolFactory(), MentoringFormFactory()

    import_module("participants.migrations.0003_standard_forms").give_forms(apps, None)

    assert (forms_of(bare), forms_of(own.school)) == (NAMES, [own.name])


def test_the_standard_forms_fit_the_models() -> None:
    kinds = {"", *PersonKind.values}

    assert {standard.model for standard in STANDARD_FORMS} == {"student", "teacher"}
    assert all({standard.mentor_kind, standard.mentee_kind} <= kinds for standard in STANDARD_FORMS)
    assert all(len(standard.source) <= 300 for standard in STANDARD_FORMS)
    assert all(standard.mentee_kind == "teacher" for standard in STANDARD_FORMS if standard.is_of_employees)


def test_what_is_missing_comes_back_and_what_was_changed_stays() -> None:
    school = SchoolFactory()
    give_standard_forms(school, SYSTEM)
    MentoringForm.objects.filter(school=school, name=NAMES[0]).update(is_used=False)
    MentoringForm.objects.filter(school=school, name=NAMES[1]).delete()

    counts = [give_standard_forms(school, SYSTEM) for _ in range(2)]

    assert (counts, sorted(forms_of(school))) == ([1, 0], sorted(NAMES))
    assert MentoringForm.objects.get(school=school, name=NAMES[0]).is_used is False


def test_a_form_of_the_school_s_own_keeps_the_order_of_its_role_models() -> None:
    by = actor_of()
    assert by.school

    form = save_form(
        school=by.school, form=None, **OWN, role_models=["  новатор –  хранитель ", "", "равный", "равный"], by=by
    )

    assert role_models_of(form) == ["новатор – хранитель", "равный"]
    assert Event.objects.get(verb="save").thing == f"mentoringform:{form.pk}"


def test_a_name_belongs_to_one_form_of_a_school() -> None:
    by = actor_of()
    assert by.school
    MentoringFormFactory(name=OWN["name"])
    form = save_form(school=by.school, form=None, **OWN, role_models=[], by=by)

    with pytest.raises(DomainError, match="уже есть"):
        save_form(school=by.school, form=None, **OWN, role_models=[], by=by)
    save_form(school=by.school, form=form, **OWN, role_models=[], by=by)

    assert forms_of(by.school) == [OWN["name"]]


def test_a_role_model_that_someone_has_is_mended_but_not_left_out() -> None:
    enrolment = EnrolmentFactory()
    form, by = enrolment.form, actor_of(school=enrolment.person.school)
    enrolment.role_model = RoleModelFactory(form=form, name="лидр – пассивный", place=1)
    enrolment.save()
    RoleModelFactory(form=form, name="равный – равному", place=2)

    save_form(school=form.school, form=form, **OWN, role_models=["лидер – пассивный", "равный – равному"], by=by)
    with pytest.raises(DomainError, match="лидер – пассивный"):
        save_form(school=form.school, form=form, **OWN, role_models=["равный – равному"], by=by)
    save_form(school=form.school, form=form, **OWN, role_models=["лидер – пассивный"], by=by)

    enrolment.refresh_from_db()
    assert enrolment.role_model
    assert (enrolment.role_model.name, role_models_of(form)) == ("лидер – пассивный", ["лидер – пассивный"])


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of()
    for _ in range(number):
        RoleModelFactory(form__school=actor.school)
    browser = log_in(actor)
    browser.get(PAGE)

    with django_assert_num_queries(9):
        answer = browser.get(PAGE)

    assert answer.content.decode().count("лидер – пассивный") == number


def test_the_list_parts_what_is_used_from_what_is_not(log_in: LogIn) -> None:
    school = MentoringFormFactory(name="Ученик – ученик").school
    MentoringFormFactory(school=school, name="Студент – ученик", is_used=False)
    MentoringFormFactory(name="Чужая форма")

    page = log_in(actor_of(school=school)).get(PAGE).content.decode()

    assert "Школа использует 1 форму" in page
    assert page.index("Ученик – ученик") < page.index("Выключены") < page.index("Студент – ученик")
    assert "Чужая форма" not in page


def test_a_form_is_added_changed_and_switched_off_on_its_page(log_in: LogIn) -> None:
    actor = actor_of()
    browser = log_in(actor)
    sent = {"name": "Своя", "model": "student", "is_used": "on", "role_models": "а – б\r\nв – г"}

    browser.post(f"{PAGE}new/", sent | {"once": "x"})
    browser.post(f"{PAGE}new/", sent | {"once": "x"})
    form = MentoringForm.objects.get()
    shown = browser.get(f"{PAGE}{form.pk}/edit/").content.decode()
    answer = browser.post(f"{PAGE}{form.pk}/edit/", sent | {"is_used": "", "name": "Иная"})

    form.refresh_from_db()
    assert ("а – б\nв – г</textarea>" in shown, answer["Location"]) == (True, PAGE)
    assert (form.name, form.is_used, role_models_of(form)) == ("Иная", False, ["а – б", "в – г"])


def test_a_refusal_keeps_what_was_typed(log_in: LogIn) -> None:
    form = MentoringFormFactory(name="Занято")

    answer = log_in(actor_of(school=form.school)).post(
        f"{PAGE}new/", {"name": "Занято", "model": "student", "role_models": "а – б"}
    )

    page = answer.content.decode()
    assert (answer.status_code, "уже есть" in page, "а – б</textarea>" in page) == (400, True, True)


def test_the_button_brings_the_standard_ones_back(log_in: LogIn) -> None:
    actor = actor_of()
    assert actor.school
    browser = log_in(actor)

    before = browser.get(PAGE).content.decode()
    after = browser.post(f"{PAGE}standard/", follow=True).content.decode()

    assert ["Вернуть 10 типовых форм" in before, "Вернуть" in after] == [True, False]
    assert ("Возвращены 10 типовых форм." in after, forms_of(actor.school)) == (True, NAMES)


def test_the_administrator_reads_and_does_not_write(log_in: LogIn) -> None:
    form = MentoringFormFactory()
    browser = log_in(actor_of(Role.ADMINISTRATOR, form.school))

    assert form.name in browser.get(PAGE).content.decode()
    assert [browser.get(f"{PAGE}{form.pk}/edit/").status_code, browser.post(f"{PAGE}standard/").status_code] == [
        403
    ] * 2
