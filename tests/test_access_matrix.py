"""R13: who may open what. The matrix is made from the URL resolver, so that no page can be forgotten.

Every route, every method, every kind of person, his own school's row, another school's, one that is not there.
"""

from __future__ import annotations

import itertools
import logging
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve
from django.urls.resolvers import RoutePattern

from core.access import AccessRule, Door
from core.actors import NOBODY, Actor, ActorKind, user_actor
from core.models import JobState, Role, School
from pairing.services.protocols import PROTOCOL_PDF
from participants.models import Consent, PersonalLink
from participants.services.bases import BASE_XLSX
from participants.services.holdings import HOLDINGS_PDF
from participants.services.mine import consents_to_sign, people_of
from participants.services.slip_sheets import SLIPS_PDF
from reports.models import MonitoringReport
from reports.services.monitoring.papers import MONITORING
from reports.services.papers import ORDER_PDF
from roadmap.services.papers import ROADMAP_PDF
from surveys.models import Campaign, QuestionnaireVersion
from surveys.services.arriving import asked_of
from surveys.services.exports import ANSWERS_XLSX
from surveys.services.progress import in_sight
from surveys.services.slips import SURVEY_SLIPS
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    AnswerFactory,
    AreaFactory,
    CalendarFeedFactory,
    CampaignFactory,
    CardFactory,
    ChangeFactory,
    ChargeFactory,
    ClassDoorFactory,
    ComparisonGroupFactory,
    ConsentFactory,
    ConsentPageFactory,
    ConsentTextFactory,
    CycleFactory,
    DestructionFactory,
    DraftFactory,
    DraftPageFactory,
    EnrolmentFactory,
    GatheringFactory,
    GuardianshipFactory,
    InterviewFactory,
    InvitationFactory,
    JobFactory,
    MatchFactory,
    MembershipFactory,
    MentoringFormFactory,
    MonitoringReportFactory,
    OrderFactory,
    ParameterFactory,
    PeopleSheetFactory,
    PersonalLinkFactory,
    PersonFactory,
    PileFactory,
    PilePageFactory,
    ProgrammeFactory,
    ProofFactory,
    PublicResourceFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    ResponseFactory,
    ScenarioFactory,
    ScenarioPairFactory,
    SchoolFactory,
    StoredFileFactory,
    SubmissionFactory,
    ThirdPartyNoteFactory,
    TrainingFactory,
    UserFactory,
    VersionFactory,
    WindowFactory,
    actor_of,
    cleared_enrolment,
    installation_admin,
)
from tests.families import come_by_link, family_of, new_family

METHODS = ("GET", "POST", "PUT", "DELETE")
FROM_PAGES = ("GET", "POST")
"""The methods that links and forms send."""
OPEN_TO_ANYONE = {
    "accounts:card_open",
    "accounts:card_use",
    "accounts:invitation_accept",
    "accounts:invitation_open",
    "accounts:language_set",
    "accounts:log_out",
    "accounts:start",
    "accounts:start_school",
    "account_confirm_login_code",
    "account_login",
    "account_request_login_code",
    "core:healthz",
    "roadmap:feed_show",
    "participants:link_open",
    "participants:link_prove",
    "surveys:class_code",
    "surveys:class_enter",
    "surveys:answer_open",
    "surveys:answer_shut",
    "surveys:answer_thanks",
    "surveys:answer_prove",
    "surveys:answer_start",
    "surveys:answer_section",
    "surveys:answer_keep",
    "surveys:answer_check",
    "surveys:answer_whole",
    "surveys:answer_done",
}
BARE = {
    "accounts:start": 404,  # there is a school already
    "accounts:start_school": 302,
    "accounts:card_use": 404,  # no card or invitation was opened before
    "accounts:invitation_accept": 404,
    "accounts:role_switch": 404,  # no role is named
    "participants:link_prove": 404,
    "surveys:class_code": 404,
    "surveys:answer_shut": 404,  # no survey was opened before
    "surveys:answer_thanks": 404,
    "surveys:measurement_rows": 404,  # no sheet was brought before
    "surveys:measurement_write": 404,
    "surveys:measurement_wrong": 404,
}
"""What those who may come in get from a page that needs more than its address."""


# ---------------------------------------------------------------- what stands in the addresses


