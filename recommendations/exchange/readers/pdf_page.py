"""Read one page of a PDF as printed lines: characters joined by position, note marks raised, links kept."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from urllib.parse import unquote

import pypdfium2 as pdfium
import pypdfium2.raw as raw

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED_SIZE = 0.85
COLUMN_GAP = 0.9
SPACE = 0.13
BOLD = 600
MUCH_LARGER = 1.2
LONGEST_NAME = 100
MOST_LINKS = 200
MOST_PATHS, SHORTEST_RULE, THICKEST_RULE, SHORTEST_UPRIGHT = 5_000, 20.0, 3.0, 8.0
NARROWEST_BORDER = 0.35
LEANS = 0.1  # how far slanted letters may reach over the space between two words
THICKEST_STRIKE, STRIKES = 2.0, (0.3, 0.6)  # in points; where a line through a letter is, from its lower edge
DRAWN_BULLET, BESIDE_TEXT = (0.12, 0.5), 2.5  # a drawn bullet's size and its distance from the text, in type sizes
ITALIC = 1 << 6  # in a font's flags
type Bounds = tuple[float, float, float, float]  # left, bottom, right, top
type Rule = tuple[float, float, float]  # height, left, right
LIST_MARK = re.compile(r"^(?:[•‣◦▪■●○·➢\uf0b7\uf0a7o–-]|\(?(?:\d{1,4}(?:\.\d{1,2})?|[a-z]|[ivx]{1,4})[.)])$")


@dataclass(frozen=True)
class Printed:
    """A printed line: its text, its position in points from the page's bottom left, its type size."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    page: int
    height: float
    bold: bool = False
    hung: bool = False
    cell: tuple[int, int, int] | None = None

    def is_at_edge(self, share: float) -> bool:
        return self.bottom < self.height * share or self.bottom + self.size > self.height * (1 - share)


@dataclass(frozen=True)
class Glyph:
    """A character and its position."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    index: int
    is_spaced: bool = False  # whether there seems to be a space before it that is not stored

    @property
    def size(self) -> float:
        return self.top - self.bottom


def printed_lines(page: pdfium.PdfPage, number: int) -> list[Printed]:
    """Return the page's lines in stored order, split at wide gaps, as between columns, and at vertical rules."""
    text = page.get_textpage()
    height, links, drawn = page.get_height(), _links(page), list(_path_bounds(page))
    strikes = [bounds for bounds in drawn if bounds[3] - bounds[1] < THICKEST_STRIKE]
    down = cache(lambda: rules_down(page))
    lines = [_printed_line(run, text, links, strikes, number, height) for run in _runs(_glyphs(text), down)]
    return _with_marks([_with_drawn_bullet(line, drawn) for line in lines if line.text])


def rules_across(page: pdfium.PdfPage) -> list[Rule]:
    """Return the page's horizontal rules, from the top: height, left and right end."""
    found: list[Rule] = []
    for left, bottom, right, top in _path_bounds(page):
        if right - left < SHORTEST_RULE:
            continue
        found += (
            [(bottom, left, right)] if top - bottom < THICKEST_RULE else [(top, left, right), (bottom, left, right)]
        )
    return sorted(found, reverse=True)


def rules_down(page: pdfium.PdfPage) -> list[Rule]:
    """Return the page's vertical rules, from the left: position, lower and upper end."""
    found: list[Rule] = []
    for left, bottom, right, top in _path_bounds(page):
        if top - bottom >= SHORTEST_UPRIGHT:
            sides = [left] if right - left < THICKEST_RULE else [left, right]
            found += [(side, bottom, top) for side in sides]
    return sorted(found)


def _path_bounds(page: pdfium.PdfPage) -> Iterator[Bounds]:
    """Yield the bounds of drawn paths."""
    for drawn in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2), MOST_PATHS):
        yield drawn.get_bounds()


