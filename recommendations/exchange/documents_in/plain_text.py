"""Read plain text as rows: paragraphs, lists, rules and tables separated by tabs."""

import re
from itertools import pairwise
from typing import Any

from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.fact_names import stands_alone
from recommendations.exchange.documents_in.table_columns import heads_a_table
from recommendations.exchange.readers.text import LIST_ITEM, OPENS_A_LINE

LONGEST_LABEL = 100
NARROWEST_WRAP, WIDEST_WRAP = 50, 120
FULL_LINES = 3
SHARE_OF_FULL = 0.4
RULE = re.compile(r"^\s*([_=*–—-])(?:\s*\1){2,}\s*$")


def rows_of_text(text: str) -> list[dict[str, Any]]:
    """Return rows of kind, text and level: paragraphs (unwrapped), bullets, rules, and tab-separated cells."""
    rows = []
    printed = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x0b", "\n").replace("\x0c", "\n\n")
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", printed)]
    width = _wrap_width([line.expandtabs(4) for line in lines])
    for number, block in enumerate(_blocks(lines), start=1):
        if _is_a_table(block):
            rows += _cells(block, number)
        else:
            rows += [_row(line) for line in _unwrap([line.expandtabs(4) for line in block], width)]
    return rows


def _is_a_table(block: list[str]) -> bool:
    """Whether these lines are a pasted table: tab-separated cells below their headings."""
    return len(block) > 1 and "\t" in block[1] and heads_a_table(block[0].split("\t"))


def _cells(block: list[str], number: int) -> list[dict[str, Any]]:
    """Return the cells of a table's rows. A line without a tab is another paragraph of the previous cell."""
    rows, row, column = [], 0, 0
    for line in block:
        row, column = (row + 1, 0) if "\t" in line else (row, column)
        for at, text in enumerate(line.split("\t"), start=column):
            if text.strip():
                rows.append({"kind": "cell", "text": text.strip(), "cell": (number, row, at)})
                column = at
    return rows


def _wrap_width(lines: list[str]) -> int:
    """Return the width at which the text was wrapped, or 0 if lines end for other reasons."""
    width = max((len(line) for line in lines), default=0)
    near = sum(len(line) > width * 0.8 for line in lines)
    inside = [len(line) for line, following in pairwise(lines) if line and following and not _opens(following)]
    broken = near >= FULL_LINES and sum(length > width * 0.8 for length in inside) >= len(inside) * SHARE_OF_FULL
    return width if NARROWEST_WRAP <= width <= WIDEST_WRAP and broken else 0


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return runs of lines without blank lines."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _unwrap(block: list[str], width: int) -> list[str]:
    """Join the block's lines that were broken only because they were full."""
    joined = [block[0]]
    last = block[0]
    for line in block[1:]:
        if _goes_on(last, line, width):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
        last = line
    return joined


def _goes_on(line: str, following: str, width: int) -> bool:
    if RULE.match(line) or RULE.match(following):
        return False
    full = 0 < width < len(line) + 1 + len(following.split()[0])
    ended = line.rstrip()[-1] in '.:;?!”"'
    if _opens(following):
        return full and not ended and not LIST_ITEM.match(following.strip())
    return full or (not ended and following.strip()[0].islower() and len(line) > WIDEST_WRAP // 3)


def _opens(line: str) -> bool:
    """Whether a line begins something by its own words: a list item, a recommendation, a comment's label."""
    text = line.strip()
    label = read_label(text) if text[:1].isupper() and len(text) <= LONGEST_LABEL else None
    return bool(OPENS_A_LINE.match(text)) or (label is not None and not label.rest) or stands_alone(text)


def _row(line: str) -> dict[str, Any]:
    stripped = re.sub(r"(?<=..)[ \xa0]{2,}", " ", line.strip())
    if RULE.match(stripped):
        return {"kind": "rule", "text": stripped}
    depth = (len(line) - len(line.lstrip())) // 2
    return {"kind": "paragraph", "text": stripped, "level": depth}
