"""Ages: who is a minor on a day."""

from __future__ import annotations

from datetime import date

FULL_AGE = 18


def age_on(birth_date: date, day: date) -> int:
    """Full years on that day; someone born on 29 February grows older on 1 March of a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_minor(birth_date: date | None, day: date, *, otherwise: bool) -> bool:
    """Under 18 on that day (Civil Code art. 21); `otherwise` where the birth date is not known."""
    return otherwise if birth_date is None else age_on(birth_date, day) < FULL_AGE
