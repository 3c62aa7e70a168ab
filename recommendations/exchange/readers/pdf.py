"""Read PDFs as rows: lines are put together by position, and wrapped lines are joined into paragraphs.

A PDF holds positioned characters, not paragraphs. So a paragraph is a sequence of full lines at the usual distance; a
smaller raised digit is a footnote mark; text at the top or bottom of most pages is a header or footer.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from recommendations.exchange.readers.errors import MAX_CHARACTERS, MAX_PAGES, NO_TEXT, TOO_LONG, Unreadable
from recommendations.exchange.readers.pdf_page import Printed, printed_lines, rules_across
from recommendations.exchange.readers.pdf_tables import HeadsATable, RulesOf, with_cells
from recommendations.exchange.readers.text import BULLET, LIST_ITEM, OPENS_A_LINE

DAMAGED = "This PDF is damaged or is not one. Open it, print it to a new PDF or copy the text and paste it instead."
PROTECTED = (
    "This PDF is protected by a password, so it cannot be read. Save it without one, or copy the text and paste it."
)
TOP_OR_BOTTOM = 0.12
PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
MARKING = re.compile(r"^(?:official(?:[ -]sensitive)?.{0,30}|not protectively marked)$", re.IGNORECASE)
PRINTED = re.compile(r"^(?:\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}\b.*|(?:https?|file)://\S+(?: \d+/\d+)?|www\.\S+)$")
LARGER = 1.15
OTHER_SIZE = 0.1
WIDE_GAP = 2.0
FARTHER = 1.3
ENDS = '.:;?!”"'
ENDS_AN_ITEM = re.compile(r"[;,] (?:and|or)$")
SAME_EDGE = 1.0
LOOKS_BACK = 300
BROKEN_BY_THE_PAGE = ("\u00ad", "\u2010")  # writers type "-"; hyphenating programs print these
LONGEST_HEADING = 100
DEEPEST_HEADING = 6

type StandsAlone = Callable[[str], bool]


def rows(data: bytes, heads_a_table: HeadsATable, stands_alone: StandsAlone) -> list[dict[str, Any]]:
    """Return the rows of a PDF. `stands_alone` says whether a line is a label by itself. Raises Unreadable."""
    lines, rules_of = _all_lines(data)
    if not any(re.search(r"\w", line.text) for line in lines):
        raise Unreadable(NO_TEXT)
    lines, margins = _without_margins(lines)
    paragraphs = _paragraphs(_side_by_side(with_cells(lines, heads_a_table, rules_of)), stands_alone)
    usual = _usual_size(lines)
    levels = _heading_levels(paragraphs, usual)
    found = [_row(paragraph, levels) for paragraph in paragraphs]
    return found + [{"kind": "margin", "text": text} for text in margins]


def _all_lines(data: bytes) -> tuple[list[Printed], RulesOf]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        protected = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Unreadable(PROTECTED if protected else DAMAGED) from error
    if len(document) > MAX_PAGES:
        raise Unreadable(f"This PDF has more than {MAX_PAGES} pages. {TOO_LONG}")
    lines: list[Printed] = []
    characters = 0
    for number in range(len(document)):
        try:
            found = printed_lines(document[number], number)
        except pdfium.PdfiumError as error:
            raise Unreadable(DAMAGED) from error
        lines += found
        characters += sum(len(line.text) for line in found)
        if characters > MAX_CHARACTERS:
            raise Unreadable(TOO_LONG)
    return lines, cache(lambda number: rules_across(document[number]) if 0 <= number < len(document) else [])


def _without_margins(lines: list[Printed]) -> tuple[list[Printed], list[str]]:
    """Return the lines without page headers and footers, and the text of those, without duplicates.

    Only certain ones are removed: a page number or a protective marking at the edge, text at the edge of most pages,
    and anything on a marking's line or further out.
    """
    pages = len({line.page for line in lines})
    at_edge = [line for line in lines if line.is_at_edge(TOP_OR_BOTTOM)]
    pages_of = Counter(shape for shape, _ in {(_shape(line.text), line.page) for line in at_edge})
    surely = {
        id(line)
        for line in at_edge
        if PAGE_NUMBER.match(line.text)
        or MARKING.match(line.text)
        or PRINTED.match(line.text)
        or (pages > 2 and pages_of[_shape(line.text)] > pages / 2)
        or (pages == 2 and pages_of[_shape(line.text)] == 2 and line.is_at_edge(TOP_OR_BOTTOM / 2))
    }
    markings = [line for line in at_edge if MARKING.match(line.text) or PRINTED.match(line.text)]
    surely |= {id(line) for line in at_edge if any(_is_level_or_outside(line, each) for each in markings)}
    margins = {_shape(line.text): line.text for line in reversed(lines) if id(line) in surely}
    return [line for line in lines if id(line) not in surely], list(reversed(margins.values()))


def _is_level_or_outside(line: Printed, marking: Printed) -> bool:
    """Whether a line is level with the marking, or between it and the edge of the page."""
    out = 1 if marking.bottom > marking.height / 2 else -1
    return line.page == marking.page and out * (line.bottom - marking.bottom) > -0.3 * line.size


def _shape(text: str) -> str:
    """Return the text with all numbers alike, so that "Page 1" and "Page 2" are the same header."""
    return re.sub(r"\d+", "#", text.lower())


def _usual_size(lines: list[Printed]) -> float:
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _heading_levels(paragraphs: list[Printed], usual: float) -> dict[int, int]:
    """Return the heading level of each type size larger than the body text's: the largest is 1."""
    sizes = {round(line.size) for line in paragraphs if line.size > usual * LARGER and not line.cell}
    return {size: min(level, DEEPEST_HEADING) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _side_by_side(lines: list[Printed]) -> list[Printed]:
    """Join the parts of one line that are closer than columns."""
    done: list[Printed] = []
    for line in lines:
        last = done[-1] if done else None
        if (
            last is not None
            and last.cell is None
            and line.cell is None
            and last.page == line.page
            and abs(last.bottom - line.bottom) < 0.3 * line.size
            and 0 <= line.left - last.right < WIDE_GAP * line.size
        ):
            done[-1] = replace(last, text=f"{last.text} {line.text}", right=line.right)
        else:
            done.append(line)
    return done


def _paragraphs(lines: list[Printed], stands_alone: StandsAlone) -> list[Printed]:
    """Join lines that were broken only because they were full."""
    leading = _usual_leading(lines)
    words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text.lower()))
    edge = _right_edges(lines)
    paragraphs: list[Printed] = []
    last: Printed | None = None
    for line in lines:
        apart = last is not None and (
            _begins_a_paragraph(last, line, leading) or (line.cell is None and stands_alone(line.text))
        )
        if last is not None and not apart and _goes_on(last, line, edge):
            paragraphs[-1] = _join_lines(paragraphs[-1], line, words)
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def _usual_leading(lines: list[Printed]) -> dict[int, float]:
    """Return the line spacing within paragraphs for each type size: the smallest distance that recurs."""
    distances: dict[int, Counter[float]] = {}
    for last, line in pairwise(lines):
        if last.page == line.page and 0.6 * line.size < last.bottom - line.bottom < 2 * line.size:
            distances.setdefault(round(line.size), Counter())[round(last.bottom - line.bottom, 1)] += 1
    again = {size: [each for each, times in found.items() if times > 1] for size, found in distances.items()}
    return {size: min(found) for size, found in again.items() if found}


