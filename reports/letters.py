"""The letter to a mentor whose pairs have begun; who they are, only the page says."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.links import full_address
from core.models import Notice
from core.notices import Letter
from core.typography import long_date
from reports.models import Order


def write_order_in_force(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for a mentor who has lost his address meanwhile."""
    if notice.user is None or not notice.user.email or not notice.user.is_active:
        return None
    order = Order.objects.select_related("school").get(pk=notice.payload["order"])
    context = {
        "school": order.school.name,
        "day": long_date(order.dated_on),
        "number": order.number,
        "link": full_address("home"),
    }
    subject = _("You are a mentor: the order of %(school)s is in force") % {"school": order.school.short_name}
    return Letter(
        notice.user.email, subject, render_to_string("reports/notices/order_in_force.txt", context).strip() + "\n"
    )
