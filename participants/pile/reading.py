"""Having a pile read by confined programs, as many as the machine has hands, and starting them anew where one dies."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.confined_stream import Ended, Stream
from participants.pile.refusals import MOST_PAGES, PileRefused

PROGRAM = Path(__file__).with_name("program.py")
MEMORY = 600_000_000
"""Bytes of address space, of which a page of A3 in colour at 600 dots per inch needs the most."""
SECONDS_A_PAGE = 15
HANDS = max(1, min(2, os.cpu_count() or 1))

Open = Callable[[], int]
"""Opens the PDF anew and gives the number of the open file, which whoever called closes."""


@dataclass(frozen=True, slots=True)
class Read:
    """One page, counted from 1: the texts of its codes, and its picture as JPEG, upright and straight where a form's
    code was found. The picture is empty where the page could not be opened.
    """

    page: int
    codes: tuple[str, ...]
    is_blank: bool
    jpeg: bytes


def count_pages(open_pdf: Open) -> int:
    """How many pages the pile has. Raises PileRefused for a file that is not taken."""
    with _started(open_pdf, hand=0, hands=0, but=()) as program:
        return _head(program)


def read_pile(open_pdf: Open, *, but: Collection[int] = ()) -> Iterator[tuple[Read, int]]:
    """Every page that is not among `but`, about in their order, and how many the pile has. Raises PileRefused."""
    shares = [_share(open_pdf, hand, set(but)) for hand in range(1, HANDS + 1)]
    try:
        while shares:
            for share in list(shares):
                read = next(share, None)
                if read is None:
                    shares.remove(share)
                else:
                    yield read
    finally:
        for share in shares:
            share.close()


def _share(open_pdf: Open, hand: int, done: set[int]) -> Generator[tuple[Read, int]]:
    """What one hand reads; a page over which two programs died stays shut."""
    died_at = 0
    while True:
        with _started(open_pdf, hand=hand, hands=HANDS, but=done) as program:
            total = _head(program)
            for read in _pages(program):
                done.add(read.page)
                yield read, total
        left = set(range(hand, total + 1, HANDS)) - done
        if not left:
            return
        if died_at == min(left):
            done.add(died_at)
            yield Read(died_at, (), False, b""), total
        died_at = min(left)


@contextmanager
def _started(open_pdf: Open, *, hand: int, hands: int, but: Collection[int]) -> Iterator[Stream]:
    file = open_pdf()
    try:
        limits = {"hand": hand, "hands": hands, "but": sorted(but), "most": MOST_PAGES}
        with Stream(PROGRAM, limits | {"memory": MEMORY, "seconds": SECONDS_A_PAGE * MOST_PAGES}, file) as program:
            yield program
    finally:
        os.close(file)


def _head(program: Stream) -> int:
    """How many pages the program found. Raises PileRefused."""
    try:
        said = json.loads(program.line())
    except Ended:
        raise PileRefused("heavy") from None
    if "refused" in said:
        raise PileRefused(said["refused"], said["pages"])
    total: int = said["pages"]
    return total


def _pages(program: Stream) -> Iterator[Read]:
    """What it says of its pages, until it has said all or died."""
    try:
        while True:
            said = json.loads(program.line())
            yield Read(said["page"], tuple(said["codes"]), said["is_blank"], program.exactly(said["size"]))
    except Ended:
        return
