"""Every way by which people of the register leave the program, and the rule that lets nobody out without a consent.

A way out is a job that makes a file, an address that gives one, a letter, or a page on which pairs are made. Each stands
in one of two tables: with the reason for which it may name anybody, or with what it gives of a school in which one side
of each kind has a consent in force and the other has none any more.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from core import jobs, notices
from core.errors import DomainError
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, Notice, Role, School
from core.notices import send_due_notices
from pairing.models import Scenario
from pairing.scoring import DEFAULT_WEIGHTS
from pairing.services.matches import propose_match
from pairing.services.protocols import print_protocol
from pairing.services.scenarios import propose_scenario
from pairing.services.submitting import send_scenario
from participants.models import ConsentPurpose, Datum, Enrolment, Side
from participants.services.bases import write_base
from participants.services.publication import ask_publication, may_publish
from participants.services.withdrawal import withdraw_consent
from surveys.models import Campaign
from surveys.services.exports import ANSWERS_XLSX
from surveys.services.slips import print_codes, print_sheets, print_slips
from tests.factories import (
    AnswerFactory,
    CampaignFactory,
    ConsentFactory,
    CycleFactory,
    MatchFactory,
    MentoringFormFactory,
    PairingRulesFactory,
    PersonFactory,
    PublicResourceFactory,
    PublishedItemFactory,
    RespondentFactory,
    ResponseFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.asked import pupil, school_with_texts
from tests.post import PostOffice
from tests.reports.ordering import drafted
from tests.surveys.asking import opened, prepared
from tests.test_access_matrix import all_routes

pytestmark = pytest.mark.django_db

LogIn = Callable[[Any], Client]
GIVES_A_FILE = re.compile(
    r"\bserve_file\(|\bas_download\(|\b(File|Json|Streaming\w*)Response\(|Content-(Disposition|Type)"
    r"|content_type=(?!\"text/plain)"
)
ASKS = "by it the consent itself is asked for"
OWN = "what is held on a person, given to him alone"
ENDS = "the destruction of what is held and its papers"
OF_CONSENT = "a signed copy, for whoever sent it and whoever checks it"
BROUGHT_IN = "what the curator brought in himself, given back to him"
NO_PEOPLE = "names nobody of the register: staff by their posts and duties alone"
FIGURES = "figures of groups of five and more, whose consents are in force when they are counted"
ARCHIVE = "an order in force is a paper of the archive; a draft lets nobody in without a consent, see `job:order-pdf`"
ACCOUNT = "to the holder of an account, about his own log-in"
DUTY = "to the curator, of a step of the consent itself; the name he needs to know whom to call"
OWN_ANSWERS = "which fields of an answer were kept, to whoever is typing it; names nobody"
ONE_BY_ONE = "of those alone whose consent is in force, by `surveys.services.responses.readable`"
ANSWERER = "to whoever answers or represents him, with a given name at most; sent only while the consent is in force"

MAY_NAME_ANYBODY = {
    "file:surveys:version_file": NO_PEOPLE,
    "job:consent-asking": ASKS,
    "job:consent-pdf": ASKS,
    "job:consent-reminding": ASKS,
    "job:slips-pdf": ASKS,
    "file:participants:slipsheet_file": ASKS,
    "file:participants:consent_paper": ASKS,
    "file:participants:mine_paper": ASKS,
    "letter:consent-asked": ASKS,
    "letter:consent-returned": ASKS,
    "letter:consent-reminder": ASKS,
    "job:holdings-pdf": OWN,
    "file:participants:holdings_data": OWN,
    "file:participants:holdings_file": OWN,
    "job:destruction": ENDS,
    "job:destruction-scrub": ENDS,
    "file:participants:destruction_open": ENDS,
    "file:participants:destruction_extract": ENDS,
    "file:participants:mine_page": OF_CONSENT,
    "file:participants:page_show": OF_CONSENT,
    "file:participants:pilepage_picture": OF_CONSENT,
    "file:participants:consent_copy": OF_CONSENT,
    "file:participants:mine_copy": OF_CONSENT,
    "file:participants:mine_draft": OF_CONSENT,
    "job:pile-reading": OF_CONSENT,
    "job:sheet-comparing": BROUGHT_IN,
    "job:sheet-writing": BROUGHT_IN,
    "file:participants:sheet_wrong": BROUGHT_IN,
    "file:roadmap:draft_source": BROUGHT_IN,
    "file:roadmap:programme_source": BROUGHT_IN,
    "file:roadmap:proof_file": BROUGHT_IN,
    "file:surveys:measurement_wrong": BROUGHT_IN,
    "file:surveys:change_file": NO_PEOPLE,
    "file:surveys:answer_keep": OWN_ANSWERS,
    "file:surveys:respondent_type": OWN_ANSWERS,
    "file:surveys:upload_file": ONE_BY_ONE,
    "job:monitoring-pdf": FIGURES,
    "job:monitoring-docx": FIGURES,
    "file:reports:monitoring_file": FIGURES,
    "file:reports:monitoring_figures": FIGURES,
    "file:reports:monitoring_schools_file": FIGURES,
    "job:roadmap-pdf": NO_PEOPLE,
    "job:roadmap-docx": NO_PEOPLE,
    "job:roadmap-xlsx": NO_PEOPLE,
    "file:roadmap:programme_paper_file": NO_PEOPLE,
    "file:roadmap:feed_show": NO_PEOPLE,
    "letter:digest": NO_PEOPLE,
    "file:reports:order_pdf_file": ARCHIVE,
    "file:reports:order_scan_file": ARCHIVE,
    "letter:order-in-force": ARCHIVE,
    "letter:login_code": ACCOUNT,
    "letter:invitation": ACCOUNT,
    "letter:secret_set": ACCOUNT,
    "letter:address_code": ACCOUNT,
    "letter:address_changed": ACCOUNT,
    "letter:consent-withdrawn": DUTY,
    "letter:consent-contested": DUTY,
    "letter:destruction-due": DUTY,
    "letter:file-infected": DUTY,
    "letter:agreement-asked": ANSWERER,
    "letter:survey-asked": ANSWERER,
    "letter:survey-reminder": ANSWERER,
}


@dataclass(frozen=True)
class World:
    """A school where one mentor and one mentee may be used, and another mentor and mentee no longer."""

    may: dict[Side, Enrolment]
    may_not: dict[Side, Enrolment]
    browser: Client
    by: Any

    @property
    def names(self) -> set[str]:
        return {row.person.surname for row in self.may.values()}

    @property
    def forbidden(self) -> set[str]:
        return {row.person.surname for row in self.may_not.values()}


@pytest.fixture
def world(log_in: LogIn) -> World:
    cycle = CycleFactory()
    school = cycle.programme.school
    form = MentoringFormFactory(school=school)
    rows = {
        (side, standing): cleared_enrolment(
            person=PersonFactory(school=school, surname=f"{standing}{side}"),
            cycle=cycle,
            form=form,
            **({"mentor": True} if side == Side.MENTOR else {}),
        )
        for side in Side
        for standing in ("Можнов", "Нельзин")
    }
    by = actor_of(Role.CURATOR, school)
    may_not = {side: rows[side, "Нельзин"] for side in Side}
    return World({side: rows[side, "Можнов"] for side in Side}, may_not, log_in(by), by)


def end_consents(world: World) -> None:
    for row in world.may_not.values():
        row.person.consents.update(state="expired", ended_at=timezone.now())


def base_of(world: World, side: Side) -> str:
    cycle = world.may[side].cycle
    job = write_base(school=cycle.programme.school, side=side, cycle=cycle, by=world.by)
    assert run_due_jobs() == 1
    job.refresh_from_db()
    assert job.result is not None
    book = load_workbook(BytesIO(read_file(job.result)))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def bases(world: World) -> str:
    end_consents(world)
    return base_of(world, Side.MENTEE) + base_of(world, Side.MENTOR)


def page(world: World, address: str) -> str:
    end_consents(world)
    answer = world.browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def base_pages(world: World) -> str:
    end_consents(world)
    return page(world, "/participants/bases/mentee/") + page(world, "/participants/bases/mentor/")


def order_draft(world: World) -> str:
    """A draft of an order from two approved pairs, of which one lost its consents after the approval."""
    pairs = [
        MatchFactory(school=world.by.school, mentor=rows[Side.MENTOR], mentee=rows[Side.MENTEE], approved=True)
        for rows in (world.may, world.may_not)
    ]
    end_consents(world)
    kept = []
    for pair in pairs:
        try:
            kept.append(drafted(pair, by=world.by))
        except DomainError:
            continue
    return " ".join(f"{line.mentor_text} {line.mentees_text}" for order in kept for line in order.lines.all())


def matches_proposed(world: World) -> str:
    end_consents(world)
    taken = []
    for mentor, mentee in (
        (world.may[Side.MENTOR], world.may[Side.MENTEE]),
        (world.may_not[Side.MENTOR], world.may[Side.MENTEE]),
        (world.may[Side.MENTOR], world.may_not[Side.MENTEE]),
    ):
        try:
            taken.append(propose_match(mentor=mentor, mentee=mentee, note="Просили сами", by=world.by))
        except DomainError:
            continue
    return " ".join(f"{row.mentor.person.surname} {row.mentee.person.surname}" for row in taken)


def worked_out(world: World) -> Scenario:
    """A scenario of all four, whose pairs are the two they can make."""
    mentee = world.may[Side.MENTEE]
    PairingRulesFactory(form=mentee.form, wants_ready=False)
    return propose_scenario(cycle=mentee.cycle, form=mentee.form, name="", weights=DEFAULT_WEIGHTS, by=world.by)


def scenario_pages(world: World) -> str:
    """The scenario, and the last look at its pairs before they are sent."""
    scenario = worked_out(world)
    return page(world, f"/pairs/scenarios/{scenario.pk}/") + page(world, f"/pairs/scenarios/{scenario.pk}/send/")


def protocol_printed(world: World) -> str:
    """The protocol of pairs that were sent while all four had agreed."""
    scenario = worked_out(world)
    sent = send_scenario(
        scenario=scenario,
        seen_version=scenario.version,
        mentees=[world.may[Side.MENTEE].pk, world.may_not[Side.MENTEE].pk],
        note="",
        asks=False,
        by=world.by,
    )
    end_consents(world)
    job = print_protocol(submission=sent.submission, by=world.by)
    assert run_due_jobs() == 1
    answer = world.browser.get(f"/pairs/protocols/{sent.submission.pk}/paper/{job.pk}/")
    return " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)


def published(world: World) -> str:
    """The surnames that may be shown on the school's site: all four agreed, two of the consents have ended."""
    resource = PublicResourceFactory(school=world.by.school)
    rows = [*world.may.values(), *world.may_not.values()]
    for row in rows:
        consent = ConsentFactory(person=row.person, publish=True, in_force=True)
        PublishedItemFactory(consent=consent, resource=resource, datum=Datum.NAME, is_allowed=True)
    end_consents(world)
    today = timezone.localdate()
    return " ".join(row.person.surname for row in rows if may_publish(row.person, Datum.NAME, resource, today))


