from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from core.models import Notice, NoticeState
from core.notices import BATCH, Letter, _writers, queue_notice, register_notice, send_due_notices
from tests.factories import NoticeFactory, SchoolFactory, UserFactory
from tests.post import PostOffice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds of notices of this module alone."""
    before = dict(_writers)
    register_notice("plain", lambda notice, secret: Letter(notice.payload["to"], "Встреча", "Завтра в 15:00"))
    register_notice("code", lambda notice, secret: Letter("a@school.test", "Код", secret["code"]))
    register_notice("broken", lambda notice, secret: Letter("a@school.test", "", notice.payload["absent"]))
    register_notice("needless", lambda notice, secret: None)
    register_notice("two lines", lambda notice, secret: Letter("a@school.test", "Тема\nBcc: b@school.test", ""))
    yield
    _writers.clear()
    _writers.update(before)


def states() -> dict[str, tuple[str, int, str]]:
    return {notice.key: (notice.state, notice.tries, notice.error) for notice in Notice.objects.all()}


def queue(key: str, to: str = "a@school.test") -> None:
    queue_notice(key=key, kind="plain", payload={"to": to})


def test_a_queued_notice_becomes_one_letter(post_office: PostOffice) -> None:
    queue("meeting:1")

    assert send_due_notices() == 1
    assert send_due_notices() == 0

    (letter,) = post_office.letters
    assert (letter["To"], letter["Subject"], letter.get_content().strip()) == (
        "a@school.test",
        "Встреча",
        "Завтра в 15:00",
    )
    assert (letter["Auto-Submitted"], letter["From"]) == ("auto-generated", "Ступени <stupeni@127.0.0.1>")
    assert states() == {"meeting:1": (NoticeState.SENT, 1, "")}


def test_the_same_key_is_queued_once(post_office: PostOffice) -> None:
    for to in ("a@school.test", "b@school.test", "c@school.test"):
        queue("meeting:1", to)

    send_due_notices()
    queue("meeting:1", "d@school.test")
    send_due_notices()

    assert [letter["To"] for letter in post_office.letters] == ["a@school.test"]


def test_every_copy_of_a_letter_has_the_same_message_id(post_office: PostOffice) -> None:
    queue("meeting:1")
    queue("meeting:2")
    send_due_notices()
    Notice.objects.filter(key="meeting:1").update(state=NoticeState.WAITING, finished_at=None)
    send_due_notices()

    first, second, again = (letter["Message-ID"] for letter in post_office.letters)
    assert first == again != second
    assert first == f"<{Notice.objects.get(key='meeting:1').message_id}@127.0.0.1>"


def test_a_whole_batch_goes_over_one_connection_and_the_next_over_another(post_office: PostOffice) -> None:
    for number in range(BATCH + 1):
        queue(f"meeting:{number}")

    assert send_due_notices() == BATCH + 1
    assert post_office.connections == 2


def test_a_secret_is_sealed_until_the_letter_is_out_and_then_wiped(post_office: PostOffice) -> None:
    queue_notice(key="code:1", kind="code", secret={"code": "ABCD-EFGH"})
    sealed = Notice.objects.get().secret

    send_due_notices()

    assert b"ABCD" not in bytes(sealed or b"")
    assert post_office.letters[0].get_content().strip() == "ABCD-EFGH"
    assert Notice.objects.get().secret is None


def test_a_secret_does_not_open_in_another_notice(post_office: PostOffice) -> None:
    queue_notice(key="code:1", kind="code", secret={"code": "ABCD-EFGH"})
    NoticeFactory(key="code:2", kind="code", secret=Notice.objects.get().secret)
    Notice.objects.filter(key="code:1").delete()

    send_due_notices()

    assert (states(), post_office.letters) == ({"code:2": (NoticeState.WAITING, 1, "SealBroken")}, [])


@pytest.mark.parametrize(
    ("kind", "error"), [("broken", "KeyError"), ("unheard of", "KeyError"), ("two lines", "BadHeaderError")]
)
def test_a_notice_that_cannot_be_written_waits_and_does_not_stop_the_others(
    kind: str, error: str, post_office: PostOffice
) -> None:
    queue("before")
    NoticeFactory(key="bad", kind=kind)
    queue("after")

    assert send_due_notices() == 2

    assert states() == {
        "before": (NoticeState.SENT, 1, ""),
        "bad": (NoticeState.WAITING, 1, error),
        "after": (NoticeState.SENT, 1, ""),
    }
    assert Notice.objects.get(key="bad").due_at > timezone.now() + timedelta(seconds=55)


def test_a_notice_that_is_no_longer_needed_is_closed_without_a_letter(post_office: PostOffice) -> None:
    NoticeFactory(key="old", kind="needless", secret=None)

    assert send_due_notices() == 0

    assert (states(), post_office.letters) == ({"old": (NoticeState.NEEDLESS, 1, "")}, [])


def test_a_notice_that_is_no_longer_needed_needs_no_mail_server(post_office: PostOffice) -> None:
    post_office.close()
    NoticeFactory(key="old", kind="needless")

    send_due_notices()

    assert states() == {"old": (NoticeState.NEEDLESS, 1, "")}


def test_an_address_that_the_server_refuses_counts_a_try_and_the_others_go_out(post_office: PostOffice) -> None:
    post_office.refusals["gone@school.test"] = "550 5.1.1 No such person"
    queue("good")
    queue("bad", "gone@school.test")
    queue("better")

    assert send_due_notices() == 2

    assert states() == {
        "good": (NoticeState.SENT, 1, ""),
        "bad": (NoticeState.WAITING, 1, "SMTPRecipientsRefused"),
        "better": (NoticeState.SENT, 1, ""),
    }


def test_a_letter_without_an_address_does_not_pass_for_sent(post_office: PostOffice) -> None:
    queue("nobody", "")

    assert send_due_notices() == 0

    assert states() == {"nobody": (NoticeState.WAITING, 1, "NoAddressee")}


def test_a_server_that_refuses_the_letter_itself_is_named_with_its_code(post_office: PostOffice) -> None:
    post_office.verdict = "554 5.7.1 Looks like spam to a@school.test"
    queue("bad")

    send_due_notices()

    assert states() == {"bad": (NoticeState.WAITING, 1, "SMTPDataError 554")}


def test_a_mail_server_that_is_away_costs_no_try_and_the_letter_goes_out_later(post_office: PostOffice) -> None:
    post_office.close()
    queue("first")
    queue("second")

    assert send_due_notices() == 0
    assert states() == dict.fromkeys(("first", "second"), (NoticeState.WAITING, 0, "ConnectionRefusedError"))

    post_office.open()
    assert send_due_notices() == 0  # it waits a minute
    Notice.objects.update(due_at=timezone.now())
    assert send_due_notices() == 2
    assert states() == dict.fromkeys(("first", "second"), (NoticeState.SENT, 1, ""))


def test_a_server_that_drops_the_line_costs_one_try_of_one_letter(post_office: PostOffice) -> None:
    queue("first")
    queue("second")
    post_office.hang_up_after_letters = 1

    sent = send_due_notices()

    assert (sent, len(post_office.letters)) == (1, 1)
    assert states() == {
        "first": (NoticeState.SENT, 1, ""),
        "second": (NoticeState.WAITING, 1, "SMTPServerDisconnected"),
    }


def test_a_secret_is_wiped_from_a_notice_that_is_given_up(post_office: PostOffice) -> None:
    queue_notice(key="code:1", kind="broken", secret={"code": "ABCD-EFGH"})
    for _ in range(8):
        Notice.objects.update(due_at=timezone.now())
        send_due_notices()

    notice = Notice.objects.get()
    assert (notice.state, notice.tries, notice.secret) == (NoticeState.FAILED, 8, None)


def test_no_more_is_begun_once_the_time_is_over(post_office: PostOffice) -> None:
    queue("meeting:1")

    assert send_due_notices(seconds=0) == 0
    assert states() == {"meeting:1": (NoticeState.WAITING, 0, "")}


@pytest.mark.parametrize("count", [1, 3])
def test_a_letter_costs_two_queries_and_a_batch_eight(count: int, post_office: PostOffice) -> None:
    for number in range(count):
        queue(f"meeting:{number}")

    with CaptureQueriesContext(connection) as queries:
        send_due_notices()

    # the claim: a savepoint, the keys, the lease, its release, the rows; then the look that finds nothing
    claim, nothing_more = 5, 3
    assert len(queries) == claim + 2 * count + nothing_more


def test_letters_are_written_to_the_folder_of_an_installation_without_a_mail_server(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"
    queue("meeting:1")

    assert send_due_notices() == 1

    (letter,) = settings.MAIL_DIR.glob("*.eml")
    assert b"To: a@school.test" in letter.read_bytes()
    assert mail.outbox == []


def test_a_notice_keeps_whom_it_is_for(post_office: PostOffice) -> None:
    user, school = UserFactory(), SchoolFactory()

    queue_notice(key="meeting:1", kind="plain", user=user, school=school, payload={"to": "a@school.test"})

    assert list(user.notices.all()) == list(Notice.objects.filter(school=school))
