"""Promise R26: an installation that others can reach refuses to start while it is unsafe, and says why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mentoring.configuration import PROJECT, Configuration, MailServer
from mentoring.safety import Setup, inspect, unsafe

GOOD_KEY = "q9Wb_tXc3-RfLk8sPzVn5yHdJm2gQeTa7uCxEo4iB6wMvKzN1jF"
OTHER_KEY = "Zk4-mNs8_wYb2rQf6tLhXc9vPdJg3eTa5uRiWo7qD1xKvMzB0jF"
MAIL = MailServer(host="mail.school.example", port=587, user="", password="", use_tls=True, use_ssl=False)
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/stupeni/stupeni.sqlite3"}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "stupeni", "HOST": "db.school.example"}

SAFE = Setup(
    configuration=Configuration(
        debug=False,
        port=8000,
        listen="127.0.0.1",
        site_url="https://stupeni.school.example",
        data_dir=Path("/srv/stupeni"),
        database=SQLITE,
        redis_url="unix:///srv/stupeni/redis/redis.sock",
        own_redis=True,
        secret_key=GOOD_KEY,
        files_key=OTHER_KEY,
        mail=MAIL,
        mail_from="Ступени <stupeni@school.example>",
        clamd_url="",
        trusted_proxies=("127.0.0.1",),
        hsts_subdomains=True,
        web_workers=2,
        worker_processes=1,
    ),
    allowed_hosts=["stupeni.school.example"],
    sqlite_version=(3, 53, 4),
    sqlite_in_wal=True,
    open_paths=[],
)


def told(**changes: object) -> Setup:
    return replace(SAFE, configuration=replace(SAFE.configuration, **changes))  # type: ignore[arg-type]


def codes(setup: Setup) -> list[str]:
    return [problem.code for problem in unsafe(setup)]


THE_TWELVE = {
    "debug": told(debug=True),
    "hosts": replace(SAFE, allowed_hosts=["*"]),
    "http_site": told(site_url="http://stupeni.school.example"),
    "trusted_proxy": told(trusted_proxies=()),
    "secret_key": told(secret_key="django-insecure-" + GOOD_KEY),
    "files_key": told(files_key="short"),
    "same_keys": told(files_key=GOOD_KEY),
    "sqlite_wal": replace(SAFE, sqlite_version=(3, 40, 1)),
    "open_files": replace(SAFE, open_paths=[Path("/srv/stupeni")]),
    "redis": told(redis_url="redis://redis.school.example:6379/0"),
    "database": told(database=POSTGRES),
    "mail": told(mail=None),
}


def test_a_safe_installation_has_no_problem() -> None:
    assert codes(SAFE) == []


@pytest.mark.parametrize("code", THE_TWELVE)
def test_each_of_the_twelve_dangers_is_named_alone(code: str) -> None:
    problems = unsafe(THE_TWELVE[code])

    assert [problem.code for problem in problems] == [code]
    assert len(problems[0].text) > 30


def test_there_are_twelve() -> None:
    assert len(THE_TWELVE) == 12


@pytest.mark.parametrize(
    ("setup", "code"),
    [
        (told(secret_key=""), "secret_key"),
        (told(secret_key="a" * 60), "secret_key"),
        (told(trusted_proxies=("0.0.0.0/0",)), "trusted_proxy"),
        (told(trusted_proxies=("127.0.0.1", "*")), "trusted_proxy"),
        (told(site_url="http://127.0.0.1:8000", listen="0.0.0.0"), "http_site"),
        (told(database=POSTGRES | {"OPTIONS": {"sslmode": "prefer"}}), "database"),
        (told(mail=replace(MAIL, use_tls=False)), "mail"),
        (replace(SAFE, allowed_hosts=[".school.example"]), "hosts"),
    ],
)
def test_the_same_danger_in_another_shape(setup: Setup, code: str) -> None:
    assert codes(setup) == [code]


@pytest.mark.parametrize(
    "setup",
    [
        told(
            site_url="http://127.0.0.1:8000", secret_key="x", files_key="x", mail=None, trusted_proxies=(), debug=True
        ),
        told(site_url="http://localhost:8000"),
        told(site_url="http://[::1]:8000", listen="::1"),
        told(redis_url="redis://:secret@redis.school.example:6379/0"),
        told(redis_url="redis://127.0.0.1:6379/0"),
        told(database=POSTGRES | {"OPTIONS": {"sslmode": "verify-full"}}),
        told(database=POSTGRES | {"HOST": "/var/run/postgresql"}),
        told(mail=replace(MAIL, host="127.0.0.1", use_tls=False)),
        replace(SAFE, sqlite_version=(3, 40, 1), sqlite_in_wal=False),
        replace(SAFE, sqlite_version=(3, 50, 7)),
        replace(SAFE, sqlite_version=(3, 44, 6)),
    ],
)
def test_what_is_safe_or_a_trial_is_let_through(setup: Setup) -> None:
    assert codes(setup) == []


def test_a_data_folder_that_others_may_read_is_found_and_one_that_they_may_not_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "env"))
    configuration = replace(SAFE.configuration, data_dir=tmp_path, database=SQLITE | {"NAME": str(tmp_path / "db")})
    (tmp_path / "env").touch(mode=0o600)
    tmp_path.chmod(0o750)
    assert inspect(configuration).open_paths == []

    tmp_path.chmod(0o755)
    (tmp_path / "env").chmod(0o604)

    assert list(inspect(configuration).open_paths) == [tmp_path, tmp_path / "env"]


SAFE_ENVIRONMENT = {
    "SITE_URL": "https://stupeni.school.example",
    "SECRET_KEY": GOOD_KEY,
    "FILES_KEY": OTHER_KEY,
    "EMAIL_URL": "smtp+tls://user:password@mail.school.example:587",
    "TRUSTED_PROXY": "127.0.0.1",
}


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        environment |= {"DATA_DIR": str(tmp_path / "data"), "ENV_FILE": os.devnull, "LANGUAGE": "en"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, cwd=PROJECT, text=True, capture_output=True, check=False)

    return run


def test_the_deploy_check_finds_nothing_on_a_safe_installation(
    run_python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = run_python("manage.py", "check", "--deploy", "--fail-level", "INFO", **SAFE_ENVIRONMENT)

    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (1 silenced)."), done.stderr


@pytest.mark.parametrize(
    "program", [("-m", "mentoring.run"), ("-c", "import mentoring.wsgi"), ("manage.py", "migrate")]
)
def test_nothing_starts_on_an_unsafe_installation(
    run_python: Callable[..., subprocess.CompletedProcess[str]], program: tuple[str, ...]
) -> None:
    done = run_python(*program, **SAFE_ENVIRONMENT | {"SECRET_KEY": "short"})

    assert done.returncode == 1
    assert "SECRET_KEY is missing, too short or an example." in done.stderr
