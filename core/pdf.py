"""Papers: a Django template becomes an archivable PDF that needs nothing of the machine it is read on.

WeasyPrint takes a second and 60 MB to import, so only modules of the worker import this one.
"""

from __future__ import annotations

import re
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ASSETS = settings.BASE_DIR / "static" / "documents"
ASSET = re.compile(r"asset:((?:fonts/)?[A-Za-z-]+\.(css|ttf))")
CONTENT_TYPES = {"css": "text/css", "ttf": "font/ttf"}


class PaperRefused(Exception):
    """The paper asked for something that is not one of the program's own assets; none was made."""


class AssetFetcher(URLFetcher):
    """Gives the stylesheets and fonts in `static/documents` by their `asset:` names, and nothing else.

    No file, no address, no `data:`; whatever else is asked for stops the rendering.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        asset = ASSET.fullmatch(url)
        if asset is None:
            raise ValueError("not an asset")
        return URLFetcherResponse(url, (ASSETS / asset[1]).read_bytes(), {"Content-Type": CONTENT_TYPES[asset[2]]})


def render_pdf(template: str, context: dict[str, Any], *, title: str) -> bytes:
    """The paper as tagged PDF/A-3a in Russian. `title` is what a reader's window shows.

    The file holds no time of its making, so the same input gives the same bytes. Raises PaperRefused.
    """
    with translation.override("ru"):
        html = render_to_string(template, {**context, "document_title": title})
    try:
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(pdf_variant="pdf/a-3a")
    except FatalURLFetchingError as error:
        raise PaperRefused(str(error)) from error
    return pdf
