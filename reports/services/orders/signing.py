"""Signing on paper: the scan of the signed order, and the order in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.files import delete_file, store_file
from core.journal import record_event
from core.notices import queue_notice
from core.pictures import Scan, as_pdf, read_scans
from core.states import move
from pairing.models import Match
from pairing.services.matches import lock_matches
from pairing.services.mentorships import start_mentorships
from participants.services.cycles import today_in
from reports.models import Order, OrderLine, OrderState
from reports.papers.wording import ground
from reports.services.orders.lists import faults_of, lines_of
from reports.services.orders.locks import lock_order
from reports.services.orders.refusals import OrderRefused, refuse_other_roles, refuse_stale, refuse_unless_draft
from reports.services.papers import file_name

ORDER_IN_FORCE = "order-in-force"
"""The kind of the letter to the mentors; `reports.letters` writes it."""


def attach_scan(*, order: Order, files: Iterable[tuple[str, bytes]], by: Actor) -> Order:
    """Read the files (their names, their bytes), then keep them as the signed paper.

    Takes seconds, so never within a transaction: there `read_scans` comes before and `keep_scan` within.
    """
    return keep_scan(order=order, seen_revision=order.revision, scans=read_scans(files), by=by)


def keep_scan(*, order: Order, seen_revision: int, scans: Sequence[Scan], by: Actor) -> Order:
    """Keep the pages as the signed paper of a draft, in place of those that were there before.

    Raises OrderRefused for anyone but an administrator, OrderChanged, TransitionRefused.
    """
    refuse_other_roles(by)
    with transaction.atomic():
        row = lock_order(order)
        refuse_unless_draft(row)
        refuse_stale(row, seen_revision)
        before = row.scan
        row.scan = store_file(
            school=row.school,
            purpose="order scan",
            name=f"{file_name(row)}, подписан.pdf",
            content_type="application/pdf",
            data=as_pdf([page for scan in scans for page in scan.pages]),
            quarantine=max(scan.quarantine for scan in scans),
            by=by,
        )
        row.revision += 1
        row.save(update_fields=("scan", "revision"))
        if before is not None:
            delete_file(before, by=by)
        record_event(verb="attach", thing=row, school=row.school, by=by)
    return row


def enforce_order(*, order: Order, seen_revision: int, by: Actor) -> Order:
    """Put a signed order in force: its pairs become mentorships, its mentors get a letter, nothing in it changes more.

    Raises OrderRefused without a scan or where a line can not begin, OrderChanged, TransitionRefused.
    """
    refuse_other_roles(by)
    with transaction.atomic():
        lock_matches(Match.objects.filter(order_lines__order=order))
        row = lock_order(order)
        refuse_unless_draft(row)
        refuse_stale(row, seen_revision)
        lines = lines_of(row)
        _refuse_to_enforce(row, lines)
        for (starts_on, ends_on), of_period in groupby(sorted(lines, key=_period), key=_period):
            start_mentorships(
                matches=[match for line in of_period for match in line.matches.all()],
                starts_on=starts_on,
                ends_on=ends_on,
                ground=ground(row.number, row.dated_on),
                by=by,
            )
        row.in_force_by, row.in_force_at = by.user, timezone.now()
        move(row, OrderState.IN_FORCE, school=row.school, also=("in_force_by", "in_force_at"), by=by)
        _tell_mentors(row, lines)
    return row


def _period(line: OrderLine) -> tuple[date, date]:
    return line.starts_on, line.ends_on


def _refuse_to_enforce(order: Order, lines: Sequence[OrderLine]) -> None:
    if not lines:
        raise OrderRefused(_("No pair is left in this order. Cancel it and draft another."))
    if order.scan_id is None:
        raise OrderRefused(_("The scan of the signed order is not here yet. Add it first."))
    faults = faults_of(lines, today_in(order.school))
    if faults:
        raise OrderRefused(
            _("The order can not be put in force: %(faults)s. The curator has to mend the list.")
            % {"faults": "; ".join(faults)}
        )


def _tell_mentors(order: Order, lines: Sequence[OrderLine]) -> None:
    """One letter for each mentor who has an account and an address."""
    users = {match.mentor.person.user for line in lines for match in line.matches.all()}
    for user in users:
        if user is not None and user.email:
            queue_notice(
                key=f"{ORDER_IN_FORCE}:{order.pk}:{user.pk}",
                kind=ORDER_IN_FORCE,
                user=user,
                school=order.school,
                payload={"order": order.pk},
            )
