"""What the web server calls."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from mentoring.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

refuse_unsafe(settings.CONFIGURATION)
application = get_wsgi_application()
if settings.CONFIGURATION.trusted_proxies:
    # X-Forwarded-For and -Proto count only when they come from these addresses.
    application = wrap_wsgi_with_proxy_headers(application, list(settings.CONFIGURATION.trusted_proxies))
