"""CSV files: UTF-8 with a BOM, by which Excel recognises it, every cell quoted, and no text that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator

from recommendations.domain.text.csv_safety import escape_formula

PIECE = 64 * 1024  # characters written at once


def csv_bytes(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The whole file. Days are in ISO format (2026-11-07), which no locale misreads; "" for None."""
    return b"".join(csv_pieces(headings, rows))


def csv_pieces(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The same, in pieces as the rows come, with only one piece in memory."""
    out = io.StringIO("\ufeff", newline="")
    out.seek(0, io.SEEK_END)
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    write.writerow(headings)
    for row in rows:
        write.writerow([_cell(value) for value in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return escape_formula(value)
    return "" if value is None else str(value)
