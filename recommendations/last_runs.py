"""When each background job last ran: small files in VAR_DIR, so that no database is needed to read them.

Monitoring reads them (`oversight status`, /readyz). They are not records and may be deleted.
"""

import datetime
import json
import logging
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = "last-runs"
NAME = re.compile(r"[a-z0-9_]+")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LastRun:
    """A job's last successful run, with a short summary that never includes a name or a text of a record."""

    name: str
    at: datetime.datetime
    detail: str = ""


def ran(name: str, *, at: datetime.datetime, detail: str = "") -> None:
    """Record that a job succeeded at this moment, replacing its last run. `name` is the command's, such as "backup".

    If the file can't be written (no space, no permission), log a warning and go on: the job did its work.
    """
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o750, exist_ok=True)
        _replace(path, json.dumps({"at": at.astimezone(datetime.UTC).isoformat(), "detail": detail}))
    except OSError as wrong:
        logger.warning("The last run of %s could not be noted: %s", name, wrong.strerror)


def last(name: str) -> LastRun | None:
    """The last run of a job, or None if it never ran or its file can't be read."""
    path = _path(name)
    try:
        said = json.loads(path.read_text())
        at = datetime.datetime.fromisoformat(said["at"])
        return LastRun(name, at, str(said.get("detail", ""))) if at.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a job: a-z, 0-9 and _")
    return Path(settings.VAR_DIR) / FOLDER / f"{name}.json"


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
