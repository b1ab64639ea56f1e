"""Anonymous answers: whoever reads every row, in whatever order, joins them to people no better than by chance.

What he may know by design (decision 28) is the order in which people came, and with it which five answers are those of
which five people: he guesses one in five. After the closing, without copies from before, he guesses one in all.
All that sessions and lines of the log tell is that order, so it is given to him here.

A guess lays the people of a group in some order beside its answers in some order, forwards or backwards, from some place
on. By chance as many of n pairs are true as a permutation of n leaves places unmoved: k with the chance C(n, k) D(n - k) / n!
where D counts the permutations that leave none. One on the mean, whatever n is; groups are shuffled each by itself, so the
chances of several are convolved. What passes has, for all guesses together, less than one chance in 10 ** 9 to be exceeded.

So of 300 groups of five 300 of 1500 pairs are true on the mean, 20 in a hundred, with a deviation of 17, and about 425 pass,
28 in a hundred. A guess that is right 15 in a hundred more often passes once in a thousand runs, 12 more once in thirty.
Of 50 closed surveys 50 pairs of 1790 are true on the mean, with a deviation of 7, and about 105 pass, 6 in a hundred.
"""

from __future__ import annotations

import json
import math
import random
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from django.db import connection

from core.actors import SYSTEM
from core.crypto import unseal
from core.models import Membership
from roadmap.models import Cycle
from surveys.content import content_from_json
from surveys.models import Campaign, Respondent
from surveys.services.answers import send_anonymous
from surveys.services.holding_back import BATCH, LENGTH_BYTES
from surveys.services.opening import close_campaign
from tests.factories import CycleFactory, MembershipFactory
from tests.surveys.sheets import campaign_of, outline, question

CAMPAIGNS, BATCHES = 30, 10
PEOPLE = (BATCHES + 1) * BATCH
"""The last five wait for the closing."""
FEW = (5, 6, 7, 8, 9) * 4
"""Surveys so small that everything waits for the closing."""
ONE_IN = 10**9
TURNS = tuple((place, step) for place in range(BATCH) for step in (1, -1))
ON_DISK = "ctid" if connection.vendor == "postgresql" else "rowid"
WORD = outline([question("why")])

Order = Sequence[int]
"""Respondents by their keys, or answers by the keys of whose they are."""
Guess = tuple[str, str, tuple[int, int]]
"""By which order of people, which order of answers, and how these lie beside each other."""


# ---------------------------------------------------------------- how often a guess is right


class Guesses:
    """How often each guess was right in all groups together."""

    def __init__(self) -> None:
        self.right: Counter[Guess] = Counter()
        self.groups: list[int] = []

    def add(self, group: Iterable[int], people: Mapping[str, Order], answers: Mapping[str, Order]) -> None:
        """Lay every order of people beside every order of answers, of those in the group alone."""
        inside = set(group)
        self.groups.append(len(inside))
        named = {who: [key for key in order if key in inside] for who, order in people.items()}
        for what, order in answers.items():
            said = [key for key in order if key in inside]
            for place, step in TURNS:
                turned = (said[place:] + said[:place])[::step]
                for who, keys in named.items():
                    self.right[who, what, (place, step)] += sum(map(int.__eq__, keys, turned))

    def passing(self) -> int:
        """The most true pairs that any of the guesses exceeds but once in `ONE_IN` by chance."""
        chance = np.ones(1)
        for size in self.groups:
            chance = np.convolve(chance, unmoved(size))
        at_least = chance[::-1].cumsum()[::-1]
        return int(np.argmax(at_least * len(self.right) < 1 / ONE_IN)) - 1

    def seen(self) -> set[Guess]:
        """The guesses that are right more often than by chance."""
        passing = self.passing()
        return {guess for guess, right in self.right.items() if right > passing}


@cache
def unmoved(n: int) -> np.ndarray:
    """The chances that a permutation of n leaves 0, 1, … n places as they are."""
    none = [1, 0]
    for size in range(2, n + 1):
        none.append((size - 1) * (none[-1] + none[-2]))
    return np.array([math.comb(n, k) * none[n - k] / math.factorial(n) for k in range(n + 1)])


def test_of_five_things_shuffled_one_stays_on_the_mean() -> None:
    assert [round(chance * 120) for chance in unmoved(5)] == [44, 45, 20, 10, 0, 1]


@pytest.mark.parametrize(
    ("groups", "size", "kept"), [(CAMPAIGNS * BATCHES, BATCH, 3 / 16), (CAMPAIGNS, PEOPLE, 1 / 10)]
)
def test_an_order_that_is_kept_now_and_then_is_seen(groups: int, size: int, kept: float) -> None:
    """Where 3 in 16 groups of five keep their order 3 + 13 / 5 in 16 pairs are true: 35 in a hundred, 15 more than by chance."""
    dice, honest, leaking = random.Random(28), Guesses(), Guesses()
    for _group in range(groups):
        people = list(range(size))
        shuffled = dice.sample(people, size)
        honest.add(people, {"coming": people}, {"place": shuffled})
        leaking.add(people, {"coming": people}, {"place": people if dice.random() < kept else shuffled})

    assert (honest.seen(), leaking.seen()) == (set(), {("coming", "place", (0, 1))})


