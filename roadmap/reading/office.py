"""Old Word (.doc), OpenDocument (.odt) and .rtf: LibreOffice makes a .docx of them, which is read as Word.

It works on a copy in a folder of its own, with settings that let it neither run macros nor fetch anything,
and is stopped with all its processes when it takes too long or too much.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from struct import unpack_from

from roadmap.reading.kinds import office_program
from roadmap.reading.package import has_table, refuse_entities
from roadmap.reading.refusals import (
    BrokenDocument,
    CarriesMacros,
    LostTable,
    NeedsOffice,
    PasswordProtected,
    TooHard,
)

SECONDS = 60
MEMORY = 2_000_000  # kilobytes of address space: LibreOffice lays claim to far more than it uses
OUTPUT = 64 * 1024 * 2  # blocks of 512 bytes
LIMITED = f'ulimit -c 0; ulimit -t {SECONDS}; ulimit -v {MEMORY}; ulimit -f {OUTPUT}; exec "$0" "$@"'
SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
    # Whatever would reach for the network is sent to a door that nobody keeps.
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
        "ooInetNoProxy": "",
    },
}
# The head of a Word stream, which begins a block of the container; the bit says that what follows is enciphered.
WORD_STREAM, BLOCK, FLAGS, ENCIPHERED = b"\xec\xa5", 512, 10, 0x100
ROW_END = "\x07\x07".encode("utf-16-le")
MACROS = "_VBA_PROJECT".encode("utf-16-le")

_turns = threading.BoundedSemaphore(2)
"""Each takes a processor and 200 MB while it lasts."""


def as_docx(data: bytes, ending: str) -> bytes:
    """The document as .docx; `ending` is what it is. Raises a DocumentRefused."""
    program = office_program()
    if program is None:
        raise NeedsOffice
    if ending == ".doc":
        _look_through(data)
    if ending == ".odt":
        refuse_entities(data)
    with _turns, tempfile.TemporaryDirectory(prefix="roadmap-") as folder:
        made = _converted(program, Path(folder), data, ending)
    if ending == ".doc" and ROW_END in data and not has_table(made):
        # LibreOffice itself writes files that end with their table, and does not find it again.
        raise LostTable
    return made


def _look_through(data: bytes) -> None:
    place = data.find(WORD_STREAM)
    while place >= 0 and place % BLOCK:
        place = data.find(WORD_STREAM, place + 1)
    if place >= 0 and len(data) >= place + FLAGS + 2 and unpack_from("<H", data, place + FLAGS)[0] & ENCIPHERED:
        raise PasswordProtected
    if MACROS in data:
        raise CarriesMacros


def _converted(program: str, folder: Path, data: bytes, ending: str) -> bytes:
    brought = folder / f"brought{ending}"
    brought.write_bytes(data)
    _write_settings(folder / "profile" / "user")
    _run(program, folder, brought)
    made = folder / "made" / "brought.docx"
    if not made.is_file():
        raise BrokenDocument
    return made.read_bytes()


def _run(program: str, folder: Path, brought: Path) -> None:
    command = [
        *("/bin/sh", "-c", LIMITED, program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "made"), str(brought)),
    ]
    # Without our environment, which holds the installation's keys.
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603  the office program itself; the file's name is ours
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise TooHard from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in SETTINGS.items()
        for name, value in values.items()
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f"{items}</oor:items>"
    )
