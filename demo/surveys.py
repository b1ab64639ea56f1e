"""The surveys of the demo: begun, answered and closed through the services that people use, as of the days they were held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.actors import Actor, link_actor
from core.models import Role, School
from demo.answers import Speaker, answers_to
from demo.askings import Asking, Since, SurveyYear
from demo.measures import write_comparisons, write_figures
from demo.pairs import moment
from demo.reporting import write_report
from demo.years import cycle_of
from pairing.models import Match
from participants.models import Enrolment, MentoringForm
from roadmap.models import Cycle, Programme, Window
from surveys.content import Content, Kind, content_from_json
from surveys.models import (
    Answerer,
    Campaign,
    Measurement,
    QuestionnaireKind,
    QuestionnaireVersion,
    Respondent,
    Response,
    VersionState,
)
from surveys.questions import Raw
from surveys.services.answers import send_anonymous, send_response
from surveys.services.audience import fitting, respondents_of
from surveys.services.campaigns import Plan, begin_campaign, excuse_people, plan_campaign
from surveys.services.choices import people_of
from surveys.services.opening import close_campaign, open_campaign
from surveys.services.taking import take_answers

PACE = 7
"""Steps through ten by which it is not always the same person who does not answer."""
ON_PAPER = 6
"""Every so many answers were written on paper and typed in by the curator."""
NEWLY_WANTED = "Хочу встречаться вдвоём, а не в группе"
"""What those write who have no pair yet: the register does not have it."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A year of a school in which people were asked."""

    cycle: Cycle
    form: MentoringForm
    today: date
    curator: Actor

    @property
    def school(self) -> School:
        return self.cycle.programme.school

    def day(self, since: Since, days: int) -> date:
        """Never before the year began."""
        begin = {Since.TODAY: self.today, Since.START: self.cycle.starts_on, Since.END: self.cycle.ends_on}[since]
        return max(begin + timedelta(days=days), self.cycle.starts_on)


def hold_surveys(year: SurveyYear, *, programme: Programme, today: date, curator: Actor, head: Actor) -> None:
    """Everything the school has asked and measured so far, and what it has planned."""
    cycle = cycle_of(programme, today, last_year=year.last_year)
    form = MentoringForm.objects.get(school=programme.school, name=year.form)
    held = Surveyed(cycle, form, today, curator)
    for asking in year.askings:
        _hold(asking, held)
    for questionnaire, words in year.planned:
        _plan(questionnaire, words, held)
    write_figures(year.figures, cycle=cycle, today=today, curator=curator)
    write_comparisons(year.compared, cycle=cycle, curator=curator)
    if year.report:
        write_report(year.report, cycle=cycle, today=today, curator=curator, head=head)


def _hold(asking: Asking, held: Surveyed) -> None:
    first, last = held.day(asking.since, asking.first), held.day(asking.since, asking.last)
    version = _version(asking.questionnaire, held)
    plan = Plan(
        title=version.questionnaire.title,
        wave=asking.wave,
        is_anonymous=asking.is_anonymous,
        audience=_audience(version, held),
        opens_on=first,
        closes_on=max(last, held.today + DAY),
    )
    campaign = begin_campaign(cycle=held.cycle, version=version, plan=plan, by=held.curator)
    if asking.paired_only:
        excuse_people(campaign=campaign, enrolments=_unpaired(campaign), by=held.curator)
    open_campaign(campaign=campaign, by=held.curator)
    _answer(campaign, asking, held)
    if last < held.today:
        close_campaign(campaign=campaign, by=held.curator)
        if version.questionnaire.kind == QuestionnaireKind.REQUEST:
            _take(campaign, held)
    _date_back(campaign, first, last, held)


def _plan(questionnaire: str, words: str, held: Surveyed) -> None:
    """A survey that opens by itself with an activity that is still to come."""
    rows = Window.objects.filter(cycle=held.cycle, activity__text__contains=words, starts_on__gt=held.today)
    window = rows.order_by("starts_on").first()
    if window is None or window.starts_on is None or window.ends_on is None:
        return
    version = _version(questionnaire, held)
    plan = Plan(
        title=version.questionnaire.title,
        wave="",
        is_anonymous=True,
        audience=_audience(version, held),
        opens_on=window.starts_on,
        closes_on=window.ends_on,
        window=window,
    )
    campaign = begin_campaign(cycle=held.cycle, version=version, plan=plan, by=held.curator)
    plan_campaign(campaign=campaign, by=held.curator)


def _take(campaign: Campaign, held: Surveyed) -> None:
    """What the paired ones answered stands in the register; the curator has not come to the others yet."""
    unpaired = _unpaired(campaign)
    for response in Response.objects.filter(campaign=campaign).exclude(respondent__enrolment__in=unpaired):
        take_answers(response=response, ticked=(), by=held.curator)


def _version(key: str, held: Surveyed) -> QuestionnaireVersion:
    rows = QuestionnaireVersion.objects.filter(questionnaire__school=held.school, questionnaire__key=key)
    return rows.select_related("questionnaire").get(state=VersionState.PUBLISHED)


def _audience(version: QuestionnaireVersion, held: Surveyed) -> dict[str, list[object]]:
    is_staff = version.questionnaire.answerer == Answerer.STAFF
    return {
        "forms": [] if is_staff else [held.form.pk],
        "classes": [],
        "states": [],
        "roles": [Role.CURATOR.value] if is_staff else [],
    }


