"""The pages of whoever signs: from the form to the accepted copy, and back by a withdrawal."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.actors import SYSTEM, Actor, user_actor
from core.files import read_file
from core.models import Event, Job, Notice, Role, StoredFile
from core.notices import send_due_notices
from participants.ages import born_for_age
from participants.hanging import _stoppers
from participants.models import Consent, ConsentPage, ConsentState, Person
from participants.papers.codes import form_code
from participants.services.checking import accept_consent, return_consent
from participants.services.sending import keep_copy, read_copy
from participants.services.withdrawal import withdraw_consent
from tests.factories import (
    ConsentFactory,
    ConsentPageFactory,
    GuardianFactory,
    GuardianshipFactory,
    MembershipFactory,
    PersonalLinkFactory,
    PersonFactory,
    StoredFileFactory,
    UserFactory,
    actor_of,
)
from tests.families import come_by_link
from tests.participants.pictures import photo
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def asked(**columns: object) -> Consent:
    """A consent that a guardian is asked for."""
    bond = GuardianshipFactory()
    return ConsentFactory(person=bond.minor, guardian=bond.guardian, **columns)


def parent_of(consent: Consent) -> Client:
    """The guardian who came by a link."""
    return come_by_link(Client(), PersonalLinkFactory(person=consent.person, guardian=consent.guardian, channel="slip"))


def sheet(name: str = "IMG_1.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if data is None else data)


def send(browser: Client, consent: Consent, *files: SimpleUploadedFile, once: str = "") -> tuple[int, str]:
    """The status, and what is said of it."""
    data = {"pages": files, "once": once} if once else {"pages": files}
    answer = browser.post(f"/my/consents/{consent.pk}/send/", data)
    said = re.search(r'id="refusal"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
    return answer.status_code, re.sub(r"<[^>]+>|\s+", " ", said[1]).strip() if said else ""


# ---------------------------------------------------------------- sending


def test_photos_become_the_pages_of_the_copy_and_wait_for_the_curator() -> None:
    consent = asked()
    browser = parent_of(consent)

    status, _said = send(browser, consent, sheet("1.jpg"), sheet("2.jpg", photo(form_code(consent))))

    consent.refresh_from_db()
    assert (status, consent.state, consent.attempt, consent.sent_at is None) == (302, ConsentState.SENT, 1, False)
    pages = list(consent.pages.select_related("file"))
    assert [(page.place, page.is_known, page.file.content_type) for page in pages] == [
        (1, False, "image/jpeg"),
        (2, True, "image/jpeg"),
    ]
    assert read_file(pages[0].file).startswith(b"\xff\xd8\xff")
    home = browser.get("/my/").content.decode()
    page = browser.get(f"/my/consents/{consent.pk}/").content.decode()
    assert ("От вас ничего не ждут" in home, "Отправлено: школа проверяет копию" in page) == (True, True)
    assert page.count(f"/my/pages/{pages[0].pk}/") == 2


def test_the_own_pages_can_be_looked_at_and_the_look_is_journaled() -> None:
    consent = asked()
    browser = parent_of(consent)
    send(browser, consent, sheet())
    page = consent.pages.get()

    answer = browser.get(f"/my/pages/{page.pk}/")

    assert (answer.status_code, answer["Content-Type"], answer.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert Event.objects.filter(verb="download", thing=f"storedfile:{page.file_id}").count() == 1


def test_another_childs_form_is_refused_in_one_sentence_and_nothing_is_kept() -> None:
    consent, other = asked(), asked()
    browser = parent_of(consent)

    status, said = send(browser, consent, sheet(), sheet("не тот.jpg", photo(form_code(other))))

    consent.refresh_from_db()
    assert (status, consent.state, ConsentPage.objects.count(), StoredFile.objects.count()) == (400, "asked", 0, 0)
    assert said.startswith("На «не тот.jpg» бланк другого ребёнка или другого согласия. Ничего не отправлено.")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("пусто.jpg", b"", "Файл «пусто.jpg» пустой"),
        ("договор.docx.jpg", b"PK\x03\x04" + b"0" * 500, "Файл «договор.docx.jpg» – не фотография и не PDF"),
        ("часть.jpg", photo()[:-800], "Файл «часть.jpg» повреждён или дошёл не целиком"),
        ("../../../etc/passwd", b"root:x:0:0", "Файл «passwd» – не фотография"),
    ],
)
def test_a_wrong_file_is_refused_in_words_that_name_it(name: str, data: bytes, words: str) -> None:
    consent = asked()

    status, said = send(parent_of(consent), consent, sheet(name, data))

    assert (status, said.startswith(words)) == (400, True), said


def test_nothing_chosen_is_told() -> None:
    consent = asked()

    status, said = send(parent_of(consent), consent)

    assert (status, said.startswith("Файл не выбран. Добавьте фотографию подписанного листа.")) == (400, True)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "Копия уже пришла в школу и ждёт проверки."),
        ("in_force", "Школа уже приняла это согласие."),
        ("withdrawn", "Это согласие больше не запрашивают"),
        ("cancelled", "Это согласие больше не запрашивают"),
        ("declined", "Это согласие больше не запрашивают"),
        ("expired", "Это согласие больше не запрашивают"),
    ],
)
def test_a_copy_that_nobody_awaits_changes_nothing_and_is_told_in_a_sentence(state: str, words: str) -> None:
    consent = asked(**{state: True})

    status, said = send(parent_of(consent), consent, sheet())

    consent.refresh_from_db()
    assert (status, said.startswith(words), consent.state, ConsentPage.objects.count()) == (409, True, state, 0)


def test_after_a_return_the_reason_is_shown_and_a_new_copy_takes_the_place_of_the_old() -> None:
    consent = asked()
    browser = parent_of(consent)
    send(browser, consent, sheet(), sheet())
    old = list(StoredFile.objects.all())
    consent.refresh_from_db()
    return_consent(consent=consent, seen=1, reason="Не видно подписи", by=actor_of(Role.CURATOR, consent.person.school))

    page = browser.get(f"/my/consents/{consent.pk}/").content.decode()
    send(browser, consent, sheet("новое.jpg"))

    consent.refresh_from_db()
    assert ("Не видно подписи" in page, "Пришлите, пожалуйста, копию ещё раз" in page) == (True, True)
    assert (consent.state, consent.attempt, consent.reason) == (ConsentState.SENT, 2, "")
    assert [page.attempt for page in consent.pages.all()] == [2]
    assert StoredFile.objects.filter(pk__in=[row.pk for row in old]).count() == 0


def test_fifty_sendings_of_one_form_have_one_effect() -> None:
    consent = asked()
    browser = parent_of(consent)

    answers = [browser.post(f"/my/consents/{consent.pk}/send/", {"pages": sheet(), "once": "t"}) for _ in range(50)]

    consent.refresh_from_db()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/my/consents/{consent.pk}/")}
    assert (consent.attempt, consent.pages.count(), StoredFile.objects.count()) == (1, 1, 1)
    moves = Event.objects.filter(thing=f"consent:{consent.pk}", verb="move")
    assert list(moves.values_list("from_state", "to_state")) == [("asked", "sent")]


def test_of_two_copies_read_at_once_the_second_is_refused() -> None:
    consent = asked()
    scans = read_copy(consent, [("1.jpg", photo())])
    keep_copy(consent=consent, scans=scans, by=SYSTEM)

    with pytest.raises(Exception, match="Копия уже пришла"):
        keep_copy(consent=consent, scans=scans, by=SYSTEM)

    assert consent.pages.count() == 1


# ---------------------------------------------------------------- the form


def test_the_form_is_prepared_on_request_and_then_downloaded() -> None:
    consent = asked()
    browser = parent_of(consent)
    address = f"/my/consents/{consent.pk}/"

    before = browser.get(address).content.decode()
    browser.post(f"{address}paper/")
    browser.post(f"{address}paper/")
    during = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    Consent.objects.filter(pk=consent.pk).update(paper=StoredFileFactory(school=consent.person.school))
    after = browser.get(address, headers={"HX-Request": "true"}).content.decode()

    assert ("Подготовить бланк" in before, Job.objects.filter(kind="consent-pdf").count()) == (True, 1)
    assert ("Бланк готовится" in during, "hx-trigger" in during, "<html" in during) == (True, True, False)
    assert ("Скачать бланк, PDF" in after, "hx-trigger" in after) == (True, False)
    assert browser.get(f"{address}paper/").status_code == 200


def test_a_form_that_is_not_there_cannot_be_downloaded() -> None:
    consent = asked()

    assert parent_of(consent).get(f"/my/consents/{consent.pk}/paper/").status_code == 404


def test_the_page_says_what_is_agreed_to_and_whom_to_ask() -> None:
    consent = asked()
    curator = actor_of(Role.CURATOR, consent.person.school)
    assert curator.user

    page = parent_of(consent).get(f"/my/consents/{consent.pk}/").content.decode()

    texts = (consent.text.purpose_text, consent.text.data_text, consent.text.actions_text, curator.user.full_name)
    assert [text in page for text in texts] == [True] * 4


# ---------------------------------------------------------------- declining and withdrawing


def test_declining_keeps_the_reason_and_takes_one_effect() -> None:
    consent = asked()
    browser = parent_of(consent)

    shown = browser.get(f"/my/consents/{consent.pk}/decline/").content.decode()
    first = browser.post(f"/my/consents/{consent.pk}/decline/", {"reason": " Нет \n времени ", "once": "t"})
    again = browser.post(f"/my/consents/{consent.pk}/decline/", {"reason": "ещё", "once": "t"})

    consent.refresh_from_db()
    assert "Отказаться от согласия?" in shown
    assert (first["Location"], again["Location"]) == (f"/my/consents/{consent.pk}/",) * 2
    assert (consent.state, consent.reason) == (ConsentState.DECLINED, "Нет времени")


def test_what_another_parent_gave_is_contested_by_a_withdrawal_and_nothing_is_stopped() -> None:
    consent = asked(in_force=True)
    second = ConsentFactory(
        person=consent.person, guardian=GuardianFactory(school=consent.person.school), in_force=True
    )

    parent_of(consent).post(f"/my/consents/{consent.pk}/withdraw/", {"once": "t"})

    states = list(Consent.objects.filter(pk__in=(consent.pk, second.pk)).order_by("pk").values_list("state", flat=True))
    assert states == [ConsentState.WITHDRAWN, ConsentState.CONTESTED]


def test_withdrawing_ends_every_consent_of_the_purpose_and_the_use_of_the_data(
    monkeypatch: pytest.MonkeyPatch, post_office: PostOffice
) -> None:
    consent = asked(in_force=True)
    person = consent.person
    third = ConsentFactory(person=person, guardian=GuardianFactory(school=person.school))
    other_purpose = ConsentFactory(person=person, labour=True)
    curator = MembershipFactory(school=person.school)
    MembershipFactory()
    stopped: list[tuple[Person, str]] = []
    monkeypatch.setattr(
        "participants.hanging._stoppers", [*_stoppers, lambda who, parts, by: stopped.append((who, by.pseudonym))]
    )
    browser = parent_of(consent)

    page = browser.get(f"/my/consents/{consent.pk}/withdraw/").content.decode()
    answer = browser.post(f"/my/consents/{consent.pk}/withdraw/", {"once": "t"})
    send_due_notices()

    states = {row.pk: row.state for row in Consent.objects.all()}
    assert "Отменить это здесь нельзя" in page
    assert answer["Location"] == f"/my/consents/{consent.pk}/"
    assert states == {
        consent.pk: ConsentState.WITHDRAWN,
        third.pk: ConsentState.CANCELLED,
        other_purpose.pk: ConsentState.ASKED,
    }
    assert [who for who, _by in stopped] == [person]
    letters = [(letter["To"], letter.get_content()) for letter in post_office.letters]
    assert [to for to, _text in letters] == [curator.user.email]
    words = (person.surname, person.given_name, consent.guardian.surname if consent.guardian else "")
    assert [word in letters[0][1] for word in words] == [False, False, False]
    assert f"/participants/{person.pk}/" in letters[0][1]
    assert "Согласие отозвано" in browser.get(f"/my/consents/{consent.pk}/").content.decode()


@pytest.mark.parametrize("state", ["sent", "withdrawn", "expired", "declined", "cancelled", "returned"])
def test_only_what_is_in_force_can_be_withdrawn(state: str) -> None:
    consent = asked(**{state: True})
    browser = parent_of(consent)

    shown = browser.get(f"/my/consents/{consent.pk}/withdraw/").content.decode()
    answer = browser.post(f"/my/consents/{consent.pk}/withdraw/", follow=True)

    consent.refresh_from_db()
    assert ("Отзывать нечего" in shown, consent.state) == (True, state)
    assert "Это уже кто-то изменил" in answer.content.decode()


def test_declining_what_was_accepted_meanwhile_changes_nothing() -> None:
    consent = asked()
    browser = parent_of(consent)
    send(browser, consent, sheet())
    consent.refresh_from_db()
    accept_consent(consent=consent, seen=1, by=actor_of(Role.CURATOR, consent.person.school))

    page = browser.post(f"/my/consents/{consent.pk}/decline/", follow=True).content.decode()

    consent.refresh_from_db()
    assert (consent.state, "Согласие действует до" in page) == (ConsentState.IN_FORCE, True)


def test_a_withdrawal_leaves_one_line_for_each_consent_and_no_name_in_the_journal() -> None:
    consent = asked(in_force=True)

    withdraw_consent(consent=consent, by=actor_of(Role.CURATOR, consent.person.school))

    lines = Event.objects.filter(thing=f"consent:{consent.pk}", verb="move")
    assert list(lines.values_list("from_state", "to_state")) == [("in_force", "withdrawn")]
    told = str(list(Event.objects.values())) + str(list(Notice.objects.values("key", "payload")))
    assert (consent.person.surname in told, consent.person.given_name in told) == (False, False)


# ---------------------------------------------------------------- who sees what


def test_a_parent_with_an_account_sees_the_consents_of_all_his_children_and_of_no_other() -> None:
    user = UserFactory()
    membership = MembershipFactory(user=user, role=Role.GUARDIAN)
    guardian = GuardianFactory(school=membership.school, user=user)
    own = []
    for name in ("Мирон", "Лада"):
        minor = PersonFactory(school=membership.school, given_name=name)
        GuardianshipFactory(minor=minor, guardian=guardian)
        own.append(ConsentFactory(person=minor, guardian=guardian))
    foreign = asked()
    browser = Client()
    browser.force_login(user)

    home = browser.get("/my/").content.decode()

    assert [f"/my/consents/{row.pk}/" in home for row in (*own, foreign)] == [True, True, False]
    assert [browser.get(f"/my/consents/{row.pk}/").status_code for row in (*own, foreign)] == [200, 200, 404]


def test_a_parent_with_an_account_is_told_nothing_more_of_a_child_who_is_of_age(log_in: LogIn) -> None:
    actor = actor_of(Role.GUARDIAN)
    guardian = GuardianFactory(school=actor.school, user=actor.user)
    today = timezone.now().date()
    wards = {}
    for name, birth_date in (("Мирон", born_for_age(today)), ("Лада", born_for_age(today) + timedelta(days=1))):
        wards[name] = PersonFactory(school=actor.school, given_name=name, birth_date=birth_date)
        GuardianshipFactory(minor=wards[name], guardian=guardian)

    home = log_in(actor).get("/my/").text

    assert ("Мирон" in home, "Лада" in home) == (False, True)
    assert list(Person.objects.visible_to(actor)) == [wards["Лада"]]


@pytest.mark.parametrize("role", [Role.MENTOR, Role.CURATOR, Role.ADMINISTRATOR, Role.CLASS_TEACHER, Role.PSYCHOLOGIST])
def test_an_adult_with_an_account_signs_for_himself_and_for_nobody_else(role: Role, log_in: LogIn) -> None:
    actor = actor_of(role)
    person = PersonFactory(teacher=True, school=actor.school, user=actor.user)
    own = ConsentFactory(person=person, own=True)
    colleague = ConsentFactory(person=PersonFactory(teacher=True, school=actor.school), own=True)
    browser = log_in(actor)

    assert [browser.get(f"/my/consents/{row.pk}/").status_code for row in (own, colleague)] == [200, 404]
    assert send(browser, own, sheet())[0] == 302


def test_a_pupil_with_an_account_does_not_see_what_his_guardian_signs(log_in: LogIn) -> None:
    consent = asked()
    actor = actor_of(Role.MENTEE, consent.person.school)
    Person.objects.filter(pk=consent.person_id).update(user=actor.user)

    browser = log_in(user_actor(actor.user, [actor.membership]))  # type: ignore[arg-type,list-item]

    assert browser.get(f"/my/consents/{consent.pk}/").status_code == 404
    assert "Согласий на подпись нет" in browser.get("/my/").content.decode()


def test_a_holder_sees_neither_the_other_guardians_consent_nor_its_pages() -> None:
    consent = asked(sent=True)
    other = ConsentFactory(person=consent.person, guardian=GuardianFactory(school=consent.person.school), sent=True)
    page = ConsentPageFactory(consent=other)
    browser = parent_of(consent)

    addresses = [f"/my/consents/{other.pk}/{part}" for part in ("", "paper/", "decline/", "withdraw/")]
    answers = [browser.get(address).status_code for address in (*addresses, f"/my/pages/{page.pk}/")]
    answers += [browser.post(address).status_code for address in addresses[1:]]

    assert answers == [404] * 8


def test_consents_of_one_page_cost_the_same_queries_for_one_and_three(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("participants.mine_panels._painters", [])
    for count in (1, 3):
        bond = GuardianshipFactory()
        for _ in range(count - 1):
            ConsentFactory(person=bond.minor, guardian=bond.guardian, declined=True)
        consent = ConsentFactory(person=bond.minor, guardian=bond.guardian)
        browser = parent_of(consent)
        browser.get("/my/")  # begins the school's journal

        with django_assert_num_queries(8):
            browser.get("/my/")
