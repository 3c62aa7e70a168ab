"""Events as lines of the log: one for each request, trail entry, email and build."""

import logging
from typing import Any

from recommendations.telemetry import Fact, happened, request_id

logger = logging.getLogger("oversight.events")
WRONG = ("failed", "unreachable", "not_known")


def listen() -> None:
    """Start logging events."""
    happened.connect(log_event, dispatch_uid="log")


def log_event(event: str, facts: dict[str, Fact], **signal: Any) -> None:
    """Log an event as one line; failures as warnings. Outside a request, as in commands, most are DEBUG."""
    level = logging.WARNING if facts.get("outcome") in WRONG else logging.INFO
    if not request_id.get() and event != "build":
        level = logging.DEBUG
    logger.log(level, event, extra={"event": event, "facts": facts})
