"""Forms as a browser sends them, filled in without a mistake."""

from __future__ import annotations

from accounts.calendar import usual_periods
from accounts.forms.school import calendar_rows

REQUISITES = {
    "name": "Муниципальное учреждение «Средняя школа № 5»",
    "short_name": "Школа № 5",
    "founder": "Управление образования города Заречный",
    "address": "г. Заречный, ул. Лесная, 1",
    "inn": "7707083893",
    "ogrn": "1027700132195",
    "head_post": "Директор",
    "head_name": "Озёрная Вера Павловна",
    "place": "Заречный",
    "time_zone": "Asia/Omsk",
    "site": "https://school5.test",
}


def school_form(**changes: str) -> dict[str, str]:
    """The fields of a school with the usual calendar, as a browser sends them."""
    rows = calendar_rows(usual_periods(2026))
    fields = {f"school-{name}": value for name, value in (REQUISITES | changes).items()}
    fields |= {"calendar-TOTAL_FORMS": str(len(rows)), "calendar-INITIAL_FORMS": str(len(rows))}
    for place, row in enumerate(rows):
        fields |= {f"calendar-{place}-{name}": str(value) for name, value in row.items()}
    return fields


def first_people(**changes: str) -> dict[str, str]:
    """The fields of a first curator and a first administrator."""
    fields: dict[str, str] = {}
    for prefix, surname in (("curator", "Соколова"), ("administrator", "Озёрная")):
        fields |= {
            f"{prefix}-surname": surname,
            f"{prefix}-given_name": "Мария",
            f"{prefix}-patronymic": "Евгеньевна",
            f"{prefix}-email": f"{prefix}@school.test",
            f"{prefix}-post": "",
        }
    return fields | changes
