"""The headline of a scenario."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairing.scenes.scene import Scene


def headline_of(scene: Scene) -> str:
    """«51 пара предложена, 13 наставляемых пока без наставника»"""
    served, alone = scene.figures.served, scene.alone
    parts = []
    if served:
        parts.append(ngettext("%(n)s pair is proposed", "%(n)s pairs are proposed", served) % {"n": served})
    if alone:
        words = ngettext("%(n)s mentee has no mentor yet", "%(n)s mentees have no mentor yet", alone)
        parts.append(words % {"n": alone})
    if parts:
        return ", ".join(parts)
    return _("Every pair of this scenario is sent") if scene.lines else _("There is nobody to be paired")
