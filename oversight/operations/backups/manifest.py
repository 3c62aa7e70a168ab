"""What a backup says of itself: where it is from, how long the trail was, what each part must be."""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from oversight.operations.backups import BackupFailed

FORMAT = 1
NAME, SUMS = "manifest.json", "SHA256SUMS"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Facts:
    """What a database says of itself at the moment of its backup: the trail, the migrations, how many rows."""

    engine: str
    engine_version: str
    migrations: list[str]
    entries: int
    head: str
    rows: dict[str, int]


@dataclass(frozen=True)
class Part:
    """One file of a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in a backup, and of when it is."""

    format: int
    office: str
    version: str
    made_at: str
    database: Facts
    parts: dict[str, Part]

    @property
    def at(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.made_at)

    @property
    def database_part(self) -> str:
        """The name of the part that holds the database."""
        return next(name for name in self.parts if name.startswith("database."))

    def as_json(self) -> str:
        """The manifest as it is written into a backup."""
        return json.dumps(asdict(self), indent=2) + "\n"


def read_manifest(text: str) -> Manifest:
    """The manifest of a backup. Raises BackupFailed for another format, and where it cannot be read."""
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise BackupFailed(f"This backup has the format {found['format']}: a later version of Oversight made it.")
        parts = {name: Part(**part) for name, part in found.pop("parts").items()}
        manifest = Manifest(**found | {"database": Facts(**found["database"]), "parts": parts})
        if not manifest.at.tzinfo or not manifest.database_part:
            raise ValueError("without a moment or a database")
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        raise BackupFailed(f"The backup is damaged: its {NAME} cannot be read.") from None
    return manifest


def part_of(path: Path) -> Part:
    """How long a file is, and its SHA-256."""
    with path.open("rb") as content:
        return Part(path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())
