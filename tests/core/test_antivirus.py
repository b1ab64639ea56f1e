"""Every kind of upload is looked at by clamd; what it could not look at is kept and given to nobody."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from core.actors import Actor
from core.antivirus import Infected, look_at
from core.files import FileWithheld, read_file, read_pieces, serve_file, store_pieces
from core.models import Event, Quarantine, Role, StoredFile
from core.notices import send_due_notices
from core.pictures import read_scans
from core.quarantine import look_at_waiting
from mentoring.configuration import Misconfigured, read_configuration
from tests.clamd import EICAR, Clamd, UnixClamd, answering
from tests.core.hostile import pdf, picture
from tests.factories import (
    MembershipFactory,
    OrderFactory,
    SchoolFactory,
    StoredFileFactory,
    WindowFactory,
    actor_of,
)
from tests.post import PostOffice
from tests.roadmap.samples import ROADMAP

LogIn = Callable[[Actor], Client]


def nobody() -> str:
    """An address at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"tcp://127.0.0.1:{taken.getsockname()[1]}"


def ill(kind: str = "JPEG") -> bytes:
    """A good picture with the virus behind it."""
    return picture(kind) + EICAR


# ---------------------------------------------------------------- asking


def test_without_an_antivirus_nothing_is_asked(settings: Settings) -> None:
    settings.CLAMD_URL = ""

    assert look_at("a", [EICAR]) == Quarantine.NONE


def test_clamd_hears_all_the_pieces_and_its_word_counts(settings: Settings) -> None:
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url

        assert look_at("a", [b"1" * 200_000, b"", b"2"]) == Quarantine.NONE
        with pytest.raises(Infected, match=r"В файле «лист\.jpg» антивирус нашёл вирус"):
            look_at("лист.jpg", [b"1" * 65_500, EICAR])

    assert clamd.seen == [200_001, 65_500 + len(EICAR)]


def test_clamd_is_asked_by_a_socket_of_the_machine_too(settings: Settings, tmp_path: Path) -> None:
    with answering(UnixClamd(tmp_path / "clamd.ctl")) as clamd:
        settings.CLAMD_URL = clamd.url
        with pytest.raises(Infected):
            look_at("a", [EICAR])


