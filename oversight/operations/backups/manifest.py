"""The manifest of a backup: where it is from, how long the trail was, and the checksum of each part."""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from oversight.operations.backups import BackupDamaged, BackupFailed

FORMAT = 1
NAME, SUMS = "manifest.json", "SHA256SUMS"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Facts:
    """Facts on a database at the moment of its backup: the trail, the migrations, the number of rows."""

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
    """The contents of a backup, and when it was made."""

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
        """The name of the part with the database."""
        return next(name for name in self.parts if name.startswith("database."))

    def as_json(self) -> str:
        """The manifest as written into a backup."""
        return json.dumps(asdict(self), indent=2) + "\n"


def read_manifest(content: bytes) -> Manifest:
    """Parse the manifest of a backup. Raises BackupFailed if the format is newer or it can't be read."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise BackupFailed(f"This backup has the format {found['format']}: a later version of Oversight made it.")
        parts = {name: Part(**part) for name, part in found.pop("parts").items()}
        manifest = Manifest(**found | {"database": Facts(**found["database"]), "parts": parts})
        if not manifest.at.tzinfo or not manifest.database_part or not isinstance(manifest.database.entries, int):
            raise ValueError("without a moment, a database or its entries")
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        raise BackupDamaged(f"The backup is damaged: its {NAME} cannot be read.") from None
    return manifest


def part_of(path: Path) -> Part:
    """The size of a file and its SHA-256."""
    with path.open("rb") as content:
        return Part(path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())
