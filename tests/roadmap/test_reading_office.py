"""What LibreOffice makes Word of: it fetches nothing, runs nothing, and several work at once."""

from __future__ import annotations

import http.server
import io
import os
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from roadmap.reading import DocumentRefused, office, read_document
from roadmap.reading.refusals import BrokenDocument, CarriesMacros, LostTable, PasswordProtected, TooHard
from tests.roadmap.conftest import Made
from tests.roadmap.documents import TWINS, word
from tests.roadmap.office import converted

HEADING = ["№ п/п", "Мероприятие", "Сроки", "Ответственный"]
TITLE = "Дорожная карта программы наставничества"
CANARY = "канарейка-из-файла"


@pytest.fixture(scope="module")
def plan_as_odt(twin_as: Made) -> bytes:
    return twin_as("kindergarten", "odt")


@pytest.fixture(scope="module")
def plan_as_doc(twin_as: Made) -> bytes:
    return twin_as("kindergarten", "doc")


def counts(data: bytes) -> tuple[int, ...]:
    return tuple(len(stage.activities) for stage in read_document(data, "plan").outline.stages)


def with_content(odt: bytes, change) -> bytes:
    """An .odt whose text was changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            content = old.read(name)
            made.writestr(name, change(content.decode()).encode() if name == "content.xml" else content)
    return file.getvalue()


def test_several_at_once_do_not_disturb_one_another(plan_as_odt: bytes) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(counts, [plan_as_odt] * 3))
    assert found == [TWINS["kindergarten"][1]] * 3


def test_nothing_is_fetched_from_the_network_or_from_the_server(plan_as_odt: bytes, tmp_path: Path) -> None:
    asked: list[str] = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        here = f"http://127.0.0.1:{server.server_port}"
        lures = (
            f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{here}/picture.png" '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
            f'<text:section text:name="a"><text:section-source xlink:href="{here}/part.odt"/></text:section>'
            f'<text:section text:name="b"><text:section-source xlink:href="{secret.as_uri()}"/><text:p/></text:section>'
        )
        data = with_content(plan_as_odt, lambda text: text.replace("</office:text>", f"{lures}</office:text>"))
        reading = read_document(data, "plan.odt")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert lures in zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    assert (asked, CANARY in str(reading)) == ([], False)


def test_it_works_without_our_environment_and_leaves_nothing_behind(
    plan_as_odt: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert counts(plan_as_odt) == TWINS["kindergarten"][1]
    assert list(tmp_path.iterdir()) == []


def test_one_that_takes_too_long_is_stopped_with_all_it_started(
    plan_as_odt: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in LibreOffice's place that starts another and waits."""
    program, left = tmp_path / "soffice", tmp_path / "left"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {left}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(TooHard):
        read_document(plan_as_odt, "plan.odt")
    state = Path(f"/proc/{left.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_an_old_word_file_that_ends_with_its_table_is_refused_and_not_misread() -> None:
    """LibreOffice writes such a file of a .docx without a last paragraph, and does not find the table again."""
    data = word([HEADING, ["1", "Обучение наставников", "май 2027", "Куратор"]], before=[TITLE])
    with pytest.raises(LostTable):
        read_document(office_made(data, "doc"), "plan.doc")


def office_made(data: bytes, kind: str) -> bytes:
    return converted({"plan": data}, kind, brought="docx")["plan"]


def test_an_old_word_file_of_a_word_document_is_read() -> None:
    data = word([HEADING, ["1", "Обучение наставников", "май 2027", "Куратор"]], before=[TITLE], after=["Конец"])
    outline = read_document(office_made(data, "doc"), "plan.doc").outline
    assert [one.text for stage in outline.stages for one in stage.activities] == ["Обучение наставников"]


def enciphered(doc: bytes) -> bytes:
    place = doc.index(office.WORD_STREAM)
    while place % office.BLOCK:
        place = doc.index(office.WORD_STREAM, place + 1)
    flags = place + office.FLAGS
    return doc[:flags] + bytes([doc[flags], doc[flags + 1] | 1]) + doc[flags + 2 :]


def test_a_password_macros_and_entities_are_refused_before_libreoffice_sees_them(
    plan_as_doc: bytes, plan_as_odt: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_part(name: str, content: bytes) -> bytes:
        file = io.BytesIO(plan_as_odt)
        with zipfile.ZipFile(file, "a") as made:
            made.writestr(name, content)
        return file.getvalue()

    entity = '<!DOCTYPE a [<!ENTITY b "bbbb">]>'
    brought = {
        "an enciphered .doc": (enciphered(plan_as_doc), PasswordProtected),
        "a .doc with macros": (plan_as_doc + office.MACROS, CarriesMacros),
        "an .odt with macros": (with_part("Basic/script-lc.xml", b"<a/>"), CarriesMacros),
        "an .odt with entities": (with_content(plan_as_odt, lambda text: entity + text), BrokenDocument),
    }
    monkeypatch.setattr(office, "LIMITED", "exit 1")
    for what, (data, refusal) in brought.items():
        with pytest.raises(DocumentRefused) as refused:
            read_document(data, "plan")
        assert (what, type(refused.value)) == (what, refusal)


def test_a_torn_file_is_refused(plan_as_doc: bytes) -> None:
    with pytest.raises(DocumentRefused):
        read_document(plan_as_doc[:3000], "plan.doc")
