#!/usr/bin/env python
"""Django's command line for this project: `.venv/bin/python manage.py COMMAND`."""

import os
import sys

from django.core.management import execute_from_command_line

from mentoring.configuration import Misconfigured

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as error:
        sys.exit(str(error))
