"""The log: one line for each thing, readable or JSON, without what people wrote and without secret addresses."""

import datetime
import json
import logging
import traceback
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from recommendations.telemetry import request_id

WITH_ADDRESS = "Error handling request"  # gunicorn's own line, which names the address
FORMATS = ("plain", "json")
# Errors whose message is the program's own. That of any other may hold what somebody typed: it is left out.
OWN_WORDS = (
    *(AttributeError, ImportError, NameError, OSError, TypeError, ImproperlyConfigured),
    *(InterfaceError, OperationalError, ProgrammingError, TemplateDoesNotExist, TemplateSyntaxError),
)


class Expected(logging.Filter):
    """What a request was refused for (400, 403, 404, a Host that is not ours) is in the line of the request.

    Django's own line for it names the address, which can be a secret, and what the visitor sent.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):  # DisallowedHost, csrf: which it was is worth a word
            record.msg, record.args, record.exc_info = "Refused", (), None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        elif record.name == "django.request":
            if getattr(record, "status_code", 500) < 500:
                return False
            record.msg, record.args = "Internal Server Error", ()
        elif record.name == "gunicorn.error" and str(record.msg).startswith(WITH_ADDRESS):
            record.msg, record.args = WITH_ADDRESS, ()
        return True


class Unexpected(logging.Filter):
    """What somebody should be told of by e-mail: not what a stranger's browser was refused for."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.name.startswith("django.security")


class Line(logging.Formatter):
    """A line that people read: time, level, event or logger, then `name=value`, then a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        said = told(record)
        begin = " ".join(str(said.pop(name)) for name in ("time", "level", "event"))
        frames = said.pop("traceback", [])
        facts = " ".join(f"{name}={_plain(value)}" for name, value in said.items())
        return "\n".join([f"{begin} {facts}".rstrip(), *frames])


class JsonLine(logging.Formatter):
    """The same as one JSON object a line, for whatever collects the log."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), ensure_ascii=False, default=str)


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says, in its order. Facts that are not known are left out."""
    event = getattr(record, "event", "")
    facts = getattr(record, "facts", {})
    said = {
        "time": f"{datetime.datetime.fromtimestamp(record.created, datetime.UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
        "level": record.levelname,
        "event": event or record.name,
        "request": request_id.get(),
        "message": "" if event else record.getMessage(),
    }
    said = {name: value for name, value in (said | facts | said).items() if value not in ("", None)}
    if record.exc_info and record.exc_info[1]:
        said["traceback"] = frames_of(record.exc_info[1])
    return said


def _plain(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or any(each in text for each in ' "=\n\r\t') else text


def frames_of(trouble: BaseException) -> list[str]:
    """A traceback as lines, with what led to it, and of each error its type; its words only where they are our own."""
    lines = []
    for each in chain(trouble):
        lines.append("Traceback (most recent call last):")
        for frame in traceback.extract_tb(each.__traceback__):
            lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
            lines.append(f"    {frame.line}")
        words = own_words(each)
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}{': ' if words else ''}{words}")
    return lines


def chain(trouble: BaseException) -> list[BaseException]:
    """An error and those behind it, the first one first, as Python prints them."""
    found = [trouble]
    while len(found) < 10:
        last = found[-1]
        behind = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if behind is None or behind in found:
            break
        found.append(behind)
    return found[::-1]


def own_words(trouble: BaseException) -> str:
    """What an error says, where that cannot be what somebody typed: its first line, or nothing."""
    return str(trouble).strip().split("\n")[0] if isinstance(trouble, OWN_WORDS) else ""


def configuration(*, kind: str, level: str, mail_to: list[str], mail_every: int) -> dict[str, Any]:
    """Django's setting LOGGING: all of it on standard error, errors to the addresses given too."""
    if kind not in FORMATS:
        raise ImproperlyConfigured(f"Let LOG_FORMAT be one of {', '.join(FORMATS)}.")
    line = {"plain": Line, "json": JsonLine}[kind]
    console = {"class": "logging.StreamHandler", "filters": ["expected"], "formatter": "line"}
    errors = {"()": "oversight.watch.error_mail.MailErrors", "to": mail_to, "every": mail_every}
    handlers = {"console": console} | (
        {"errors": errors | {"filters": ["expected", "unexpected"], "formatter": "readable"}} if mail_to else {}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"expected": {"()": Expected}, "unexpected": {"()": Unexpected}},
        "formatters": {"line": {"()": line}, "readable": {"()": Line}},
        "handlers": handlers,
        "root": {"handlers": [*handlers], "level": level},
    }