def figures_of_people(world: World) -> str:
    """The figures person by person, of both sides."""
    end_consents(world)
    cycle = world.may[Side.MENTEE].cycle
    books = [
        load_workbook(BytesIO(world.browser.post(f"/surveys/changes/people/?side={side}&cycle={cycle.pk}").content))
        for side in Side
    ]
    return " ".join(str(cell.value) for book in books for sheet in book for row in sheet.iter_rows() for cell in row)


def survey_papers(job_of: Callable[..., Job], **among: str) -> Callable[[World], str]:
    """What is printed for those asked in two surveys, once some of them have no consent any more."""

    def told(world: World) -> str:
        cycle, papers = world.may[Side.MENTEE].cycle, []
        days = {"opens_on": timezone.localdate(), "closes_on": timezone.localdate()}
        open_ones = [opened(prepared(cycle, side, **days)) for side in Side]
        end_consents(world)
        for campaign in open_ones:
            job = job_of(campaign=campaign, by=world.by, **among)
            assert run_due_jobs() == 1
            page = world.browser.get(f"/surveys/papers/{job.pk}/")
            papers += [sheet.extract_text() for sheet in PdfReader(BytesIO(page.content)).pages]
        return " ".join(papers)

    return told


def survey_codes(world: World) -> str:
    return survey_papers(print_codes, class_name=world.may[Side.MENTEE].person.class_name)(world)


