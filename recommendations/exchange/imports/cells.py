"""Read one row's cells as clean values, field by field, with errors."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from recommendations.domain.imports.lines import (
    MEANING,
    NO_DAY,
    NOTHING,
    ImportProblem,
    SheetContext,
    UpdateInCell,
    normalise,
)
from recommendations.domain.imports.row_marks import RowMark, row_mark
from recommendations.domain.register.export.marks import cell_text as as_shown
from recommendations.domain.register.sheet_columns import BY_KEY, Holds
from recommendations.domain.risk.delays import DelayReason
from recommendations.exchange.imports.day_cells import Unclear, day_in, days_in, is_a_word, is_deadline_words
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.split_updates import split
from recommendations.exchange.imports.vocabulary import STANDING, cause_and_words, certain, our_words, words_in
from recommendations.exchange.readers.workbook import EMPTY, TableCell, TableRow

TARGETS = ("first_target_on", "target_on")
ENDING = (*TARGETS, "deadline_on", "forecast_on")  # days of which a month means the last
LISTS = ("parts", "addressees")
NOTHING_SAID = {"", "-", "–", "—", "n/a"}
KIND = r"(?P<kind>afis?|areas? for improvement|recs?|recommendations?|cocs?|acoc|causes? of concern)\b\.?"
NUMBER = re.compile(rf"^(?:{KIND})?\s*(?:no\.?\s*)?(?P<number>.*)$", re.IGNORECASE)
LABELLED = re.compile(
    rf"^{KIND}\s*(?:no\.?\s*|number\s*|#\s*)?(?P<number>\d{{1,4}}(?:\.\d+)*[a-z]?)\s*[:.)–—-]?\s+(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
OPEN_ENDED = re.compile(r"on-?\s?going|tbc|tba|tbd|to be (?:confirmed|agreed|advised)|continuous", re.IGNORECASE)


@dataclass
class ReadRow:
    """One row while it is read."""

    sheet: str
    row: TableRow
    original: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Any] = field(default_factory=dict)
    standing: list[tuple[str, str]] = field(default_factory=list)  # (heading and word, meaning)
    updates: list[UpdateInCell] = field(default_factory=list)
    targets: list[datetime.date] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mark: RowMark | None = None

    def problem(self, key: str, message: str, asks: tuple[str, ...] = ()) -> None:
        column, value = self.cells.get(key, ("", ""))
        self.problems.append(ImportProblem(self.sheet, self.row.number, key, column, value, message, asks))


class CellReader:
    """Reads the cells of a sheet's rows. `own` means that the table is our own export, with unaltered texts."""

    def __init__(
        self,
        headings: Sequence[str],
        columns: Sequence[tuple[int, str]],
        answers: Answers,
        context: SheetContext,
        own: bool,
    ) -> None:
        self.headings, self.columns, self.answers, self.context, self.own = headings, columns, answers, context, own

    def read(self, sheet: str, row: TableRow) -> ReadRow:
        """Return the row's values and its cells' problems."""
        original = {self.headings[place]: cell.text for place, cell in enumerate(row.cells) if cell.text.strip()}
        cells, mark = self.cells_of(row)
        read = ReadRow(sheet, row, original, mark=mark)
        for place, key, cell in cells:
            if cell.text.strip() or cell.fill:
                self._take(read, key, self.headings[place], cell, row.cells[place])
        if not self.own:
            self._take_label(read)
        return read

    def _take_label(self, read: ReadRow) -> None:
        """Take kind and number from "AFI 1 The force should …", unless a column gives another number."""
        if named := self._kind_of(read.cells.get("text", ("", ""))[0]):
            read.values.setdefault("kind_of_number", named)
        found = LABELLED.match(read.values.get("text", ""))
        if not found or read.values.get("number", found["number"]) != found["number"]:
            return
        read.values |= {"number": found["number"], "text": found["text"].strip()}
        if kind := our_words("kind", self.context).get(normalise(found["kind"])):
            read.values["kind_of_number"] = kind

    def cells_of(self, row: TableRow) -> tuple[list[tuple[int, str, TableCell]], RowMark | None]:
        """Return the corrected cells (position, field, cell) and the row's mark.

        Cells of a unit unchanged since the export are emptied, because they say nothing new.
        """
        cells = [(place, key, self.corrected(row.cells[place], key)) for place, key in self.columns]
        if not row.mark:
            return cells, None
        mark = row_mark(row.mark, {key: _text_as_in_mark(key, cell) for _, key, cell in cells})
        touched = mark.touched
        return [(place, key, EMPTY if mark.leaves(key, touched) else cell) for place, key, cell in cells], mark

    def corrected(self, cell: TableCell, key: str) -> TableCell:
        """Return the corrected cell. A correction is always text."""
        given = self.answers.corrections.get(key, {}).get(normalise(cell.text))
        return cell if given is None or not cell.text.strip() else TableCell(given)

    def _take(self, read: ReadRow, key: str, heading: str, cell: TableCell, as_it_was: TableCell) -> None:
        if key != "update" and key not in TARGETS and key not in STANDING and key in read.values:
            return
        read.cells.setdefault(key, (heading, as_it_was.text.strip()))
        try:
            self._take_by_kind(read, key, heading, cell)
        except Unclear as error:
            read.cells[key] = (heading, as_it_was.text.strip())
            asks = (NO_DAY, key, normalise(as_it_was.text)) if is_no_day(key, as_it_was.text) else ()
            read.problem(key, str(error), asks)

    def _take_by_kind(self, read: ReadRow, key: str, heading: str, cell: TableCell) -> None:
        holds = BY_KEY[key].holds
        if key == "update":
            read.updates += (UpdateInCell(cell.text.strip()),) if self.own else split(cell, self.context.today)
        elif key in TARGETS:
            read.targets += [day for day in days_in(cell, month_ends=True) if day not in read.targets[-1:]]
            self._note_open_end(read, heading, cell)
        elif key == "deadline_on":
            self._take_deadline(read, cell)
        elif holds == Holds.DAY:
            self._take_day(read, key, heading, cell)
        elif holds == Holds.WORD:
            self._take_word(read, key, heading, cell)
        elif cell.text.strip():
            self._take_text(read, key, heading, cell.text.strip())

    def _take_deadline(self, read: ReadRow, cell: TableCell) -> None:
        """Read a deadline: a day, or words that are interpreted later. Several days are the force's targets."""
        try:
            days = days_in(cell, month_ends=True)
        except Unclear:
            if not is_deadline_words(cell.text):
                raise
            read.values.setdefault("deadline_words", cell.text.strip())
            return
        if len(days) > 1:
            read.targets += days
        elif days:
            read.values["deadline_on"] = days[0]
        elif OPEN_ENDED.fullmatch(cell.text.strip()):
            read.values.setdefault("deadline_words", cell.text.strip())

    def _take_day(self, read: ReadRow, key: str, heading: str, cell: TableCell) -> None:
        day = day_in(cell, month_ends=key in ENDING)
        if day:
            read.values[key] = day
        self._note_open_end(read, heading, cell)

    def _note_open_end(self, read: ReadRow, heading: str, cell: TableCell) -> None:
        """Note a word that stands for an unknown day, rather than dropping it silently."""
        if not self.own and OPEN_ENDED.fullmatch(cell.text.strip()):
            read.notes.append(f"{heading} says “{cell.text.strip()}”: no day is set.")

    def _take_text(self, read: ReadRow, key: str, heading: str, text: str) -> None:
        if normalise(text) in NOTHING_SAID:
            return
        if key in LISTS:
            lines = re.split(r"\n|;\s" if key == "addressees" else r"\n", text)
            getattr(read, key).extend(" ".join(line.split()) for line in lines if line.strip())
        elif len(text) > (longest := BY_KEY[key].longest or len(text)):
            raise Unclear(f"This is longer than {longest} letters. Shorten it, or leave the cell out.")
        elif key == "number" and not self.own:
            self._take_number(read, heading, text)
        else:
            read.values[key] = text

    def _take_number(self, read: ReadRow, heading: str, text: str) -> None:
        """ "AFI 3" is the third area for improvement; so is 3 in a column "AFI", but not in a column "Rec / AFI"."""
        found, kinds = NUMBER.match(" ".join(text.split())), our_words("kind", self.context)
        kind, number = (found["kind"] or "", found["number"]) if found else ("", text)
        named = kinds.get(normalise(kind).rstrip(".")) or self._kind_of(heading)
        read.values["number"] = re.sub(r"\.0$", "", number.strip(" .:#")) or text
        if named:
            read.values["kind_of_number"] = named

    def _kind_of(self, heading: str) -> str:
        """Return the kind that a heading names, if it names one only: "AFI no", but not "Rec / AFI"."""
        kinds, words = our_words("kind", self.context), f" {' '.join(re.findall(r'[a-z]+', heading.casefold()))} "
        named = {kind for word, kind in kinds.items() if f" {word} " in words}
        return next(iter(named)) if len(named) == 1 else ""

    def _take_word(self, read: ReadRow, key: str, heading: str, cell: TableCell) -> None:
        for value, words in words_in(cell, key, self.context):
            read.cells[key] = (heading, words)
            meaning = self.meaning(key, value)
            if not meaning:
                read.problem(key, f"Say what “{words}” in the column {heading} means.", (MEANING, key, value))
            if not meaning or meaning == NOTHING:
                continue
            if key in STANDING:
                read.standing.append((f"{heading}: {words}", meaning))
            elif key == "themes":
                read.values[key] = (*read.values.get(key, ()), meaning)
            elif key == "delay_cause":
                read.values[key] = DelayReason(meaning, cause_and_words(cell.text, self.context)[1])
            else:
                read.values[key] = meaning

    def meaning(self, key: str, value: str) -> str:
        """Return a word's meaning: as answered, or as our own words define it, or "" if it must be asked."""
        return self.answers.meanings.get(key, {}).get(value, "") or certain(key, value, self.context)


def is_no_day(key: str, text: str) -> bool:
    """Whether a cell of a column of days holds words for which a day, or none, must be given."""
    if BY_KEY[key].holds != Holds.DAY or key == "published_on" or not text.strip():
        return False
    if key == "deadline_on" and is_deadline_words(text):
        return False
    return is_a_word(text, month_ends=key in ENDING)


def _text_as_in_mark(key: str, cell: TableCell) -> str:
    """Return a cell's text as in a mark: a day typed as text is that day."""
    if BY_KEY[key].holds != Holds.DAY:
        return as_shown(cell.text)
    try:
        return as_shown(cell.day or day_in(cell, month_ends=False) or cell.text)
    except Unclear:
        return as_shown(cell.text)
