"""Format numbers as a cell displays them: 4, 7.1, 45%, 007, 31/03/2025. Pure."""

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from recommendations.exchange.readers.workbook import TableCell

GENERAL = "General"
DAY = "dd/mm/yyyy"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: DAY, 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: f"{DAY} h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), DAY),
}  # fmt: skip
EPOCH = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)  # any zone without clock changes would do: a cell has none
EPOCH_1904 = datetime.datetime(1904, 1, 1, tzinfo=datetime.UTC)
LAST_SERIAL = 2_958_466  # the first day of the year 10000
LOST_DAY = 60  # Excel counts a 29 February 1900
MOST_DECIMALS = 15
LONGEST_CODE = 255

PIECE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|y+|m+|d+|h+|s+|[#0?][#0?,]*(?:\.[#0?]*)?|.', re.I | re.S)
SAID = {
    "d": "{0.day}", "dd": "{0:%d}", "ddd": "{0:%a}", "dddd": "{0:%A}", "m": "{0.month}", "mm": "{0:%m}",
    "mmm": "{0:%b}", "mmmm": "{0:%B}", "yy": "{0:%y}", "yyyy": "{0.year}", "h": "{0.hour}", "hh": "{0:%H}",
    "s": "{0.second}", "ss": "{0:%S}", "M": "{0.minute}", "MM": "{0:%M}", "am/pm": "{0:%p}", "a/p": "{0:%p}",
}  # fmt: skip


@dataclass(frozen=True)
class FormatPiece:
    """A piece of a format: literal text, or a code for a part of the number."""

    code: str = ""
    words: str = ""


def format_cell(value: float, code: str, *, from_1904: bool = False) -> TableCell:
    """Return the cell for this number in this format, with its day if it is a date format."""
    sections = _sections(code)
    pieces = _pieces(_section(sections, value))
    if any(piece.code[:1] in tuple("ymdhs") for piece in pieces):
        return _moment(value, pieces, from_1904)
    return TableCell(_number(value, pieces, signed=len(sections) == 1))


def plainly(value: float) -> str:
    """Return a number without a format: 4 for 4.0, 7.1 for 7.1."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else format(value, ".12g")


def _sections(code: str) -> list[str]:
    """Return the sections of "positive;negative;zero;text"."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code[:LONGEST_CODE])


def _section(sections: list[str], value: float) -> str:
    """Return the section that applies to this number."""
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


@lru_cache(1000)
def _pieces(section: str) -> tuple[FormatPiece, ...]:
    found: list[FormatPiece] = []
    for text in [] if section.casefold() in ("general", "@", "") else PIECE.findall(section):
        low = text.casefold()
        if text[0] == '"':
            found.append(FormatPiece(words=text.strip('"')))
        elif text[0] == "\\":
            found.append(FormatPiece(words=text[1:]))
        elif text[0] == "[":
            found += [FormatPiece(low.strip("[]"))] if re.fullmatch(r"\[(h+|m+|s+)\]", low) else _currency(text)
        elif text[0] not in "_*":
            found.append(
                FormatPiece(low) if low[0] in "ymdhs#0?" or low in ("am/pm", "a/p") else FormatPiece(words=text)
            )
    return tuple(_with_minutes(found))


def _currency(text: str) -> list[FormatPiece]:
    symbol = re.match(r"\[\$([^-\]]*)", text)
    return [FormatPiece(words=symbol[1])] if symbol and symbol[1] else []


def _with_minutes(pieces: list[FormatPiece]) -> list[FormatPiece]:
    """Change an m next to hours or seconds to M, for minutes."""
    codes = [place for place, piece in enumerate(pieces) if piece.code]
    for at, place in enumerate(codes):
        if pieces[place].code in ("m", "mm"):
            before = pieces[codes[at - 1]].code if at else ""
            after = pieces[codes[at + 1]].code if at + 1 < len(codes) else ""
            if before.startswith("h") or after.startswith("s"):
                pieces[place] = FormatPiece(pieces[place].code.upper())
    return pieces


def _moment(value: float, pieces: tuple[FormatPiece, ...], from_1904: bool) -> TableCell:
    if not 0 <= value < LAST_SERIAL:
        return TableCell(plainly(value))
    epoch = EPOCH_1904 if from_1904 else EPOCH + datetime.timedelta(days=value < LOST_DAY)
    moment = epoch + datetime.timedelta(seconds=round(value * 86_400))
    has_half = any(piece.code in ("am/pm", "a/p") for piece in pieces)
    text = "".join(piece.words or _moment_part(moment, piece.code, has_half) for piece in pieces).strip()
    has_day = any(piece.code[:1] in tuple("ymd") for piece in pieces) and (from_1904 or value >= 1)
    return TableCell(text, moment.date() if has_day else None)


def _moment_part(moment: datetime.datetime, code: str, has_half: bool) -> str:
    if code[0] == "h" and has_half:
        return str((moment.hour + 11) % 12 + 1)
    longest = {"y": "yy" if len(code) < 3 else "yyyy", "h": code[:2], "s": code[:2], "a": code}.get(code[0], code[:4])
    return SAID.get(longest, "").format(moment)


def _number(value: float, pieces: tuple[FormatPiece, ...], *, signed: bool) -> str:
    """Format by the first run of digits. More complex formats (fractions, powers) are shown plainly."""
    codes = [piece.code for piece in pieces if piece.code]
    words = "".join(piece.words for piece in pieces)
    if words and not codes:
        return words.strip()
    if len(codes) != 1 or codes[0].endswith(",") or re.search(r"/|E[+-]", words):
        return plainly(value)
    percent = "%" in words
    digits = _digits(abs(value) * 100 if percent else abs(value), codes[0])
    sign = "-" if signed and value < 0 and digits.strip("0.,") else ""
    return sign + "".join(piece.words or digits for piece in pieces).strip()


def _digits(value: float, code: str) -> str:
    whole, _, decimals = code.partition(".")
    decimals = decimals[:MOST_DECIMALS]
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(rounded, "f")
    before, _, after = text.partition(".")
    while after and len(after) > decimals.count("0") and after.endswith("0"):
        after = after[:-1]
    before = before.zfill(min(whole.count("0"), 30))
    if "," in whole:
        before = f"{int(before):,}"
    return f"{before}.{after}" if after else before
