"""One pass over everything that waits; each step stands alone, so that none can stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Step = Callable[[], object]
_planners: dict[str, Step] = {}
_steps: dict[str, Step] = {}


def register_step(name: str, step: Step, *, plans: bool = False) -> None:
    """Add a step to every sweep; those that plan rows come before those that work them off."""
    (_planners if plans else _steps)[name] = step


def run_sweep() -> dict[str, object]:
    """Run every step once; what each gave back, by name. A step that fails is logged and passed over."""
    results: dict[str, object] = {}
    for name, step in [*_planners.items(), *_steps.items()]:
        try:
            results[name] = step()
        except Exception:
            logger.exception("sweep step failed", extra={"step": name})
            results[name] = "failed"
    return results
