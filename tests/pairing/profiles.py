"""Mentors and mentees of tests without rows, and how hypothesis makes them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from pairing.rules import Party
from pairing.scoring import MenteeProfile, MentorProfile

SUBJECTS = ("математика", "олимпиада по химии", "робототехника", "сочинения", "шахматы", "волейбол", "гитара")
FIRST_MENTOR = 100


def party_of(key: int, *, is_mentor: bool, **columns: Any) -> Party:
    known: dict[str, Any] = {
        "person": key,
        "name": f"Ольхин {key}.",
        "cycle": 1,
        "form": 1,
        "is_mentor": is_mentor,
        "is_enrolled": True,
        "is_paused": False,
        "is_refused": False,
        "has_processing_consent": True,
        "has_labour_consent": True,
        "is_filled": True,
        "places": 2 if is_mentor else 1,
        "proposed": 0,
        "standing": 0,
    }
    return Party(**known | columns)


def mentee_of(key: int = 1, *, party: dict[str, Any] | None = None, **columns: Any) -> MenteeProfile:
    known: dict[str, Any] = {"first_name": "Глеб", "sex": "m"}
    return MenteeProfile(key=key, party=party_of(key, is_mentor=False, **party or {}), **known | columns)


def mentor_of(key: int = FIRST_MENTOR, *, party: dict[str, Any] | None = None, **columns: Any) -> MentorProfile:
    known: dict[str, Any] = {"first_name": "Илья", "sex": "m"}
    return MentorProfile(key=key, party=party_of(key, is_mentor=True, **party or {}), **known | columns)


def _texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SUBJECTS), max_size=4).map(", ".join)


def _sides(keys: Sequence[int], others: Sequence[int]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "sex": st.sampled_from(["", "f", "m"]),
        "age": st.none() | st.integers(8, 18),
        "role_model": st.none() | st.integers(1, 2),
        "areas": st.dictionaries(st.integers(1, 4), st.sampled_from(SUBJECTS), max_size=3),
        "interests": _texts(),
        "hours": st.frozensets(st.sampled_from([115, 116, 215, 216, 318, 610]), max_size=6),
        "building": st.sampled_from(["", "Ленина, 5", "Мира, 12"]),
        "is_remote": st.booleans(),
        "chosen": st.dictionaries(st.sampled_from(others), st.integers(1, 5), max_size=3),
    }


def _party(key: int, *, is_mentor: bool) -> st.SearchStrategy[Party]:
    seldom = st.sampled_from([True] * 9 + [False])
    return st.builds(
        party_of,
        st.just(key),
        is_mentor=st.just(is_mentor),
        form=st.sampled_from([1] * 9 + [2]),
        is_enrolled=seldom,
        is_paused=seldom.map(lambda is_usual: not is_usual),
        has_processing_consent=seldom,
        is_filled=seldom,
        places=st.integers(0, 3) if is_mentor else st.just(1),
        standing=st.integers(0, 1),
    )


@st.composite
def schools(draw: st.DrawFn, most: int = 5) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    """Some mentees and mentors of whom anything may be known or not."""
    mentees = range(1, draw(st.integers(1, most)) + 1)
    mentors = range(FIRST_MENTOR, FIRST_MENTOR + draw(st.integers(1, most)))
    persons = st.frozensets(st.sampled_from([*mentors]), max_size=2)
    return (
        [
            draw(
                st.builds(
                    MenteeProfile,
                    key=st.just(key),
                    party=_party(key, is_mentor=False),
                    first_name=st.sampled_from(["Глеб", "Вера", "Саша"]),
                    request=_texts(),
                    wanted_help=_texts(),
                    relatives=persons,
                    class_teachers=persons,
                    past=persons,
                    notes=st.dictionaries(st.sampled_from([*mentors]), st.booleans(), max_size=3),
                    **_sides(mentees, mentors),
                )
            )
            for key in mentees
        ],
        [
            draw(
                st.builds(
                    MentorProfile,
                    key=st.just(key),
                    party=_party(key, is_mentor=True),
                    first_name=st.sampled_from(["Илья", "Анна", "Женя"]),
                    competences=_texts(),
                    achievements=_texts(),
                    wanted_age_from=st.none() | st.integers(8, 12),
                    wanted_age_to=st.none() | st.integers(12, 18),
                    experience=st.integers(0, 5),
                    is_ready=st.booleans(),
                    **_sides(mentors, mentees),
                )
            )
            for key in mentors
        ],
    )
