"""Scanned piles made of the product's own forms: who is filed, who is not, and what a killed worker leaves."""

from __future__ import annotations

import json
import math
import random
import zlib
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from core.files import read_file
from core.housekeeping import keep_house
from core.jobs import run_due_jobs
from core.models import Event, Job, School, StoredFile
from participants.models import Consent, ConsentPage, Pile, PilePage
from participants.papers.codes import form_code, sheet_codes
from participants.pile.refusals import PileRefused
from participants.services import pile_reading
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms
from participants.services.pile_filing import file_by_code
from participants.services.piles import remove_old_piles, take_pile
from tests.factories import (
    ConsentFactory,
    GuardianshipFactory,
    PersonFactory,
    PileFactory,
    PilePageFactory,
    SchoolFactory,
    StoredFileFactory,
    actor_of,
)
from tests.participants.asked import pupil, school_with_texts
from tests.participants.piles import form_sheet, pile_of, scanned, sheets_of, unreadable, with_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory()


def asked(school: School, **columns: Any) -> Consent:
    bond = GuardianshipFactory(minor=PersonFactory(school=school))
    return ConsentFactory(person=bond.minor, guardian=bond.guardian, **columns)


def taken(school: School, *sheets: Image.Image) -> Pile:
    pile, is_new = take_pile(school=school, name="пачка.pdf", pieces=[pile_of(sheets)], by=actor_of(school=school))
    assert is_new
    return pile


def statuses(pile: Pile) -> list[tuple[str, str, int | None]]:
    return list(pile.pages.order_by("number").values_list("status", "reason", "consent"))


def read_by_command(folder: Path, school: School, data: bytes) -> list[dict[str, Any]]:
    file = folder / "pile.pdf"
    file.write_bytes(data)
    out = StringIO()
    call_command("pile_read", str(file), "--school", str(school.pk), "--json", stdout=out)
    pages: list[dict[str, Any]] = json.loads(out.getvalue())["pages"]
    return pages


# ---------------------------------------------------------------- the whole pile


def poor_pile(school: School, seed: int, pages_in_it: int) -> tuple[bytes, list[dict[str, Any]]]:
    """So many pages as the task of such a pile is set, of which three are nobody's, and what has to be said of each."""
    chance = random.Random(seed)
    long = pupil(school, surname="Константинопольский-Преображенский" * 2, given_name="Максимилиан " * 5)
    real = printed_sheets(long)
    form = printed_sheets(pupil(school))
    sheets: list[tuple[Image.Image, Consent | None, str]] = [(sheet, row, "filed") for sheet, row in [*real, *form]]
    (base, _row) = form[0]
    while len(sheets) < pages_in_it - 3:
        row = asked(school)
        sheets.append((with_code(base.copy(), form_code(row)), row, "filed"))
    stranger = asked(SchoolFactory())
    sheets.append((with_code(base.copy(), form_code(stranger)), None, "other_school"))
    pages = [(poorly(sheet, chance), row, status) for sheet, row, status in sheets]
    pages += [(scanned(unreadable(with_code(base.copy(), form_code(asked(school)))), skew=2), None, "unread")] * 2
    chance.shuffle(pages)
    wanted = [
        {
            "page": number,
            "status": status,
            "person": row.person_id if row else None,
            "text_version": row.text.version if row else None,
        }
        for number, (_sheet, row, status) in enumerate(pages, 1)
    ]
    return pile_of([sheet for sheet, _row, _status in pages], quality=70), wanted


def printed_sheets(person: Any) -> list[tuple[Image.Image, Consent]]:
    """The form of this person's consent from the worker's printer, sheet by sheet."""
    by = actor_of(school=person.school)
    consents = ask_consents(person=person, by=by)
    print_forms(consents, by=by)
    run_due_jobs()
    rows = Consent.objects.filter(pk__in=[row.pk for row in consents]).select_related("paper", "text")
    return [(sheet, row) for row in rows if row.paper for sheet in sheets_of(read_file(row.paper))]


