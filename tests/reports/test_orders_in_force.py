"""An order from its signature on: the scan, what comes in force, what a withdrawal leaves of it."""

from __future__ import annotations

import logging
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from core.actors import SYSTEM
from core.crypto import SealBroken
from core.errors import DomainError, TransitionRefused
from core.files import read_file
from core.models import Event, Notice, Role, StoredFile
from core.notices import send_due_notices
from pairing.models import Match, MatchState, Mentorship, MentorshipState, Place
from participants.hanging import hanging_on
from participants.models import Consent, ConsentState
from participants.services.withdrawal import withdraw_consent
from reports.models import Order, OrderState
from reports.services.orders import (
    OrderRefused,
    attach_scan,
    cancel_order,
    change_order,
    enforce_order,
)
from tests.factories import (
    UserFactory,
    actor_of,
)
from tests.participants.pictures import photo
from tests.post import PostOffice
from tests.reports.ordering import (
    LAST_DAY,
    SIGNED_ON,
    approved,
    consent_of,
    drafted,
    head_of,
    plain,
    rows,
    signed,
    some_school,
    texts_of,
)

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- signing


def test_the_scan_is_one_pdf_of_all_sheets_with_its_checksum() -> None:
    order = drafted(approved(some_school()))

    attach_scan(order=order, files=[("1.jpg", photo()), ("2.jpg", photo(colour="grey"))], by=head_of(order.school))
    order.refresh_from_db()

    assert order.scan
    data = read_file(order.scan)
    assert (len(PdfReader(BytesIO(data)).pages), order.scan.content_type) == (2, "application/pdf")
    assert (order.scan.size, order.scan.purpose) == (len(data), "order scan")


def test_another_scan_takes_the_place_of_the_first() -> None:
    order = signed(drafted(approved(some_school())))
    assert order.scan
    first = order.scan.pk

    again = signed(order)

    assert again.scan
    assert (again.scan.pk != first, StoredFile.objects.filter(pk=first).count()) == (True, 0)


@pytest.mark.parametrize("name", ["hostile.exe", "Приказ.pdf"])
def test_what_is_no_picture_is_refused_and_nothing_is_kept(name: str) -> None:
    order = drafted(approved(some_school()))

    with pytest.raises(DomainError, match="не фотография и не PDF"):
        attach_scan(order=order, files=[(name, b"MZ\x90not a picture at all")], by=head_of(order.school))

    order.refresh_from_db()
    assert (order.scan, order.revision) == (None, 1)


def test_one_bit_flipped_in_the_stored_scan_is_found_a_thousand_times_of_a_thousand(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    order = signed(drafted(approved(some_school())))
    assert order.scan
    path = Path(settings.FILES_DIR) / order.scan.place[:2] / order.scan.place
    whole = path.read_bytes()
    found = 0

    for number in range(1000):
        altered = bytearray(whole)
        altered[number * len(whole) // 1000] ^= 1 << number % 8
        path.write_bytes(altered)
        try:
            read_file(order.scan)
        except SealBroken:
            found += 1

    assert found == 1000


@pytest.mark.parametrize("role", [Role.CURATOR, Role.PSYCHOLOGIST])
def test_only_an_administrator_signs(role: Role) -> None:
    order = signed(drafted(approved(some_school())))
    other = actor_of(role, order.school)

    with pytest.raises(OrderRefused, match="только администратор"):
        attach_scan(order=order, files=[("1.jpg", photo())], by=other)
    with pytest.raises(OrderRefused, match="только администратор"):
        enforce_order(order=order, seen_revision=order.revision, by=other)


# ---------------------------------------------------------------- in force


def test_an_order_in_force_makes_its_pairs_mentorships_on_its_ground() -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, mentor=first.mentor)
    alone = approved(school, like=first)
    order = signed(drafted(first, second, alone, number="137/к"))

    enforce_order(order=order, seen_revision=order.revision, by=head_of(school))

    order.refresh_from_db()
    assert (order.state, order.in_force_by is not None, order.in_force_at is not None) == ("in_force", True, True)
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.IN_FORCE}
    found = Mentorship.objects.values_list("state", "ground", "starts_on", "ends_on")
    assert list(found) == [(MentorshipState.ACTIVE, "приказ от 30.10.2026 № 137/к", SIGNED_ON, LAST_DAY)] * 2
    assert Place.objects.count() == 3
    assert Event.objects.filter(verb="move", thing=f"order:{order.pk}", to_state="in_force").count() == 1


def test_each_line_begins_on_its_own_day() -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, like=first)
    order = drafted(first, second)
    line = order.lines.get(matches=second)
    line.starts_on = date(2026, 11, 9)
    line.save()

    signed(order)
    order.refresh_from_db()
    enforce_order(order=order, seen_revision=order.revision, by=head_of(school))

    begins = dict(Mentorship.objects.values_list("mentor", "starts_on"))
    assert begins == {first.mentor_id: SIGNED_ON, second.mentor_id: date(2026, 11, 9)}


