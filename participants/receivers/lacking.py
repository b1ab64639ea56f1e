"""What people still lack under an activity of the roadmap, in words, and the list of exactly those people."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Side


def lacking(side: Side, cycle: int, count: int, total: int, words: str, standing: str) -> tuple[str, str]:
    """The words and the address of the list: those of this side and cycle with this standing; empty where none lacks.

    Without anyone on the side, that is what lacks.
    """
    address: dict[str, int | str] = {"cycle": cycle, "side": side.value}
    if not total:
        nobody = _("no mentees yet") if side == Side.MENTEE else _("no mentors yet")
        return nobody, _list(address)
    if not count:
        return "", ""
    return words % {"n": count, "total": total}, _list(address | {"standing": standing})


def without_consent(side: Side, total: int) -> str:
    """«у 7 из 42 наставляемых нет согласия»"""
    if side == Side.MENTEE:
        return ngettext("%(n)s of %(total)s mentee has no consent", "%(n)s of %(total)s mentees have no consent", total)
    return ngettext("%(n)s of %(total)s mentor has no consent", "%(n)s of %(total)s mentors have no consent", total)


def without_profile(side: Side, total: int) -> str:
    """«у 7 из 42 наставляемых не записан запрос»"""
    if side == Side.MENTEE:
        return ngettext(
            "%(n)s of %(total)s mentee has no request written down",
            "%(n)s of %(total)s mentees have no request written down",
            total,
        )
    return ngettext(
        "%(n)s of %(total)s mentor has no competences written down",
        "%(n)s of %(total)s mentors have no competences written down",
        total,
    )


def _list(address: dict[str, int | str]) -> str:
    return f"{reverse('participants:person_list')}?{urlencode(address)}"
