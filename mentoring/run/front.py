"""The process the terminal sees: it passes on the wish to stop and clears up after a supervisor that died."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from mentoring.console import gettext as _
from mentoring.console import say

STOP_SECONDS = 13.0
"""The supervisor needs at most 11; whoever asked to stop waits no longer than 15."""
SESSION_FIELD = 3
"""Of the fields of /proc/PID/stat after the name in parentheses, see proc(5)."""


def run_in_front(supervise: Callable[[int], int]) -> int:
    """Fork a supervisor that gets the read end of the pipe; its exit status."""
    wishes = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asks to outlive the terminal
        wishes.add(signal.SIGHUP)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, wishes | {signal.SIGCHLD})
    leash, hand = os.pipe()
    supervisor = os.fork()
    if supervisor == 0:
        os.close(hand)
        os.setsid()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os._exit(supervise(leash))
    os.close(leash)
    status = _attend(supervisor, hand, wishes)
    for pid in session_members(supervisor):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return status


def session_members(session: int) -> Iterator[int]:
    """The processes that belong to this session, whoever their parent is now."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[SESSION_FIELD]) == session:
                yield int(stat.parent.name)


def _attend(supervisor: int, hand: int, wishes: set[signal.Signals]) -> int:
    """Wait for the supervisor's end, or for a wish to stop and then for its end; its exit status."""
    terminal_gone = _terminal_watch()
    deadline = None
    while (status := _exit_status(supervisor)) is None:
        told = signal.sigtimedwait(wishes | {signal.SIGCHLD}, 0.5)
        if deadline is None and ((told and told.si_signo in wishes) or terminal_gone()):
            say(_("Stopping…"))
            os.close(hand)
            deadline = time.monotonic() + STOP_SECONDS
        elif deadline is not None and time.monotonic() > deadline:
            os.kill(supervisor, signal.SIGKILL)
    return status


def _terminal_watch() -> Callable[[], bool]:
    """Tells whether the terminal we were started in was closed; a closed one need not send a signal."""
    hangup = select.poll()
    if os.isatty(0):
        hangup.register(0, 0)
    return lambda: bool(hangup.poll(0))


def _exit_status(pid: int) -> int | None:
    reaped, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if reaped else None