def _glyphs(text: pdfium.PdfTextPage) -> Iterator[Glyph]:
    box, is_spaced = raw.FS_RECTF(), False
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1:
            is_spaced = is_spaced or code == ord(" ")
            continue
        character = "\u00ad" if code in (0x02, 0xFFFE) else chr(code) if code < 0x110000 else ""
        if character in ("-", "\u00ad") and raw.FPDFText_IsHyphen(text, index) == 1:
            character = "-"
        if not character or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        yield Glyph(character, box.left, box.right, box.bottom, box.top, index, is_spaced)
        is_spaced = False


def _runs(glyphs: Iterator[Glyph], down: Callable[[], list[Rule]]) -> Iterator[list[Glyph]]:
    """Yield runs of characters next to each other on one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not (_side_by_side(run[-1], glyph) and not _is_separated(run, glyph, down)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _side_by_side(last: Glyph, glyph: Glyph) -> bool:
    overlap = min(last.top, glyph.top) - max(last.bottom, glyph.bottom)
    smaller, larger = sorted((last.size, glyph.size))
    gap = glyph.left - last.right
    return overlap > 0.3 * smaller and -1.5 * larger < gap < COLUMN_GAP * max(larger, 1)


def _is_separated(run: list[Glyph], glyph: Glyph, down: Callable[[], list[Rule]]) -> bool:
    """Whether a vertical rule separates a character from the previous one that is not a space."""
    last = next((each for each in reversed(run) if not each.text.isspace()), None)
    if last is None or glyph.text.isspace() or glyph.left - last.right < NARROWEST_BORDER * glyph.size:
        return False
    middle = (glyph.bottom + glyph.top) / 2
    return any(last.right <= place <= glyph.left and low < middle < high for place, low, high in down())


type Link = tuple[float, float, float, float, str]  # left, bottom, right, top, address


def _printed_line(
    run: list[Glyph],
    page_text: pdfium.PdfTextPage,
    links: list[Link],
    strikes: list[Bounds],
    page: int,
    height: float,
) -> Printed:
    main = sorted(glyph.size for glyph in run)[len(run) // 2]
    base = min((glyph.bottom for glyph in run if glyph.size >= main * RAISED_SIZE), default=run[0].bottom)
    highest = max(glyph.top for glyph in run)
    strikes = [bounds for bounds in strikes if base < bounds[1] < highest]
    pieces: list[str] = []
    for before, glyph, after in zip([None, *run], run, [*run[1:], None], strict=False):
        if before and not pieces[-1].endswith(" ") and _is_apart(page_text, before, glyph):
            pieces.append(" ")
        if _is_struck(strikes, glyph):
            pieces.append("")
            continue
        raised = glyph.size < main * RAISED_SIZE and glyph.bottom > base + 0.1 * main
        pieces.append(glyph.text.translate(SUPERSCRIPTS) if raised else glyph.text)
        link = _link_at(links, glyph)
        if link and (after is None or _link_at(links, after) != link):
            pieces.append(link)
    text = _with_addresses("".join(pieces))
    bold = all(_is_bold(page_text, glyph.index) for glyph in (run[len(run) // 2], run[-1]))  # more than just its label
    return Printed(text, run[0].left, run[-1].right, base, main, page, height, bold=bold)


def _is_apart(page_text: pdfium.PdfTextPage, before: Glyph, glyph: Glyph) -> bool:
    """Whether there is a space between two characters. Slanted letters can reach over one."""
    gap = glyph.left - before.right
    if gap > SPACE * glyph.size or not glyph.is_spaced or gap < -LEANS * glyph.size:
        return gap > SPACE * glyph.size
    return _is_italic(page_text, before.index) or _is_italic(page_text, glyph.index)


def _is_struck(strikes: list[Bounds], glyph: Glyph) -> bool:
    """Whether a line is drawn through the middle of a character."""
    across, (low, high) = (glyph.left + glyph.right) / 2, STRIKES
    return any(
        left <= across <= right and low * glyph.size < bottom - glyph.bottom < high * glyph.size
        for left, bottom, right, _ in strikes
    )


def _is_bold(page_text: pdfium.PdfTextPage, index: int) -> bool:
    """Whether the font is bold, by its weight or else by its name."""
    if raw.FPDFText_GetFontWeight(page_text, index) >= BOLD:
        return True
    name, _ = _font(page_text, index)
    return re.search(rb"bold|black|heavy", name, re.IGNORECASE) is not None


def _is_italic(page_text: pdfium.PdfTextPage, index: int) -> bool:
    name, flags = _font(page_text, index)
    return bool(flags & ITALIC) or re.search(rb"italic|oblique", name, re.IGNORECASE) is not None


def _font(page_text: pdfium.PdfTextPage, index: int) -> tuple[bytes, int]:
    """Return the name and the flags of a character's font."""
    flags, name = ctypes.c_int(0), ctypes.create_string_buffer(LONGEST_NAME)
    raw.FPDFText_GetFontInfo(page_text, index, name, LONGEST_NAME, ctypes.byref(flags))
    return name.value, flags.value


