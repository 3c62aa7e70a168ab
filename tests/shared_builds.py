"""What several processes of a run would each build alike is built by the first of them, and copied by the others.

It is for what takes seconds and is built first, in an empty database of SQLite, which is copied as it is. A builder
says by `@shared` that it may be; what it returns is pickled.
"""

import fcntl
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.database import fill_from


def shared(after_copy: Callable[[Any], object]):
    """Let the processes of a run share what this builds. In one that copies it `after_copy` gets the value."""

    def mark(build):
        build.after_copy = after_copy
        return build

    return mark


def may_be_shared(build) -> bool:
    return hasattr(build, "after_copy") and connection.vendor == "sqlite"


@contextmanager
def alone_with(folder: Path, build) -> Iterator[Path]:
    """The place of a builder's copy in a folder of the run; another process that wants it waits meanwhile."""
    place = folder / f"{build.__module__}.{build.__name__}"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


def is_kept(place: Path) -> bool:
    return (place / "value").exists()


def keep(place: Path, value: object) -> None:
    """Copy what is in the database, also what is not committed, and the files on its records."""
    (place / "database").write_bytes(connection.connection.serialize())
    shutil.copytree(settings.FILES_TO, place / "files")
    (place / "value").write_bytes(pickle.dumps(value))


def take(place: Path, build) -> Any:
    """Fill the database from the copy, outside transactions, and return the value."""
    fill_from(place / "database")
    shutil.copytree(place / "files", settings.FILES_TO, dirs_exist_ok=True)
    value = pickle.loads((place / "value").read_bytes())
    build.after_copy(value)
    return value
