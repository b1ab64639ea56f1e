"""Fifty ways to make a paper look elsewhere, for its text fields and for its markup."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CANARY = "kanareyka-7f3a"

SHAPES = (
    '<link rel="attachment" href="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<img src="{url}" alt="x">',
    '<object data="{url}">x</object>',
    '<embed src="{url}">',
    (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title>'
        '<image xlink:href="{url}" width="9" height="9"/></svg>'
    ),
    (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title>'
        '<use xlink:href="{url}#a"/></svg>'
    ),
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    '<p style="background:url({url})">x</p>',
    '<p style="list-style-image:url({url});display:list-item">x</p>',
    '<p style="border-image:url({url}) 9;border:9px solid">x</p>',
    "<style>p::before{{content:url({url})}}</style><p>x</p>",
    "<style>@font-face{{font-family:Z;src:url({url})}}p{{font-family:Z}}</style><p>x</p>",
    "<style>@color-profile --z{{src:url({url})}}</style><p>x</p>",
    '<a rel="attachment" href="{url}">x</a>',
)


def payloads(address: str, file: Path) -> list[str]:
    """Fifty pieces of markup that ask for the canary by http, by file and by two more schemes."""
    urls = (f"{address}/hit", file.as_uri(), f"data:text/html,<img src={address}/data>")
    made = [shape.format(url=url) for url in urls for shape in SHAPES]
    return [*made, f'<base href="{address}/"><img src="hit" alt="x">', f'<iframe src="{file.as_uri()}"></iframe>']


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server that gives the canary to whoever asks: its address and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CANARY.encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()
