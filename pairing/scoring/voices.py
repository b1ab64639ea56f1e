"""Who named whom after the group meeting, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.cases import NameCase
from pairing.scoring.phrases import called, choice_number, ordinal
from pairing.scoring.profiles import MenteeProfile, MentorProfile, Profile
from pairing.scoring.reason import Reason, Tone
from pairing.scoring.weights import Part


def choices_in_words(mentee: MenteeProfile, mentor: MentorProfile, points: int, of_mentee: int) -> Iterator[Reason]:
    """One reason where they named each other, else one for each who named or passed over the other.

    `points` are those of both voices, `of_mentee` those of the mentee's. Who named nobody is not spoken of.
    """
    named, named_back = mentee.chosen.get(mentor.key), mentor.chosen.get(mentee.key)
    if named and named_back:
        words = _mutual(mentee, mentor, named, named_back)
        yield Reason(Part.CHOICES, points, words, _("chose each other"), Tone.FOR)
    elif not (named or named_back) and mentee.chosen and mentor.chosen:
        names = {"one": called(mentee), "other": called(mentor)}
        words = _("%(one)s and %(other)s did not name each other") % names
        yield Reason(Part.CHOICES, 0, words, _("did not choose each other"), Tone.AGAINST)
    else:
        yield from _voice(mentee, mentor, named, of_mentee)
        yield from _voice(mentor, mentee, named_back, points - of_mentee)


def _voice(who: Profile, whom: Profile, place: int | None, points: int) -> Iterator[Reason]:
    if place:
        brief = _("chosen: %(place)s") % {"place": choice_number(place)}
        yield Reason(Part.CHOICES, points, _named(who, whom, place), brief, Tone.FOR)
    elif who.chosen:
        yield Reason(Part.CHOICES, points, _passed_over(who, whom), _("chose others"), Tone.AGAINST)


def _mutual(mentee: MenteeProfile, mentor: MentorProfile, named: int, named_back: int) -> str:
    names = {"one": called(mentee), "other": called(mentor)}
    if named == named_back == 1:
        return _("%(one)s and %(other)s named each other first") % names
    if mentee.sex and mentor.sex:
        parts = {"one": _named(mentee, mentor, named), "other": _named_in_turn(mentor, mentee, named_back)}
        return _("%(one)s, %(other)s") % parts
    places = {"place": choice_number(named), "back": choice_number(named_back)}
    return _("%(one)s and %(other)s chose each other: %(place)s and %(back)s") % (names | places)


def _named(who: Profile, whom: Profile, place: int) -> str:
    """«Глеб назвал Илью третьим»; without the sex of both «Саша: третий выбор – Женя»."""
    if not (who.sex and whom.sex):
        words = {"who": called(who), "whom": called(whom), "place": choice_number(place)}
        return _("%(who)s: %(place)s is %(whom)s") % words
    words = {"who": called(who), "whom": called(whom, NameCase.ACCUSATIVE), "place": ordinal(place, whom.sex)}
    if who.sex == "f":
        return pgettext("she", "%(who)s named %(whom)s %(place)s") % words
    return pgettext("he", "%(who)s named %(whom)s %(place)s") % words


def _named_in_turn(who: Profile, whom: Profile, place: int) -> str:
    words = {"who": called(who), "whom": called(whom, NameCase.ACCUSATIVE), "place": ordinal(place, whom.sex)}
    return _("and %(who)s in turn named %(whom)s %(place)s") % words


def _passed_over(who: Profile, whom: Profile) -> str:
    if not (who.sex and whom.sex):
        return _("%(who)s: other choices") % {"who": called(who)}
    words = {"who": called(who), "whom": called(whom, NameCase.ACCUSATIVE)}
    if who.sex == "f":
        return pgettext("she", "%(who)s did not name %(whom)s") % words
    return pgettext("he", "%(who)s did not name %(whom)s") % words
