from __future__ import annotations

import os
from pathlib import Path

import pytest

from mentoring.configuration import (
    PROJECT,
    SOCKET_PATH_BYTES,
    MailServer,
    Misconfigured,
    read_configuration,
    redis_socket,
)

NAMES = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "PORT", "LISTEN", "SECRET_KEY", "FILES_KEY", "EMAIL_URL", "DEBUG")


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENV_FILE", os.devnull)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "данные"))


def test_with_nothing_set_it_is_a_trial_on_this_machine_with_keys_of_its_own(tmp_path: Path) -> None:
    found = read_configuration()

    assert found.is_trial
    assert found.site_url == "http://127.0.0.1:8000"
    assert found.database == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "данные" / "stupeni.sqlite3"),
    }
    assert found.secret_key != found.files_key
    assert min(len(found.secret_key), len(found.files_key)) >= 60
    assert read_configuration() == found


def test_the_data_folder_and_the_keys_are_closed_to_others(tmp_path: Path) -> None:
    read_configuration()

    folder = tmp_path / "данные"
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.glob("keys"), *folder.glob("keys/*"))}
    assert modes == {"данные": 0o700, "keys": 0o700, "secret_key": 0o600, "files_key": 0o600}


def test_an_installation_that_others_reach_gets_no_keys_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITE_URL", "https://stupeni.school.example/")

    found = read_configuration()

    assert (found.is_trial, found.secret_key, found.files_key) == (False, "", "")
    assert found.site_url == "https://stupeni.school.example"
    assert not (tmp_path / "данные" / "keys").exists()


def test_the_port_moves_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")

    assert read_configuration().site_url == "http://127.0.0.1:8123"


def test_the_env_file_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "env").write_text("PORT=8001\nLISTEN=::1\n")
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "env"))
    monkeypatch.setenv("PORT", "8002")
    # Registered so that what the file brings into the environment is taken out again.
    monkeypatch.setenv("LISTEN", "")
    monkeypatch.delenv("LISTEN")

    found = read_configuration()

    assert (found.port, found.listen) == (8002, "::1")


def test_a_relative_data_folder_lies_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "data")

    assert read_configuration().data_dir == PROJECT / "data"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp+tls://u:p%40ss@mail.example:2525", MailServer("mail.example", 2525, "u", "p@ss", True, False)),
        ("smtps://u:p@mail.example", MailServer("mail.example", 465, "u", "p", False, True)),
        ("smtp://127.0.0.1", MailServer("127.0.0.1", 25, "", "", False, False)),
    ],
)
def test_the_mail_server_is_read_from_one_address(
    monkeypatch: pytest.MonkeyPatch, address: str, server: MailServer
) -> None:
    monkeypatch.setenv("EMAIL_URL", address)

    assert read_configuration().mail == server


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "восемь"),
        ("SITE_URL", "stupeni.school.example"),
        ("EMAIL_URL", "mail.school.example"),
        ("EMAIL_URL", "smtp://mail.school.example:порт"),
        ("DATABASE_URL", "nonsense"),
        ("DEBUG", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_understood_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Misconfigured, match=name):
        read_configuration()


def test_a_data_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))

    with pytest.raises(Misconfigured, match="DATA_DIR"):
        read_configuration()


def test_the_socket_leaves_a_data_folder_whose_path_is_too_long_for_one() -> None:
    short, long = Path("/srv/stupeni"), Path("/srv") / ("ш" * 50)

    assert redis_socket(short) == short / "redis" / "redis.sock"
    assert redis_socket(long).parent.parent == Path("/tmp")
    assert len(os.fsencode(redis_socket(long))) <= SOCKET_PATH_BYTES
    assert redis_socket(long) != redis_socket(long / "other")
