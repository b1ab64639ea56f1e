"""Approved pairs of a school, and orders drafted and signed the way people do it."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actors import Actor
from core.models import Role, School
from pairing.models import Match
from participants.models import Consent, Enrolment
from reports.models import Order
from reports.services.orders import LineText, attach_scan, draft_order
from tests.factories import MatchFactory, PersonFactory, SchoolFactory, actor_of, cleared_enrolment
from tests.participants.pictures import photo

SIGNED_ON, LAST_DAY = date(2026, 10, 30), date(2027, 5, 31)


def some_school(**columns: object) -> School:
    named: dict[str, object] = {
        "name": "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 2»",
        "short_name": "МБОУ СШ № 2",
        "founder": "Управление образования Луговского района",
        "place": "пос. Заречный",
        "head_post": "Директор",
        "head_name": "Озёрная Вера Павловна",
    }
    return SchoolFactory(**{**named, **columns})


def curator_of(school: School) -> Actor:
    actor = actor_of(Role.CURATOR, school)
    assert actor.user
    actor.user.surname, actor.user.given_name, actor.user.patronymic = "Берёзова", "Мария", "Евгеньевна"
    actor.user.save()
    return actor


def head_of(school: School) -> Actor:
    return actor_of(Role.ADMINISTRATOR, school)


def approved(school: School, *, like: Match | None = None, mentor: Enrolment | None = None, **columns: Any) -> Match:
    """An approved pair of the year and form of `like`, or with the mentor given."""
    if like is not None and mentor is None:
        mentor = cleared_enrolment(person__school=school, mentor=True, cycle=like.mentor.cycle, form=like.mentor.form)
    given = {"mentor": mentor} if mentor else {}
    return MatchFactory(school=school, approved=True, **given, **columns)


def mentee_like(mentor: Enrolment, **person: Any) -> Enrolment:
    """A cleared mentee of the mentor's year and form with this name."""
    row = PersonFactory(school=mentor.person.school, **person)
    return cleared_enrolment(person=row, cycle=mentor.cycle, form=mentor.form)


def drafted(*matches: Match, by: Actor | None = None, **given: Any) -> Order:
    days = {"dated_on": SIGNED_ON, "starts_on": SIGNED_ON, "ends_on": LAST_DAY}
    return draft_order(
        cycle=matches[0].mentor.cycle, matches=matches, by=by or curator_of(matches[0].school), **{**days, **given}
    )


def signed(order: Order, head: Actor | None = None) -> Order:
    """The draft with the scan of its paper."""
    return attach_scan(order=order, files=[("Приказ.jpg", photo())], by=head or head_of(order.school))


def texts_of(order: Order) -> dict[str, Any]:
    names = ("number", "dated_on", "place", "title", "preamble", "points", "signer_post", "signer_name", "familiar")
    return {name: getattr(order, name) for name in names}


def lines_as_they_are(order: Order) -> dict[int, LineText]:
    return {
        line.pk: LineText(line.mentor_text, line.mentees_text, line.form_text, line.starts_on, line.ends_on)
        for line in order.lines.all()
    }


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def rows(order: Order) -> list[tuple[str, str, str]]:
    return [(plain(line.mentor_text), plain(line.mentees_text), plain(line.form_text)) for line in order.lines.all()]


def consent_of(match: Match) -> Consent:
    return match.mentee.person.consents.get()
