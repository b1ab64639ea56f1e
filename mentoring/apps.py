from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from mentoring import safety


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        checks.register(check_safety, checks.Tags.security)


def check_safety(**_: object) -> list[checks.CheckMessage]:
    """The dangers of `mentoring/safety.py` as errors, so that no command runs on an unsafe installation."""
    setup = safety.inspect(settings.CONFIGURATION, settings.ALLOWED_HOSTS)
    return [checks.Error(problem.text, id=f"safety.{problem.code}") for problem in safety.unsafe(setup)]
