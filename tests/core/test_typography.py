from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.typography import long_date, tie


@pytest.mark.parametrize(
    ("written", "tied"),
    [
        ("№ п/п", "№_п/п"),
        ("от 30 августа 2026 г. № 376/а", "от 30_августа 2026_г. №_376/а"),
        ("в 2026, 2027 годах", "в_2026, 2027_годах"),
        ("и о наставничестве", "и_о_наставничестве"),
        ("г. Заречный", "г._Заречный"),
        ("И. А. Лугова", "И._А._Лугова"),
        ("Лугова И. А.", "Лугова_И._А."),
        ("педагог-психолог И.А. Лугова", "педагог-психолог И.А._Лугова"),
        ("Июнь – август", "Июнь_– август"),
        ("МБОУ «СОШ № 5»", "МБОУ «СОШ_№_5»"),
        ("в РНЦ. Проведение", "в_РНЦ. Проведение"),
        ("Школа №5", "Школа №5"),
    ],
)
def test_what_belongs_together_is_tied(written: str, tied: str) -> None:
    assert tie(written).replace("\u00a0", "_") == tied


@given(st.text(alphabet="абвАБВ №.–«»019г \u00a0\n"))
def test_only_spaces_change(text: str) -> None:
    assert "".join(tie(text).split()) == "".join(text.split())


def test_a_date_is_one_piece() -> None:
    assert long_date(date(2026, 8, 31)) == "31\u00a0августа\u00a02026\u00a0г."