@dataclass(frozen=True)
class Thing:
    """What a part of an address names: how one is made in a school, its key, and who sees it."""

    make: Callable[[School], Any]
    key: Callable[[Any], object] = lambda row: row.pk
    is_seen: Callable[[Actor, Any], bool] = lambda actor, row: bool(
        type(row).objects.visible_to(actor).filter(pk=row.pk)
    )


def programme_with_source(school: School) -> Any:
    return ProgrammeFactory(school=school, source=StoredFileFactory(school=school))


def mentee_of_a_scenario(school: School) -> Any:
    """A mentee of the first scenario made for this matrix that has none yet."""
    return ScenarioPairFactory(scenario=school.scenarios.filter(pairs=None).order_by("pk")[0]).mentee


def printed_job(school: School) -> Any:
    """The finished printing of the programme made last for this matrix."""
    return JobFactory(
        school=school,
        kind=ROADMAP_PDF,
        payload={"programme": school.programmes.exclude(source=None).order_by("-pk")[0].pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def approved_version(school: School) -> Any:
    """A version of the programme made last for this matrix."""
    return VersionFactory(programme=school.programmes.order_by("-pk")[0])


def signed_consent(school: School) -> Consent:
    """A guardian's consent, whose form was printed."""
    consent = family_of(school).consent
    consent.paper = StoredFileFactory(school=school)
    consent.save()
    return consent


def signs(actor: Actor, consent: Consent) -> bool:
    return consents_to_sign(actor).filter(pk=consent.pk).exists()


def printed_order(school: School) -> Any:
    """The finished printing of the order made last for this matrix."""
    return JobFactory(
        school=school,
        kind=ORDER_PDF,
        payload={"order": school.orders.order_by("-pk")[0].pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def printed_report(school: School) -> Any:
    """The finished printing of the monitoring report made last for this matrix."""
    report = MonitoringReport.objects.filter(cycle__programme__school=school).order_by("-pk")[0]
    return JobFactory(
        school=school,
        kind=MONITORING["pdf"],
        payload={"report": report.pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def printed_protocol(school: School) -> Any:
    """The finished printing of the protocol made last for this matrix."""
    return JobFactory(
        school=school,
        kind=PROTOCOL_PDF,
        payload={"submission": school.submissions.order_by("-pk")[0].pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def written_base(school: School) -> Any:
    """A finished writing of the register of mentees."""
    return JobFactory(
        school=school,
        kind=BASE_XLSX,
        payload={"side": "mentee", "cycle": CycleFactory(programme__school=school).pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def held_person(school: School) -> Any:
    return PersonFactory(school=school, given_name="Матвей")


def printed_holdings(school: School) -> Any:
    """The finished printing of what is held on the person made last for this matrix."""
    return JobFactory(
        school=school,
        kind=HOLDINGS_PDF,
        payload={"person": school.people.filter(given_name="Матвей").order_by("-pk")[0].pk},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def asked_mentee(school: School) -> Any:
    """The mentee of the family, asked in a campaign that is open."""
    part = family_of(school).place.mentee
    return RespondentFactory(campaign=CampaignFactory(cycle=part.cycle, open=True), enrolment=part)


def campaign_in_words(school: School) -> Any:
    """A survey whose question in words no other survey has."""
    campaign = CampaignFactory(cycle__programme__school=school, open=True, title="In words")
    question = {"key": f"w{campaign.pk}", "kind": "long", "text": "?", "longest": 100}
    campaign.version.content = {"sections": [{"key": "s1", "questions": [question]}]}
    campaign.version.save()
    return campaign


def question_in_words(school: School) -> str:
    """The question of the newest of them."""
    newest = Campaign.objects.filter(cycle__programme__school=school, title="In words").latest("pk")
    return f"w{newest.pk}"


def sent_response(school: School) -> Any:
    """The answers of a mentee whose consent is in force."""
    respondent = RespondentFactory(
        campaign__cycle__programme__school=school, enrolment=cleared_enrolment(person__school=school)
    )
    return ResponseFactory(campaign=respondent.campaign, respondent=respondent, sent=True)


def printed_slips(school: School, kind: str = SLIPS_PDF) -> Any:
    """The finished printing of slips for a class, by the school's curator."""
    return JobFactory(
        school=school,
        user=actor_of(Role.CURATOR, school).user,
        kind=kind,
        payload={"people": []},
        state=JobState.DONE,
        finished_at=school.created_at,
        result=StoredFileFactory(school=school),
    )


def token_of(factory: Any, school: School) -> str:
    """The token of a new link of the school."""
    token = secrets.token_urlsafe(32)
    factory(school=school, token=token)
    return token


def drafted_version(school: School) -> QuestionnaireVersion:
    """A draft with one section and one question, whose keys no other draft has."""
    row = QuestionnaireVersionFactory(questionnaire__school=school)
    question = {"key": f"q{row.pk}", "kind": "long", "text": "Чего не хватило?"}
    row.content = {"sections": [{"key": f"s{row.pk}", "questions": [question]}]}
    row.save()
    return row


def part_of_draft(letter: str) -> Callable[[School], str]:
    """The key of the section or the question of the draft that was made just before."""
    rows = QuestionnaireVersion.objects.order_by("-pk")
    return lambda school: f"{letter}{rows.filter(questionnaire__school=school)[0].pk}"


THINGS: dict[str, Thing] = {
    "core:job.pk": Thing(lambda school: JobFactory(school=school, kind=ROADMAP_PDF, payload={"programme": 1})),
    "accounts:enter.membership": Thing(
        lambda school: MembershipFactory(school=school), is_seen=lambda actor, row: row.user_id == actor.user_id
    ),
    "accounts:member.pk": Thing(lambda school: MembershipFactory(school=school, role=Role.PSYCHOLOGIST)),
    "accounts:invitation.pk": Thing(lambda school: InvitationFactory(school=school)),
    "accounts:invitation.token": Thing(lambda school: token_of(InvitationFactory, school), key=str),
    "accounts:card.token": Thing(lambda school: token_of(CardFactory, school), key=str),
    "accounts:school.pk": Thing(lambda school: school),
    "roadmap:programme.pk": Thing(programme_with_source),
    "roadmap:programme.job": Thing(printed_job),
    "roadmap:blueprint.key": Thing(lambda school: "student", key=str, is_seen=lambda actor, key: True),
    "roadmap:version.programme": Thing(lambda school: ProgrammeFactory(school=school)),
    "roadmap:version.old": Thing(approved_version),
    "roadmap:version.new": Thing(approved_version),
    "roadmap:draft.pk": Thing(lambda school: DraftFactory(school=school)),
    "roadmap:activity.pk": Thing(lambda school: ActivityFactory(stage__programme__school=school)),
    "roadmap:change.pk": Thing(lambda school: ChangeFactory(programme__school=school)),
    "roadmap:feed.pk": Thing(
        lambda school: CalendarFeedFactory(school=school), is_seen=lambda actor, row: row.user_id == actor.user_id
    ),
    "roadmap:feed.token": Thing(
        lambda school: token_of(partial(CalendarFeedFactory, user=actor_of(Role.CURATOR, school).user), school),
        key=str,
        is_seen=lambda actor, token: True,
    ),
    "roadmap:stage.pk": Thing(lambda school: WindowFactory(activity__stage__programme__school=school).activity.stage),
    "roadmap:proof.pk": Thing(lambda school: ProofFactory(window__activity__stage__programme__school=school)),
    "roadmap:window.pk": Thing(
        lambda school: WindowFactory(activity__stage__programme__school=school, done=school.pk % 2 == 0)
    ),
    "surveys:questionnaire.pk": Thing(lambda school: drafted_version(school).questionnaire),
    **{f"surveys:{noun}.pk": Thing(drafted_version) for noun in ("version", "builder", "end", "section")},
    "surveys:section.key": Thing(part_of_draft("s"), key=str, is_seen=lambda actor, key: True),
    "surveys:question.pk": Thing(drafted_version),
    "surveys:question.section": Thing(part_of_draft("s"), key=str, is_seen=lambda actor, key: True),
    "surveys:question.key": Thing(part_of_draft("q"), key=str, is_seen=lambda actor, key: True),
    "surveys:campaign.pk": Thing(lambda school: CampaignFactory(cycle__programme__school=school)),
    "surveys:progress.pk": Thing(
        lambda school: RespondentFactory(campaign__cycle__programme__school=school).campaign,
        is_seen=lambda actor, row: in_sight(row, actor).exists(),
    ),
    "surveys:respondent.pk": Thing(lambda school: RespondentFactory(campaign__cycle__programme__school=school)),
    "surveys:answer.pk": Thing(
        lambda school: RespondentFactory(
            campaign__cycle=family_of(school).place.mentee.cycle, enrolment=family_of(school).place.mentee
        ),
        is_seen=lambda actor, row: asked_of(actor).filter(pk=row.pk).exists(),
    ),
    "surveys:answer.token": Thing(lambda school: "y" * 43, key=str),
    "surveys:ward.pk": Thing(
        asked_mentee, is_seen=lambda actor, row: people_of(actor).filter(pk=row.enrolment.person_id).exists()
    ),
    "surveys:paper.job": Thing(
        partial(printed_slips, kind=SURVEY_SLIPS), is_seen=lambda actor, row: row.user_id == actor.user_id
    ),
    "surveys:class.token": Thing(
        lambda school: ClassDoorFactory(campaign__cycle__programme__school=school).token_hash, key=str
    ),
    "surveys:result.pk": Thing(campaign_in_words),
    "surveys:response.pk": Thing(sent_response),
    "surveys:upload.pk": Thing(
        lambda school: AnswerFactory(response=sent_response(school), text="", file=StoredFileFactory(school=school))
    ),
    "surveys:result.job": Thing(
        partial(printed_slips, kind=ANSWERS_XLSX), is_seen=lambda actor, row: row.user_id == actor.user_id
    ),
    "surveys:result.question": Thing(question_in_words, key=str, is_seen=lambda actor, key: True),
    "surveys:parameter.pk": Thing(lambda school: ParameterFactory(school=school)),
    "surveys:change.pk": Thing(lambda school: ComparisonGroupFactory(cycle__programme__school=school).parameter),
    "surveys:comparison.pk": Thing(lambda school: ComparisonGroupFactory(cycle__programme__school=school)),
    "pairing:scenario.pk": Thing(lambda school: ScenarioFactory(school=school)),
    "pairing:scenario.mentee": Thing(mentee_of_a_scenario),
    "pairing:weights.pk": Thing(lambda school: MentoringFormFactory(school=school)),
    "pairing:match.pk": Thing(lambda school: MatchFactory(school=school, returned=school.pk % 2 == 0)),
    "pairing:submission.pk": Thing(lambda school: SubmissionFactory(school=school)),
    "pairing:submission.job": Thing(printed_protocol),
    "pairing:agreement.pk": Thing(lambda school: AgreementFactory(match__school=school)),
    "pairing:gathering.pk": Thing(lambda school: GatheringFactory(school=school)),
    "pairing:mentorship.pk": Thing(lambda school: family_of(school).mentorship),
    "pairing:meeting.pk": Thing(lambda school: family_of(school).meeting),
    "participants:person.pk": Thing(lambda school: PersonFactory(school=school)),
    "participants:charge.pk": Thing(
        lambda school: MembershipFactory(school=school, role=Role.CLASS_TEACHER),
        is_seen=lambda actor, row: row.school_id == actor.school_id,
    ),
    "participants:pupil.pk": Thing(lambda school: ChargeFactory(membership__school=school, single=True).person),
    "participants:note.enrolment": Thing(lambda school: EnrolmentFactory(person__school=school)),
    "participants:note.pk": Thing(lambda school: ThirdPartyNoteFactory(enrolment__person__school=school)),
    "participants:merge.pk": Thing(lambda school: PersonFactory(school=school)),
    "participants:guardian.person": Thing(lambda school: PersonFactory(school=school)),
    "participants:guardian.pk": Thing(lambda school: GuardianshipFactory(minor__school=school)),
    "participants:enrolment.pk": Thing(lambda school: EnrolmentFactory(person__school=school)),
    "participants:interview.enrolment": Thing(lambda school: EnrolmentFactory(person__school=school, mentor=True)),
    "participants:interview.pk": Thing(lambda school: InterviewFactory(enrolment__person__school=school)),
    "participants:training.pk": Thing(lambda school: TrainingFactory(cycle__programme__school=school)),
    "participants:area.pk": Thing(lambda school: AreaFactory(school=school)),
    "participants:form.pk": Thing(lambda school: MentoringFormFactory(school=school)),
    "participants:consent.pk": Thing(lambda school: ConsentFactory(person__school=school, in_force=school.pk % 2 == 0)),
    "participants:consent.person": Thing(lambda school: PersonFactory(school=school)),
    "participants:link.token": Thing(
        lambda school: token_of(partial(PersonalLinkFactory, person__school=school), school), key=str
    ),
    "participants:mine.pk": Thing(signed_consent, is_seen=signs),
    "participants:mine.page": Thing(
        lambda school: ConsentPageFactory(consent=signed_consent(school)),
        is_seen=lambda actor, row: signs(actor, row.consent),
    ),
    "participants:mine.draft": Thing(
        lambda school: DraftPageFactory(consent=signed_consent(school)),
        is_seen=lambda actor, row: signs(actor, row.consent),
    ),
    "participants:link.pk": Thing(lambda school: PersonalLinkFactory(person__school=school)),
    "participants:base.side": Thing(lambda school: "mentee", key=str, is_seen=lambda actor, key: True),
    "participants:base.job": Thing(written_base),
    "participants:pile.pk": Thing(lambda school: PileFactory(school=school, read=True)),
    "participants:slipsheet.job": Thing(printed_slips, is_seen=lambda actor, row: row.user_id == actor.user_id),
    "participants:pilepage.pk": Thing(lambda school: PilePageFactory(pile__school=school)),
    "participants:sheet.pk": Thing(lambda school: PeopleSheetFactory(school=school, compared=True)),
    "participants:text.pk": Thing(lambda school: ConsentTextFactory(school=school)),
    "participants:publication.pk": Thing(
        lambda school: ConsentFactory(person__school=school, publish=True, in_force=school.pk % 2 == 0)
    ),
    "participants:resource.pk": Thing(lambda school: PublicResourceFactory(school=school)),
    "participants:page.pk": Thing(lambda school: ConsentPageFactory(consent__person__school=school)),
    "participants:destruction.pk": Thing(
        lambda school: DestructionFactory(person__school=school, done=school.pk % 2 == 0)
    ),
    "participants:destruction.person": Thing(lambda school: PersonFactory(school=school)),
    "participants:holdings.pk": Thing(held_person),
    "participants:holdings.job": Thing(printed_holdings),
    "reports:order.pk": Thing(lambda school: OrderFactory(school=school, scan=StoredFileFactory(school=school))),
    "reports:order.job": Thing(printed_order),
    "reports:monitoring.pk": Thing(lambda school: MonitoringReportFactory(cycle__programme__school=school)),
    "reports:monitoring.job": Thing(printed_report),
}
"""By `app:noun.kwarg`, where the noun is the first word of the route's name."""


# ---------------------------------------------------------------- routes


@dataclass(frozen=True)
class Route:
    """One address of the product."""

    name: str
    template: str
    kwargs: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def rule(self) -> AccessRule | None:
        return getattr(self.view, "access_rule", None)

    def thing(self, kwarg: str) -> str:
        noun = self.name.removesuffix("_open").split("_")[0]
        return f"{noun}.{kwarg}"

    def address(self, values: dict[str, object]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.template)


def routes_of(patterns: list[Any], before: str = "", namespace: str = "") -> Iterator[Route]:
    """Every route below these patterns; includes are followed."""
    for pattern in patterns:
        assert isinstance(pattern.pattern, RoutePattern), f"{pattern}: only path() can be taken apart"
        template = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes_of(pattern.url_patterns, template, inner)
        else:
            assert isinstance(pattern, URLPattern)
            yield Route(f"{namespace}{pattern.name}", template, tuple(pattern.pattern.converters), pattern.callback)


def all_routes() -> list[Route]:
    return list(routes_of(get_resolver(settings.ROOT_URLCONF).url_patterns))


def without_rule(routes: list[Route]) -> list[str]:
    return [route.name for route in routes if not isinstance(route.rule, AccessRule)]


def without_thing(routes: list[Route]) -> list[str]:
    """The parts of addresses that the matrix could not fill in."""
    named = (route.thing(kwarg) for route in routes for kwarg in route.kwargs)
    return sorted({thing for thing in named if thing not in THINGS})


def undeclared(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("open to everyone by mistake")


def test_every_route_declares_who_may_come_in() -> None:
    assert without_rule(all_routes()) == []


def test_a_route_without_a_rule_is_found() -> None:
    forgotten = path("forgotten/<int:pk>/", undeclared, name="forgotten_show")

    routes = list(routes_of([*get_resolver(settings.ROOT_URLCONF).url_patterns, forgotten]))

    assert without_rule(routes) == ["forgotten_show"]
    assert set(without_thing(routes)) - set(without_thing(all_routes())) == {"forgotten.pk"}


def test_every_part_of_an_address_can_be_filled_in() -> None:
    assert without_thing(all_routes()) == [], "add to THINGS what the part names, as `app:noun.kwarg`"


def test_only_these_pages_are_open_to_anyone() -> None:
    routes = [route for route in all_routes() if route.rule and Door.ANYONE in route.rule.who]

    assert {route.name for route in routes} == OPEN_TO_ANYONE


# ---------------------------------------------------------------- the matrix


@dataclass
class Visitor:
    """One kind of person with a browser he is logged in with."""

    label: str
    actor: Actor
    client: Client

    def __post_init__(self) -> None:
        if self.actor.user:
            self.client.force_login(self.actor.user)
            session = self.client.session
            session["membership"] = self.actor.membership.pk if self.actor.membership else None
            # Who was seen just now is not noted again; here the note would be rolled back and made at every request.
            session["since"] = session["seen"] = int(time.time()) + 3600
            session.save()
        if self.actor.kind is ActorKind.LINK:
            come_by_link(self.client, PersonalLink.objects.get(pk=self.actor.link_key("personallink")))
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, address: str) -> Any:
        """One request, of which nothing remains: neither rows nor cookies."""
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            answer = self.client.generic(method, address)
            transaction.set_rollback(True)
        return answer

    def knock(self, method: str, address: str) -> Any:
        """What the door of the view says: it is the outermost part of it, and no page sends such a method."""
        found, request = resolve(address), RequestFactory().generic(method, address)
        request.actor = self.actor  # type: ignore[attr-defined]
        try:
            return found.func(request, *found.args, **found.kwargs)
        except PermissionDenied:
            return HttpResponseForbidden()


def browser() -> Client:
    """One that takes a failure of the server for an answer, as a person's does."""
    return Client(raise_request_exception=False)


OWN, SAME, OTHER, MISSING = "own", "another's of the school", "other school's", "missing"


@dataclass
class World:
    """Two schools with everyone who could come, one of each thing, and a second of each in the first school."""

    here: School
    rows: dict[str, dict[str, Any]]
    visitors: list[Visitor]
    known: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def is_seen(self, visitor: Visitor, thing: str, which: str) -> bool:
        """Whether the visitor may see it, which no request changes, for nothing remains of them."""
        asked = visitor.label, thing, which
        if asked not in self.known:
            self.known[asked] = self.may_see(visitor.actor, thing, which)
        return self.known[asked]

    def may_see(self, actor: Actor, thing: str, which: str) -> bool:
        """Whether the actor may see it; a link that opens nothing has a page of its own, which anyone sees.

        A calendar is read by programs: an address that shows nothing is not there.
        """
        if thing.endswith(".token") and thing != "roadmap:feed.token":
            return True
        return which in self.rows[thing] and THINGS[thing].is_seen(actor, self.rows[thing][which])

    def keys(self, thing: str) -> dict[str, object]:
        """What stands in the address for each row, and for one that is not there."""
        keys = {which: THINGS[thing].key(row) for which, row in self.rows[thing].items()}
        return keys | {MISSING: 10**9 if isinstance(keys[OTHER], int) else "x" * len(str(keys[OTHER]))}


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Thousands of refusals are what this test is about; nobody wants to read each in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world() -> World:
    here, there = SchoolFactory(), SchoolFactory()
    visitors = [
        Visitor("anonymous", NOBODY, browser()),
        Visitor("without a role", user_actor(UserFactory(), []), browser()),
        Visitor("installation's administrator", installation_admin(), browser()),
    ]
    rows: dict[str, dict[str, Any]] = {name: {} for name in THINGS}
    for which, school in ((OWN, here), (OTHER, there)):
        family, where = family_of(school), "here" if which == OWN else "elsewhere"
        visitors += [Visitor(f"{role} {where}", family.actor_in(role), browser()) for role in Role]
        visitors.append(Visitor(f"guardian by link {where}", family.holder, browser()))
        fill(rows, which, school)
    new_family(here)
    fill(rows, SAME, here)
    return World(here, rows, visitors)


def fill(rows: dict[str, dict[str, Any]], which: str, school: School) -> None:
    """Make one of each thing in the school; what belongs to a family belongs to the school's newest."""
    for name, thing in THINGS.items():
        rows[name][which] = thing.make(school)


def body(answer: Any, address: str) -> bytes:
    """The page without what differs between any two answers: the token against forgery, the address itself."""
    plain = re.sub(rb'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', b"", answer.content)
    return plain.replace(address.encode(), b"ADDRESS")


def verdict(route: Route, visitor: Visitor, method: str, is_seen: bool) -> set[int]:
    """The statuses that are right."""
    assert route.rule
    if not route.rule.admits(visitor.actor):
        return {302} if visitor.actor is NOBODY else {403}
    if method not in route.rule.methods:
        return {405}
    if route.name in BARE:
        return {BARE[route.name]}
    return {200, 302, 400, 409} if is_seen else {404}


def check(route: Route, world: World) -> Iterator[str]:
    """Ask for one route in every way; a line for each answer, empty where it is right."""
    for visitor, method in itertools.product(world.visitors, METHODS):
        pages: dict[bytes, str] = {}
        ask = visitor.ask if method in FROM_PAGES or is_let_in(route, visitor, method) else visitor.knock
        for which in rows_to_ask_for(route, visitor, method):
            parts = [(kwarg, route.thing(kwarg), one) for kwarg, one in zip(route.kwargs, which, strict=True)]
            address = route.address({kwarg: world.keys(thing)[one] for kwarg, thing, one in parts})
            is_seen = len(set(which)) <= 1 and all(world.is_seen(visitor, thing, one) for _, thing, one in parts)
            answer = ask(method, address)
            yield fault(
                answer, verdict(route, visitor, method, is_seen), f"{visitor.label}: {method} {route.name} {which}"
            )
            if answer.status_code == 404:
                pages[body(answer, address)] = str(which)
        if len(pages) > 1:
            yield f"{visitor.label}: {method} {route.name} tells apart {list(pages.values())}"


def is_let_in(route: Route, visitor: Visitor, method: str) -> bool:
    assert route.rule
    return route.rule.admits(visitor.actor) and method in route.rule.methods


def rows_to_ask_for(route: Route, visitor: Visitor, method: str) -> Iterator[tuple[str, ...]]:
    """Every row for whoever gets past the door; at the door nobody has looked at the address yet: any one row.

    Of an address of several parts all are of one row, or one of them is another's.
    """
    rows = (OWN, SAME, OTHER, MISSING) if is_let_in(route, visitor, method) else (OWN,)
    for which in itertools.product(rows, repeat=len(route.kwargs)):
        if len(set(which)) <= 1 or sum(one != OWN for one in which) == 1:
            yield which


def fault(answer: Any, right: set[int], what: str) -> str:
    return "" if answer.status_code in right else f"{what} gave {answer.status_code}, not {sorted(right)}"


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet", "plain_pages")
def test_a_stranger_is_sent_to_the_login_page_and_back(world: World) -> None:
    for route in all_routes():
        assert route.rule
        if not route.rule.admits(NOBODY):
            address = route.address({kwarg: world.keys(route.thing(kwarg))[OWN] for kwarg in route.kwargs})

            assert world.visitors[0].ask("GET", address)["Location"] == f"/log-in/?next={address}"


@pytest.mark.django_db
@pytest.mark.usefixtures("_quiet", "plain_pages")
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_everyone_gets_what_the_rules_say_and_nothing_of_another_school(world: World, where: str) -> None:
    world.visitors = [
        visitor for visitor in world.visitors if visitor.label.endswith("elsewhere") == (where == "elsewhere")
    ]
    began, checks, routes = time.monotonic(), Counter[str](), all_routes()
    wrong: list[str] = []

    for route in routes:
        for line in check(route, world):
            checks[route.name] += 1
            wrong += [line] if line else []

    seconds = time.monotonic() - began
    print(
        f"access: {checks.total()} checks of {len(routes)} routes by {len(world.visitors)} visitors in {seconds:.0f} s, {len(wrong)} wrong"
    )
    assert wrong == []
    assert checks.total() >= 4000
