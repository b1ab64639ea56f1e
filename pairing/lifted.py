"""The hard rules in a few words, as a pair that was made against one of them is shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pairing.rules import Rule


def rules_in_words(keys: Iterable[str]) -> list[str]:
    """What was lifted, for each of these keys; one that is not known any more is shown as it is."""
    words = {
        Rule.STATUS: _("the mentor has not passed the interview or the training"),
        Rule.ROLE_MODEL: _("the role models of the two differ"),
        Rule.AGE: _("the mentor asked for another age"),
        Rule.AGE_GAP: _("the two are too close in age"),
        Rule.HOURS: _("they have no free hour in common"),
        Rule.CLASS_TEACHER: _("the mentor teaches the mentee's class"),
        Rule.PAST: _("a pair of these two was refused or ended badly before"),
    }
    by_key = {str(rule): text for rule, text in words.items()}
    return [by_key.get(key, key) for key in keys]
