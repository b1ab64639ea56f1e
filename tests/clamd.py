"""A clamd for tests: speaks the real protocol on loopback, knows one virus, can be slow, silent or away."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

S = TypeVar("S", bound=socketserver.BaseServer)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every antivirus takes for a virus, in two parts, so that none takes this one for it."""


class Session(socketserver.StreamRequestHandler):
    """One command: `zINSTREAM`, then pieces with their length in four bytes, the last of length nought."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > self.server.most:  # type: ignore[attr-defined]
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(len(data))  # type: ignore[attr-defined]
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def __init__(self, *, most: int = 1 << 30) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.most, self.seen = most, list[int]()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class UnixClamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), Session)
        self.most, self.seen, self.url = 1 << 30, list[int](), f"unix://{path}"


@contextmanager
def answering(server: S) -> Iterator[S]:
    """The server at work, until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
