"""R1 and R3: the broker is only a hint. Worker, schedule and Redis are killed and emptied; every notice still goes out."""

from __future__ import annotations

import time

from tests.faults.conftest import SERVER, MakeSite
from tests.faults.site import LONG, PATIENCE

DATABASE = "PostgreSQL" if SERVER else "SQLite"


def test_nothing_is_lost_when_worker_schedule_and_broker_die(make_site: MakeSite) -> None:
    rounds, letters = (10, 200) if LONG else (1, 60)
    site = make_site(LEASE_SECONDS="2.0")
    site.start_mailbox(seconds_a_letter=0.02)
    redis, worker, kills, queued = site.start_redis(), site.start_worker(), 0, 0

    for _ in range(rounds):
        site.run("queue", queued, letters)
        site.wait_for_letters(queued + letters // 4, seconds=PATIENCE)
        worker.kill()  # with its schedule, in the middle of a letter
        site.redis.flushall()
        worker.start()
        site.run("queue", queued + letters, letters)
        redis.kill()
        redis.start()
        kills, queued = kills + 1, queued + 2 * letters
        site.wait_for_letters(queued, seconds=PATIENCE)

    site.wait_for_letters(queued, seconds=PATIENCE)
    time.sleep(0.5)
    copies, found = site.copies(), site.run("report")
    lost, extra = queued - len(copies), sum(copies.values()) - len(copies)
    print(
        f"{DATABASE}, {kills} times worker, schedule and Redis killed, Redis emptied: {queued} letters, {lost} lost, {extra} copies too many"
    )
    assert (lost, found["states"]) == (0, {"sent": queued})
    assert extra <= kills


def test_everything_goes_on_without_a_broker_and_the_worker_comes_back_with_it(make_site: MakeSite) -> None:
    count = 40
    site = make_site(LEASE_SECONDS="2.0")
    site.start_mailbox(seconds_a_letter=0.0)
    site.start_worker()

    began = time.monotonic()
    site.run("queue", 0, count)
    queued_in = time.monotonic() - began
    by_hand = site.run("sweep")
    without = len(site.copies())
    site.run("queue", count, count)
    site.start_redis()
    back = time.monotonic()
    site.wait_for_letters(2 * count, seconds=PATIENCE)

    print(
        f"{DATABASE}, no Redis: {count} acts in {queued_in:.1f} s, {without} letters by the sweep; "
        f"with Redis back the other {len(site.copies()) - without} in {time.monotonic() - back:.1f} s"
    )
    assert (by_hand["notices sent"], without) == (count, count)
    assert sum(site.copies().values()) == 2 * count
