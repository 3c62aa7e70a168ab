"""Backups of SQLite: its online backup API, which reads a snapshot while people go on working."""

import gzip
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from oversight.operations.backups import BackupDamaged, BackupFailed
from oversight.operations.backups.databases import Ask, attached_in, facts_of
from oversight.operations.backups.manifest import CHUNK, Facts
from oversight.private_files import BESIDE, make_private

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
MOST_TIMES = 200  # as large as the packed file: a database is 3 to 10 times, zeros are 1,000
NOT_WHOLE = "The database in the backup is damaged: {}. Take another backup."


@dataclass(frozen=True)
class SQLite:
    """An SQLite database file."""

    path: Path
    engine = "sqlite"
    part = "database.sqlite3.gz"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def size(self) -> int:
        """Its size on disk in bytes, including the files beside it."""
        return sum(file.stat().st_size for file in self._files())

    def dump(self, folder: Path) -> tuple[Facts, dict[int, str]]:
        """Write a compressed snapshot into the folder; return its facts, and the attached files that it names."""
        if not self.path.exists():
            raise BackupFailed(f"There is no database at {self.path}: look at DATABASE_URL.")
        copy = folder / "database.sqlite3"
        make_private(copy)
        with closing(sqlite3.connect(self.path, timeout=20)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            facts, attached = _facts(target), attached_in(_asker(target), _tables(target))
        with copy.open("rb") as plain, gzip.GzipFile(folder / self.part, "wb", compresslevel=1, mtime=0) as packed:
            shutil.copyfileobj(plain, packed, CHUNK)
        copy.unlink()
        return facts, attached

    def in_the_way(self) -> str:
        """What to do before anything can be loaded into it, or "" if it is empty."""
        if not self.path.exists() or not self.path.stat().st_size:
            return ""
        aside = "".join(f"\n    mv {each} {each}.before-restore" for each in self._files())
        return f"{self.path} holds a database, and nothing is written over one. Stop Oversight and set it aside:{aside}"

    def load(self, copy: Path) -> Facts:
        """Unpack a copy into the file, which must be empty, and check it; return its facts."""
        make_private(self.path)
        self._unpack(copy)
        with closing(sqlite3.connect(self.path)) as loaded:
            try:
                wrong = loaded.execute("PRAGMA integrity_check(1)").fetchone()[0]
            except sqlite3.DatabaseError as error:
                wrong = str(error)
            if wrong != "ok":
                raise BackupDamaged(NOT_WHOLE.format(wrong))
            return _facts(loaded)

    def _unpack(self, copy: Path) -> None:
        """Write what is packed in the copy to the file. Raises BackupFailed if that is damaged, or far too large."""
        left = copy.stat().st_size * MOST_TIMES
        try:
            with gzip.open(copy, "rb") as packed, self.path.open("wb") as plain:
                while chunk := packed.read(CHUNK):
                    if (left := left - len(chunk)) < 0:
                        raise BackupDamaged(NOT_WHOLE.format(f"it unpacks to more than {MOST_TIMES} times its size"))
                    plain.write(chunk)
        except (gzip.BadGzipFile, EOFError, zlib.error) as wrong:
            raise BackupDamaged(NOT_WHOLE.format(wrong)) from None

    @contextmanager
    def beside(self, folder: Path) -> Iterator["SQLite"]:
        """An empty database in the folder, removed afterwards."""
        scratch = SQLite(folder / "scratch.sqlite3")
        try:
            yield scratch
        finally:
            scratch.remove()

    def _files(self) -> list[Path]:
        files = [Path(f"{self.path}{end}") for end in BESIDE]
        return [file for file in files if file.exists()]

    def become(self, path: Path) -> None:
        """Rename the file, with everything that was written to it."""
        with closing(sqlite3.connect(self.path)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
        self.path.rename(path)
        SQLite(self.path).remove()

    def remove(self) -> None:
        """Remove the file and those that SQLite wrote beside it."""
        for end in BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{end}").unlink()


def _facts(database: sqlite3.Connection) -> Facts:
    return facts_of(_asker(database), SQLite.engine, sqlite3.sqlite_version, _tables(database))


def _asker(database: sqlite3.Connection) -> Ask:
    return lambda sql: database.execute(sql).fetchall()


def _tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute(TABLES)]
