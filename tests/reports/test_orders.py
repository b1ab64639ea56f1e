"""The draft of an order: what it takes in, its numbers, its changes; what follows is in test_orders_in_force.py."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.models import Event, PeriodKind, StoredFile
from participants.models import FormModel
from reports.models import Order, OrderState
from reports.services.orders import (
    NumberTaken,
    OrderChanged,
    OrderRefused,
    cancel_order,
    change_order,
    draft_order,
    enforce_order,
)
from reports.services.orders.numbers import proposed_number
from reports.services.orders.proposals import last_day_of_pairs
from roadmap.models import EvidenceKind
from tests.factories import (
    ActivityFactory,
    ApprovalFactory,
    CycleFactory,
    MatchFactory,
    OrderFactory,
    SchoolPeriodFactory,
    WindowFactory,
)
from tests.reports.ordering import (
    LAST_DAY,
    SIGNED_ON,
    approved,
    consent_of,
    curator_of,
    drafted,
    head_of,
    lines_as_they_are,
    mentee_like,
    plain,
    rows,
    signed,
    some_school,
    texts_of,
)

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- drafting


def test_a_draft_says_what_an_order_of_the_student_model_says() -> None:
    school = some_school()
    match = approved(school)
    ApprovalFactory(programme=match.mentor.cycle.programme, basis="Приказ", number="121", date=date(2026, 8, 31))

    order = drafted(match, number="137/к")

    assert (order.number, order.state, order.revision, order.year) == ("137/к", OrderState.DRAFT, 1, 2026)
    assert order.title == "Об утверждении наставнических пар и групп на 2026–2027 учебный год"
    assert order.preamble == (
        "В соответствии с распоряжением Министерства просвещения Российской Федерации от 25.12.2019 № Р-145, дорожной "
        "картой внедрения программы наставничества, утверждённой приказом от 31.08.2026 № 121, и по итогам подбора "
        "наставников,"
    )
    assert [plain(point) for point in order.points] == [
        "Утвердить состав наставнических пар и групп на 2026–2027 учебный год (приложение).",
        (
            "Куратору программы Берёзовой М. Е. ознакомить участников и их законных представителей с настоящим "
            "приказом в срок до 3 ноября 2026 г."
        ),
        "Наставникам провести первую, организационную, встречу в срок до 10 ноября 2026 г.",
        "Контроль за исполнением приказа оставляю за собой.",
    ]
    assert (order.place, order.signer_post, plain(order.signer_name)) == ("пос. Заречный", "Директор", "В. П. Озёрная")
    assert [[plain(part) for part in row] for row in order.familiar] == [["Куратор программы", "М. Е. Берёзова"]]
    assert Event.objects.get(verb="draft").detail == {"pairs": 1}


def test_a_kindergarten_has_its_head_its_model_and_no_guardians() -> None:
    school = some_school(name="Муниципальное дошкольное учреждение «Детский сад № 14»")
    first = approved(school)
    form = first.mentor.form
    form.model, form.is_of_employees, form.name = FormModel.TEACHER, True, "Педагог – педагог"
    form.save()
    for side in (first.mentor, first.mentee):
        side.person.kind, side.person.class_name, side.person.post = "teacher", "", "воспитатель"
        side.person.save()

    with pytest.raises(OrderRefused, match="нет действующего согласия"):
        drafted(first)  # the mentor has given no consent under Labour Code 351.8
    form.is_of_employees = False
    form.save()
    order = drafted(first)

    assert order.title == (
        "Об утверждении наставнических пар и групп педагогических работников на 2026–2027 учебный год"
    )
    assert ("Р-145" in order.preamble, "АЗ-1128/08" in order.preamble) == (False, True)
    assert ("законных" in order.points[1], order.signer_post) == (False, "Заведующий")
    assert rows(order)[0][2] == "«педагог – педагог»"


def test_pairs_of_one_mentor_stand_on_one_line_as_a_group() -> None:
    school = some_school()
    first = approved(school)
    group = first.mentor
    second = approved(
        school, mentor=group, mentee=mentee_like(group, surname="Абрикосова", given_name="Вера", patronymic="Игоревна")
    )
    alone = approved(school, like=first)

    order = drafted(first, second, alone)

    name = first.mentee.person.full_name
    texts = [(mentees, form) for _mentor, mentees, form in rows(order)]
    form = "«ученик – ученик"
    assert sorted(len(line.matches.all()) for line in order.lines.all()) == [1, 2]
    both = next(row for row in texts if ";" in row[0])
    assert both[0] == f"Абрикосова Вера Игоревна, 7 «Б» класс; {name}, 7 «Б» класс"
    assert (both[1].startswith(form), both[1].endswith(", группа")) == (True, True)


def test_the_first_meetings_of_the_roadmap_set_the_day_of_the_order() -> None:
    match = approved(some_school())
    cycle = match.mentor.cycle
    activity = ActivityFactory(stage__programme=cycle.programme, evidence=EvidenceKind.FIRST_MEETINGS)
    WindowFactory(activity=activity, cycle=cycle, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20))

    order = drafted(match)

    assert "20 ноября 2026" in plain(order.points[2])


@pytest.mark.parametrize(
    ("approval", "words"),
    [
        ({"basis": "Приказ", "number": "121"}, ", утверждённой приказом от 30.08.2026 № 121, и"),
        ({"basis": "Распоряжение", "number": "5-р"}, ", утверждённой распоряжением от 30.08.2026 № 5-р, и"),
        ({"basis": "", "number": ""}, ", утверждённой 30.08.2026, и"),
        ({"word": "СОГЛАСОВАНО"}, "наставничества и"),
        ({"date": None}, "наставничества и"),
    ],
)
def test_the_preamble_names_how_the_roadmap_was_approved(approval: dict[str, object], words: str) -> None:
    match = approved(some_school())
    ApprovalFactory(programme=match.mentor.cycle.programme, **approval)

    assert words in drafted(match).preamble


def test_the_pairs_work_until_the_last_term_ends_else_until_the_end_of_may() -> None:
    cycle = CycleFactory()
    before = last_day_of_pairs(cycle, SIGNED_ON)
    SchoolPeriodFactory(
        school=cycle.programme.school, kind=PeriodKind.TERM, ends_on=date(2027, 5, 26), starts_on=date(2027, 4, 1)
    )

    assert (before, last_day_of_pairs(cycle, SIGNED_ON)) == (date(2027, 5, 31), date(2027, 5, 26))
    assert last_day_of_pairs(cycle, date(2027, 6, 15)) == cycle.ends_on
    assert last_day_of_pairs(cycle, date(2028, 9, 15)) == date(2029, 5, 31)


def test_nothing_goes_into_an_order_that_is_not_approved_or_stands_in_one_already() -> None:
    school = some_school()
    good = approved(school)
    proposed = MatchFactory(school=school, mentor=approved(school, like=good).mentor)
    taken = approved(school, like=good)
    order = drafted(taken, number="7")

    for match, words in ((proposed, "не утверждена"), (taken, "приказе № 7")):
        with pytest.raises(OrderRefused) as refused:
            drafted(good, match)
        assert words in plain(str(refused.value))

    assert list(Order.objects.all()) == [order]


def test_people_without_a_consent_or_gone_and_pairs_of_another_year_are_named() -> None:
    school = some_school()
    good, withdrawn, gone = (approved(school) for _ in range(3))
    consent_of(withdrawn).delete()
    gone.mentee.state, gone.mentee.left_on = "left", SIGNED_ON
    gone.mentee.save()

    with pytest.raises(OrderRefused) as refused:
        drafted(good, withdrawn, gone)

    words = plain(str(refused.value))
    assert f"{plain(withdrawn.mentee.person.short_name)}: нет действующего согласия" in words
    assert f"{plain(gone.mentee.person.short_name)} больше не участвует" in words
    assert words.count("относится к другому учебному году") == 2


def test_an_empty_choice_and_days_the_wrong_way_round_are_refused() -> None:
    match = approved(some_school())

    with pytest.raises(OrderRefused, match="хотя бы одну"):
        draft_order(
            cycle=match.mentor.cycle, matches=[], dated_on=SIGNED_ON, starts_on=SIGNED_ON, ends_on=LAST_DAY,
            by=curator_of(match.school),
        )  # fmt: skip
    with pytest.raises(OrderRefused, match="раньше первого"):
        drafted(match, ends_on=SIGNED_ON - timedelta(days=1))


def test_another_schools_pair_does_not_get_into_the_order() -> None:
    mine, strange = approved(some_school()), approved(some_school())

    order = drafted(mine, strange, by=curator_of(mine.school))

    assert [match.pk for line in order.lines.all() for match in line.matches.all()] == [mine.pk]


# ---------------------------------------------------------------- numbers


def test_numbers_go_on_within_the_year_of_the_school() -> None:
    school = some_school()
    for number, dated_on in (("137/к", SIGNED_ON), ("98/к", SIGNED_ON), ("400", date(2025, 12, 30))):
        OrderFactory(school=school, number=number, dated_on=dated_on, year=dated_on.year)
    OrderFactory(school=school, number="500", cancelled=True)
    OrderFactory(number="900")

    order = drafted(approved(school))

    assert order.number == "138/к"
    assert proposed_number(school, 2027) == "1"


@pytest.mark.parametrize("typed", ["137/к", " № 137 /К", "137/ К"])
def test_a_taken_number_is_refused_with_the_next_free_one(typed: str) -> None:
    school = some_school()
    OrderFactory(school=school, number="137/к")

    with pytest.raises(NumberTaken, match="138/к"):
        drafted(approved(school), number=typed)


def test_a_number_is_written_without_the_sign_and_has_to_hold_something() -> None:
    match = approved(some_school())

    with pytest.raises(OrderRefused, match="буквами и цифрами"):
        drafted(match, number="///")
    assert drafted(match, number=" № 26/1 ").number == "26/1"


def test_a_cancelled_order_frees_its_number_and_its_pairs_and_keeps_no_name() -> None:
    match = approved(some_school())
    order = signed(drafted(match, number="137/к"))
    file = order.scan

    cancel_order(order=order, seen_revision=order.revision, by=curator_of(match.school))
    again = drafted(match, number="137/к")

    order.refresh_from_db()
    assert (order.state, order.lines.count(), order.scan, again.number) == (OrderState.CANCELLED, 0, None, "137/к")
    assert file is not None
    assert StoredFile.objects.filter(pk=file.pk).count() == 0


# ---------------------------------------------------------------- changing


def test_every_word_can_be_changed_and_the_journal_names_the_columns_only() -> None:
    order = drafted(approved(some_school()))
    curator = curator_of(order.school)
    (line,) = order.lines.all()
    lines = lines_as_they_are(order)
    text = lines[line.pk]
    changed = type(text)("Иванов И. И.", text.mentees_text, text.form_text, text.starts_on, date(2027, 4, 30))

    change_order(
        order=order,
        seen_revision=1,
        texts={**texts_of(order), "number": "26/1", "points": ["Утвердить."], "dated_on": date(2027, 1, 11)},
        lines={line.pk: changed},
        by=curator,
    )

    order.refresh_from_db()
    line.refresh_from_db()
    assert (order.number, order.number_key, order.points, order.year, order.revision) == (
        "26/1", "26/1", ["Утвердить."], 2027, 2,
    )  # fmt: skip
    assert (line.mentor_text, line.ends_on) == ("Иванов И. И.", date(2027, 4, 30))
    event = Event.objects.get(verb="change")
    assert event.detail == {"columns": ["dated_on", "number", "points", "year"], "left_out": 0}


def test_who_looked_at_an_earlier_text_does_not_write_over_the_later_one() -> None:
    order = drafted(approved(some_school()))
    curator = curator_of(order.school)
    change_order(order=order, seen_revision=1, texts={**texts_of(order), "title": "Первый"}, lines={}, by=curator)

    for act in (
        lambda: change_order(
            order=order, seen_revision=1, texts={**texts_of(order), "title": "Второй"}, lines={}, by=curator
        ),
        lambda: cancel_order(order=order, seen_revision=1, by=curator),
        lambda: enforce_order(order=order, seen_revision=1, by=head_of(order.school)),
    ):
        with pytest.raises(OrderChanged, match="изменился"):
            act()

    order.refresh_from_db()
    assert (order.title, order.revision, order.state) == ("Первый", 2, OrderState.DRAFT)


def test_a_pair_that_is_left_out_waits_again_and_its_line_is_rewritten() -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, mentor=first.mentor)
    order = drafted(first, second)

    change_order(
        order=order,
        seen_revision=1,
        texts=texts_of(order),
        lines=lines_as_they_are(order),
        left_out=[first.pk],
        by=curator_of(school),
    )

    ((_mentor, mentees, form),) = rows(order)
    assert mentees == f"{second.mentee.person.full_name}, 7 «Б» класс"
    assert "группа" not in form
    assert drafted(first).lines.count() == 1


def test_a_scan_does_not_outlive_the_words_it_was_signed_under() -> None:
    order = signed(drafted(approved(some_school())))
    assert order.scan
    file = order.scan.pk

    change_order(
        order=order, seen_revision=order.revision, texts=texts_of(order), lines={}, by=curator_of(order.school)
    )

    order.refresh_from_db()
    assert order.scan_id is None
    assert StoredFile.objects.filter(pk=file).count() == 0
