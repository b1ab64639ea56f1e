"""The worker: it runs one task, a look at the rows that wait; nothing is lost when a message is."""

from __future__ import annotations

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

# Celery warns root of tasks that run code of the sender's choice; here a message is JSON that names one of our tasks.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("mentoring")
app.config_from_object("mentoring.celery_settings")
app.autodiscover_tasks()
