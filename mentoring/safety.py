"""What an installation that others can reach must not be (promise R26): each danger is named in one sentence.

A trial, that is plain http which cannot be reached from another machine, is let through.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mentoring import sqlite
from mentoring.configuration import PROJECT, Configuration, is_loopback
from mentoring.console import gettext as _

SHORTEST_KEY = 50
"""Characters, as Django's own check asks."""
FEWEST_DIFFERENT = 12
KEY_RECIPE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
ENCRYPTED_MODES = frozenset({"require", "verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One danger: a short code that does not change, and what is wrong and what to do."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Setup:
    """The facts an installation's safety is judged by."""

    configuration: Configuration
    allowed_hosts: Sequence[str]
    sqlite_version: tuple[int, ...]
    sqlite_in_wal: bool
    open_paths: Sequence[Path]
    """Files and folders with people's data or keys that other users of the machine can read."""


def unsafe(setup: Setup) -> list[Problem]:
    """Everything that forbids to start; empty for a trial and for a safe installation."""
    if setup.configuration.is_trial:
        return []
    return [*_address(setup), *_keys(setup.configuration), *_storage(setup), *_partners(setup.configuration)]


def inspect(configuration: Configuration, allowed_hosts: Sequence[str] = ()) -> Setup:
    """Look at this machine: the SQLite in use, the database file, who may read the data folder."""
    return Setup(
        configuration=configuration,
        allowed_hosts=allowed_hosts or [configuration.host],
        sqlite_version=sqlite.VERSION,
        sqlite_in_wal=configuration.is_sqlite and sqlite.is_in_wal(Path(configuration.database["NAME"])),
        open_paths=[path for path in _private_paths(configuration) if _is_open(path)],
    )


def refuse_unsafe(configuration: Configuration) -> None:
    """End the process with the list of dangers on standard error, if there are any."""
    if problems := unsafe(inspect(configuration)):
        lines = [f"  {problem.code}: {problem.text}" for problem in problems]
        head = _("Not started: %(address)s would not be safe.") % {"address": configuration.site_url}
        sys.exit("\n".join([head, *lines]))


def _address(setup: Setup) -> Iterator[Problem]:
    configuration = setup.configuration
    if configuration.debug:
        yield Problem("debug", _("DEBUG is on: error pages would show data and keys to everyone. Remove DEBUG."))
    if any(host in {"", "*"} or host.startswith(".") for host in setup.allowed_hosts):
        yield Problem("hosts", _("ALLOWED_HOSTS takes any name: links could be forged. Name one host in SITE_URL."))
    if not configuration.is_https:
        yield Problem(
            "http_site",
            _(
                "SITE_URL is not https: passwords would cross the network in clear. "
                "Plain http serves for a trial on one's own machine, with SITE_URL and LISTEN on a loopback address."
            ),
        )
    if not configuration.trusted_proxies or any(map(_is_everyone, configuration.trusted_proxies)):
        yield Problem(
            "trusted_proxy",
            _(
                "TRUSTED_PROXY does not name the proxy that does https before this server. "
                "Give its address or network; if it took anyone's word, visitors could forge their address."
            ),
        )


def _keys(configuration: Configuration) -> Iterator[Problem]:
    text = _(
        "%(name)s is missing, too short or an example. Make one with: %(recipe)s "
        "(an installation that was tried out before has its own in %(file)s)."
    )
    for name, key in (("SECRET_KEY", configuration.secret_key), ("FILES_KEY", configuration.files_key)):
        if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT or key.startswith("django-insecure-"):
            file = configuration.data_dir / "keys" / name.lower()
            yield Problem(name.lower(), text % {"name": name, "recipe": KEY_RECIPE, "file": file})
    if configuration.secret_key and configuration.secret_key == configuration.files_key:
        yield Problem("same_keys", _("SECRET_KEY and FILES_KEY are the same: who learns one has both. Make a second."))


def _storage(setup: Setup) -> Iterator[Problem]:
    if setup.configuration.is_sqlite and setup.sqlite_in_wal and sqlite.may_lose_commits(setup.sqlite_version):
        text = _(
            "SQLite %(version)s can lose data when several processes use a database in WAL mode. "
            "Run bin/setup, which brings a newer one, or use PostgreSQL (DATABASE_URL)."
        )
        yield Problem("sqlite_wal", text % {"version": ".".join(map(str, setup.sqlite_version))})
    if setup.open_paths:
        text = _("Other users of this machine can read people's data or keys: %(paths)s. Run chmod o= on it.")
        yield Problem("open_files", text % {"paths": ", ".join(map(str, setup.open_paths))})


def _partners(configuration: Configuration) -> Iterator[Problem]:
    redis = urlsplit(configuration.redis_url)
    if redis.scheme != "unix" and not is_loopback(redis.hostname or "") and not unquote(redis.password or ""):
        text = _("REDIS_URL names a Redis on another machine without a password. Set one there and here.")
        yield Problem("redis", text)
    if not configuration.is_sqlite and not _is_private(configuration):
        text = _("DATABASE_URL leads to another machine without encryption. Add ?sslmode=verify-full to it.")
        yield Problem("database", text)
    if not configuration.mail:
        text = _("EMAIL_URL is not set: no letter would reach anyone. Give smtp+tls://user:password@host:587.")
        yield Problem("mail", text)
    elif not configuration.mail.is_private:
        text = _("EMAIL_URL sends letters to another machine in clear. Use smtp+tls:// or smtps://.")
        yield Problem("mail", text)


def _is_private(configuration: Configuration) -> bool:
    database, options = configuration.database, configuration.database.get("OPTIONS", {})
    host = database.get("HOST") or options.get("host", "")
    return not host or host.startswith("/") or is_loopback(host) or options.get("sslmode") in ENCRYPTED_MODES


def _private_paths(configuration: Configuration) -> list[Path]:
    """What must be closed: the data folder closes all in it, the other two may lie elsewhere."""
    told = [configuration.data_dir, Path(os.environ.get("ENV_FILE") or PROJECT / ".env")]
    database = Path(configuration.database["NAME"])
    if configuration.is_sqlite and not database.is_relative_to(configuration.data_dir):
        told.append(database)
    return told


def _is_open(path: Path) -> bool:
    """Whether users other than the owner and his group may read it or pass through it."""
    if not (path.is_file() or path.is_dir()):
        return False
    return bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH))


def _is_everyone(proxy: str) -> bool:
    return proxy == "*" or proxy.endswith("/0")
