"""What a program that opens a stranger's file may no longer do from here on. Nothing of ours but this goes with it."""

from __future__ import annotations

import resource

MOST_OUTPUT = 64 * 1024 * 1024


def confine(memory: int, seconds: int) -> None:
    """From here on so much memory and work; no file, no connection, no core dump with somebody's paper in it."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
