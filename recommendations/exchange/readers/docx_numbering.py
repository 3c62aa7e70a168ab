"""The numbers that Word prints before paragraphs, which are not in the text but in numbering.xml.

Source: ECMA-376 part 1, section 17.9 (numbering definitions, levels, restarts and overrides).
"""

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
LEVELS = 9
MOST_STYLES_DEEP = 20


@dataclass(frozen=True)
class ListLabel:
    """The label printed before a paragraph: a number or a bullet, and its level."""

    text: str
    level: int
    bullet: bool


@dataclass(frozen=True)
class Level:
    form: str
    text: str
    start: int


class Numbering:
    """Counts through the document: label() must be called for each paragraph, in order."""

    def __init__(self, document: Document) -> None:
        self.lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()
        self.styles = {style.style_id: style for style in document.styles}
        root = next((each.target_part.element for each in document.part.rels.values() if _is_numbering(each)), None)
        if root is not None:
            self._learn(root)

    def label(self, paragraph: Any, style_id: str | None) -> ListLabel | None:
        """Return what Word prints before this paragraph, or None."""
        number, level = self._list_of(paragraph, style_id)
        if number not in self.lists or not 0 <= level < LEVELS:
            return None
        abstract, levels, starts = self.lists[number]
        here = levels.get(level, Level("decimal", f"%{level + 1}.", 1))
        if here.form in ("bullet", "none"):
            return ListLabel("", level, bullet=True) if here.form == "bullet" else None
        counts = self._count(number, abstract, level, levels, starts)
        text = re.sub(r"%(\d)", lambda match: self._number_text(int(match[1]) - 1, counts, levels), here.text)
        return ListLabel(text, level, bullet=False)

    def _learn(self, root: Any) -> None:
        abstracts = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
        linked = {_value(each, "styleLink"): each for each in abstracts.values() if _value(each, "styleLink")}
        for number in root.findall(qn("w:num")):
            name = _value(number, "abstractNumId")
            abstract = abstracts.get(name)
            if abstract is None:
                continue
            abstract = linked.get(_value(abstract, "numStyleLink"), abstract)
            levels = {int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.findall(qn("w:lvl"))}
            starts = {}
            for override in number.findall(qn("w:lvlOverride")):
                at = int(override.get(qn("w:ilvl")))
                if override.find(qn("w:lvl")) is not None:
                    levels = {**levels, at: _level(override.find(qn("w:lvl")))}
                if _value(override, "startOverride"):
                    starts[at] = int(_value(override, "startOverride"))
            self.lists[number.get(qn("w:numId"))] = (name, levels, starts)

    def _list_of(self, paragraph: Any, style_id: str | None) -> tuple[str, int]:
        """Return the list and level, from the paragraph itself or else from its style."""
        style = self.styles.get(style_id)
        sources = [paragraph.find(qn("w:pPr"))]
        for _ in range(MOST_STYLES_DEEP):
            if style is None:
                break
            sources.append(style.element.find(qn("w:pPr")))
            style = getattr(style, "base_style", None)
        found = [
            each.find(qn("w:numPr")) for each in sources if each is not None and each.find(qn("w:numPr")) is not None
        ]
        number = next((_value(each, "numId") for each in found if _value(each, "numId")), "")
        level = next((_value(each, "ilvl") for each in found if _value(each, "ilvl")), "0")
        return number, int(level)

    def _count(
        self, number: str, abstract: str, level: int, levels: dict[int, Level], starts: dict[int, int]
    ) -> list[int | None]:
        """Count one up at this level and restart deeper levels."""
        counts = self.counts.setdefault(abstract, [None] * LEVELS)
        if level in starts and (number, level) not in self.begun:
            counts[level] = starts[level]
        elif (counted := counts[level]) is None:
            counts[level] = levels[level].start if level in levels else 1
        else:
            counts[level] = counted + 1
        self.begun.add((number, level))
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        return counts

    @staticmethod
    def _number_text(level: int, counts: list[int | None], levels: dict[int, Level]) -> str:
        here = levels.get(level, Level("decimal", "", 1))
        counted = counts[level]
        return format_count(counted if counted is not None else here.start, here.form)


def format_count(count: int, form: str) -> str:
    """Return a count in Word's number format: 3 is "3", "c", "C", "iii", "III" or "03"."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def roman(count: int) -> str:
    printed = ""
    for value, numeral in ROMAN:
        printed += numeral * (count // value)
        count %= value
    return printed


def _is_numbering(relation: Any) -> bool:
    return relation.reltype.endswith("/numbering") and not relation.is_external


def _level(element: Any) -> Level:
    start = _value(element, "start") or "1"
    return Level(_value(element, "numFmt") or "decimal", _value(element, "lvlText") or "", int(start))


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(f"w:{tag}"))
    return "" if child is None else child.get(qn("w:val")) or ""
