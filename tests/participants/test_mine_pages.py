"""The photos of a form one by one: each is kept at once, found again on another device, put right, then sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from core.actors import Actor
from core.files import read_file
from core.models import Event, Job, Quarantine, Role, StoredFile
from core.pictures import MOST_PAGES
from core.quarantine import look_at_waiting
from participants.models import Consent, ConsentState, DraftPage, PublishedItem
from participants.papers.codes import form_code
from participants.services.drafts import drop_drafts, send_finished
from participants.services.erasing import erase_consents
from participants.services.publication import lay_out
from tests.clamd import EICAR, Clamd, answering
from tests.core.test_antivirus import nobody
from tests.factories import (
    ConsentFactory,
    DraftPageFactory,
    GuardianshipFactory,
    PersonalLinkFactory,
    PublicResourceFactory,
    StoredFileFactory,
    actor_of,
)
from tests.families import come_by_link
from tests.participants.pictures import photo

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


def asked(**columns: object) -> Consent:
    bond = GuardianshipFactory()
    return ConsentFactory(person=bond.minor, guardian=bond.guardian, **columns)


def parent_of(consent: Consent) -> Client:
    """The guardian who came by a link; each call is another device."""
    link = consent.person.links.first() or PersonalLinkFactory(
        person=consent.person, guardian=consent.guardian, channel="slip"
    )
    return come_by_link(Client(), link)


def take(browser: Client, consent: Consent, *photos: bytes, **more: str) -> int:
    """Send the photos to be kept; the status."""
    files = [SimpleUploadedFile(f"{number}.jpg", data) for number, data in enumerate(photos, 1)]
    return browser.post(f"/my/consents/{consent.pk}/pages/", {"pages": files, **more}).status_code


def colours(consent: Consent) -> list[str]:
    """Which of the coloured photos stands where."""
    found = []
    for row in consent.draft_pages.select_related("file"):
        pixel = Image.open(BytesIO(read_file(row.file))).convert("RGB").getpixel((5, 5))
        assert isinstance(pixel, tuple)
        found.append(max(zip(pixel, ("red", "green", "blue"), strict=True))[1])
    return found


RED, GREEN, BLUE = (photo(colour=colour) for colour in ("red", "green", "blue"))


# ---------------------------------------------------------------- keeping


def test_photos_taken_one_by_one_are_found_on_another_device_and_sent_from_there() -> None:
    consent = asked()
    phone = parent_of(consent)
    assert [take(phone, consent, RED), take(phone, consent, photo(form_code(consent)))] == [302, 302]

    other = parent_of(consent)
    page = other.get(f"/my/consents/{consent.pk}/").content.decode()
    drafts = re.findall(r"/my/drafts/(\d+)/\?", page)
    answer = other.post(f"/my/consents/{consent.pk}/send/")

    consent.refresh_from_db()
    assert (len(drafts), answer.status_code, consent.state, consent.attempt) == (2, 302, ConsentState.SENT, 1)
    assert list(consent.pages.values_list("attempt", "place", "is_known")) == [(1, 1, False), (1, 2, True)]
    assert (DraftPage.objects.count(), StoredFile.objects.count()) == (0, 2)


def test_a_photo_sent_twice_over_a_bad_connection_is_kept_once() -> None:
    consent = asked()
    browser = parent_of(consent)

    for _ in range(3):
        take(browser, consent, RED, once="t")

    assert consent.draft_pages.count() == 1


def test_a_script_gets_the_pages_alone_and_the_refusal_with_them() -> None:
    consent = asked()
    browser = parent_of(consent)
    address = f"/my/consents/{consent.pk}/pages/"

    good = browser.post(address, {"pages": SimpleUploadedFile("1.jpg", RED)}, headers=HTMX)
    bad = browser.post(address, {"pages": SimpleUploadedFile("x.jpg", b"<html>")}, headers=HTMX)

    assert ["<html" in answer.content.decode() for answer in (good, bad)] == [False, False]
    assert (good.status_code, good.content.decode().count("<figure")) == (200, 1)
    said = bad.content.decode()
    assert (bad.status_code, "«x.jpg» – не фотография" in said, "Страницы ниже сохранены" in said) == (400, True, True)
    assert said.count("<figure") == 1


def test_more_pages_than_a_copy_may_have_are_refused_and_those_before_stay() -> None:
    consent = asked()
    for place in range(1, MOST_PAGES + 1):
        DraftPageFactory(consent=consent, place=place)

    assert take(parent_of(consent), consent, RED) == 400
    assert consent.draft_pages.count() == MOST_PAGES


def test_nothing_is_kept_where_nothing_is_awaited() -> None:
    consent = asked(in_force=True)

    assert take(parent_of(consent), consent, RED) == 409
    assert StoredFile.objects.count() == 0


# ---------------------------------------------------------------- putting right


def test_pages_are_moved_turned_and_removed() -> None:
    consent = asked()
    browser = parent_of(consent)
    take(browser, consent, RED, GREEN, BLUE)
    first, second, third = consent.draft_pages.all()

    def press(row: DraftPage, deed: str) -> int:
        return browser.post(f"/my/drafts/{row.pk}/change/", {"deed": deed}).status_code

    assert press(third, "before") == 302
    assert colours(consent) == ["red", "blue", "green"]
    assert [press(first, "before"), press(second, "behind"), press(first, "behind")] == [302, 302, 302]
    assert colours(consent) == ["blue", "red", "green"]
    assert [press(second, "remove"), press(second, "remove"), press(first, "paint")] == [302, 404, 302]
    assert (colours(consent), StoredFile.objects.count()) == (["blue", "red"], 2)
    before = Image.open(BytesIO(read_file(first.file))).size
    assert press(first, "turn") == 302
    first.refresh_from_db()
    assert Image.open(BytesIO(read_file(first.file))).size == before[::-1]
    assert StoredFile.objects.count() == 2


def test_a_page_is_turned_to_the_right() -> None:
    consent = asked()
    browser = parent_of(consent)
    sheet, out = Image.new("RGB", (40, 80), "white"), BytesIO()
    sheet.paste("red", (0, 0, 40, 20))
    sheet.save(out, "JPEG", quality=95)
    take(browser, consent, out.getvalue())

    browser.post(f"/my/drafts/{consent.draft_pages.get().pk}/change/", {"deed": "turn"})

    pixel = Image.open(BytesIO(read_file(consent.draft_pages.get().file))).getpixel((75, 20))
    assert isinstance(pixel, tuple)
    assert (pixel[0] > 200, pixel[1] < 80) == (True, True)


def test_nobody_but_the_signer_reaches_a_page_that_is_not_sent(log_in: LogIn) -> None:
    consent, stranger = asked(), asked()
    page = DraftPageFactory(consent=consent)
    browsers = (parent_of(stranger), log_in(actor_of(Role.CURATOR, consent.person.school)))

    got = [browser.get(f"/my/drafts/{page.pk}/").status_code for browser in browsers]
    changed = [browser.post(f"/my/drafts/{page.pk}/change/", {"deed": "remove"}).status_code for browser in browsers]

    assert (got, changed) == ([404, 404], [404, 404])
    assert parent_of(consent).get(f"/my/drafts/{page.pk}/").status_code == 200
    assert Event.objects.filter(verb="download", thing=f"storedfile:{page.file_id}").count() == 1


def test_what_nobody_sends_or_asks_for_any_more_is_deleted() -> None:
    fresh, old, past = DraftPageFactory(), DraftPageFactory(), DraftPageFactory(consent=asked(declined=True))
    DraftPage.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))

    assert drop_drafts() == 2
    assert list(DraftPage.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not StoredFile.objects.filter(pk__in=(old.file_id, past.file_id)).exists()


def test_a_destruction_takes_the_pages_that_were_not_sent_along() -> None:
    page = DraftPageFactory()

    erase_consents(page.consent.person, actor_of())

    assert (DraftPage.objects.count(), StoredFile.objects.filter(pk=page.file_id).count()) == (0, 0)


# ---------------------------------------------------------------- one PDF


def test_the_copy_is_one_pdf_of_sensible_size_for_the_curator_and_the_signer(log_in: LogIn) -> None:
    consent = asked()
    browser = parent_of(consent)
    noise = BytesIO()
    Image.effect_noise((3000, 4000), 60).convert("RGB").save(noise, "JPEG", quality=90)
    take(browser, consent, noise.getvalue(), RED)
    browser.post(f"/my/consents/{consent.pk}/send/")
    curator = log_in(actor_of(Role.CURATOR, consent.person.school))

    copies = [curator.get(f"/consents/{consent.pk}/copy/"), browser.get(f"/my/consents/{consent.pk}/copy/")]

    document = pypdfium2.PdfDocument(copies[0].content)
    assert (len(document), copies[0].content == copies[1].content) == (2, True)
    document.close()
    assert len(noise.getvalue()) > 4_000_000 > len(copies[0].content)
    assert (copies[0]["Content-Type"], copies[0]["Content-Security-Policy"][:7]) == ("application/pdf", "sandbox")
    assert Event.objects.filter(verb="download", thing=f"consent:{consent.pk}").count() == 2
    administrator = log_in(actor_of(Role.ADMINISTRATOR, consent.person.school))
    assert administrator.get(f"/consents/{consent.pk}/copy/").status_code == 403


def test_without_pages_the_way_leads_back_to_the_consent() -> None:
    consent = asked()

    assert parent_of(consent).get(f"/my/consents/{consent.pk}/copy/")["Location"] == f"/my/consents/{consent.pk}/"


# ---------------------------------------------------------------- the antivirus


def test_a_virus_is_refused_and_a_good_photo_after_it_goes_through(settings: Settings) -> None:
    consent = asked()
    browser = parent_of(consent)
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        statuses = [take(browser, consent, RED + EICAR), take(browser, consent, RED)]

    assert (statuses, consent.draft_pages.count(), StoredFile.objects.count()) == ([400, 302], 1, 1)


def test_while_the_antivirus_is_away_the_pages_wait_and_then_go_by_themselves(settings: Settings) -> None:
    consent = asked()
    browser = parent_of(consent)
    settings.CLAMD_URL = nobody()
    take(browser, consent, RED)
    page = browser.get(f"/my/consents/{consent.pk}/").content.decode()
    picture = browser.get(f"/my/drafts/{consent.draft_pages.get().pk}/")
    sent = browser.post(f"/my/consents/{consent.pk}/send/", follow=True).content.decode()

    consent.refresh_from_db()
    assert ("антивирус ещё не проверил" in page, picture.status_code, consent.state) == (True, 409, "asked")
    assert "копия сама уйдёт куратору" in sent
    assert send_finished() == 0
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        look_at_waiting()
        assert send_finished() == 1
    consent.refresh_from_db()
    assert (consent.state, consent.pages.count()) == (ConsentState.SENT, 1)


def test_a_virus_found_later_is_told_on_the_page_and_hinders_the_sending() -> None:
    consent = asked()
    browser = parent_of(consent)
    DraftPageFactory(
        consent=consent, place=1, file=StoredFileFactory(school=consent.person.school, quarantine=Quarantine.INFECTED)
    )

    page = browser.get(f"/my/consents/{consent.pk}/").content.decode()
    refused = browser.post(f"/my/consents/{consent.pk}/send/")

    assert ("Здесь антивирус нашёл вирус" in page, refused.status_code) == (True, 400)
    assert "В одной из страниц был вирус" in refused.content.decode()


# ---------------------------------------------------------------- publication


def test_the_signer_ticks_what_may_be_shown_and_the_form_is_printed_with_it() -> None:
    consent = asked(purpose="publish")
    school = consent.person.school
    lay_out(consent, [PublicResourceFactory(school=school)])
    consent.paper = StoredFileFactory(school=school)
    consent.save()
    one, other = PublishedItem.objects.filter(consent=consent)[:2]
    browser = parent_of(consent)
    address = f"/my/consents/{consent.pk}/choices/"

    page = browser.get(address).content.decode()
    answer = browser.post(
        address, {f"item-{one.pk}": "yes", f"condition-{one.pk}": "только общее фото", f"item-{other.pk}": "no"}
    )

    consent.refresh_from_db()
    marks = dict(PublishedItem.objects.filter(consent=consent).values_list("pk", "is_allowed"))
    one.refresh_from_db()
    assert ("Что школа может показывать?" in page, answer["Location"]) == (True, f"/my/consents/{consent.pk}/")
    assert (marks.pop(one.pk), marks.pop(other.pk), set(marks.values())) == (True, False, {None})
    assert (one.condition, consent.paper_id, Job.objects.filter(kind="consent-pdf").count()) == (
        "только общее фото",
        None,
        1,
    )
    assert "Отметить, что можно показывать" in browser.get(f"/my/consents/{consent.pk}/").content.decode()


def test_once_sent_the_ticks_are_only_shown_and_other_consents_have_none() -> None:
    consent, other = asked(purpose="publish", sent=True), asked()
    lay_out(consent, [PublicResourceFactory(school=consent.person.school)])
    item = PublishedItem.objects.filter(consent=consent)[0]
    browser = parent_of(consent)

    answer = browser.post(f"/my/consents/{consent.pk}/choices/", {f"item-{item.pk}": "yes"})

    item.refresh_from_db()
    assert ("Сохранить и внести" in answer.content.decode(), item.is_allowed) == (False, None)
    assert parent_of(other).get(f"/my/consents/{other.pk}/choices/")["Location"] == f"/my/consents/{other.pk}/"
