"""A spreadsheet of people brought into a register, beside a bare reading of the same bytes."""

from __future__ import annotations

import io
import itertools
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import openpyxl
import psutil
from django.db import transaction

from bench.figures import Figure, middle
from core.actors import SYSTEM
from core.models import School
from mentoring.configuration import PROJECT
from participants.services.sheet_steps import import_at_once, read_people
from tests.factories import SchoolFactory

GOAL, MOST_MEGABYTES = 2.0, 300.0
ROWS = 5_000
SURNAMES = ("Тимофеев", "Ольхин", "Белых", "Ёлкин", "Журавлёв", "Северин", "Дроздов", "Кленов", "Лесной", "Полевой")
NAMES = ("Глеб", "Лев", "Пётр", "Иван", "Артём", "Матвей", "Тимур", "Юрий", "Яков", "Фёдор")
FATHERS = (
    "Андреевич",
    "Ильич",
    "Петрович",
    "Львович",
    "Семёнович",
    "Юрьевич",
    "Олегович",
    "Глебович",
    "Павлович",
    "Янович",
)
HEAD = (
    "№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Пол", "Телефон", "Электронная почта", "ФИО матери",
    "Телефон матери", "Электронная почта матери", "ФИО отца", "Телефон отца", "Интересы", "Запрос", "Адрес", "СНИЛС",
    "Кружки", "Дата вхождения в программу",
)  # fmt: skip
Deed = Callable[[], object]


def figures(blocks: int) -> list[Figure]:
    """The whole way of a sheet: opened in its process, read, compared, written; then the same file again."""
    data = list_of_pupils(ROWS)
    beside = "openpyxl's read-only pass"

    def brought() -> None:
        taken(SchoolFactory(), data)

    old = SchoolFactory()
    taken(old, data)
    name = f"a sheet of {ROWS} rows and {len(HEAD)} columns"
    return [
        _against(f"{name}, written", blocks, beside, brought, lambda: bare(data)),
        _against(f"{name}, the same again", blocks, beside, lambda: taken(old, data), lambda: bare(data)),
        memory(data),
    ]


def list_of_pupils(count: int) -> bytes:
    """An .xlsx as a school system gives it."""
    rng = random.Random(1)  # noqa: S311  figures, no secrets
    people = itertools.islice(itertools.cycle(itertools.product(SURNAMES, NAMES, FATHERS)), count)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Ученики")
    page.append(HEAD)
    for number, (surname, name, father) in enumerate(people, 1):
        born = f"{1 + number % 28:02}.{1 + number // 28 % 12:02}.{2008 + number % 9}"
        page.append(
            (
                number, surname, name, father, born, f"{1 + number % 11}{'АБВГ'[number % 4]}", "м", f"8900{number:07}",
                f"p{number}@school.test", f"{surname}а Анна Петровна", f"8901{number:07}", f"m{number}@home.test",
                f"{surname} Олег Львович", f"8902{number:07}", "шахматы, робототехника", "Подтянуть алгебру",
                f"ул. Полевая, д. {number}", f"{rng.randrange(10**11):011}", "хор", "01.10.2026",
            )
        )  # fmt: skip
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def taken(school: School, data: bytes) -> None:
    """All that `people_import` does in a process that is there already."""
    _book, table = read_people(data, school=school, side="mentee")
    with transaction.atomic():
        import_at_once(
            school=school, side="mentee", cycle=None, form=None, name="a.xlsx", table=table, writes=True, whole=True,
            by=SYSTEM,
        )  # fmt: skip


def bare(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows(values_only=True) for _cell in row)


def memory(data: bytes) -> Figure:
    """The most that the command and the process that opens the file take together."""
    school = SchoolFactory()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        command = [
            sys.executable,
            "manage.py",
            "people_import",
            file.name,
            "--school",
            str(school.pk),
            "--as",
            "mentee",
        ]
        process = subprocess.Popen([*command, "--json"], cwd=PROJECT, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(0.01)
    if process.returncode:
        raise RuntimeError("the command did not end well")
    return Figure("memory of people_import", peak / 1e6, "MB", goal=MOST_MEGABYTES)


def _resident(pid: int) -> int:
    try:
        process = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def _against(name: str, blocks: int, beside: str, ours: Deed, base: Deed) -> Figure:
    base()
    pairs = [(_work(ours), _work(base)) for _block in range(blocks)]
    took = statistics.median(base for _, base in pairs) * 1000
    return middle(name, [mine / theirs for mine, theirs in pairs], "x", goal=GOAL, baseline=f"{beside} {took:.0f} ms")


def _work(deed: Deed) -> float:
    """Seconds of the processor, those of processes that it started included."""
    began = _used()
    deed()
    return _used() - began


def _used() -> float:
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)