# ---------------------------------------------------------------- people who answer


class Asked:
    """An anonymous survey and those who answer it, in the order in which they come."""

    def __init__(self, cycle: Cycle, staff: Sequence[Membership], size: int) -> None:
        self.campaign: Campaign = campaign_of(WORD, cycle=cycle, is_anonymous=True)
        rows = [Respondent(campaign=self.campaign, membership=one) for one in random.sample(staff, size)]
        self.coming = random.sample(Respondent.objects.bulk_create(rows), size)
        self.said = {secrets.token_hex(4): row.pk for row in self.coming}
        keys = list(self.said.values())
        self.batches = [keys[at : at + BATCH] for at in range(0, size, BATCH)]

    def answer(self, held: Guesses) -> None:
        """One after the other; whenever five wait, guess whose is which."""
        content = content_from_json(self.campaign.version.content)
        for place, (word, row) in enumerate(zip(self.said, self.coming, strict=True), 1):
            send_anonymous(respondent=row, content=content, raw={"q-why": [word]})
            if place % BATCH == 0:
                held.add(self.batches[place // BATCH - 1], {"coming": list(self.said.values())}, self.held())

    def people(self) -> dict[str, Order]:
        rows = f"surveys_respondent x WHERE x.campaign_id = {self.campaign.pk}"
        return {"coming": list(self.said.values()), **orders("surveys_respondent", rows, "x.id")}

    def answers(self) -> dict[str, Order]:
        """What is released, by the rows of the answers and by those of the responses."""
        answers = "surveys_answer x JOIN surveys_response y ON y.id = x.response_id"
        responses = "surveys_response x JOIN surveys_answer y ON y.response_id = x.id"
        by_answer = orders("surveys_answer", f"{answers} WHERE y.campaign_id = {self.campaign.pk}", "x.text")
        by_response = orders("surveys_response", f"{responses} WHERE x.campaign_id = {self.campaign.pk}", "y.text")
        return {name: [self.said[word] for word in words] for name, words in (by_answer | by_response).items()}

    def held(self) -> dict[str, Order]:
        """What waits, as whoever has the key of the installation reads it."""
        rows = f"surveys_heldresponse x WHERE x.campaign_id = {self.campaign.pk}"
        return {
            name: [self._said_in(bytes(sealed)) for sealed in found]
            for name, found in orders("surveys_heldresponse", rows, "x.sealed").items()
        }

    def _said_in(self, sealed: bytes) -> int:
        plain = unseal(sealed, context=f"held:{self.campaign.pk}")
        (_batch, (_question, _item, _number, word)) = json.loads(plain[LENGTH_BYTES:].rstrip(b"\0"))
        return self.said[word]


def orders(table: str, rows: str, wanted: str) -> dict[str, list[Any]]:
    """What is wanted of the rows, by every column of the table `x` in which they differ and as they lie on the disk."""
    found = {}
    with connection.cursor() as cursor:
        names = (*columns_of(table), ON_DISK)
        cursor.execute(f"SELECT {', '.join(f'COUNT(DISTINCT x.{name})' for name in names)} FROM {rows}")
        for name, different in zip(names, cursor.fetchone(), strict=True):
            if different > 1:
                cursor.execute(f"SELECT {wanted} FROM {rows} ORDER BY x.{name}")
                found[f"{table}.{name}"] = [value for (value,) in cursor.fetchall()]
    return found


@cache
def columns_of(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        return tuple(column.name for column in connection.introspection.get_table_description(cursor, table))


# ---------------------------------------------------------------- who answered what


@pytest.mark.django_db
def test_whoever_reads_all_rows_in_any_order_guesses_no_better_than_by_chance() -> None:
    cycle = CycleFactory()
    staff = [MembershipFactory(school=cycle.programme.school) for _one in range(PEOPLE)]
    told, held, opened, copied, closed = (Guesses() for _one in range(5))
    for size in (*[PEOPLE] * CAMPAIGNS, *FEW):
        asked = Asked(cycle, staff, size)
        asked.answer(held)
        people, answers = asked.people(), asked.answers()
        for batch in asked.batches[:BATCHES] if answers else ():
            opened.add(batch, people, answers)
            told.add(batch, people, {"true": people["coming"]})
        close_campaign(campaign=asked.campaign, by=SYSTEM)
        answers = asked.answers()
        closed.add(asked.said.values(), people, answers)
        for batch in asked.batches if size == PEOPLE else ():
            copied.add(batch, people, answers)

    assert (len(opened.groups), len(copied.groups), len(closed.groups)) == (300, 330, 50)
    assert [guesses.seen() for guesses in (held, opened, copied, closed)] == [set()] * 4
    assert ("coming", "true", (0, 1)) in told.seen()
