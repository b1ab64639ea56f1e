"""The worker: it runs one task, a look at the rows that wait; nothing is lost when a message is."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

app = Celery("mentoring")
app.config_from_object("mentoring.celery_settings")
app.autodiscover_tasks()
