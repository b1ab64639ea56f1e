"""What is said of each part of a score, for or against the pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.russian import search_key
from pairing.scoring.phrases import (
    called,
    days_of,
    hours_together,
    listing,
    quotation,
    shared_items,
    uncapital,
    wished_years,
    years,
)
from pairing.scoring.reason import Reason, Tone
from pairing.scoring.shares import VOICE_OF_MENTEE, WHOLE, voice_of
from pairing.scoring.table import Table
from pairing.scoring.voices import choices_in_words
from pairing.scoring.weights import Part


def _request(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    mentee, mentor = table.mentees[i], table.mentors[j]
    asked, offered = table.meetings.asked[i], table.meetings.offered[j]
    shared = [uncapital(name) for key, name in mentee.areas.items() if key in mentor.areas]
    wish = quotation((mentee.request, mentee.wanted_help), offered, table.lexicon)
    skill = quotation((mentor.competences, mentor.achievements), asked, table.lexicon)
    if asked & offered:
        words = _("Request “%(wish)s” and skill “%(skill)s”") % {"wish": wish, "skill": skill}
        yield Reason(Part.REQUEST, points, words, skill, Tone.FOR)
    elif shared:
        yield Reason(Part.REQUEST, points, _areas_in_words(shared), listing(shared), Tone.FOR)
    elif not (mentor.areas or skill):
        yield Reason(Part.REQUEST, points, _("The mentor's skills are not written down"), "", Tone.UNKNOWN)
    elif wish:
        words = _("Request “%(wish)s”, and nothing like it among the mentor's skills") % {"wish": wish}
        yield Reason(Part.REQUEST, points, words, _("another subject"), Tone.AGAINST)
    missing = [uncapital(name) for key, name in mentee.areas.items() if key not in mentor.areas]
    if shared and missing:
        words = _("Not among the mentor's areas: %(areas)s") % {"areas": listing(missing)}
        yield Reason(Part.REQUEST, 0, words, "", Tone.AGAINST)


def _areas_in_words(shared: list[str]) -> str:
    words = ngettext("Area of help in common: %(areas)s", "Areas of help in common: %(areas)s", len(shared))
    return words % {"areas": listing(shared)}


def _choices(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    mentee, mentor = table.mentees[i], table.mentors[j]
    voice = table.most[Part.CHOICES] * voice_of(mentee, mentor, VOICE_OF_MENTEE)
    yield from choices_in_words(mentee, mentor, points, min(points, (voice + WHOLE // 2) // WHOLE))


def _interests(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    if table.meetings.interests[i, j]:
        shared = table.meetings.liked[0][i] & table.meetings.liked[1][j]
        items = listing(shared_items(table.mentees[i].interests, shared, table.lexicon))
        yield Reason(Part.INTERESTS, points, _("Interests: %(items)s") % {"items": items}, items, Tone.FOR)


def _hours(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    mentee, mentor = table.mentees[i], table.mentors[j]
    common = mentee.hours & mentor.hours
    if len(common) > 1:
        words = _("Hours in common: %(hours)s") % {"hours": hours_together(common)}
        brief = _("hours in common: %(days)s") % {"days": days_of(common)}
        yield Reason(Part.HOURS, points, words, brief, Tone.FOR)
    elif common:
        words = _("One hour in common alone: %(hours)s") % {"hours": hours_together(common)}
        brief = _("one hour in common alone: %(days)s") % {"days": days_of(common)}
        yield Reason(Part.HOURS, points, words, brief, Tone.AGAINST)
    elif mentee.hours and mentor.hours:
        yield Reason(Part.HOURS, points, _("No free hour in common"), _("no hour in common"), Tone.AGAINST)
    else:
        silent = [called(side) for side in (mentee, mentor) if not side.hours]
        words = _("Free hours are not given: %(names)s") % {"names": listing(silent)}
        yield Reason(Part.HOURS, points, words, _("hours not known"), Tone.UNKNOWN)


def _age(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    age, mentor = table.mentees[i].age, table.mentors[j]
    if age is None or not mentor.has_wish:
        return
    said = {"age": years(age), "wish": wished_years(mentor)}
    if mentor.would_like(age):
        words = _("Age: %(age)s, the mentor asked for %(wish)s") % said
        yield Reason(Part.AGE, points, words, _("the right age"), Tone.FOR)
    else:
        words = _("Age: %(age)s, but the mentor asked for %(wish)s") % said
        yield Reason(Part.AGE, points, words, _("another age"), Tone.AGAINST)


def _experience(table: Table, _i: int, j: int, points: int) -> Iterator[Reason]:
    number = table.mentors[j].experience
    if number:
        words = ngettext(
            "Experience: %(number)s mentorship led to its end",
            "Experience: %(number)s mentorships led to their end",
            number,
        )
        yield Reason(Part.EXPERIENCE, points, words % {"number": number}, _("an experienced mentor"), Tone.FOR)


def _building(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    mentee, mentor = table.mentees[i], table.mentors[j]
    is_same = search_key(mentee.building) == search_key(mentor.building)
    if mentee.building and is_same:
        words = _("It is handy for both to meet here: %(building)s") % {"building": mentee.building}
        yield Reason(Part.BUILDING, points, words, _("in one building"), Tone.FOR)
    elif mentee.is_remote and mentor.is_remote:
        yield Reason(Part.BUILDING, points, _("Both can meet by video"), _("by video"), Tone.FOR)
    elif mentee.building and mentor.building:
        words = _("It is handy to meet in different places: %(here)s and %(there)s")
        said = {"here": mentee.building, "there": mentor.building}
        yield Reason(Part.BUILDING, points, words % said, _("different buildings"), Tone.AGAINST)


def _note(table: Table, i: int, j: int, points: int) -> Iterator[Reason]:
    is_for = table.mentees[i].notes.get(table.mentors[j].key)
    if is_for:
        yield Reason(Part.NOTE, points, _("The curator is for this pair"), _("the curator is for it"), Tone.FOR)
    elif is_for is not None:
        words, brief = _("The curator is against this pair"), _("the curator is against it")
        yield Reason(Part.NOTE, points, words, brief, Tone.AGAINST)


IN_WORDS: dict[Part, Callable[[Table, int, int, int], Iterator[Reason]]] = {
    Part.REQUEST: _request,
    Part.CHOICES: _choices,
    Part.INTERESTS: _interests,
    Part.HOURS: _hours,
    Part.AGE: _age,
    Part.EXPERIENCE: _experience,
    Part.BUILDING: _building,
    Part.NOTE: _note,
}
