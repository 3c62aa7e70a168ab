"""Errors to Sentry or a compatible service: type, frames and the request's id, but nothing of the request.

Sentry's own Django integration is not used, as it would send addresses and SQL. The log's errors are sent.
"""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from oversight.logs import chain, own_words
from recommendations.telemetry import request_id

MISSING = "SENTRY_DSN is set, and sentry-sdk is not installed: install Oversight with its extra `sentry`, or unset it."
KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "exception", "sdk")


def start(dsn: str) -> None:
    """Start sending logged errors."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.dedupe import DedupeIntegration
        from sentry_sdk.integrations.excepthook import ExcepthookIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration
        from sentry_sdk.utils import BadDsn, Dsn
    except ImportError as missing:
        raise ImproperlyConfigured(MISSING) from missing
    try:
        Dsn(dsn)
    except BadDsn as wrong:
        raise ImproperlyConfigured("Let SENTRY_DSN be the address of a project, https://key@host/number.") from wrong
    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            ExcepthookIntegration(),
            DedupeIntegration(),
            AtexitIntegration(callback=lambda pending, timeout: None),
        ],
        before_send=without_texts,  # type: ignore[arg-type]
    )


def without_texts(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """An event reduced to the fields in KEPT, messages of the program's own errors, and the request's id.

    None for errors about a stranger's browser.
    """
    kept = {name: event[name] for name in KEPT if name in event}
    record = hint.get("log_record")
    if record is not None and record.name.startswith("django.security"):
        return None
    if record is not None:
        is_request = record.name.startswith("django.request")
        kept["logentry"] = {"message": "Internal Server Error" if is_request else record.getMessage()}
    trouble = (hint.get("exc_info") or (None, None))[1]
    words = {type(each).__name__: own_words(each) for each in chain(trouble)} if trouble else {}
    for each in kept.get("exception", {}).get("values", []):
        each["value"] = words.get(each["type"], "")
    if number := request_id.get():
        kept["tags"] = {"request_id": number}
    return kept