def _with_addresses(text: str) -> str:
    """Put a link's address after its text, unless the text shows it."""
    plain = re.sub(r"\s*\0[^\0]*\0", "", text).replace(" ", "").lower()

    def shown(match: re.Match[str]) -> str:
        bare = unquote(match[1]).removeprefix("mailto:").rstrip("/").lower()
        return "" if bare in plain else f" <{match[1]}>"

    return " ".join(re.sub(r"\0([^\0]*)\0", shown, text).split())


def _links(page: pdfium.PdfPage) -> list[Link]:
    """Return the page's web links: left, bottom, right, top, address."""
    found: list[Link] = []
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while len(found) < MOST_LINKS and raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action, box = raw.FPDFLink_GetAction(link), raw.FS_RECTF()
        if not action or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        length = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace")
        if re.match(r"(?:https?|mailto):", address):
            low, high = sorted((box.bottom, box.top))  # some programs swap the corners
            found.append((box.left, low, box.right, high, f"\0{address}\0"))
    return found


def _link_at(links: list[Link], glyph: Glyph) -> str:
    across, up = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    for left, bottom, right, top, address in links:
        if left <= across <= right and bottom <= up <= top:
            return address
    return ""


def _with_drawn_bullet(line: Printed, drawn: list[Bounds]) -> Printed:
    """Put a bullet before a line if one is drawn there: browsers print those of lists as shapes, not as text."""
    smallest, largest = (share * line.size for share in DRAWN_BULLET)
    for left, bottom, right, top in drawn:
        is_dot = smallest < right - left < largest and 0.7 < (right - left) / max(top - bottom, 0.1) < 1.4
        is_level = 0.25 < ((bottom + top) / 2 - line.bottom) / line.size < 0.7
        if is_dot and is_level and 0 < line.left - right < BESIDE_TEXT * line.size and not LIST_MARK.match(line.text):
            return replace(line, text=f"• {line.text}")
    return line


def _with_marks(lines: list[Printed]) -> list[Printed]:
    """Attach separately stored list marks to the lines that they are next to."""
    apart = [line for line in lines if LIST_MARK.match(line.text)]
    beside: dict[int, Printed] = {}
    for mark in apart:
        found = [line for line in lines if line is not mark and _is_beside(mark, line)]
        if found:
            beside[id(min(found, key=lambda line: line.left))] = mark
    used = {id(mark) for mark in beside.values()}
    return [_attach_mark(line, beside.get(id(line))) for line in lines if id(line) not in used]


def _is_beside(mark: Printed, line: Printed) -> bool:
    same_line = abs(mark.bottom - line.bottom) < 0.5 * line.size
    near = -0.5 * line.size <= line.left - mark.right < 6 * line.size and mark.left < line.left
    return same_line and near and not LIST_MARK.match(line.text)


def _attach_mark(line: Printed, mark: Printed | None) -> Printed:
    """Attach a mark. A number in larger type is in the margin: it numbers the document's sections, not a list."""
    if mark is None:
        return line
    hung = mark.size > MUCH_LARGER * line.size
    return replace(line, text=f"{mark.text} {line.text}", left=mark.left, hung=hung)
