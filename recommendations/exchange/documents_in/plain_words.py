"""The words of a document as they are read, and nothing of its form: for texts that are kept word for word."""

from collections.abc import Iterable
from itertools import groupby

from recommendations.exchange.documents_in.lines import DocumentLine

PARAGRAPHS = "\n\n"
CELLS = " | "
# What a text says is neither in the headers and footers of its pages nor in the rules across them.
UNSAID = ("margin", "rule")


def words_of(lines: Iterable[DocumentLine]) -> str:
    """The text: paragraphs with a blank line between them, lists and the rows of tables line by line, notes last."""
    said = [line for line in lines if line.kind not in UNSAID]
    in_order = sorted(said, key=lambda line: line.kind == "note")
    return PARAGRAPHS.join(_block(list(together)) for _, together in groupby(in_order, key=_stands_with))


def left_out_of(lines: Iterable[DocumentLine]) -> list[str]:
    """What words_of leaves out: each header and footer once, in their order."""
    return list(dict.fromkeys(line.text for line in lines if line.kind == "margin"))


def _stands_with(line: DocumentLine) -> tuple[object, ...]:
    """What stands in one block: the items of a list, a table's rows. Any other line is a paragraph."""
    if line.cell:
        return "table", line.cell[0]
    return (line.kind,) if line.kind == "bullet" else ("line", line.number)


def _block(lines: list[DocumentLine]) -> str:
    rows = groupby(lines, key=lambda line: line.cell[:2] if line.cell else line.number)
    return "\n".join(CELLS.join(_said(line) for line in row) for _, row in rows)


def _said(line: DocumentLine) -> str:
    return f"{line.mark} {line.text}" if line.mark else line.text
