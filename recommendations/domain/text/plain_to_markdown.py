"""Converting plain text to equivalent Markdown, for drafting a correction of an imported document."""

import re
from collections.abc import Sequence

from recommendations.domain.text.markdown import Note

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
A_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
PARAGRAPHS = "\n\n"
BULLET = re.compile(r"^[•▪◦●‣]\s*")
# What Markdown would treat as markup: at the start of a line, and inside it.
OPENS = re.compile(r"^(?=[-+>#](?:\s|$|[#>]))|^(?=>)")
NUMBERED = re.compile(r"^(\d+)(?=[.)](?:\s|$))")
SIGNS = re.compile(r"[\\*\[\]]|(?<!\w)_|_(?!\w)|<(?!https?://[^\s<>]+>)|&(?=#?\w+;)")


def as_markdown(paragraphs: Sequence[str], notes: Sequence[Note] = ()) -> str:
    """Plain paragraphs, with bullets on their own lines, as Markdown, with the notes as footnotes.

    A note whose mark is not in the text becomes a paragraph at the end, so that nothing is lost.
    """
    marked, used = _with_marks(paragraphs, notes)
    texts = [_paragraph(each) for each in marked]
    texts += [_paragraph(note.text) for place, note in enumerate(notes, start=1) if place not in used]
    texts += [
        f"[^{place}]: {_inside(' '.join(note.text.split()))}"
        for place, note in enumerate(notes, start=1)
        if place in used
    ]
    return PARAGRAPHS.join(text for text in texts if text)


def _paragraph(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    made = ""
    for line in lines:
        is_item = bool(BULLET.match(line))
        words = f"- {_line(BULLET.sub('', line))}" if is_item else _line(line)
        between = "" if not made else "\n" if is_item and made.rpartition("\n")[2].startswith("- ") else PARAGRAPHS
        made += between + words
    return made


def _line(line: str) -> str:
    inside = _inside(line)
    return NUMBERED.sub(r"\1\\", OPENS.sub(r"\\", inside))


def _inside(text: str) -> str:
    """The words with special characters escaped; footnote marks (between two control characters) as Markdown's."""
    escaped = SIGNS.sub(lambda sign: f"\\{sign[0]}", text)
    return re.sub("\x01(\\d+)\x02", r"[^\1]", escaped)


def _with_marks(paragraphs: Sequence[str], notes: Sequence[Note]) -> tuple[list[str], set[int]]:
    """The paragraphs with each note's mark replaced by its position, and the positions that were found.

    If two notes have the same mark, as on two pages, the first mark in the text is the first note's.
    """
    places: dict[str, list[int]] = {}
    for place, note in enumerate(notes, start=1):
        for form in _forms(note.mark):
            places.setdefault(form, []).append(place)
    if not places:
        return list(paragraphs), set()
    used: set[int] = set()

    def take(match: re.Match) -> str:
        of = places[match[0]]
        place = next((each for each in of if each not in used), of[-1])
        used.add(place)
        return f"\x01{place}\x02"

    forms = "|".join(re.escape(form) for form in sorted(places, key=len, reverse=True))
    pattern = re.compile(rf"(?<=\S)(?<!{A_RAISED})(?:{forms})(?!{A_RAISED})")
    return [pattern.sub(take, text) for text in paragraphs], used


def _forms(mark: str) -> list[str]:
    """The forms of a note's mark in a text: ¹ or [1] for 1, other marks as they are."""
    mark = mark.strip()
    if not mark:
        return []
    return [mark.translate(RAISED), f"[{mark}]"] if mark.isdecimal() else [mark]
