"""A .zip that is streamed: only one piece of one file is in memory at a time."""

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recommendations.periods import LONDON

BEGINNING = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # the earliest date in a .zip


class ZipPart(NamedTuple):
    """One file: its name, its moment (UTC), and its bytes in pieces."""

    name: str
    at: datetime.datetime
    pieces: Iterable[bytes]


class Outgoing:
    """The target of the zip writer: holds what was written since the last `take`."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered."""

    def take(self) -> bytes:
        taken, self.written = b"".join(self.written), []
        return taken


def stream_zip(parts: Iterable[ZipPart]) -> Iterator[bytes]:
    """The bytes of a .zip of these parts, each generated when the previous one is written. Not compressed."""
    outgoing = Outgoing()
    with zipfile.ZipFile(outgoing, "w") as package:  # type: ignore[call-overload]  # write-only
        for part in parts:
            moment = max(part.at, BEGINNING).astimezone(LONDON)
            info = zipfile.ZipInfo(part.name, moment.timetuple()[:6])
            info.external_attr = 0o600 << 16
            with package.open(info, "w", force_zip64=True) as file:
                for piece in part.pieces:
                    file.write(piece)
                    yield outgoing.take()
            yield outgoing.take()
    yield outgoing.take()