def test_without_a_scan_or_a_pair_nothing_comes_in_force() -> None:
    order = drafted(approved(some_school()))
    head = head_of(order.school)

    with pytest.raises(OrderRefused, match="Скана"):
        enforce_order(order=order, seen_revision=1, by=head)
    order.lines.all().delete()
    with pytest.raises(OrderRefused, match="не осталось"):
        enforce_order(order=order, seen_revision=1, by=head)


def test_a_line_that_can_not_begin_is_named_and_nothing_begins() -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, like=first)
    order = signed(drafted(first, second))
    consent = consent_of(second)
    consent.expires_on = date(2020, 1, 1)
    consent.save()
    number = [line.matches.get() for line in order.lines.all()].index(second) + 1

    with pytest.raises(OrderRefused, match=f"строка {number}: .*нет действующего согласия"):
        enforce_order(order=order, seen_revision=order.revision, by=head_of(school))

    assert (Mentorship.objects.count(), Order.objects.get().state) == (0, OrderState.DRAFT)


def test_nothing_happens_to_an_order_that_is_in_force() -> None:
    order = signed(drafted(approved(some_school())))
    head = head_of(order.school)
    enforce_order(order=order, seen_revision=order.revision, by=head)
    before = Order.objects.values().get()

    for act in (
        lambda: enforce_order(order=order, seen_revision=order.revision, by=head),
        lambda: cancel_order(order=order, seen_revision=order.revision, by=head),
        lambda: attach_scan(order=order, files=[("1.jpg", photo())], by=head),
        lambda: change_order(order=order, seen_revision=order.revision, texts=texts_of(order), lines={}, by=head),
    ):
        with pytest.raises(TransitionRefused, match="уже в силе"):
            act()

    assert Order.objects.values().get() == before


def test_mentors_with_an_address_get_one_letter_that_names_nobody(post_office: PostOffice) -> None:
    school = some_school()
    first = approved(school)
    third = approved(school, mentor=first.mentor)
    second = approved(school, like=first)
    for match, email in ((first, "mentor@school.test"), (second, "")):
        person = match.mentor.person
        person.user = UserFactory(email=email)
        person.save()
    order = signed(drafted(first, second, third, number="137/к"))

    enforce_order(order=order, seen_revision=order.revision, by=head_of(school))
    send_due_notices()

    (letter,) = post_office.letters
    text = letter.get_content()
    assert (letter["To"], Notice.objects.count()) == ("mentor@school.test", 1)
    assert ("№ 137/к" in plain(text), "30 октября 2026 г." in plain(text)) == (True, True)
    assert [name for name in (first.mentee.person.surname, third.mentee.person.surname) if name in text] == []


# ---------------------------------------------------------------- withdrawal


def test_a_withdrawn_mentee_leaves_the_drafts_and_the_scan_goes() -> None:
    school = some_school()
    first = approved(school)
    second = approved(school, mentor=first.mentor)
    order = signed(drafted(first, second))

    withdraw_consent(consent=consent_of(first), by=SYSTEM)

    order.refresh_from_db()
    ((_mentor, mentees, _form),) = rows(order)
    assert mentees == f"{second.mentee.person.full_name}, 7 «Б» класс"
    assert (order.revision, order.scan, order.state) == (3, None, OrderState.DRAFT)


def test_a_withdrawn_mentor_takes_his_line_with_him() -> None:
    school = some_school()
    first = approved(school)
    other = approved(school, like=first)
    order = drafted(first, other)

    withdraw_consent(consent=first.mentor.person.consents.get(), by=SYSTEM)

    assert [line.matches.get() for line in order.lines.all()] == [other]


def test_an_order_in_force_stays_a_paper_of_the_archive() -> None:
    match = approved(some_school())
    order = signed(drafted(match, number="137/к"))
    enforce_order(order=order, seen_revision=order.revision, by=head_of(match.school))
    words = [plain(row.words) for row in hanging_on(match.mentee.person)]
    before = rows(order)

    withdraw_consent(consent=consent_of(match), by=SYSTEM)

    order.refresh_from_db()
    assert "приказ № 137/к в силе" in words
    assert (rows(order), order.state, order.scan is not None) == (before, OrderState.IN_FORCE, True)
    assert Consent.objects.get(person=match.mentee.person).state == ConsentState.WITHDRAWN


def test_a_draft_is_named_among_what_hangs_on_a_person() -> None:
    match = approved(some_school())
    order = drafted(match, number="137/к")

    found = {plain(row.words): row.url for row in hanging_on(match.mentor.person)}

    assert found["проект приказа № 137/к"] == f"/orders/{order.pk}/"
