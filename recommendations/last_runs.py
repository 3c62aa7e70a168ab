"""When each background job last ran, and what it found wrong: small files in VAR_DIR, read without a database.

Monitoring reads them (`oversight status`, /readyz). They are not records and may be deleted.
"""

import datetime
import json
import logging
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER, PROBLEM = "last-runs", ".problem"
NAME = re.compile(r"[a-z0-9_]+")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LastRun:
    """A job's last run that ended well, or found something wrong. `detail` never has a name or a text of a record."""

    name: str
    at: datetime.datetime
    detail: str = ""


def note_run(name: str, *, at: datetime.datetime, detail: str = "") -> None:
    """Record that a job ended well at this moment. Its last problem is over. `name` is the command's, such as "backup".

    If the file can't be written (no space, no permission), log a warning and go on: the job did its work.
    """
    _note(_path(name), LastRun(name, at, detail))
    with suppress(OSError):
        _path(name, PROBLEM).unlink()


def note_problem(name: str, *, at: datetime.datetime, detail: str) -> None:
    """Record that a job found something wrong, until it next ends well, and log an error (ERROR_MAIL, Sentry).

    `detail` is what it found, in the program's own words, such as "12 problems".
    """
    _note(_path(name, PROBLEM), LastRun(name, at, detail))
    logger.error("%s found something wrong: %s. Run it by hand and read what it says.", name, detail)


def last_run(name: str) -> LastRun | None:
    """The last run of a job that ended well, or None if there was none or its file can't be read."""
    return _read(_path(name), name)


def last_problem(name: str) -> LastRun | None:
    """The last run of a job that found something wrong, or None if it ended well since or never found anything."""
    return _read(_path(name, PROBLEM), name)


def _path(name: str, ending: str = "") -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a job: a-z, 0-9 and _")
    return Path(settings.VAR_DIR) / FOLDER / f"{name}{ending}.json"


def _read(path: Path, name: str) -> LastRun | None:
    try:
        noted = json.loads(path.read_text())
        at = datetime.datetime.fromisoformat(noted["at"])
        return LastRun(name, at, str(noted.get("detail", ""))) if at.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _note(path: Path, run: LastRun) -> None:
    try:
        path.parent.mkdir(mode=0o750, exist_ok=True)
        _replace(path, json.dumps({"at": run.at.astimezone(datetime.UTC).isoformat(), "detail": run.detail}))
    except OSError as wrong:
        logger.warning("The last run of %s could not be noted: %s", run.name, wrong.strerror)


def _replace(path: Path, text: str) -> None:
    """Write the file atomically: anybody who reads it meanwhile gets the old one."""
    number, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w") as file:
            file.write(text)
        os.chmod(new, 0o640)
        os.replace(new, path)
    except BaseException:
        os.unlink(new)
        raise
