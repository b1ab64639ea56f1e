"""Ages: who is a minor on a day."""

from __future__ import annotations

from datetime import date

FULL_AGE = 18


def age_on(birth_date: date, day: date) -> int:
    """Full years on that day; someone born on 29 February grows older on 1 March of a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def of_age_on(birth_date: date) -> date:
    """The eighteenth birthday: the first day on which nobody signs for him any more."""
    try:
        return birth_date.replace(year=birth_date.year + FULL_AGE)
    except ValueError:
        return date(birth_date.year + FULL_AGE, 3, 1)


def born_for_age(day: date) -> date:
    """The latest birth date of those who are of age on that day."""
    try:
        return day.replace(year=day.year - FULL_AGE)
    except ValueError:
        return date(day.year - FULL_AGE, 2, 28)


def is_minor(birth_date: date | None, day: date, *, otherwise: bool) -> bool:
    """Under 18 on that day (Civil Code art. 21); `otherwise` where the birth date is not known."""
    return otherwise if birth_date is None else age_on(birth_date, day) < FULL_AGE
