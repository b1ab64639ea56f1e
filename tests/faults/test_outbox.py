"""R1: no notice is lost. R2: none is sent twice without a crash, and at most one copy more for each kill.

Real senders, killed at random, a real mail server, a real database. FAULTS=long sends 10,000 under 100 kills.
"""

from __future__ import annotations

import random
import time

import psutil

from core.notices import BATCH
from tests.faults.conftest import SERVER, MakeSite
from tests.faults.site import LONG, PATIENCE, Site, wait_until

SENDERS = 4
DATABASE = "PostgreSQL" if SERVER else "SQLite"


def kill_senders(site: Site, parent: int, *, until: int, seconds: float) -> int:
    """Kill a sender several times a second until so many letters have arrived; the number of kills."""
    assert site.wait_for_letters(1, seconds=PATIENCE)
    kills, deadline = 0, time.monotonic() + seconds
    while len(site.copies()) < until and time.monotonic() < deadline:
        time.sleep(random.uniform(0.08, 0.2))
        if senders := psutil.Process(parent).children():
            random.choice(senders).kill()
            kills += 1
    return kills


def copies_too_many(site: Site) -> int:
    return sum(site.copies().values()) - len(site.copies())


def test_nothing_is_lost_and_nothing_is_sent_twice_while_nobody_dies(make_site: MakeSite) -> None:
    count = 10_000 if LONG else 300
    site = make_site()
    site.start_mailbox(seconds_a_letter=0.0)
    site.run("queue", 0, count)
    site.start_dispatchers(SENDERS)

    site.wait_for_letters(count, seconds=PATIENCE + count / 20)
    time.sleep(0.5)

    lost, extra, found = count - len(site.copies()), copies_too_many(site), site.run("report")
    print(f"{DATABASE}, {SENDERS} senders, 0 kills: {count} letters, {lost} lost, {extra} sent twice")
    assert (lost, extra, found["states"], found["broken"]) == (0, 0, {"sent": count}, [])


def test_nothing_is_lost_when_senders_are_killed_and_each_kill_costs_one_copy_at_most(make_site: MakeSite) -> None:
    count, seconds = (10_000, 1_200) if LONG else (600, 12)
    site = make_site(LEASE_SECONDS="1.0")
    site.start_mailbox(seconds_a_letter=0.02)
    site.run("queue", 0, count)
    senders = site.start_dispatchers(SENDERS)
    assert senders.process

    # A letter caught in a kill goes to the end of the line. Killing stops while more letters wait than the
    # senders and the killed hold in batches, so that none is caught a second time, which would cost a third copy.
    kills = kill_senders(site, senders.process.pid, until=count * 8 // 10 if LONG else count // 2, seconds=seconds)
    site.wait_for_letters(count, seconds=PATIENCE + count / 20)
    time.sleep(1.5)  # longer than a lease: whatever was sent but not written down is sent again by now

    copies, found = site.copies(), site.run("report")
    lost, extra, most = count - len(copies), copies_too_many(site), max(copies.values())
    print(
        f"{DATABASE}, {SENDERS} senders, {kills} kills: {count} letters, {lost} lost, {extra} copies too many, {most} at most"
    )
    assert kills >= (100 if LONG else 5)
    assert (lost, found["states"], found["broken"]) == (0, {"sent": count}, [])
    assert extra <= kills
    assert most <= 2
    assert len(site.message_ids()) == count


def test_this_test_would_see_a_letter_sent_twice(make_site: MakeSite) -> None:
    count = BATCH  # all senders take the same rows
    site = make_site(LEASE_SECONDS="0.0")  # nobody respects a lease that is over when it begins
    site.start_mailbox(seconds_a_letter=0.05)
    site.run("queue", 0, count)
    site.start_dispatchers(SENDERS)

    wait_until(lambda: copies_too_many(site) > 0, seconds=PATIENCE)

    extra = copies_too_many(site)
    print(f"{DATABASE}, control without leases: {count} letters, {extra} sent twice")
    assert extra > 0
