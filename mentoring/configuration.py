"""What an installation is told from outside: the environment and the file `.env`, read once and typed.

No Django here, so that the program that starts the processes can read it as well.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from environs import Env, EnvError

from mentoring.console import gettext as _

PROJECT = Path(__file__).resolve().parent.parent
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SOCKET_PATH_BYTES = 107
"""The longest path a unix socket may have on Linux, see unix(7)."""


class Misconfigured(Exception):
    """A value that cannot be understood; the text names it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    """Begins in clear and turns encryption on (STARTTLS)."""
    use_ssl: bool
    """Encrypted from the first byte."""

    @property
    def is_private(self) -> bool:
        return self.use_tls or self.use_ssl or is_loopback(self.host)


@dataclass(frozen=True, slots=True)
class Configuration:
    """One installation as its operator describes it in `.env`."""

    debug: bool
    port: int
    listen: str
    site_url: str
    data_dir: Path
    database: dict[str, Any]
    redis_url: str
    own_redis: bool
    """True where no REDIS_URL is given and a private Redis is started beside the web server."""
    secret_key: str
    files_key: str
    mail: MailServer | None
    mail_from: str
    clamd_url: str
    """`tcp://host:port` or `unix:///path`; empty where there is no antivirus."""
    trusted_proxies: tuple[str, ...]
    hsts_subdomains: bool
    web_workers: int
    worker_processes: int

    @property
    def host(self) -> str:
        return urlsplit(self.site_url).hostname or ""

    @property
    def is_sqlite(self) -> bool:
        return str(self.database["ENGINE"]).endswith("sqlite3")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.site_url).scheme == "https"

    @property
    def is_trial(self) -> bool:
        """Plain http that cannot be reached from another machine."""
        return not self.is_https and is_loopback(self.host) and is_loopback(self.listen)


def read_configuration() -> Configuration:
    """Read the environment; what it does not say is taken from `.env` in the project folder, or from ENV_FILE.

    Raises Misconfigured. Makes the data folder, and for a trial the two keys in it.
    """
    try:
        found = _read(Env())
    except (EnvError, ValueError) as error:
        raise Misconfigured(_("a setting cannot be understood: %(why)s") % {"why": error}) from error
    if urlsplit(found.site_url).scheme not in {"http", "https"} or not found.host:
        raise Misconfigured(_("SITE_URL is not of the form https://name."))
    try:
        found.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _with_trial_keys(found) if found.is_trial else found
    except OSError as error:
        raise Misconfigured(_("DATA_DIR cannot be used: %(why)s") % {"why": error}) from error


def _read(env: Env) -> Configuration:
    env.read_env(env.str("ENV_FILE", "") or str(PROJECT / ".env"), recurse=False)
    port = env.int("PORT", 8000)
    site_url = (env.str("SITE_URL", "") or f"http://127.0.0.1:{port}").rstrip("/")
    data_dir = (PROJECT / Path(env.str("DATA_DIR", "") or "data").expanduser()).absolute()
    redis_url = env.str("REDIS_URL", "")
    proxies = (part.strip() for part in env.str("TRUSTED_PROXY", "").split(","))
    return Configuration(
        debug=env.bool("DEBUG", False),
        port=port,
        listen=env.str("LISTEN", "") or "127.0.0.1",
        site_url=site_url,
        data_dir=data_dir,
        database=_database(env, data_dir),
        redis_url=redis_url or f"unix://{redis_socket(data_dir)}",
        own_redis=not redis_url,
        secret_key=env.str("SECRET_KEY", ""),
        files_key=env.str("FILES_KEY", ""),
        mail=_mail(env.str("EMAIL_URL", "")),
        mail_from=env.str("MAIL_FROM", "") or f"Ступени <stupeni@{urlsplit(site_url).hostname}>",
        clamd_url=_clamd(env.str("CLAMD_URL", "")),
        trusted_proxies=tuple(filter(None, proxies)),
        hsts_subdomains=env.bool("HSTS_SUBDOMAINS", True),
        web_workers=env.int("WEB_WORKERS", 2),
        worker_processes=env.int("WORKER_PROCESSES", 1),
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address cannot be reached from another machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def redis_socket(data_dir: Path) -> Path:
    """Where the private Redis listens: in the data folder, or under /tmp where that path is too long."""
    socket = data_dir / "redis" / "redis.sock"
    if len(os.fsencode(socket)) <= SOCKET_PATH_BYTES:
        return socket
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(f"/tmp/stupeni-{name}/redis.sock")  # noqa: S108  `mentoring/run` makes the folder and checks whose it is


def _database(env: Env, data_dir: Path) -> dict[str, Any]:
    if not env.str("DATABASE_URL", ""):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "stupeni.sqlite3")}
    found: dict[str, Any] = dict(env.dj_db_url("DATABASE_URL"))
    if found["ENGINE"].endswith("sqlite3") and found["NAME"] != ":memory:":
        found["NAME"] = str(data_dir / found["NAME"])
    return found


def _mail(address: str) -> MailServer | None:
    """Read `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://` with user, password, host and port."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port or MAIL_PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise Misconfigured(_("EMAIL_URL is not of the form smtp+tls://user:password@host:587.")) from error
    return MailServer(
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )


def _clamd(address: str) -> str:
    """Check `tcp://host:port` or `unix:///path`."""
    try:
        parts = urlsplit(address)
        is_right = bool(parts.port) and bool(parts.hostname) if parts.scheme == "tcp" else len(parts.path) > 1
    except ValueError:
        is_right = False
    if address and not (is_right and parts.scheme in {"tcp", "unix"}):
        raise Misconfigured(_("CLAMD_URL is neither of the form tcp://host:3310 nor unix:///path."))
    return address


def _with_trial_keys(found: Configuration) -> Configuration:
    keys = found.data_dir / "keys"
    return replace(
        found,
        secret_key=found.secret_key or _kept_key(keys / "secret_key"),
        files_key=found.files_key or _kept_key(keys / "files_key"),
    )


def _kept_key(path: Path) -> str:
    """The key in this file, made at the first call; two processes that make it at once agree on one."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
