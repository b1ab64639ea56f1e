"""Which tests PostgreSQL is spared, see tests/asked.py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.asked import SEARCH, shape_of, told_apart


def one(name: str, *fixtures: str) -> Any:
    return SimpleNamespace(nodeid=name, fixturenames=fixtures)


def names(items: Any) -> list[str]:
    return [item.nodeid for item in items]


def test_a_page_is_spared_where_all_it_asks_is_asked_without_it() -> None:
    items = [
        one("page that asks as the service does", "log_in"),
        one("service", "db"),
        one("small page", "log_in"),
        one("large page", "log_in"),
        one("search", "log_in"),
        one("new page", "log_in"),
    ]
    asked = {
        "page that asks as the service does": {"a"},
        "service": {"a", "b"},
        "small page": {"c"},
        "large page": {"b", "c"},
        "search": {f"a{SEARCH}", "a"},
    }

    kept, spared = told_apart(items, asked | {"gone": {"c"}})

    assert names(kept) == ["service", "large page", "search", "new page"]
    assert names(spared) == ["page that asks as the service does", "small page"]
    assert set().union(*(asked.get(name, set()) for name in names(kept))) == set().union(*asked.values())


def test_statements_differ_in_shape_unless_only_in_how_many_values() -> None:
    few, many = (f"SELECT a FROM t WHERE a IN ({values})" for values in ("%s", "%s, %s, %s"))
    once, twice = (f"INSERT INTO t (a, b) VALUES {values}" for values in ("(%s, %s)", "(%s, %s), (%s, %s)"))

    assert shape_of(few) == shape_of(many)
    assert shape_of(once) == shape_of(twice)
    assert len({shape_of(sql) for sql in (few, once, few.replace("a IN", "b IN"), f"{few} ORDER BY a")}) == 4
    assert shape_of("SELECT a FROM t WHERE a LIKE %s ESCAPE '\\'").endswith(SEARCH)