def poorly(sheet: Image.Image, chance: random.Random) -> Image.Image:
    return scanned(
        sheet,
        skew=chance.uniform(-4, 4),
        quarters=chance.choice((0, 0, 1, 2, 3)),
        blur=chance.uniform(0, 2.2),
        noise=chance.uniform(0, 50),
        shade=chance.randint(0, 60),
    )


def test_sixty_poor_pages_go_where_they_belong_and_nowhere_else() -> None:
    school = school_with_texts()
    data, wanted = poor_pile(school, seed=5, pages_in_it=60)

    pile, _is_new = take_pile(school=school, name="a.pdf", pieces=[data], by=actor_of(school=school))
    run_due_jobs()

    assert [said_of(page) for page in pile.pages.select_related("consent__text").order_by("number")] == wanted
    filed = {row["page"]: row["person"] for row in wanted if row["status"] == "filed"}
    assert ConsentPage.objects.count() == len(filed) == 57
    two_sheets = Consent.objects.get(person__surname__startswith="Константинопольский")
    assert (two_sheets.pages.count(), two_sheets.state, two_sheets.route) == (2, "sent", "paper")


def said_of(page: PilePage) -> dict[str, Any]:
    """What came of the page, as the command says it."""
    row = page.consent
    return {
        "page": page.number,
        "status": page.status,
        "person": row.person_id if row else None,
        "text_version": row.text.version if row else None,
    }


def test_the_command_says_what_will_become_of_poor_pages_and_writes_nothing(tmp_path: Path) -> None:
    school = school_with_texts()
    data, wanted = poor_pile(school, seed=6, pages_in_it=9)
    before = (Event.objects.count(), StoredFile.objects.count(), Job.objects.count(), Pile.objects.count())

    said = read_by_command(tmp_path, school, data)

    assert said == wanted
    assert before == (Event.objects.count(), StoredFile.objects.count(), Job.objects.count(), Pile.objects.count())


def test_pages_put_in_any_way_are_laid_straight(school: School) -> None:
    ways = [(skew, quarters) for skew in (-4.0, 0.0, 3.0) for quarters in range(4)]
    consents = [asked(school) for _ in ways]

    taken(
        school,
        *(
            scanned(ruled(row), skew=skew, quarters=quarters)
            for row, (skew, quarters) in zip(consents, ways, strict=True)
        ),
    )
    run_due_jobs()

    pages = [Image.open(BytesIO(read_file(row.pages.get().file))) for row in consents]
    leans = {way: lean_of(page) for way, page in zip(ways, pages, strict=True)}
    assert {way: lean for way, lean in leans.items() if abs(lean) > 0.8} == {}
    assert {(page.width < page.height, len(page.getexif())) for page in pages} == {(True, 0)}


def ruled(consent: Consent) -> Image.Image:
    """The form with a long line near its foot."""
    sheet = form_sheet(form_code(consent))
    ImageDraw.Draw(sheet).line((100, 1700, 1140, 1700), fill="black", width=4)
    return sheet


def lean_of(page: Image.Image) -> float:
    """Degrees by which the line near the foot leans; 90 where it is not there."""
    left, right = (height_of_rule(page, at) for at in (0.2, 0.8))
    if min(left, right) < page.height * 0.85:
        return 90.0
    return math.degrees(math.atan2(right - left, page.width * 0.6))


def height_of_rule(page: Image.Image, at: float) -> int:
    """Where the long line near the foot of a sheet crosses this column."""
    grey = page.convert("L")
    column = [grey.getpixel((int(page.width * at), y)) for y in range(page.height)]
    return max((y for y, dot in enumerate(column) if dot < 110), default=0)  # type: ignore[operator]


def test_the_sheets_of_a_form_go_together_in_their_order_wherever_they_lie(school: School) -> None:
    first, second = asked(school), asked(school)
    codes = [sheet_codes(form_code(row)) for row in (first, second)]

    taken(
        school, *(form_sheet(codes[row][sheet], name=f"лист {row}{sheet}") for row, sheet in ((0, 1), (1, 0), (0, 0)))
    )
    run_due_jobs()

    assert [(row.pages.count(), row.attempt) for row in reread(first, second)] == [(2, 1), (1, 1)]
    sizes = [len(read_file(page.file)) for page in first.pages.order_by("place")]
    assert len(sizes) == 2


