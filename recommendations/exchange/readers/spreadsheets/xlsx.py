"""Read Excel workbooks (.xlsx) as sheets with a table. Runs in the child process of sandbox.py."""

from collections.abc import Callable
from typing import Any

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.spreadsheets.grid import Grid, Room
from recommendations.exchange.readers.spreadsheets.header_rows import Known, distinct
from recommendations.exchange.readers.spreadsheets.table import tables_out
from recommendations.exchange.readers.spreadsheets.xlsx_package import DAMAGED, Attributes, Elements, Package
from recommendations.exchange.readers.spreadsheets.xlsx_sheet import SheetReader, Strings, clean
from recommendations.exchange.readers.spreadsheets.xlsx_styles import Styles, Theme
from recommendations.exchange.readers.workbook import Sheet, Workbook

USUAL_BOOK = "xl/workbook.xml"
LONGEST_NAME = 60  # characters in a sheet's name: Excel allows 31; duplicates get a suffix


class Book(Elements):
    """The workbook part: its sheets in order (name, whether hidden, id of its part), and its date system."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def on_workbookPr(self, attrs: Attributes) -> None:
        self.from_1904 = attrs.get("date1904") in ("1", "true")

    def on_sheet(self, attrs: Attributes) -> None:
        part = next((attrs[name] for name in attrs.getNames() if name.endswith(":id")), "")
        self.sheets.append((attrs.get("name", ""), attrs.get("state", "visible") != "visible", part))


type PassedOver = Callable[[list[str]], list[str]]  # given the names of all sheets, those that are never read


def rows(data: bytes, is_known: Known, passed_over: PassedOver = lambda names: []) -> list[dict[str, Any]]:
    """Return the sheets of an .xlsx with a table, in the format of Workbook.as_json. Raises Unreadable.

    Sheets that are never read are included without headings and rows.
    """
    try:
        grids, not_read = _grids(Package(data), passed_over)
        empty: list[dict[str, Any]] = Workbook("", tuple(Sheet(name, (), ()) for name in not_read)).as_json()["sheets"]
        return [*tables_out(grids, is_known), *empty]
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever zipfile, zlib and expat raise for a damaged file
        raise Unreadable(DAMAGED) from error


def grids_of(data: bytes) -> list[Grid]:
    """Return every sheet as in the file, with or without a table. Raises whatever a damaged file causes."""
    return _grids(Package(data), lambda names: [])[0]


def _grids(package: Package, passed_over: PassedOver) -> tuple[list[Grid], list[str]]:
    path = next((path for kind, path in package.relations("").values() if kind == "officeDocument"), USUAL_BOOK)
    book, related = Book(), package.relations(path)
    package.read(path, book)
    strings, styles, room = _strings(package, related), _styles(package, related), Room()
    grids = []
    names = distinct([clean(name)[:LONGEST_NAME] for name, _, _ in book.sheets])
    not_read = passed_over(names)
    for name, (_, hidden, part) in zip(names, book.sheets, strict=True):
        kind, sheet = related.get(part, ("", ""))
        if kind == "worksheet" and package.has(sheet) and name not in not_read:
            grids.append(Grid(name, hidden))
            package.read(sheet, SheetReader(grids[-1], room, strings, styles, book.from_1904))
    return grids, not_read


type Related = dict[str, tuple[str, str]]  # by id: kind and path


def _strings(package: Package, related: Related) -> list[str]:
    strings = Strings()
    if path := _part(package, related, "sharedStrings"):
        package.read(path, strings)
    return strings.texts


def _styles(package: Package, related: Related) -> list[tuple[str, str]]:
    theme = Theme()
    if path := _part(package, related, "theme"):
        package.read(path, theme)
    styles = Styles(theme.colours)
    if path := _part(package, related, "styles"):
        package.read(path, styles)
    return styles.cells


def _part(package: Package, related: Related, kind: str) -> str:
    return next((path for each, path in related.values() if each == kind and package.has(path)), "")
