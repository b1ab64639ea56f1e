"""The project: settings, start-up checks, the worker and the processes that make up a running installation."""

from mentoring import sqlite  # noqa: F401  before anything of Django opens a database
from mentoring.celery import app as celery_app

__all__ = ["celery_app"]
