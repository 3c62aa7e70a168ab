"""Filling a bag with one force's register: first its data in a work folder, then all of it as one tar."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from oversight.operations.handing_over import BagDamaged, bag
from oversight.operations.handing_over.bag import Statement
from oversight.operations.plain_tar import BLOCK, CHUNK, end_of, header_of, padded_size
from recommendations import keys
from recommendations.digests import canonical
from recommendations.domain.attachments import storage
from recommendations.domain.handing_over import entries
from recommendations.domain.handing_over.gathering import Gathered

INFO = """\
Source-Organization: {origin}
External-Description: The register of {force}, handed over to {to} on {on}
Bagging-Software-Agent: Oversight {version}
Bagging-Date: {made}
Payload-Oxum: {bytes}.{files}
Trail-Entries: {count}
Trail-Head: {head}
"""


@dataclass
class Packed:
    """A bag's files by name: where each is, its size and SHA-256."""

    folder: Path
    sums: dict[str, tuple[int, str]] = field(default_factory=dict)
    stored: dict[str, str] = field(default_factory=dict)  # name of an attached file → its SHA-256

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file of the bag."""
        path, digest, size = self.folder / name, hashlib.sha256(), 0
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.sums[name] = (size, digest.hexdigest())

    def add_stored(self, sha256: str, size: int) -> None:
        """Take in an attached file, whose bytes stay where they are until the tar is written."""
        name = f"{bag.FILES}/{sha256}"
        self.sums[name], self.stored[name] = (size, sha256), sha256

    def open(self, name: str) -> BinaryIO:
        """A file of the bag, open for reading."""
        return storage.open_stored(self.stored[name]) if name in self.stored else (self.folder / name).open("rb")  # type: ignore[return-value]

    def manifest(self, *, of_data: bool) -> str:
        """The checksums of the data, or of the other files, as `sha256sum -c` reads them."""
        names = [name for name in self.sums if name.startswith("data/") == of_data]
        return "".join(f"{self.sums[name][1]}  {name}\n" for name in sorted(names))

    @property
    def fingerprint(self) -> str:
        """What both offices compare: the SHA-256 of the checksums of everything."""
        return self.sums[bag.TAGS][1]


def pack(gathered: Gathered, folder: Path) -> Packed:
    """Write a bag's data into an empty folder. It is not sealed yet."""
    packed = Packed(folder)
    for part, lines in gathered.parts():
        packed.add(f"{bag.ROWS}/{part.label}.jsonl", json_lines(lines))
    packed.add(bag.ENTRIES, json_lines(gathered.entries()))
    packed.add(bag.HASHES, (f"{number} {each}\n".encode() for number, each in entries.hashes()))
    packed.add(bag.PEOPLE, json_lines(gathered.names_of_people()))
    packed.add(bag.FORCES, json_lines(gathered.names_of_forces()))
    for pk, content in gathered.issued_files():
        packed.add(f"{bag.ISSUED}/{pk}", [content])
    for sha256, size in gathered.attachments():
        packed.add_stored(sha256, size)
    return packed


def seal(packed: Packed, statement: Statement) -> Packed:
    """Add the statement, sealed with this office's key, and the files that BagIt asks for."""
    sealed = keys.seal([packed.manifest(of_data=True), statement.as_json()])
    packed.add(bag.STATEMENT, [replace(statement, seal=sealed).as_json().encode()])
    sizes = [size for name, (size, _) in packed.sums.items() if name.startswith("data/")]
    info = INFO.format(
        origin=statement.origin,
        force=statement.force_name,
        to=statement.to,
        on=statement.on,
        version=statement.version,
        made=statement.made_at[:10],
        bytes=sum(sizes),
        files=len(sizes),
        count=statement.head_count,
        head=statement.head_hash,
    )
    packed.add(bag.DECLARED, [bag.DECLARATION.encode()])
    packed.add(bag.INFO, [info.encode()])
    packed.add(bag.MANIFEST, [packed.manifest(of_data=True).encode()])
    packed.add(bag.TAGS, [packed.manifest(of_data=False).encode()])
    return packed


def write_tar(packed: Packed, top: str, moment: int, out: BinaryIO) -> None:
    """Write the bag as a tar with one folder, as BagIt asks, and see that it is on the disk.

    Raises BagDamaged if an attached file is missing or was changed.
    """
    length = 0
    for name, (size, sha256) in sorted(packed.sums.items()):
        out.write(header_of(f"{top}/{name}", size, moment))
        digest = hashlib.sha256()
        try:
            with packed.open(name) as content:
                while chunk := content.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
        except FileNotFoundError:
            raise BagDamaged(f"The attached file {name.rpartition('/')[2]} is missing. Run verify_audit.") from None
        if digest.hexdigest() != sha256:
            raise BagDamaged(f"The attached file {name.rpartition('/')[2]} was changed. Run verify_audit.")
        out.write(bytes(padded_size(size) - size))
        length += BLOCK + padded_size(size)
    out.write(end_of(length))
    out.flush()
    os.fsync(out.fileno())


def json_lines(lines: Iterable[dict]) -> Iterator[bytes]:
    """Canonical JSON, one object on each line."""
    for line in lines:
        yield canonical(line).encode() + b"\n"


def parse_line(text: bytes) -> dict:
    """One line of canonical JSON. Raises ValueError for any other."""
    found = json.loads(text, parse_constant=_refuse)
    if not isinstance(found, dict) or canonical(found).encode() + b"\n" != text:
        raise ValueError("no canonical JSON object")
    return found


def _refuse(name: str) -> None:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(name)
