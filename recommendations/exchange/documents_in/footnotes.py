"""Footnotes: their marks in the text, and their text at the end of the page or document."""

import re
from collections.abc import Sequence

from recommendations.exchange.documents_in.lines import DocumentLine

TO_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED = r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
AT_START = re.compile(
    rf"^(?:(?P<raised>{RAISED})|\[(?P<square>\d{{1,3}})\]|(?P<sign>[*†‡§]{{1,3}}))\s*(?P<text>(?=\S).*)$", re.DOTALL
)
DIGITS_AT_START = re.compile(r"^(?P<digits>\d{1,3})[.):]?\s+(?P<text>\S.*)$", re.DOTALL)
LINK_AT_START = re.compile(r"^(?P<digits>\d{1,3})[.):]?\s+(?P<text><?(?:https?://|www\.)\S+)\s*$")
IN_TEXT = re.compile(
    rf"(?<=\S)(?P<raised>{RAISED})|(?<=\S)\s?\[(?P<square>\d{{1,3}})\]"
    rf"|(?<=[\w.,”\"')])(?P<sign>[*†‡§]{{1,3}})(?=[\s.,;:)]|$)"
)
AT_END = re.compile(rf"(?:\s?(?:{RAISED}|\[\d{{1,3}}\])|(?<=[.!?;:,”\"’')])[*†‡§]{{1,3}})+$")
HEADS_NOTES = re.compile(
    r"^(?:foot|end)?notes?(?: and references)?\s*:?$|^references\s*:?$|^sources\s*:?$", re.IGNORECASE
)
WHOLE_LINK = re.compile(r"^<(\S+)>$")


def marks_in(lines: Sequence[DocumentLine]) -> set[str]:
    """Return the marks that follow words in the document."""
    found = (match for line in lines for match in IN_TEXT.finditer(line.text))
    return {(match["raised"] or match["square"] or match["sign"]).translate(TO_DIGITS) for match in found}


def read_note(line: DocumentLine, marks: set[str], *, in_notes: bool) -> tuple[str, str, str] | None:
    """Return the note's mark, its text, and the mark as printed, or None if the line is not a note."""
    printed = f"{line.mark} {line.text}" if line.mark in ("*", "†") else line.text
    if match := AT_START.match(printed):
        mark = (match["raised"] or match["square"] or match["sign"]).translate(TO_DIGITS)
        surely = line.kind == "note" or in_notes or match["raised"] or match["square"] or "†" in mark or "‡" in mark
        if surely or mark in marks:
            return mark, _text(match["text"]), printed[: match.start("text")].strip()
    match = LINK_AT_START.match(printed) or (DIGITS_AT_START.match(printed) if in_notes else None)
    if match:
        return match["digits"], _text(match["text"]), printed[: match.start("text")].strip()
    return ("", _text(printed), "") if line.kind == "note" else None


def without_mark(text: str) -> str:
    """Return the text without the marks of notes at its end, so that its last character is the author's own."""
    return AT_END.sub("", text) or text


def heads_notes(text: str) -> bool:
    return bool(HEADS_NOTES.match(text))


def _text(text: str) -> str:
    """Return the note's text; for a note that is only a link, the link."""
    whole = WHOLE_LINK.match(text.strip())
    return whole[1] if whole else text.strip()
