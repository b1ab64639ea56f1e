"""Papers ask for nothing of the machine or the network, and come out the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
import weasyprint
from pytest_django.fixtures import Settings
from weasyprint.urls import FatalURLFetchingError

from core.pdf import ASSETS, AssetFetcher, PaperRefused, render_pdf
from tests.payloads import CANARY, listening, payloads


@pytest.fixture
def canary_file(tmp_path: Path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text(CANARY)
    return path


def outcome_of(payload: str) -> bytes:
    """The PDF of raw markup, or the name of what stopped it."""
    html = weasyprint.HTML(string=f'<html lang="ru"><title>Т</title>{payload}', url_fetcher=AssetFetcher())
    try:
        pdf: bytes = html.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
    except FatalURLFetchingError as error:
        return type(error).__name__.encode()
    return pdf


def test_even_unescaped_markup_reaches_no_file_and_no_server(canary_file: Path) -> None:
    with listening() as (address, asked):
        outcomes = [outcome_of(payload) for payload in payloads(address, canary_file)]

    assert len(outcomes) == 50
    assert asked == []
    assert [outcome for outcome in outcomes if CANARY.encode() in outcome or b"/EmbeddedFile" in outcome] == []
    assert outcomes.count(b"FatalURLFetchingError") > 25


def test_the_canary_would_be_caught_with_the_engines_own_fetcher(canary_file: Path) -> None:
    with listening() as (address, asked):
        html = f'<html lang="ru"><link rel="attachment" href="{canary_file.as_uri()}"><img src="{address}/x" alt="x">'
        pdf = weasyprint.HTML(string=html).write_pdf(uncompressed_pdf=True)

    assert asked == ["/x"]
    assert CANARY.encode() in pdf


@pytest.mark.parametrize(
    "url",
    [
        "asset:../css/base.css",
        "asset:fonts/../paper.css",
        "asset:/etc/passwd",
        "asset:fonts/OFL.txt",
        "asset:paper.css?x",
        "asset://paper.css",
        "ASSET:paper.css",
        "asset:paper.css\n",
        f"file://{ASSETS}/paper.css",
        "data:text/css,a{}",
        "http://127.0.0.1/",
        "paper.css",
        "",
    ],
)
def test_the_fetcher_knows_its_assets_and_nothing_else(url: str) -> None:
    with pytest.raises(ValueError, match="not an asset"):
        AssetFetcher().fetch(url)


def test_every_asset_is_there_and_known_to_the_fetcher() -> None:
    names = sorted(str(path.relative_to(ASSETS)) for path in ASSETS.rglob("*.*") if path.suffix != ".txt")

    answers = [AssetFetcher().fetch(f"asset:{name}") for name in names]

    assert [answer.content_type for answer in answers] == [
        "font/ttf" if name.endswith(".ttf") else "text/css" for name in names
    ]


def test_a_template_that_asks_for_something_else_makes_no_paper(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "leaky.html").write_text('<html lang="ru"><link rel="stylesheet" href="asset:absent.css">')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(PaperRefused, match=r"absent\.css"):
        render_pdf("leaky.html", {}, title="Т")
