"""What the constraints on orders let through and what they refuse."""

from __future__ import annotations

from datetime import date
from functools import partial

from tests.cases import Case, second_of
from tests.factories import MonitoringReportFactory, OrderFactory, OrderLineFactory

DAY, NEXT_DAY = date(2026, 10, 1), date(2026, 10, 2)

CASES: dict[str, Case] = {
    "order_state_is_known": Case((), (lambda: OrderFactory(state="lost"),)),
    "an_order_in_force_was_signed_and_scanned": Case(
        (OrderFactory, lambda: OrderFactory(in_force=True), lambda: OrderFactory(cancelled=True)),
        tuple(
            partial(OrderFactory, in_force=True, **{column: None}) for column in ("scan", "in_force_by", "in_force_at")
        ),
    ),
    "one_order_per_school_year_and_number": Case(
        (
            second_of(OrderFactory, lambda row: {"number": row.number}),
            second_of(OrderFactory, lambda row: {"school": row.school, "number": row.number, "year": row.year + 1}),
            second_of(OrderFactory, lambda row: {"school": row.school, "number": row.number}, cancelled=True),
        ),
        (
            second_of(OrderFactory, lambda row: {"school": row.school, "number": row.number}),
            second_of(OrderFactory, lambda row: {"school": row.school, "number": "№ 14 -А"}, number="14-а"),
            second_of(OrderFactory, lambda row: {"school": row.school, "number": row.number}, in_force=True),
        ),
    ),
    "one_line_per_order_and_place": Case(
        (second_of(OrderLineFactory, lambda row: {"place": row.place}),),
        (second_of(OrderLineFactory, lambda row: {"place": row.place, "order": row.order}),),
    ),
    "order_line_ends_after_it_starts": Case(
        (lambda: OrderLineFactory(starts_on=DAY, ends_on=DAY),),
        (lambda: OrderLineFactory(starts_on=NEXT_DAY, ends_on=DAY),),
    ),
    "an_approved_report_has_its_figures": Case(
        (MonitoringReportFactory, lambda: MonitoringReportFactory(approved=True)),
        (
            lambda: MonitoringReportFactory(frozen={}),
            lambda: MonitoringReportFactory(state="approved"),
            lambda: MonitoringReportFactory(approved=True, frozen=None),
        ),
    ),
    "satisfied_from_is_a_mark_of_ten": Case(
        (lambda: MonitoringReportFactory(satisfied_from=1), lambda: MonitoringReportFactory(satisfied_from=10)),
        (lambda: MonitoringReportFactory(satisfied_from=0), lambda: MonitoringReportFactory(satisfied_from=11)),
    ),
}
