"""The outbox: a letter is a row first, written in the transaction of the act that causes it.

The worker sends it; an app on a higher floor says how a kind of notice reads by `register_notice`.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.crypto import seal, unseal
from core.leases import begin, claim_due, finish, put_back, retry_later
from core.models import Notice, NoticeState, School, User
from core.nudge import nudge

logger = logging.getLogger(__name__)
BATCH = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to go: one address, a subject of one line, plain text."""

    to: str
    subject: str
    body: str


class NoAddressee(Exception):
    """A letter without an address, which the mail library passes over in silence."""


Writer = Callable[[Notice, dict[str, str]], Letter | None]
"""Makes the letter of a notice from its row and its unsealed secret; None when it is no longer needed."""

_writers: dict[str, Writer] = {}


def register_notice(kind: str, writer: Writer) -> None:
    """Say how notices of `kind` read; called from `AppConfig.ready`."""
    _writers[kind] = writer


def queue_notice(
    *,
    key: str,
    kind: str,
    user: User | None = None,
    school: School | None = None,
    payload: dict[str, object] | None = None,
    secret: dict[str, str] | None = None,
) -> None:
    """Write the row that will become a letter; a key that is already there queues nothing.

    `payload` holds keys only. `secret` (a code, a link) is sealed and wiped once the letter is out.
    """
    sealed = seal(json.dumps(secret).encode(), context=f"notice:{key}") if secret else None
    row = Notice(key=key, kind=kind, user=user, school=school, payload=payload or {}, secret=sealed)
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    nudge()


def send_due_notices(*, seconds: float = 60.0) -> int:
    """Send what is due until nothing is left or the time is over; the number of letters that went out."""
    deadline, sent = time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        batch = claim_due(Notice, most=BATCH)
        if not batch:
            break
        post = get_connection()
        try:
            sent += sum(_send(notice, post) for notice in batch)
        finally:
            post.close()
    return sent


def _send(notice: Notice, post: BaseEmailBackend) -> bool:
    if not begin(notice):
        return False
    try:
        letter = _write(notice)
        if letter is None:
            finish(notice, NoticeState.NEEDLESS, secret=None)
            return False
        try:
            post.open()
        except OSError as error:
            put_back(notice, error=_reason(error))
            return False
        _deliver(notice, letter, post)
    except Exception as error:  # one poisoned letter never stops the rest
        logger.warning("notice not sent", extra={"notice": notice.pk, "error": type(error).__name__})
        retry_later(notice, error=_reason(error))
        post.close()
        return False
    return finish(notice, NoticeState.SENT, secret=None, error="")


def _write(notice: Notice) -> Letter | None:
    sealed = unseal(bytes(notice.secret), context=f"notice:{notice.key}") if notice.secret else b"{}"
    return _writers[notice.kind](notice, json.loads(sealed))


def _deliver(notice: Notice, letter: Letter, post: BaseEmailBackend) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<{notice.message_id}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers, connection=post)
    if message.send() != 1:
        raise NoAddressee


def _reason(error: Exception) -> str:
    """What a curator is shown: the kind of trouble, never the address or the text."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
