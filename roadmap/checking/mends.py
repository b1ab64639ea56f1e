"""What a button says that does what is proposed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from roadmap.checking.shapes import AddActivity, Mend, Rename, Renumber

MOST_NUMBERS = 4
"""Numbers that a button names one by one."""


def label_of(mend: Mend) -> str:
    """«Исправить: Октябрь 2024 г.», «Перенумеровать: 7.6, 7.7», «Добавить мероприятие № 32»."""
    if isinstance(mend, AddActivity):
        return _("Add standard activity No. %(number)s") % {"number": mend.standard}
    if isinstance(mend, Renumber):
        numbers = [number for _key, number in mend.numbers]
        shown = ", ".join(numbers) if len(numbers) <= MOST_NUMBERS else f"{numbers[0]} – {numbers[-1]}"
        return _("Renumber: %(numbers)s") % {"numbers": shown}
    return _("Correct: %(text)s") % {"text": mend.name if isinstance(mend, Rename) else mend.shown}