def answered(world: World) -> Campaign:
    """A survey with names that all four have answered, each by a sentence with his own surname."""
    campaign: Campaign = CampaignFactory(cycle=world.may[Side.MENTEE].cycle, open=True)
    for row in (*world.may.values(), *world.may_not.values()):
        respondent = RespondentFactory(campaign=campaign, enrolment=row, has_answered=True)
        response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True)
        AnswerFactory(response=response, text=f"Пишет {row.person.surname}")
    return campaign


def answers_at_once(world: World) -> str:
    campaign = answered(world)
    end_consents(world)
    address = reverse("surveys:result_export", args=(campaign.pk,))
    return cells_of(world.browser.post(address, {"names": "1"}).content)


def answers_by_the_worker(world: World) -> str:
    campaign = answered(world)
    end_consents(world)
    payload: dict[str, object] = {"campaign": campaign.pk, "names": True}
    job = jobs.start_job(key="answers", kind=ANSWERS_XLSX, payload=payload, by=world.by)
    assert run_due_jobs() == 1
    return cells_of(world.browser.get(reverse("surveys:result_file", args=(job.pk,))).content)


def cells_of(data: bytes) -> str:
    book = load_workbook(BytesIO(data))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


RULED: dict[str, Callable[[World], str]] = {
    "job:answers-xlsx": answers_by_the_worker,
    "file:surveys:result_export": answers_at_once,
    "file:surveys:result_file": answers_by_the_worker,
    "file:surveys:change_people": figures_of_people,
    "job:base-xlsx": bases,
    "file:participants:base_file": bases,
    "page:participants:base_show": base_pages,
    "job:order-pdf": order_draft,
    "job:survey-slips-pdf": survey_papers(print_slips, among=""),
    "job:survey-codes-pdf": survey_codes,
    "job:survey-sheets-pdf": survey_papers(print_sheets, among=""),
    "file:surveys:paper_file": survey_papers(print_slips, among=""),
    "page:pairing:scenario_show": scenario_pages,
    "job:pairing-protocol-pdf": protocol_printed,
    "file:pairing:submission_file": protocol_printed,
    "service:propose_match": matches_proposed,
    "service:may_publish": published,
}


