"""What each part of a score gives, in points, for all pairs at once.

What is not known or was not said gives nothing, and neither takes anything away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.russian import search_key
from pairing.scoring.counting import Counts, arrays, numbers, shared_counts, sizes
from pairing.scoring.profiles import MenteeProfile, MentorProfile, Profile
from pairing.scoring.weights import FULL, Part, Weights
from pairing.scoring.words import Lexicon

WHOLE = 1000
"""Shares are reckoned in thousandths, whole numbers, so that they come out alike everywhere."""
ENOUGH_WORDS = 3
"""A request of many words is met when three are."""
BY_PLACE = {1: 1000, 2: 800, 3: 600}
BY_LATER_PLACE = 400
VOICE_OF_MENTEE, VOICE_OF_MENTOR = 600, 400
BY_INTERESTS = (0, 500, 800, 1000)
ENOUGH_HOURS, ENOUGH_EXPERIENCE = 4, 3


@dataclass(frozen=True, slots=True)
class Meetings:
    """What the two sides have in common, counted: (mentees x mentors), and the roots of their words by person."""

    areas: Counts
    words: Counts
    interests: Counts
    hours: Counts
    asked: tuple[frozenset[str], ...]
    offered: tuple[frozenset[str], ...]
    liked: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]


def count_meetings(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], lexicon: Lexicon) -> Meetings:
    """Each person's words are brought to their roots once."""
    asked = tuple(lexicon.roots_of(row.request, row.wanted_help) for row in mentees)
    offered = tuple(lexicon.roots_of(row.competences, row.achievements) for row in mentors)
    liked = _interests(mentees, lexicon), _interests(mentors, lexicon)
    return Meetings(
        areas=shared_counts([row.areas for row in mentees], [row.areas for row in mentors]),
        words=shared_counts(asked, offered),
        interests=shared_counts(*liked),
        hours=shared_counts([row.hours for row in mentees], [row.hours for row in mentors]),
        asked=asked,
        offered=offered,
        liked=liked,
    )


def points_of(
    mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], meetings: Meetings, weights: Weights
) -> dict[Part, Counts]:
    """Whole points by part. Together they are the score of a pair, 0 to 100: a word against takes what is there."""
    most = weights.most_points()
    shares = {
        Part.REQUEST: _request(mentees, mentors, meetings),
        Part.CHOICES: _choices(mentees, mentors),
        Part.INTERESTS: _step(meetings.interests, BY_INTERESTS),
        Part.HOURS: _saturating(meetings.hours, ENOUGH_HOURS),
        Part.AGE: _age(mentees, mentors),
        Part.EXPERIENCE: _saturating(numbers(row.experience for row in mentors)[None, :], ENOUGH_EXPERIENCE),
        Part.BUILDING: _nearness(mentees, mentors),
    }
    size = (len(mentees), len(mentors))
    np = arrays()
    points = {part: np.broadcast_to(in_points(share, most[part]), size) for part, share in shares.items()}
    return points | {Part.NOTE: _note(mentees, mentors, sum(points.values(), np.zeros(size, "int16")), most[Part.NOTE])}


def in_points(share: Counts, most: int) -> Counts:
    """Thousandths of the most points, rounded to whole points."""
    return ((share.astype("int32") * most + WHOLE // 2) // WHOLE).astype("int16")


def voice_of(who: Profile, whom: Profile, most: int) -> int:
    """What the choice of one gives, in thousandths of `most`."""
    place = who.chosen.get(whom.key)
    return BY_PLACE.get(place, BY_LATER_PLACE) * most // WHOLE if place else 0


def _choices(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> Counts:
    found = arrays().zeros((len(mentees), len(mentors)), dtype="int32")
    rows = {row.key: place for place, row in enumerate(mentees)}
    columns = {row.key: place for place, row in enumerate(mentors)}
    for i, mentee in enumerate(mentees):
        for j in (columns[key] for key in mentee.chosen if key in columns):
            found[i, j] += voice_of(mentee, mentors[j], VOICE_OF_MENTEE)
    for j, mentor in enumerate(mentors):
        for i in (rows[key] for key in mentor.chosen if key in rows):
            found[i, j] += voice_of(mentor, mentees[i], VOICE_OF_MENTOR)
    return found


def _request(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], meetings: Meetings) -> Counts:
    """Areas first, words after: both where both are known; words alone are worth less where the areas differ."""
    np = arrays()
    wanted, words = sizes(row.areas for row in mentees)[:, None], sizes(meetings.asked)[:, None]
    has_areas = (wanted > 0) & (sizes(row.areas for row in mentors) > 0)[None, :]
    has_words = (words > 0) & (sizes(meetings.offered) > 0)[None, :]
    by_areas = WHOLE * meetings.areas.astype("int32") // np.maximum(wanted, 1)
    needed = np.clip(words, 1, ENOUGH_WORDS)
    by_words = np.minimum(WHOLE, WHOLE * meetings.words.astype("int32") // needed)
    both = np.maximum((7 * by_areas + 3 * by_words) // 10, 6 * by_words // 10)
    return np.where(has_areas & has_words, both, np.where(has_areas, by_areas, by_words))


def _age(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> Counts:
    return WHOLE * (wished_ages(mentees, mentors) & arrays().array([row.has_wish for row in mentors], dtype=bool))


def wished_ages(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> Counts:
    """Where the mentee's age is known and the mentor would like to work with it."""
    np = arrays()
    age = numbers(row.age for row in mentees)[:, None]
    youngest = numbers(row.wanted_age_from for row in mentors)
    oldest = numbers(row.wanted_age_to for row in mentors)
    return (age >= 0) & (age >= youngest) & ((age <= oldest) | (oldest < 0)) & np.ones(len(mentors), dtype=bool)


def _nearness(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile]) -> Counts:
    np = arrays()
    codes = {"": -1}
    rows, columns = (
        [codes.setdefault(search_key(row.building), len(codes)) for row in side] for side in (mentees, mentors)
    )
    here, there = numbers(rows)[:, None], numbers(columns)[None, :]
    remote = np.logical_and.outer(_remote(mentees), _remote(mentors))
    return WHOLE * (((here == there) & (here > 0)) | remote)


def _note(mentees: Sequence[MenteeProfile], mentors: Sequence[MentorProfile], score: Counts, weight: int) -> Counts:
    found = arrays().zeros(score.shape, dtype="int16")
    columns = {row.key: place for place, row in enumerate(mentors)}
    for i, mentee in enumerate(mentees):
        for key, is_for in mentee.notes.items():
            if (j := columns.get(key)) is not None:
                there = int(score[i, j])
                found[i, j] = min(weight, FULL - there) if is_for else -min(weight, there)
    return found


def _step(counts: Counts, steps: Sequence[int]) -> Counts:
    return arrays().array(steps)[arrays().minimum(counts, len(steps) - 1)]


def _saturating(counts: Counts, enough: int) -> Counts:
    return WHOLE * arrays().minimum(counts.astype("int32"), enough) // enough


def _remote(side: Sequence[Profile]) -> Counts:
    return arrays().array([row.is_remote for row in side], dtype=bool)


def _interests(side: Sequence[Profile], lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    return tuple(lexicon.roots_of(row.interests) for row in side)
