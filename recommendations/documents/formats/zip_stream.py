"""A .zip that is sent as it is written: no more of it is in memory than one piece of one file."""

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recommendations.periods import LONDON

BEGINNING = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # the first moment that a .zip can name


class ZipPart(NamedTuple):
    """One file: its name, the moment that it is of (UTC), and its bytes in pieces."""

    name: str
    at: datetime.datetime
    pieces: Iterable[bytes]


class Outgoing:
    """What the zip file is written to: it holds what was written since it was last taken."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self.written = b"".join(self.written), []
        return taken


def zipped(parts: Iterable[ZipPart]) -> Iterator[bytes]:
    """The bytes of a .zip of these parts, each asked for when the one before it is written. They are not compressed."""
    outgoing = Outgoing()
    with zipfile.ZipFile(outgoing, "w") as package:  # type: ignore[call-overload]  # it is written to, and not read
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
