"""People without an account who came by a personal link and proved that it is theirs.

The app that owns the links registers how one is read; the session keeps only the link's key.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase

from core.actors import Actor

Reader = Callable[[int], Actor | None]
"""The holder of the link with this key; None once it is revoked or past its term."""

LIVES_SECONDS = 12 * 3600
_readers: list[Reader] = []


def register_link_reader(reader: Reader) -> None:
    """Say how a personal link is read; called from `AppConfig.ready`."""
    _readers[:] = [reader]


def enter_by_link(session: SessionBase, key: int) -> None:
    """Begin a session of the link's holder; whatever session there was ends."""
    session.flush()
    session["link"], session["link_since"] = key, int(time.time())
    session.set_expiry(LIVES_SECONDS)


def link_holder(session: SessionBase) -> Actor | None:
    """Who holds the link that this session was begun with; None without one."""
    key = session.get("link")
    if key is None or not _readers or time.time() - session["link_since"] > LIVES_SECONDS:
        return None
    return _readers[0](key)
