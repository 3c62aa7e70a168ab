"""What ran last and when, as small files beside the data: the worker, backups, verifications, tidying."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class LastRun:
    """When something ran last, and what it said of itself."""

    at: datetime.datetime
    detail: str


def ran(name: str, *, at: datetime.datetime, detail: str = "") -> None:
    """Record that `name` ran at this moment. A reader sees the record of before or this one, and nothing between."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"at": at.isoformat(), "detail": detail}))
    unfinished.rename(path)


def last(name: str) -> LastRun | None:
    """When `name` ran last; None where it never did, or where the record cannot be read."""
    try:
        found = json.loads(_path(name).read_text())
        return LastRun(datetime.datetime.fromisoformat(found["at"]), str(found["detail"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(name: str) -> Path:
    return Path(settings.VAR_DIR) / "last-runs" / f"{name}.json"