def test_silence_is_no_clean_bill(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("core.antivirus.SECONDS", 0.2)
    settings.CLAMD_URL = nobody()
    away = look_at("a", [b"x"])
    settings.CLAMD_URL = f"unix://{tmp_path}/none"
    gone = look_at("a", [b"x"])
    with socket.create_server(("127.0.0.1", 0)) as mute, answering(Clamd(most=10)) as narrow:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        silent = look_at("a", [b"x"])
        settings.CLAMD_URL = narrow.url
        full = look_at("a", [b"x" * 5_000_000])

    assert {away, gone, silent, full} == {Quarantine.WAITING}


@pytest.mark.parametrize("url", ["http://x:1", "tcp://", "tcp://host", "unix://", "clamd", "tcp://host:port"])
def test_an_address_of_no_clamd_is_named_at_the_start(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ENV_FILE", "/dev/null")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CLAMD_URL", url)

    with pytest.raises(Misconfigured, match="CLAMD_URL"):
        read_configuration()


# ---------------------------------------------------------------- what waits


@pytest.mark.django_db
def test_what_waits_is_given_to_nobody_until_it_was_looked_at(settings: Settings, log_in: LogIn) -> None:
    settings.CLAMD_URL = nobody()
    (scan,) = read_scans([("a.jpg", picture("JPEG"))])
    stored = StoredFileFactory(data=scan.pages[0], quarantine=scan.quarantine)
    with pytest.raises(FileWithheld, match="ещё не проверил"):
        serve_file(stored, by=actor_of())
    assert look_at_waiting() == {"free": 0, "infected": 0}

    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        assert look_at_waiting() == {"free": 1, "infected": 0}

    assert read_file(StoredFile.objects.get(pk=stored.pk)) == scan.pages[0]
    verbs = Event.objects.filter(thing=f"storedfile:{stored.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-1] == "free"


@pytest.mark.django_db
def test_a_virus_found_later_is_destroyed_and_the_curators_are_written_to(
    settings: Settings, data_folder: Path, post_office: PostOffice
) -> None:
    school = SchoolFactory()
    curator = MembershipFactory(school=school)
    MembershipFactory()
    whole = StoredFileFactory(school=school, data=EICAR, quarantine="waiting", purpose="order scan")
    pieces = store_pieces(
        school=school, purpose="pile", name="a.pdf", content_type="application/pdf", pieces=[b"1" * 10, EICAR],
        quarantine="waiting", by=actor_of(),
    )  # fmt: skip
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        done = look_at_waiting()
    send_due_notices()

    assert done == {"free": 0, "infected": 2}
    for stored in StoredFile.objects.filter(pk__in=(whole.pk, pieces.pk)):
        with pytest.raises(FileWithheld, match="нашёл вирус"):
            read_file(stored)
    assert [letter["To"] for letter in post_office.letters] == [curator.user.email] * 2
    assert "Удалён файл с вирусом" in str(post_office.letters[0]["Subject"])


@pytest.mark.django_db
def test_a_file_that_clamd_does_not_finish_keeps_no_smaller_one_waiting(settings: Settings) -> None:
    large = StoredFileFactory(data=b"1" * 200, quarantine="waiting")
    small = StoredFileFactory(data=b"1" * 20, quarantine="waiting")

    with answering(Clamd(most=100)) as clamd:
        settings.CLAMD_URL = clamd.url
        done = look_at_waiting()

    states = {row.pk: row.quarantine for row in StoredFile.objects.all()}
    assert done == {"free": 1, "infected": 0}
    assert states == {large.pk: Quarantine.WAITING, small.pk: Quarantine.NONE}


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_virus_are_gone_from_the_disk(settings: Settings) -> None:
    stored = StoredFileFactory(data=EICAR, quarantine="waiting")
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        look_at_waiting()

    found = [path.name for path in Path(settings.FILES_DIR).glob("??/*")]
    assert stored.place not in found


def test_nothing_of_what_was_sent_is_left_to_be_looked_at_while_clamd_is_away(settings: Settings) -> None:
    """Behind the picture and among what it says about itself: the page made anew has neither."""
    settings.CLAMD_URL = nobody()
    whole = picture("JPEG")
    noted = whole[:2] + b"\xff\xfe" + (2 + len(EICAR)).to_bytes(2) + EICAR + whole[2:] + EICAR

    (scan,) = read_scans([("лист.jpg", noted)])

    assert (scan.quarantine, EICAR[:20] in noted, EICAR[:20] in scan.pages[0]) == (Quarantine.WAITING, True, False)


# ---------------------------------------------------------------- every door


def sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile("люди.csv", "ФИО;Класс\nДубов Пётр;7А\n".encode() + EICAR)


DOORS: dict[str, Callable[[Actor], tuple[str, dict[str, object]]]] = {
    "a spreadsheet": lambda actor: ("/participants/sheets/", {"side": "mentee", "file": sheet()}),
    "a pile": lambda actor: ("/consents/piles/", {"file": SimpleUploadedFile("пачка.pdf", pdf(2) + EICAR)}),
    "a proof": lambda actor: (
        f"/windows/{WindowFactory(activity__stage__programme__school=actor.school).pk}/proofs/",
        {"proofs": SimpleUploadedFile("акт.jpg", ill())},
    ),
    "a roadmap": lambda actor: ("/drafts/new/", {"file": SimpleUploadedFile("карта.docx", EICAR)}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_a_virus_is_refused_at_every_door_of_the_curator_and_nothing_is_kept(
    door: str, settings: Settings, log_in: LogIn
) -> None:
    actor = actor_of(Role.CURATOR)
    browser = log_in(actor)
    address, data = DOORS[door](actor)
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        answer = browser.post(address, data)

    assert (answer.status_code, "антивирус нашёл вирус" in answer.content.decode()) == (400, True)
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_a_virus_in_the_scan_of_an_order_is_refused(settings: Settings, log_in: LogIn) -> None:
    actor = actor_of(Role.ADMINISTRATOR)
    order = OrderFactory(school=actor.school)
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        answer = log_in(actor).post(
            f"/orders/{order.pk}/scan/", {"pages": SimpleUploadedFile("приказ.jpg", ill()), "seen": order.revision}
        )

    order.refresh_from_db()
    assert (answer.status_code, order.scan_id) == (400, None)
    assert "антивирус нашёл вирус" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_while_clamd_is_away_what_comes_in_waits_at_every_door(door: str, settings: Settings, log_in: LogIn) -> None:
    actor = actor_of(Role.CURATOR)
    settings.CLAMD_URL = nobody()
    address, data = HONEST[door](actor)

    answer = log_in(actor).post(address, data)

    assert answer.status_code in {200, 302}
    assert {stored.quarantine for stored in StoredFile.objects.all()} == {Quarantine.WAITING}
    with pytest.raises(FileWithheld):
        b"".join(read_pieces(StoredFile.objects.get()))


def words(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("люди.csv", text.encode())


HONEST: dict[str, Callable[[Actor], tuple[str, dict[str, object]]]] = {
    "a spreadsheet": lambda actor: (
        "/participants/sheets/",
        {"side": "person", "file": words("Фамилия;Имя;Отчество;Класс\nДубов;Пётр;Ильич;7А\n")},
    ),
    "a pile": lambda actor: ("/consents/piles/", {"file": SimpleUploadedFile("пачка.pdf", pdf(2))}),
    "a proof": lambda actor: (
        f"/windows/{WindowFactory(activity__stage__programme__school=actor.school).pk}/proofs/",
        {"proofs": SimpleUploadedFile("акт.jpg", picture("JPEG"))},
    ),
    "a roadmap": lambda actor: ("/drafts/new/", {"file": SimpleUploadedFile("карта.txt", ROADMAP.encode())}),
}
