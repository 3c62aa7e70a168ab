"""The register of a scrutiny report as a spreadsheet and as CSV: the entries of its annex, one a row.
Made only from the paper's figures, so that the same figures always produce the same bytes: both are embedded in the
paper's PDF and offered beside it. The three voices have columns of their own, each with its day.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import slugify

from recommendations.documents.papers.register_columns import PaperLine, columns_of, rows_of
from recommendations.documents.pdf.render import EmbeddedFile
from recommendations.documents.register.spreadsheet import MOST_LETTERS, Plain, as_csv, as_xlsx
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.sheet_columns import SheetField
from recommendations.periods import LONDON, say

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REST, GOES_ON = "Long texts", " … (goes on in the sheet Long texts)"
REST_FIELDS = tuple(
    SheetField(name, name, width=width)
    for name, width in (("Reference", 14), ("Column", 22), ("Piece", 8), ("Text", 120))
)
PIECE = MOST_LETTERS // 2  # half, as a cell counts some characters twice


@dataclass(frozen=True)
class PaperAbout:
    """The text of the workbook's About sheet, as documents/formats/export_cover.py is for exports of the live
    register.
    """

    figures: Figures
    draft: bool = False

    @property
    def title(self) -> str:
        kind = "closed scrutiny report" if self.figures.restricted_only else "scrutiny report"
        return f"The register of the {kind} on {self.figures.force}, {self.figures.period_label}"

    @property
    def office(self) -> str:
        return self.figures.body

    @property
    def by(self) -> str:
        return self.figures.body

    @property
    def rows(self) -> int:
        return len(self.figures.entries)

    @property
    def marking(self) -> str:
        return self.figures.marking

    @property
    def as_at(self) -> datetime.date:
        return self.figures.as_at

    @property
    def at(self) -> datetime.datetime:
        return self.figures.known_at

    @property
    def sentences(self) -> tuple[str, ...]:
        """All facts, one a line."""
        figures, known = self.figures, self.figures.known_at.astimezone(LONDON)
        up_to = "using entries made by" if figures.format > 3 else "as known on"
        return (
            self.marking,
            self.title,
            "Draft: the figures are live." if self.draft else f"Issue {figures.issue}.",
            f"{'' if figures.format > 3 else 'It replaces '}{figures.replaces}" if figures.replaces else "",
            f"Office: {figures.body}",
            figures.left_out_words,
            f"As it {figures.stood_words}, {up_to} {say(known)} at {known:%H:%M}.",
            f"Rows: {self.rows:,}, in the order of the paper’s register. {figures.sum.closing:,} are open.",
            f"Trail: {figures.trail_count:,} entries, head {figures.trail_head}" if figures.trail_head else "",
            f"The words of {figures.source_in_sentence}, of the force and of the office stand in columns of their own, "
            "each with its day. Days are days in London.",
        )


class RegisterTable(NamedTuple):
    """`fields` are the columns, `lines` the rows."""

    fields: tuple[SheetField, ...]
    lines: list[PaperLine]


def register_of(figures: Figures) -> RegisterTable:
    """The register of these figures as columns and rows."""
    return RegisterTable(columns_of(figures), rows_of(figures))


def register_files(figures: Figures, *, draft: bool = False) -> tuple[EmbeddedFile, ...]:
    """The CSV and the workbook of these figures, to be embedded in the paper's file: always the same bytes."""
    register, name = register_of(figures), base_name(figures, draft)
    return (
        _file(figures, f"{name}.csv", CSV, as_csv(register.lines, register.fields)),
        _file(figures, f"{name}.xlsx", XLSX, workbook(figures, register, draft)),
    )


def base_name(figures: Figures, draft: bool = False) -> str:
    """A file name that is unique in a folder: register-westmarch-police-2026-07-01-to-2026-09-30-issue-1."""
    of = f"{slugify(figures.force) or 'force'}-{figures.period_start}-to-{figures.period_end}-issue-{figures.issue}"
    name = f"closed-register-{of}" if figures.restricted_only else f"register-{of}"
    return f"draft-{name}" if draft else name


def _file(figures: Figures, name: str, media_type: str, content: bytes) -> EmbeddedFile:
    form = "CSV" if media_type == CSV else "spreadsheet"
    description = f"The register of this paper as {form}: each entry with its three voices and their days"
    return EmbeddedFile(
        name=name, media_type=media_type, description=description, created_at=figures.known_at, content=content
    )


def workbook(figures: Figures, register: RegisterTable, draft: bool) -> bytes:
    """The workbook. Texts too long for a cell continue on a sheet of their own, so that nothing is lost."""
    rest: list[tuple[str, str, str, str]] = []
    lines = [_cut_to_cells(line, register.fields, rest) for line in register.lines]
    also = [Plain(REST, REST_FIELDS, rest)] if rest else []
    return as_xlsx(lines, PaperAbout(figures, draft), register.fields, also)


def _cut_to_cells(line: PaperLine, fields: tuple[SheetField, ...], rest: list[tuple[str, str, str, str]]) -> PaperLine:
    """The line with every text short enough for a cell. Longer ones are added whole to `rest`, in pieces."""
    texts = [(field, getattr(line, field.key)) for field in fields]
    long = [(field, text) for field, text in texts if isinstance(text, str) and units(text) > MOST_LETTERS]
    for field, text in long:
        reference = line.reference
        rest.extend((reference, field.heading, str(n), piece) for n, piece in enumerate(pieces(text), start=1))
    return line._replace(**{field.key: text[: PIECE - len(GOES_ON)] + GOES_ON for field, text in long})


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that each fit a cell; joined, they are the text."""
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def units(text: str) -> int:
    """The length of a text as a cell counts it: characters beyond U+FFFF count twice."""
    return len(text.encode("utf-16-le")) // 2
