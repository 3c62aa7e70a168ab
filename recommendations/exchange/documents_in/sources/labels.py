"""Labels: words at the start of a line, above a column or in a cell that say what the text beside them is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.sources.columns import LONGEST_HEADING, bare
from recommendations.exchange.documents_in.vocabulary import plain

NUMBER = r"(?P<number>(?:[A-Z]{1,3}[ -]?)?\d{1,4}(?:\.\d{1,3})*[a-z]?)"
BEHIND = r"\s*(?:no\.?|number|ref\.?)?\s*"
BROKEN = "…"  # the label continues on the next line

type Roles = Mapping[str, str]  # role → pattern of the words for it


@dataclass(frozen=True)
class Labelled:
    """A line with the role that it starts, if any; `rest` is the text after the label, `taken` the label itself.

    `row` is the line's table and row, for a table whose columns have roles.
    """

    line: DocumentLine
    role: str = ""
    number: str = ""
    rest: str = ""
    taken: str = ""
    row: tuple[int, int] | None = None

    @property
    def begins(self) -> bool:
        return bool(self.role)


class LabelVocabulary:
    """The labels of one kind of document."""

    def __init__(self, roles: Roles, order: Sequence[str] = ()) -> None:
        self.heads = [(role, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for role, words in roles.items()]
        self.lines = [(role, _line_pattern(words)) for role, words in roles.items()]
        self.order = list(order)

    def head(self, text: str) -> str:
        """Return the role of a column with this heading, or ""."""
        words = bare(text)
        if len(words) > LONGEST_HEADING:
            return ""
        return next((role for role, pattern in self.heads if pattern.match(words)), "")

    def label(self, line: DocumentLine) -> Labelled:
        """Return the line with the role of its first words, if they have one."""
        words = plain(line.text)
        for role, pattern in self.lines:
            if (match := pattern.match(words)) and (role != "number" or line.cell):
                taken = line.text[: match.end()].rstrip()
                return Labelled(
                    line, role, match.groupdict().get("number") or "", line.text[match.end() :].strip(), taken
                )
        if line.cell and (role := self.head(line.text)):
            return Labelled(line, role, "", "", line.text)
        return Labelled(line, rest=line.text)

    def walk(self, lines: Sequence[DocumentLine]) -> list[Labelled]:
        """Return every line in reading order: a table's rows by the roles of its columns."""
        found: list[Labelled] = []
        last: dict[int, str] = {}
        for table, together in groupby(lines, key=lambda line: line.cell[0] if line.cell else None):
            run = list(together)
            columns, head = ({}, []) if table is None else self._columns(run, last)
            if not columns:
                found += self._read_line_by_line(run)
                last = last if table is None and all(line.kind in ("margin", "rule") for line in run) else {}
                continue
            last = columns
            found += self._rows([line for line in run if line not in head], columns, head)
        return found

    def _read_line_by_line(self, lines: list[DocumentLine]) -> list[Labelled]:
        """Read line by line: the cell beside a label is its value, and a label may be split over two lines."""
        found: list[Labelled] = []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            last = found[-1] if found else None
            if last is not None and self._is_value(last, line):
                found.append(Labelled(line, rest=line.text))
            elif last is not None and last.taken == BROKEN:
                found[-1] = replace(last, taken=last.line.text)
                found.append(Labelled(line, taken=line.text))
            else:
                found.append(self._whole_label(line, following))
        return found

    def _is_value(self, last: Labelled, line: DocumentLine) -> bool:
        """Whether a line is the value of the previous label: "Agreed." under "Management response"."""
        alone = bool(last.taken) and not last.rest and last.taken != BROKEN
        return alone and (_is_beside(last.line, line) or self.label(line).role == last.role not in ("", "asked"))

    def _whole_label(self, line: DocumentLine, following: DocumentLine | None) -> Labelled:
        each = self.label(line)
        if each.begins or following is None or len(line.text) + len(following.text) > LONGEST_HEADING:
            return each
        both = self.label(replace(line, text=f"{line.text} {following.text}"))
        alone = both.begins and not both.rest and line.kind == following.kind
        return replace(both, line=line, taken=BROKEN) if alone and line.cell == following.cell else each

    def _columns(self, lines: list[DocumentLine], last: dict[int, str]) -> tuple[dict[int, str], list[DocumentLine]]:
        """Return the roles of a table's columns and the heading cells, or the roles of the table that it continues."""
        rows = _cells(lines)
        for row in list(rows)[:3]:
            roles = {column: self.head(" ".join(line.text for line in cell)) for column, cell in rows[row].items()}
            named = [role for role in roles.values() if role]
            if "asked" in named and len(set(named)) > 1 and 2 * len(named) >= len(roles):
                return roles, [line for each in rows if each <= row for cell in rows[each].values() for line in cell]
        columns = {column for cells in rows.values() for column in cells}
        return (dict(last), []) if last and columns <= set(last) and len(last) > 2 else ({}, [])

    def _rows(self, lines: list[DocumentLine], columns: dict[int, str], head: list[DocumentLine]) -> list[Labelled]:
        found = [Labelled(line, "head", taken=line.text) for line in head]
        for row, cells in _cells(lines).items():
            texts = {column: " ".join(line.text for line in cell) for column, cell in cells.items()}
            if sum(self.head(text) == columns.get(column) != "" for column, text in texts.items()) > 1:
                found += [Labelled(line, "head", taken=line.text) for cell in cells.values() for line in cell]
                continue
            where = (lines[0].cell[0] if lines[0].cell else 0, row)
            for column in sorted(cells, key=lambda column: self._rank(columns.get(column, ""))):
                role = columns.get(column) or "own"
                found += [self._cell(line, role, where, n) for n, line in enumerate(cells[column])]
        return found

    def _cell(self, line: DocumentLine, role: str, where: tuple[int, int], place: int) -> Labelled:
        """Return a line of a cell with the column's role, without a label of its own that means the same."""
        own = self.label(line)
        if own.role == role and own.taken and own.rest:
            return replace(own, row=where)
        return Labelled(line, role if place == 0 else "", "", line.text, "", where)

    def _rank(self, role: str) -> int:
        return self.order.index(role) if role in self.order else len(self.order)


def _is_beside(label: DocumentLine, line: DocumentLine) -> bool:
    return bool(label.cell and line.cell and label.cell[:2] == line.cell[:2] and label.cell[2] < line.cell[2])


def _line_pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of a label with its number and a colon or dash, or alone on its line."""
    return re.compile(
        rf"^(?:(?:{words}){BEHIND}(?:{NUMBER})?[.)]?(?:\s*\([^)]{{1,30}}\))?\s*(?:[:–—?]+\s*|\s-\s+|$))", re.IGNORECASE
    )


def _cells(lines: list[DocumentLine]) -> dict[int, dict[int, list[DocumentLine]]]:
    rows: dict[int, dict[int, list[DocumentLine]]] = {}
    for line in lines:
        if line.cell:
            rows.setdefault(line.cell[1], {}).setdefault(line.cell[2], []).append(line)
    return dict(sorted(rows.items()))