def _unpaired(campaign: Campaign) -> list[int]:
    paired = Match.objects.filter(mentee__cycle=campaign.cycle).exclude(state="returned").values("mentee")
    return list(fitting(campaign).exclude(pk__in=paired).values_list("pk", flat=True))


def _answer(campaign: Campaign, asking: Asking, held: Surveyed) -> None:
    rows = (
        respondents_of(campaign)
        .asked()
        .select_related("campaign__version__questionnaire", "campaign__cycle__programme__school")
    )
    found = list(rows)
    content = content_from_json(campaign.version.content)
    bring = _Brought(content, found)
    for place, row in enumerate(found):
        if place * PACE % 10 < asking.tenths:
            raw = answers_to(content, Speaker(_name(row), campaign.version.questionnaire.kind, bring.own(row, place)))
            _send(row, content, raw, is_typed=place % ON_PAPER == ON_PAPER - 1, held=held)


def _send(row: Respondent, content: Content, raw: Raw, *, is_typed: bool, held: Surveyed) -> None:
    if row.campaign.is_anonymous:
        send_anonymous(respondent=row, content=content, raw=raw)
    elif row.membership or is_typed:
        send_response(respondent=row, content=content, raw=raw, for_other=not row.membership, by=held.curator)
    else:
        by = link_actor(f"respondent:{row.pk}", held.school)
        send_response(respondent=row, content=content, raw=raw, by=by)


def _name(row: Respondent) -> str:
    """What tells him from others, at the entry and at the exit."""
    return row.enrolment.person.full_name if row.enrolment else str(row.membership_id)


class _Brought:
    """Answers that people bring along: what stands in their profile, and whom they want to work with."""

    def __init__(self, content: Content, rows: Sequence[Respondent]) -> None:
        areas = content.question("areas")
        self.areas = {option.text: option.key for option in areas.options} if areas else {}
        people = next((question for question in content.questions() if question.kind is Kind.PEOPLE), None)
        self.key = people.key if people else ""
        self.known = list(people_of(rows[0], content)[people.side]) if people and rows else []
        self.partners = dict(_partners(rows)) if people or areas else {}

    def own(self, row: Respondent, place: int) -> dict[str, list[str]]:
        if row.enrolment is None:
            return {}
        if self.known:
            return {self.key: [str(key) for key in self._preferred(row.enrolment.pk, place)]}
        return self._profile(row.enrolment) if self.areas else {}

    def _preferred(self, part: int, place: int) -> list[int]:
        """Mostly the one he came together with, now and then in the second place."""
        partner = [key for key in (self.partners.get(part),) if key in self.known]
        others = [self.known[(place * PACE + step) % len(self.known)] for step in (1, 4)]
        ordered = [*partner, *others] if place % 4 else [others[0], *partner, others[1]]
        return list(dict.fromkeys(ordered))

    def _profile(self, part: Enrolment) -> dict[str, list[str]]:
        areas = [self.areas[area.name] for area in part.areas.all() if area.name in self.areas]
        return {
            "request": [part.request],
            "areas": areas or list(self.areas.values())[:1],
            "wanted_help": [part.wanted_help if part.pk in self.partners else part.wanted_help or NEWLY_WANTED],
            "interests": [part.interests],
            "available": [f"h{hour}" for hour in part.available],
        }


def _partners(rows: Sequence[Respondent]) -> Iterator[tuple[int, int]]:
    for match in Match.objects.filter(mentee__cycle=rows[0].campaign.cycle_id if rows else None):
        yield match.mentee_id, match.mentor_id
        yield match.mentor_id, match.mentee_id


def _date_back(campaign: Campaign, first: date, last: date, held: Surveyed) -> None:
    """It was all held on its days, not today: the services know no other day than today's."""
    until = min(last, held.today - DAY)
    closed = {"closed_at": moment(until, 20, held.school)} if last < held.today else {}
    rows = Campaign.objects.filter(pk=campaign.pk)
    rows.update(opens_on=first, closes_on=last, opened_at=moment(first, 9, held.school), **closed)
    Respondent.objects.filter(campaign=campaign, asked_at__isnull=False).update(asked_at=moment(first, 9, held.school))
    responses = list(campaign.responses.filter(respondent__isnull=False))
    for place, row in enumerate(responses):
        day = first + timedelta(days=place * 3 % ((until - first).days + 1))
        row.sent_at = moment(day, 10 + place % 8, held.school) + timedelta(minutes=place * 17 % 40)
        row.began_at = row.sent_at - timedelta(minutes=4 + place % 9)
        row.taken_at = row.taken_at and moment(until, 16, held.school)
    Response.objects.bulk_update(responses, ("sent_at", "began_at", "taken_at"))
    sent = {row.pk: row.sent_at for row in responses}
    figures = list(Measurement.objects.filter(response__in=sent))
    for figure in figures:
        moment_sent = sent[figure.response_id or 0]
        assert moment_sent
        figure.entered_at, figure.measured_on = moment_sent, moment_sent.date()
    Measurement.objects.bulk_update(figures, ("entered_at", "measured_on"))
