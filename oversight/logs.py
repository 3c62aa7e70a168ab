"""Logging: one line for each event, plain or JSON, without users' texts or secret addresses."""

import datetime
import json
import logging
import traceback
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from recommendations.telemetry import request_id

WITH_ADDRESS = "Error handling request"  # gunicorn's own line, which includes the address
FORMATS = ("plain", "json")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# Errors whose messages are the program's own. Others' may contain what somebody typed, so they are left out.
OWN_WORDS = (
    *(AttributeError, ImportError, NameError, OSError, TypeError, ImproperlyConfigured),
    *(InterfaceError, OperationalError, ProgrammingError, TemplateDoesNotExist, TemplateSyntaxError),
)


class Expected(logging.Filter):
    """Removes the details of refused requests (400, 403, 404, a wrong Host): the request's own line has what matters.

    Django's line would include the address, which may be secret, and the visitor's input.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):  # DisallowedHost, csrf: logged in a word
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
    """Passes only errors worth an email: not those about a stranger's browser."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.name.startswith("django.security")


class Line(logging.Formatter):
    """A line for people: time, level, event or logger, then `name=value`, then a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        said = log_fields(record)
        begin = " ".join(str(said.pop(name)) for name in ("time", "level", "event"))
        frames = said.pop("traceback", [])
        facts = " ".join(f"{name}={_plain(value)}" for name, value in said.items())
        return "\n".join([f"{begin} {facts}".rstrip(), *frames])


class JsonLine(logging.Formatter):
    """The same as one JSON object on each line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(log_fields(record), ensure_ascii=False, default=str)


def log_fields(record: logging.LogRecord) -> dict[str, Any]:
    """The fields of a log line, in order, without unknown ones."""
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
    """A traceback as lines, including causes: for each error its type, and its message only if it is our own."""
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
    """An error and its causes, root cause first, as Python prints them."""
    found = [trouble]
    while len(found) < 10:
        last = found[-1]
        behind = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if behind is None or behind in found:
            break
        found.append(behind)
    return found[::-1]


def own_words(trouble: BaseException) -> str:
    """The first line of an error's message if it can't contain what somebody typed, else ""."""
    return str(trouble).strip().split("\n")[0] if isinstance(trouble, OWN_WORDS) else ""


def configuration(*, kind: str, level: str, mail_to: list[str], mail_every: int) -> dict[str, Any]:
    """Django's setting LOGGING: everything to standard error, and errors by email to the given addresses."""
    if kind not in FORMATS:
        raise ImproperlyConfigured(f"Let LOG_FORMAT be one of {', '.join(FORMATS)}.")
    if level not in LEVELS:
        raise ImproperlyConfigured(f"Let LOG_LEVEL be one of {', '.join(LEVELS)}.")
    if any("@" not in address for address in mail_to):
        raise ImproperlyConfigured("Let ERROR_MAIL be email addresses, with commas between.")
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
        # its warnings name the address of a webhook, which may hold a token
        "loggers": {"urllib3": {"level": "ERROR"}},
    }