def reread(*rows: Consent) -> list[Consent]:
    for row in rows:
        row.refresh_from_db()
    return list(rows)


# ---------------------------------------------------------------- what is not filed


def test_a_form_that_is_not_awaited_waits_with_the_reason(school: School) -> None:
    now = timezone.now()
    came, given, ended = asked(school, sent=True), asked(school, in_force=True), asked(school)
    Consent.objects.filter(pk=ended.pk).update(state="cancelled", ended_at=now)

    pile = taken(school, *(form_sheet(form_code(row)) for row in (came, given, ended)))
    run_due_jobs()

    assert statuses(pile) == [
        ("unknown", "came", came.pk),
        ("unknown", "given", given.pk),
        ("unknown", "ended", ended.pk),
    ]
    assert [row.pages.count() for row in (came, given, ended)] == [0, 0, 0]


def test_strange_pages_wait_with_the_reason_and_touch_nobody(school: School) -> None:
    consent, other = asked(school), asked(school)
    code = form_code(consent)
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    two = with_code(form_sheet(form_code(other)), code)
    two.paste(form_sheet(form_code(other)).crop((1000, 0, 1240, 200)), (100, 1400))

    pile = taken(
        school,
        form_sheet(forged),
        form_sheet("https://school.test/l/abc"),
        form_sheet(form_code(Consent(pk=10**9))),
        two,
        Image.new("RGB", (1240, 1754), "white"),
        form_sheet(form_code(asked(SchoolFactory()))),
    )
    run_due_jobs()

    assert statuses(pile) == [
        ("unknown", "forged", None),
        ("unknown", "foreign", None),
        ("unknown", "gone", None),
        ("unknown", "several", None),
        ("unread", "blank", None),
        ("other_school", "elsewhere", None),
    ]
    assert {row.state for row in reread(consent, other)} == {"asked"}
    assert pile.pages.filter(file=None).count() == 0


def test_a_consent_accepted_while_the_pile_is_read_is_not_touched(school: School) -> None:
    consent = asked(school)
    pile = PileFactory(school=school)
    page = PilePageFactory(pile=pile, status="unknown", consent=consent, file=stored_page(school))
    Consent.objects.filter(pk=consent.pk).update(state="cancelled", ended_at=timezone.now())

    file_by_code(pile=pile, by=actor_of(school=school))

    page.refresh_from_db()
    assert (page.status, page.reason, page.file is None) == ("unknown", "ended", False)


def stored_page(school: School) -> StoredFile:
    sheet = BytesIO()
    Image.new("RGB", (20, 30), "white").save(sheet, "JPEG")
    file: StoredFile = StoredFileFactory(school=school, name="1.jpg", data=sheet.getvalue())
    return file


# ---------------------------------------------------------------- killed, refused, taken away