@pytest.mark.parametrize("way", RULED)
def test_whoever_has_no_consent_in_force_does_not_get_out(way: str, world: World) -> None:
    told = RULED[way](world)

    assert {name for name in world.names if name in told} == world.names
    assert {name for name in world.forbidden if name in told} == set()


def test_a_consent_to_publication_opens_nothing_once_that_to_the_processing_is_withdrawn(world: World) -> None:
    resource, person = PublicResourceFactory(school=world.by.school), world.may_not[Side.MENTEE].person
    consent = ConsentFactory(person=person, publish=True, in_force=True)
    PublishedItemFactory(consent=consent, resource=resource, datum=Datum.NAME, is_allowed=True)
    today = timezone.localdate()
    before = may_publish(person, Datum.NAME, resource, today)

    withdraw_consent(consent=person.consents.get(purpose=ConsentPurpose.PROCESSING), by=world.by)

    assert (before, may_publish(person, Datum.NAME, resource, today)) == (True, False)


def test_letters_that_wait_when_a_consent_is_withdrawn_are_not_sent(post_office: PostOffice) -> None:
    school = school_with_texts()
    School.objects.filter(pk=school.pk).update(address="г. Заречный", inn="7700000001", ogrn="1027700000001")
    by = actor_of(school=school)
    person = pupil(School.objects.get(pk=school.pk))
    signed = ConsentFactory(person=person, guardian=person.guardianships.get().guardian, in_force=True)
    PublicResourceFactory(school=school)
    ask_publication(person=person, by=by)
    waiting = Notice.objects.filter(kind="consent-asked").count()

    withdraw_consent(consent=signed, by=by)
    send_due_notices()

    assert waiting == 1
    assert [letter["To"] for letter in post_office.letters if person.given_name in letter.get_content()] == []


def test_a_list_made_before_a_withdrawal_is_not_given_out_after_it(world: World) -> None:
    job = write_base(school=world.by.school, side=Side.MENTEE, cycle=world.may[Side.MENTEE].cycle, by=world.by)
    run_due_jobs()
    before = world.browser.get(reverse("participants:base_file", args=(job.pk,)))

    withdraw_consent(consent=world.may_not[Side.MENTEE].person.consents.get(), by=world.by)
    after = world.browser.get(reverse("participants:base_file", args=(job.pk,)))
    again = write_base(school=world.by.school, side=Side.MENTEE, cycle=world.may[Side.MENTEE].cycle, by=world.by)
    run_due_jobs()

    assert (before.status_code, after.status_code) == (200, 302)
    assert again.pk != job.pk
    assert world.browser.get(reverse("participants:base_file", args=(again.pk,))).status_code == 200


def ways_out() -> Iterator[str]:
    yield from (f"job:{kind}" for kind in jobs._kinds)
    yield from (f"letter:{kind}" for kind in notices._writers)
    yield from (f"file:{route.name}" for route in all_routes() if gives_a_file(route.view))


def gives_a_file(view: Callable[..., Any]) -> bool:
    """Whether the view, or a function of its module that it calls, answers with a file."""
    inner = inspect.unwrap(view)
    module = inspect.getmodule(inner)
    return isinstance(module, ModuleType) and any(GIVES_A_FILE.search(source) for source in sources(inner, module))


def sources(function: Callable[..., Any], module: ModuleType) -> Iterator[str]:
    """Its source, and that of what it calls: in its own module, and elsewhere what gives an answer."""
    source = inspect.getsource(function)
    yield source
    for name, other in vars(module).items():
        if not inspect.isfunction(other) or other is function or not re.search(rf"\b{name}\(", source):
            continue
        if other.__module__ == module.__name__ or "HttpResponse" in str(other.__annotations__.get("return")):
            yield inspect.getsource(other)


def test_every_way_out_has_the_rule_or_a_reason() -> None:
    found = set(ways_out())

    assert sorted(found - set(MAY_NAME_ANYBODY) - set(RULED)) == [], "say in one of the tables whom this way lets out"
    assert (
        sorted(way for way in {*MAY_NAME_ANYBODY, *RULED} - found if way.split(":")[0] in {"job", "letter", "file"})
        == []
    )
    assert set(MAY_NAME_ANYBODY) & set(RULED) == set()
