"""Files that prove that an activity was done: laid to it, fetched, removed. R12 where they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from core.actors import Actor
from core.files import read_file
from core.models import Event, Role, StoredFile
from core.pictures import Scan, read_scans
from roadmap.models import Proof, Window, WindowState
from roadmap.services.progress import mark_done, undo_done
from roadmap.services.proofs import MOST_PROOFS, ProofRefused, keep_proofs, remove_proof, remove_stray_proofs
from tests.core.hostile import CANARY, hostile_files, pdf, picture
from tests.factories import ProofFactory, StoredFileFactory, WindowFactory, actor_of
from tests.participants.pictures import photo

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
DAY = {"done_on": "2026-10-20", "note": "Провели педсовет"}


@pytest.fixture
def window() -> Window:
    return WindowFactory()


def curator_of(window: Window) -> Actor:
    return actor_of(school=window.cycle.programme.school)


def file(name: str = "Протокол.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or photo())


def scans(number: int) -> list[Scan]:
    return read_scans([("Протокол.jpg", photo())]) * number


# ---------------------------------------------------------------- marking with files


def test_done_is_marked_with_day_note_and_files(log_in: LogIn, window: Window) -> None:
    by = curator_of(window)

    files = [file(), file("Лист 2.png", picture("PNG")), file("скан.pdf", pdf(2)), file("IMG_1.HEIC", picture("HEIF"))]
    response = log_in(by).post(f"/windows/{window.pk}/done/", {**DAY, "proofs": files})

    window.refresh_from_db()
    kept = list(window.proofs.select_related("file"))
    assert (response.status_code, window.state, window.note) == (302, WindowState.DONE, "Провели педсовет")
    assert [(proof.place, proof.file.name) for proof in kept] == [
        (1, "Протокол.pdf"),
        (2, "Лист 2.pdf"),
        (3, "скан.pdf"),
        (4, "IMG_1.pdf"),
    ]
    assert [len(pypdfium2.PdfDocument(read_file(proof.file))) for proof in kept] == [1, 1, 2, 1]
    assert {(proof.file.purpose, proof.file.content_type) for proof in kept} == {("proof", "application/pdf")}
    event = Event.objects.get(verb="attach", thing=f"window:{window.pk}")
    assert (event.actor, event.detail) == (by.pseudonym, {"files": 4})


def test_files_lie_encrypted_and_without_what_the_camera_wrote(
    log_in: LogIn, window: Window, data_folder: Path
) -> None:
    sent = photo()
    log_in(curator_of(window)).post(f"/windows/{window.pk}/done/", {**DAY, "proofs": [file(data=sent)]})

    on_disk = [path.read_bytes() for path in (data_folder / "files").glob("??/*")]
    assert len(on_disk) == 1
    assert b"%PDF" not in on_disk[0]
    assert sent not in read_file(StoredFile.objects.get())


def test_a_form_sent_twice_keeps_its_files_once(log_in: LogIn, window: Window) -> None:
    browser = log_in(curator_of(window))

    for _click in range(2):
        response = browser.post(f"/windows/{window.pk}/done/", {**DAY, "once": "t" * 20, "proofs": [file()]})

    assert (response.status_code, window.proofs.count()) == (302, 1)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (file("письмо.docx", b"PK\3\4" + b"0" * 99), "не фотография и не PDF"),
        (SimpleUploadedFile("пусто.jpg", b""), "Файл «пусто.jpg» пустой"),
        (file("книга.pdf", pdf(13)), "В файле PDF «книга.pdf» страниц: 13"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_is_not_taken_is_told_and_nothing_typed_is_lost(
    log_in: LogIn, window: Window, sent: SimpleUploadedFile, said: str, htmx: bool
) -> None:
    sent.seek(0)
    headers = {"HX-Request": "true"} if htmx else {}

    response = log_in(curator_of(window)).post(
        f"/windows/{window.pk}/done/", {**DAY, "proofs": [sent]}, headers=headers
    )

    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Файлы не сохранены: выберите их ещё раз." in page
    assert "Провели педсовет" in page
    assert 'value="2026-10-20"' in page
    assert (Window.objects.get().state, StoredFile.objects.count()) == (WindowState.PLANNED, 0)


def test_a_wrong_day_says_that_the_files_are_to_be_chosen_again(log_in: LogIn, window: Window) -> None:
    response = log_in(curator_of(window)).post(
        f"/windows/{window.pk}/done/", {"done_on": "2126-10-20", "note": "Важное", "proofs": [file()]}
    )

    errors = response.context["form"].errors
    assert (response.status_code, sorted(errors)) == (400, ["done_on", "proofs"])
    assert errors["proofs"] == ["Файлы не сохранены: выберите их ещё раз."]
    assert (Proof.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_forgotten_day_says_so_too(log_in: LogIn, window: Window) -> None:
    response = log_in(curator_of(window)).post(f"/windows/{window.pk}/done/", {"note": "Важное", "proofs": [file()]})

    assert sorted(response.context["form"].errors) == ["done_on", "proofs"]


def test_what_another_marked_meanwhile_keeps_no_files(log_in: LogIn, window: Window) -> None:
    mark_done(window=window, done_on=date(2026, 10, 1), note="", by=curator_of(window))

    response = log_in(curator_of(window)).post(f"/windows/{window.pk}/done/", {**DAY, "proofs": [file()]})

    assert (response.status_code, Proof.objects.count()) == (400, 0)


def test_more_files_than_an_activity_keeps_are_refused(window: Window) -> None:
    by = curator_of(window)
    keep_proofs(window=window, scans=scans(MOST_PROOFS - 1), by=by)

    with pytest.raises(ProofRefused, match="не больше 10 файлов"):
        keep_proofs(window=window, scans=scans(2), by=by)

    keep_proofs(window=window, scans=scans(1), by=by)
    keep_proofs(window=window, scans=[], by=by)
    assert [proof.place for proof in window.proofs.all()] == list(range(1, MOST_PROOFS + 1))


# ---------------------------------------------------------------- later


def test_files_are_added_to_what_is_done_already(log_in: LogIn, window: Window) -> None:
    by = curator_of(window)
    mark_done(window=window, done_on=date(2026, 10, 20), note="", by=by)
    browser = log_in(by)

    assert browser.get(f"/windows/{window.pk}/proofs/").status_code == 200
    nothing = browser.post(f"/windows/{window.pk}/proofs/")
    hostile = browser.post(f"/windows/{window.pk}/proofs/", {"proofs": [file("а.exe", b"MZ" * 99)]})
    taken = browser.post(f"/windows/{window.pk}/proofs/", {"proofs": [file(), file()]})

    assert (nothing.status_code, nothing.context["form"].errors["proofs"]) == (400, ["Сначала выберите файлы."])
    assert hostile.status_code == 400
    assert (taken["Location"], window.proofs.count()) == (f"/activities/{window.activity_id}/", 2)


def test_taking_the_mark_back_keeps_the_files(window: Window) -> None:
    by = curator_of(window)
    mark_done(window=window, done_on=date(2026, 10, 20), note="", by=by)
    keep_proofs(window=window, scans=scans(1), by=by)

    undo_done(window=window, by=by)

    assert window.proofs.count() == 1


# ---------------------------------------------------------------- fetching and removing


def test_a_file_is_fetched_by_readers_of_the_roadmap_and_the_journal_knows(log_in: LogIn) -> None:
    proof = ProofFactory()
    school = proof.window.cycle.programme.school
    reader = actor_of(Role.PSYCHOLOGIST, school)

    response = log_in(reader).get(f"/proofs/{proof.pk}/")

    assert response.content == read_file(proof.file)
    assert response["Content-Disposition"].startswith("attachment")
    assert (
        Event.objects.filter(verb="download", thing=f"storedfile:{proof.file_id}", actor=reader.pseudonym).count() == 1
    )


@pytest.mark.parametrize("page", ["", "remove/"])
def test_doors_of_a_file(log_in: LogIn, page: str) -> None:
    proof = ProofFactory()
    url, school = f"/proofs/{proof.pk}/{page}", proof.window.cycle.programme.school

    assert log_in(actor_of()).get(url).status_code == 404
    assert log_in(actor_of(Role.MENTOR, school)).get(url).status_code == 403
    assert log_in(actor_of(Role.PSYCHOLOGIST, school)).get(url).status_code == (403 if page else 200)
    assert log_in(actor_of(school=school)).put(url).status_code == 405
    assert Client().get(url)["Location"].startswith("/log-in/")


def test_a_file_is_removed_after_asking_once_more(
    log_in: LogIn, data_folder: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    proof = ProofFactory(file__name="Протокол № 5.pdf")
    browser = log_in(actor_of(Role.ADMINISTRATOR, proof.window.cycle.programme.school))

    asked = browser.get(f"/proofs/{proof.pk}/remove/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        response = browser.post(f"/proofs/{proof.pk}/remove/")

    assert "Удалить «Протокол № 5.pdf»?" in asked
    assert response["Location"] == f"/activities/{proof.window.activity_id}/"
    assert (Proof.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert list((data_folder / "files").glob("??/*")) == []
    assert Event.objects.filter(verb="remove", thing=f"proof:{proof.pk}").count() == 1
    assert Window.objects.get().state == WindowState.DONE


def test_a_second_press_leads_where_the_first_one_did(log_in: LogIn) -> None:
    proof = ProofFactory()
    browser = log_in(actor_of(school=proof.window.cycle.programme.school))

    pages = [browser.post(f"/proofs/{proof.pk}/remove/", {"once": "t" * 20}) for _click in range(2)]

    assert [page["Location"] for page in pages] == [f"/activities/{proof.window.activity_id}/"] * 2


def test_removing_twice_is_one_act() -> None:
    proof = ProofFactory()
    by = actor_of(school=proof.window.cycle.programme.school)

    for _click in range(2):
        remove_proof(proof=Proof(pk=proof.pk), by=by)

    assert Event.objects.filter(verb="remove").count() == 1


def test_files_of_an_activity_that_is_gone_are_swept_away() -> None:
    kept, gone = ProofFactory(), ProofFactory()
    other = StoredFileFactory()
    gone.window.activity.delete()

    assert remove_stray_proofs() == 1

    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.file_id, other.pk}


# ---------------------------------------------------------------- R12


def test_hostile_files_are_refused_in_words_or_kept_clean(log_in: LogIn, window: Window) -> None:
    files = [(name, data) for name, data in hostile_files() if len(data) < 300_000][::30]
    browser, verdicts = log_in(curator_of(window)), []

    for name, data in files:
        with transaction.atomic():
            response = browser.post(
                f"/windows/{window.pk}/done/", {**DAY, "proofs": [SimpleUploadedFile(name or "a", data)]}
            )
        kept = b"".join(read_file(proof.file) for proof in Proof.objects.select_related("file"))
        clean = CANARY not in kept and b"Exif" not in kept
        verdicts.append(response.status_code if clean else 0)
        Proof.objects.all().delete()
        Window.objects.update(state=WindowState.PLANNED, done_on=None, done_by=None)

    print(f"R12: {len(files)} hostile proofs, {verdicts.count(400)} refused, {verdicts.count(302)} kept clean")
    assert (len(files) >= 10, {*verdicts} <= {302, 400}, verdicts.count(400) > 0) == (True, True, True)
