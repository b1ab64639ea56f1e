"""Django's settings, derived from the installation's configuration; why each value is what it is stands beside it."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from mentoring.configuration import PROJECT, read_configuration
from mentoring.settings_accounts import *  # noqa: F403

CONFIGURATION = read_configuration()

BASE_DIR = PROJECT
DATA_DIR = CONFIGURATION.data_dir
FILES_DIR = DATA_DIR / "files"
MAIL_DIR = DATA_DIR / "mail"
SITE_URL = CONFIGURATION.site_url
DEBUG = CONFIGURATION.debug
SECRET_KEY = CONFIGURATION.secret_key
FILES_KEY = CONFIGURATION.files_key
CLAMD_URL = CONFIGURATION.clamd_url

# Links in letters and redirects are made from SITE_URL alone, never from the request's Host.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if CONFIGURATION.is_trial else [CONFIGURATION.host]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
USE_X_FORWARDED_HOST = False

INSTALLED_APPS = [
    "mentoring",
    "core",
    "accounts",
    "roadmap",
    "participants",
    "surveys",
    "pairing",
    "reports",
    "demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    # The variant that leaves TEMPLATES alone: the loaders below name its loader themselves.
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.ActorMiddleware",
    "core.middleware.BusyDatabaseMiddleware",
    "core.middleware.WithheldFileMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"

_LOADERS: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# ---------------------------------------------------------------- databases

DATABASES: dict[str, dict[str, Any]] = {"default": {**CONFIGURATION.database, "ATOMIC_REQUESTS": False}}
if CONFIGURATION.is_sqlite:
    # Opening the file costs several queries; one that a restore puts in its place is seen within a minute.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE two writers meet in "database is locked"; WAL itself is switched on once, by `migrate`.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000; "
            "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;"
        ),
    }
else:
    _given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "stupeni",
            "sslmode": "prefer",
            # The driver keeps plans for what asks for them alone, see `core.ready_queries`.
            "prepare_threshold": 1_000_000_000,
            "options": (
                "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
                # A thread that the web server has ended leaves its connection behind; the server takes it back
                # later than a living thread would (CONN_MAX_AGE).
                " -c idle_session_timeout=660000"
            ),
            **_given,
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits on log-in attempts must hold with Redis away and over all processes, so they live in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# ---------------------------------------------------------------- people

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "mentoring.hashers.ModestArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if CONFIGURATION.is_https else "http"

# ---------------------------------------------------------------- language and time

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Moscow"

# What Django 6 does anyway; the setting exists only for the time until then, and warns of its own end.
FORMS_URLFIELD_ASSUME_HTTPS = True
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS")

# ---------------------------------------------------------------- cookies and headers

# A browser takes a __Host- cookie over https only, so a trial on http://127.0.0.1 has plain names.
_PREFIX = "__Host-" if CONFIGURATION.is_https else ""
SESSION_COOKIE_NAME = f"{_PREFIX}sid"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIGURATION.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SECURE_SSL_REDIRECT = CONFIGURATION.is_https
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if CONFIGURATION.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = CONFIGURATION.is_https and CONFIGURATION.hsts_subdomains
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Preloading HSTS into browsers is the step of whoever owns the domain, not of one program in it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# ---------------------------------------------------------------- uploads and static files

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.SealedUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
_COLLECTED = not DEBUG and ((STATIC_ROOT / "staticfiles.json").is_file() or "collectstatic" in sys.argv[1:2])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": (
            "mentoring.statics.CollectedStorage"
            if _COLLECTED
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _COLLECTED

# ---------------------------------------------------------------- letters

if CONFIGURATION.mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = CONFIGURATION.mail.host
    EMAIL_PORT = CONFIGURATION.mail.port
    EMAIL_HOST_USER = CONFIGURATION.mail.user
    EMAIL_HOST_PASSWORD = CONFIGURATION.mail.password
    EMAIL_USE_TLS = CONFIGURATION.mail.use_tls
    EMAIL_USE_SSL = CONFIGURATION.mail.use_ssl
else:
    EMAIL_BACKEND = "mentoring.mail.FolderBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIGURATION.mail_from

# ---------------------------------------------------------------- worker and log

REDIS_URL = CONFIGURATION.redis_url

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mentoring.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "celery": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
