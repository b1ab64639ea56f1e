"""A scanned pile read and filed, beside a plain loop that renders the pages and reads their codes, with nothing kept."""

from __future__ import annotations

import random
import tempfile
import time

import pypdfium2
import zxingcpp

from bench.figures import Figure, middle
from core.models import Job, School
from participants.models import Consent, ConsentPage, ConsentState, Pile, PilePage
from participants.papers.codes import form_code
from participants.pile.program import DPI
from participants.services.pile_reading import read_in_turn
from participants.services.piles import take_pile
from tests.factories import ConsentFactory, GuardianshipFactory, PersonFactory, SchoolFactory, actor_of
from tests.participants.piles import form_sheet, pile_of, scanned

GOAL = 1.5
PAGES = 60


def figures(blocks: int) -> list[Figure]:
    """The worker's part of the way: what the sandbox reads is judged, kept sealed and filed."""
    school = SchoolFactory()
    data = poor_scans(school)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        decoded(file.name)
        pairs = [(filed(school, data), decoded(file.name)) for _block in range(blocks)]
    took = min(base for _ours, base in pairs)
    ratios = [ours / base for ours, base in pairs]
    beside = f"rendering and decoding alone {took * 1000:.0f} ms"
    return [middle(f"a pile of {PAGES} scanned pages", ratios, "x", goal=GOAL, baseline=beside)]


def poor_scans(school: School) -> bytes:
    """Forms of sixty consents as a school's scanner takes them."""
    rng = random.Random(1)  # noqa: S311
    sheets = []
    for _page in range(PAGES):
        bond = GuardianshipFactory(minor=PersonFactory(school=school))
        consent = ConsentFactory(person=bond.minor, guardian=bond.guardian)
        skew, quarters = rng.uniform(-4, 4), rng.choice((0, 0, 0, 1, 2, 3))
        blur, noise = rng.uniform(0, 2), rng.uniform(0, 40)
        sheets.append(scanned(form_sheet(form_code(consent)), skew=skew, quarters=quarters, blur=blur, noise=noise))
    return pile_of(sheets)


def filed(school: School, data: bytes) -> float:
    """Seconds by the clock, for the work is done by several hands."""
    pile, _is_new = take_pile(school=school, name="pile.pdf", pieces=[data], by=actor_of(school=school))
    job = Job.objects.get(payload__pile=pile.pk)
    began = time.perf_counter()
    read_in_turn(job, lambda done, total: None)
    took = time.perf_counter() - began
    if pile.pages.filter(status="filed").count() != PAGES:
        raise RuntimeError("not every page was filed")
    for model in (PilePage, Pile, ConsentPage):
        model.objects.all().delete()
    job.delete()
    Consent.objects.update(state=ConsentState.ASKED)
    return took


def decoded(name: str) -> float:
    """Seconds by the clock of a plain loop with the two libraries as they come."""
    began = time.perf_counter()
    document = pypdfium2.PdfDocument(name)
    for page in document:
        zxingcpp.read_barcodes(page.render(scale=DPI / 72).to_pil())
        page.close()
    document.close()
    return time.perf_counter() - began