def _begins_a_paragraph(last: Printed, line: Printed, leading: dict[int, float]) -> bool:
    """Whether a sentence has ended and the next line is further below than within a paragraph."""
    usual = leading.get(round(line.size))
    below = last.page == line.page and last.cell == line.cell and last.text[-1] in ENDS
    return below and usual is not None and last.bottom - line.bottom > FARTHER * usual


def _right_edges(lines: list[Printed]) -> dict[tuple[int, ...], float]:
    """Return how far right lines reach, on each page or in each table column."""
    edges: dict[tuple[int, ...], float] = {}
    for line in lines:
        key = _column(line)
        edges[key] = max(edges.get(key, 0), line.right)
    return edges


def _column(line: Printed) -> tuple[int, ...]:
    return (line.cell[0], line.cell[2]) if line.cell else (line.page,)


def _goes_on(last: Printed, line: Printed, edges: dict[tuple[int, ...], float]) -> bool:
    if last.cell != line.cell or abs(last.size - line.size) > OTHER_SIZE * last.size:
        return False
    ended = last.text[-1] in ENDS
    first_word = line.text.split()[0]
    letter = (last.right - last.left) / max(len(last.text), 1)
    full = last.right + (len(first_word) + 1) * letter > edges[_column(last)] - letter
    if last.page != line.page:
        return full and not ended and not _opens(line)
    distance = last.bottom - line.bottom
    if not 0.3 * line.size < distance < 1.75 * max(line.size, last.size):
        return False
    if last.bold != line.bold and (ended or _opens(line) or not full):
        return False
    if ended and line.left - last.left > 0.8 * line.size:  # an indented first line of a paragraph
        return False
    if _opens(line):
        return full and not ended and not LIST_ITEM.match(line.text)
    if full or ended or line.cell is not None:
        return full or not ended
    return line.text[0].islower() and not _ends_an_item(last, line, (len(first_word) + 2) * letter)


def _ends_an_item(last: Printed, line: Printed, room: float) -> bool:
    """Whether a line ends one of a list without marks: by its last word, or as the next line's first had room on it."""
    fits = abs(last.left - line.left) < SAME_EDGE and last.right + room < line.right
    return fits or ENDS_AN_ITEM.search(last.text) is not None


def _opens(line: Printed) -> bool:
    return OPENS_A_LINE.match(line.text) is not None


def _join_lines(paragraph: Printed, line: Printed, words: Counter[str]) -> Printed:
    text, end = paragraph.text, paragraph.text[-LOOKS_BACK:]
    if end.endswith(BROKEN_BY_THE_PAGE):
        joined = text[:-1] + line.text
    elif re.search(r"\w-$", end) and line.text[0].isalpha():
        joined = _without_hyphen(text, line.text, words)
    elif re.search(r"\S/$", end) or (re.search(r"<?https?://\S*$", end) and re.match(r"[\w-]*[/._%-]", line.text)):
        joined = text + line.text
    else:
        joined = f"{text} {line.text}"
    return replace(paragraph, text=joined, bold=paragraph.bold and line.bold, bottom=line.bottom, page=line.page)


def _without_hyphen(text: str, following: str, words: Counter[str]) -> str:
    """Remove a hyphen if the whole word occurs elsewhere; otherwise it is the word's own."""
    begun, ends = re.search(r"(\w+)-$", text[-LOOKS_BACK:]), re.match(r"\w+", following)
    whole = begun is not None and ends is not None and words[(begun[1] + ends[0]).lower()]
    return (text[:-1] if whole else text) + following


def _row(line: Printed, levels: dict[int, int]) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": "paragraph", "text": line.text, "level": -1 if line.hung else 0}
    if line.cell:
        row |= {"kind": "cell", "cell": line.cell}
    short = len(line.text) <= LONGEST_HEADING and line.text[-1] not in ".;,"
    if BULLET.match(line.text):
        return row
    if round(line.size) in levels and not line.cell:
        row |= {"kind": "heading", "level": levels[round(line.size)]}
    elif line.bold and short and not line.cell:
        row |= {"kind": "heading", "level": 0}
    return row
