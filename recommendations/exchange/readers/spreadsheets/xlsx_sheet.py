"""Read one sheet of an .xlsx as a stream into a grid."""

import datetime
import re
from xml.sax.handler import ContentHandler

from recommendations.exchange.readers.spreadsheets.grid import Grid, Merged, Room
from recommendations.exchange.readers.spreadsheets.xlsx_number_formats import format_cell
from recommendations.exchange.readers.spreadsheets.xlsx_package import Attributes
from recommendations.exchange.readers.workbook import TableCell

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_MERGED = 20_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
WORDS = {"b": {"0": "FALSE", "1": "TRUE"}}


def clean(text: str) -> str:
    """Return a text with plain line ends, without invisible characters and outer blanks."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")).strip()


def unescape(text: str) -> str:
    """Decode _x000D_, by which Excel writes characters that XML cannot hold."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Strings(ContentHandler):
    """The shared strings. Runs of one text are joined; phonetic hints are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.reads = self.sounds = False

    def startElement(self, name: str, attrs: Attributes) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self.runs = []
        elif local == "rPh":
            self.sounds = True
        self.reads = local == "t" and not self.sounds

    def characters(self, content: str) -> None:
        if self.reads:
            self.runs.append(content)

    def endElement(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self.reads = False
        if local == "rPh":
            self.sounds = False
        elif local == "si":
            self.texts.append(clean(unescape("".join(self.runs))))


class SheetReader(ContentHandler):
    """Fills the grid."""

    def __init__(
        self, grid: Grid, room: Room, strings: list[str], styles: list[tuple[str, str]], from_1904: bool
    ) -> None:
        super().__init__()
        self.grid, self.room, self.strings, self.styles, self.from_1904 = grid, room, strings, styles, from_1904
        self.row = self.column = 0
        self.cells: dict[int, TableCell] = {}
        self.kind = self.style = ""
        self.value: list[str] = []
        self.reads = self.sounds = self.has_formula = False
        self.begins = {
            "row": self._begin_row, "c": self._begin_cell, "col": self._column, "mergeCell": self._merged,
            "autoFilter": self._filter,
        }  # fmt: skip

    def startElement(self, name: str, attrs: Attributes) -> None:
        local = name.rpartition(":")[2]
        if local in ("v", "t"):
            self.reads = not self.sounds
        elif local == "f":
            self.has_formula = True
        elif local == "rPh":
            self.sounds = True
        elif local in self.begins:
            self.begins[local](attrs)

    def characters(self, content: str) -> None:
        if self.reads:
            self.value.append(content)

    def endElement(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in ("v", "t"):
            self.reads = False
        elif local == "c":
            self._end_cell()
        elif local == "row":
            self.grid.add(self.row, self.cells)
            self.cells = {}
        elif local == "rPh":
            self.sounds = False

    def _begin_row(self, attrs: Attributes) -> None:
        self.row = int(attrs.get("r", str(self.row + 1)))
        self.column, self.cells = 0, {}
        if not 0 < self.row <= LAST_ROW:
            raise ValueError(f"row {self.row}")
        if attrs.get("hidden") in ("1", "true"):
            self.grid.hidden_rows.add(self.row)

    def _begin_cell(self, attrs: Attributes) -> None:
        place = attrs.get("r")
        self.column = column_of(place) if place else self.column + 1
        self.kind, self.style = attrs.get("t", "n"), attrs.get("s", "0")
        self.value, self.has_formula = [], False

    def _end_cell(self) -> None:
        code, fill = self._cell_style()
        value = "".join(self.value)
        if not value:
            if self.has_formula:
                self.grid.unsaved.append((self.row, self.column))
            if fill:
                self.cells[self.column] = TableCell("", None, fill)
            return
        cell = self._cell(value, code)
        self.room.take(cell.text)
        self.cells[self.column] = TableCell(cell.text, cell.day, fill) if fill else cell

    def _cell_style(self) -> tuple[str, str]:
        style = int(self.style)
        return self.styles[style] if 0 <= style < len(self.styles) else ("General", "")

    def _cell(self, value: str, code: str) -> TableCell:
        if self.kind == "s":
            return TableCell(self._string(int(value)))
        if self.kind == "n":
            return format_cell(float(value), code, from_1904=self.from_1904)
        if self.kind == "d":
            day = datetime.datetime.fromisoformat(value).date()
            return TableCell(f"{day:%d/%m/%Y}", day)
        if self.kind == "b":
            return TableCell(WORDS["b"].get(value, value))
        return TableCell(clean(unescape(value)))

    def _string(self, place: int) -> str:
        if place < 0:
            raise ValueError(f"string {place}")
        return self.strings[place]

    def _column(self, attrs: Attributes) -> None:
        if attrs.get("hidden") in ("1", "true"):
            self.grid.hidden_columns.append((int(attrs.get("min", "0")), int(attrs.get("max", "0"))))

    def _merged(self, attrs: Attributes) -> None:
        first, _, last = attrs.get("ref", "").partition(":")
        if last and len(self.grid.merged) < MOST_MERGED:
            self.grid.merged.append(Merged(row_of(first), column_of(first), row_of(last), column_of(last)))

    def _filter(self, attrs: Attributes) -> None:
        self.grid.filtered = row_of(attrs.get("ref", "A1").partition(":")[0])


def column_of(place: str) -> int:
    """Return the column of "AB12": 28. Raises ValueError if there is none."""
    column = 0
    for letter in place.replace("$", ""):
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= LAST_COLUMN:
        raise ValueError(place)
    return column


def row_of(place: str) -> int:
    """Return the row of "AB12": 12. Raises ValueError if there is none."""
    return int(place.replace("$", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
