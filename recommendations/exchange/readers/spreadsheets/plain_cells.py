"""All cells of the first sheet of a .xlsx or .csv that has any, each where it stands, without looking for headings."""

from typing import Any

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.spreadsheets import csv, xlsx
from recommendations.exchange.readers.spreadsheets.xlsx_package import DAMAGED
from recommendations.exchange.readers.workbook import TableCell

PACKAGE = b"PK\x03\x04"
EMPTY = "This file has no cells. Choose another one."


def rows(data: bytes, *vocabulary: object) -> list[dict[str, Any]]:
    """Return the rows as {"number": 1, "cells": [[column, text], …]}; days as 2026-04-30. Raises Unreadable.

    `vocabulary` is not used.
    """
    try:
        grids = xlsx.grids_of(data) if data.startswith(PACKAGE) else [csv.grid_of(data)]
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever zipfile, zlib and expat raise for a damaged file
        raise Unreadable(DAMAGED) from error
    grid = next((each for each in grids if each.rows and not each.hidden), None)
    if grid is None:
        raise Unreadable(EMPTY)
    return [
        {"number": number, "cells": [[column, _text(cell)] for column, cell in sorted(cells.items())]}
        for number, cells in sorted(grid.rows.items())
    ]


def _text(cell: TableCell) -> str:
    return cell.day.isoformat() if cell.day else cell.text
