"""The list of an order: mentors with their mentees, in the words of the paper, and what speaks against a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from pairing.models import Match, MatchState
from participants.models import TAKING_PART, Enrolment, Person
from reports.models import Order, OrderLine, OrderState
from reports.papers.wording import name_of_form

SIDES = ("mentor__person", "mentor__form", "mentee__person")


def add_lines(order: Order, matches: Iterable[Match], starts_on: date, ends_on: date) -> None:
    """Write the list: one line for each mentor in a form, by name."""
    rows = sorted(
        matches, key=lambda row: (row.mentor.person.sort_key, row.mentor_id, row.mentee.person.sort_key, row.pk)
    )
    for place, (_mentor, group) in enumerate(groupby(rows, key=lambda row: row.mentor_id), 1):
        of_one = list(group)
        line = OrderLine.objects.create(
            order=order,
            place=place,
            mentor_text=entry(of_one[0].mentor.person),
            starts_on=starts_on,
            ends_on=ends_on,
            **texts_of_group(of_one),
        )
        line.matches.set(of_one)


def texts_of_group(matches: Sequence[Match]) -> dict[str, str]:
    """The columns of a line that depend on who the mentees are."""
    return {
        "mentees_text": "; ".join(entry(row.mentee.person) for row in matches),
        "form_text": name_of_form(matches[0].mentor.form.name, len(matches)),
    }


def entry(person: Person) -> str:
    """«Орлова Анна Сергеевна, 10 «А» класс»"""
    return ", ".join(filter(None, (person.full_name, person.place)))


def leave_out(line: OrderLine, gone: Iterable[Match]) -> None:
    """Take these matches off a line of a draft: its words follow, and it goes with its last match."""
    line.matches.remove(*gone)
    left = list(line.matches.select_related(*SIDES).order_by("mentee__person__sort_key", "pk"))
    if not left:
        line.delete()
        return
    for column, text in texts_of_group(left).items():
        setattr(line, column, text)
    line.save(update_fields=("mentees_text", "form_text"))


def lines_of(order: Order) -> list[OrderLine]:
    """The list with the matches behind each line, in two queries; `order.lines` need not be read again."""
    matches = Match.objects.select_related(*SIDES, "mentor__person__user").order_by("mentee__person__sort_key", "pk")
    prefetch_related_objects(
        [order], Prefetch("lines", OrderLine.objects.prefetch_related(Prefetch("matches", matches)))
    )
    return list(order.lines.all())


def faults_of(lines: Sequence[OrderLine], today: date) -> list[str]:
    """«строка 3: …»: what keeps a draft with these lines from being put in force; one query."""
    found = against((match for line in lines for match in line.matches.all()), today)
    return [
        _("line %(number)s: %(reason)s") % {"number": number, "reason": reason}
        for number, line in enumerate(lines, 1)
        for match in line.matches.all()
        for reason in found.get(match.pk, ())
    ]


def ordered_already() -> QuerySet[OrderLine]:
    """The lines of drafts and of orders in force; a match stands on one of them at most."""
    return OrderLine.objects.exclude(order__state=OrderState.CANCELLED)


def against(matches: Iterable[Match], today: date) -> dict[int, list[str]]:
    """In words why these matches can not stand in an order now, by key; those with nothing against them are left out.

    The words are for a draft: an order in force has used its matches up.
    """
    rows = list(matches)
    sides = {key for row in rows for key in (row.mentor_id, row.mentee_id)}
    cleared = set(Enrolment.objects.cleared(today).filter(pk__in=sides).values_list("pk", flat=True))
    found = {row.pk: list(_against_one(row, cleared)) for row in rows}
    return {key: words for key, words in found.items() if words}


def _against_one(row: Match, cleared: set[int]) -> Iterable[str]:
    if row.state != MatchState.APPROVED:
        yield _("the pair %(pair)s is not approved") % {"pair": pair_words(row)}
    for side in (row.mentor, row.mentee):
        name = side.person.short_name
        if side.state not in TAKING_PART:
            yield _("%(name)s no longer takes part") % {"name": name}
        elif side.pk not in cleared:
            yield _("%(name)s has no consent in force") % {"name": name}


def pair_words(row: Match) -> str:
    """«Петров И. О. – Тимофеев Г. А.»"""
    return f"{row.mentor.person.short_name} – {row.mentee.person.short_name}"