def test_a_worker_killed_in_the_middle_loses_nothing_and_files_nothing_twice(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    consents = [asked(school) for _ in range(4)]
    pile = taken(school, *(form_sheet(form_code(row)) for row in consents))
    monkeypatch.setattr(pile_reading, "AT_ONCE", 2)
    for deaths in ("progress", "filing"):
        with monkeypatch.context() as dying:
            if deaths == "filing":
                dying.setattr(pile_reading, "_close", die)
            else:
                dying.setattr(Job.objects, "filter", Job.objects.filter)
            run_until_death(dying, deaths)

    Job.objects.update(due_at=timezone.now(), lease="", lease_until=None)
    run_due_jobs()

    assert [(row.state, row.attempt, row.pages.count()) for row in reread(*consents)] == [("sent", 1, 1)] * 4
    assert statuses(pile) == [("filed", "", row.pk) for row in consents]
    assert StoredFile.objects.filter(purpose__in=("pile", "pile page")).count() == 0


def run_until_death(dying: pytest.MonkeyPatch, where: str) -> None:
    job = Job.objects.get()
    steps: Iterator[int] = iter(range(100))

    def progress(done: int, total: int) -> None:
        if where == "progress" and next(steps) == 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pile_reading.read_in_turn(job, progress)


def die(*_args: object) -> None:
    raise KeyboardInterrupt


def test_a_page_that_kills_its_reader_is_passed_over(school: School, tmp_path: Path) -> None:
    consents = [asked(school) for _ in range(3)]
    data = pile_of([form_sheet(form_code(row)) for row in consents])
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pages[1].mediabox.upper_right = (1e30, 1e30)
    out = BytesIO()
    writer.write(out)

    said = read_by_command(tmp_path, school, out.getvalue())

    assert [(row["page"], row["person"]) for row in said if row["page"] != 2] == [
        (1, consents[0].person_id),
        (3, consents[2].person_id),
    ]
    assert [row["page"] for row in said] == [1, 2, 3]


def hostile(kind: str) -> bytes:
    """One PDF of a kind that no scanner makes."""
    writer = PdfWriter(clone_from=BytesIO(pile_of([form_sheet("ST1-1-AAAAAAAA")])))
    if kind == "script":
        writer.add_open_action(JavaScript("app.alert('a');"))
    if kind == "attachment":
        writer.add_attachment("a.exe", b"MZ")
    if kind == "locked":
        writer.encrypt("secret")
    if kind == "500 pages":
        for _ in range(499):
            writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()[:900] if kind == "torn" else out.getvalue()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("script", "active"), ("attachment", "active"), ("locked", "locked"), ("500 pages", "pages"), ("torn", "torn")],
)
def test_a_hostile_pile_is_refused_and_leaves_nothing(school: School, tmp_path: Path, kind: str, reason: str) -> None:
    data = hostile(kind)

    with pytest.raises(PileRefused) as refusal:
        take_pile(school=school, name="a.pdf", pieces=[data], by=actor_of(school=school))
    with pytest.raises(CommandError):
        read_by_command(tmp_path, school, data)

    assert refusal.value.reason == reason
    assert (Pile.objects.count(), StoredFile.objects.count()) == (0, 0)


def packed(words: bytes) -> bytes:
    """A good pile with a packed list of objects at its end that says this."""
    body = zlib.compress(words)
    head = b"99 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(body)
    return pile_of([form_sheet("ST1-1-AAAAAAAA")]) + head + body + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        (b"99 0 << /S /JavaScript /JS (x) >>", True),
        (b"99 0 << /S /J#61vaScript >>", True),
        (b"99 0 << /S /Launch >>", True),
        (b"99 0 << /Type /Font >>", False),
    ],
)
def test_a_script_is_found_where_it_is_packed_away(school: School, words: bytes, is_refused: bool) -> None:
    try:
        take_pile(school=school, name="a.pdf", pieces=[packed(words)], by=actor_of(school=school))
        was_refused = False
    except PileRefused as refusal:
        was_refused = refusal.reason == "active"

    assert was_refused == is_refused


@given(st.binary(max_size=400))
@settings(max_examples=8, deadline=None)
def test_rubbish_after_a_good_beginning_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PileRefused):
        take_pile(school=SchoolFactory(), name="a.pdf", pieces=[b"%PDF-1.7\n", data], by=actor_of())


def test_the_command_names_what_is_wrong_with_its_arguments(school: School, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no school"):
        call_command("pile_read", "a.pdf", "--school", str(school.pk + 1))
    with pytest.raises(CommandError, match="no file"):
        call_command("pile_read", str(tmp_path / "none.pdf"), "--school", str(school.pk))


def test_old_piles_go_with_their_pages_and_files_and_what_was_filed_stays(school: School) -> None:
    old = timezone.now() - timedelta(days=31)
    gone = PilePageFactory(pile=PileFactory(school=school, created_at=old, read=True), file=stored_page(school))
    kept = PilePageFactory(pile=PileFactory(school=school, read=True), file=stored_page(school))

    assert remove_old_piles() == 1

    assert list(PilePage.objects.values_list("pk", flat=True)) == [kept.pk]
    assert StoredFile.objects.filter(pk__in=[gone.file_id, gone.pile.file_id]).count() == 0
    assert "old piles removed" in keep_house()
