"""The product's web program with the views that it is measured against."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
settings.ROOT_URLCONF = "bench.addresses"

from mentoring.wsgi import application  # noqa: E402 - the addresses are looked up while it is imported

__all__ = ["application"]
