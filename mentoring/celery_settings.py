"""Celery's settings. Messages are a nudge, rows the truth, so that every value may prefer speed of failure."""

from typing import Any

from django.conf import settings

broker_url = settings.REDIS_URL.replace("unix://", "redis+socket://", 1)
task_serializer = "json"
accept_content = ["json"]
task_ignore_result = True
result_backend = None
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
task_soft_time_limit = 270
task_time_limit = 300
worker_max_tasks_per_child = 200
worker_max_memory_per_child = 300_000
worker_soft_shutdown_timeout = 20
worker_send_task_events = False
worker_hijack_root_logger = False
broker_connection_retry_on_startup = True
timezone = settings.TIME_ZONE

# With these a publish fails within half a second whether Redis refuses, hangs or is cut off; with Celery's own
# defaults a hanging Redis holds a web request for ever. `task_publish_retry` is safe to switch off only
# together with `max_retries`: kombu else falls into a loop of its own that takes six seconds.
task_publish_retry = False
broker_transport_options: dict[str, Any] = {
    "visibility_timeout": 900,  # more than twice the time limit, else a task runs twice
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.5,
    "retry_on_timeout": False,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}

# A sweep that could not be delivered in time is of no use: the next one does the same.
beat_schedule = {"sweep": {"task": "core.tasks.sweep", "schedule": 30.0, "options": {"expires": 30}}}
