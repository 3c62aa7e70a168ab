"""A document's text without its layout, for texts stored word for word."""

from collections.abc import Iterable
from itertools import groupby

from recommendations.exchange.documents_in.lines import DocumentLine

PARAGRAPHS = "\n\n"
CELLS = " | "
# Page headers, footers and rules are not part of what a text says.
UNSAID = ("margin", "rule")


def words_of(lines: Iterable[DocumentLine]) -> str:
    """Return the text: blank lines between paragraphs, lists and table rows line by line, notes last."""
    said = [line for line in lines if line.kind not in UNSAID]
    in_order = sorted(said, key=lambda line: line.kind == "note")
    return PARAGRAPHS.join(_block(list(together)) for _, together in groupby(in_order, key=_block_key))


def left_out_texts(lines: Iterable[DocumentLine]) -> list[str]:
    """Return what `words_of` leaves out: each header and footer once, in order."""
    return list(dict.fromkeys(line.text for line in lines if line.kind == "margin"))


def _block_key(line: DocumentLine) -> tuple[object, ...]:
    """Return the key of a line's block: a list's items or a table's rows form one; other lines are paragraphs."""
    if line.cell:
        return "table", line.cell[0]
    return (line.kind,) if line.kind == "bullet" else ("line", line.number)


def _block(lines: list[DocumentLine]) -> str:
    rows = groupby(lines, key=lambda line: line.cell[:2] if line.cell else line.number)
    return "\n".join(CELLS.join(_line_text(line) for line in row) for _, row in rows)


def _line_text(line: DocumentLine) -> str:
    return f"{line.mark} {line.text}" if line.mark else line.text
