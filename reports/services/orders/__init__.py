"""The life of an order: drafted from approved pairs, changed, signed on paper, put in force."""

from reports.services.orders.drafting import LineText, cancel_order, change_order, draft_order
from reports.services.orders.refusals import NumberTaken, OrderChanged, OrderRefused
from reports.services.orders.signing import attach_scan, enforce_order, keep_scan

__all__ = [
    "LineText",
    "NumberTaken",
    "OrderChanged",
    "OrderRefused",
    "attach_scan",
    "cancel_order",
    "change_order",
    "draft_order",
    "enforce_order",
    "keep_scan",
]
