"""Splitting a text into sentences, and finding a quote in it verbatim, ignoring marks between words. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TITLES = ("mr", "mrs", "ms", "dr", "prof", "st", "sgt", "insp", "supt", "rt hon")
SHORT = ("e.g", "i.e", "etc", "no", "nos", "rec", "recs", "para", "paras", "vs", "cf", "approx", "dept", *TITLES)
ABBREVIATION = re.compile(rf"\b(?:{'|'.join(map(re.escape, SHORT))}|[a-z])\.$", re.IGNORECASE)
ENDS = re.compile(
    r"[.!?…]+[\"”’')\]]*(?:\[\^[^\]\s]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*(?=\s|$)|\n\s*\n\s*|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)"
)
LEADS_IN = re.compile(r"\s*(?:(?:[-*•–>]|#+|\(?(?:\d{1,2}|[a-z])[.)])(?:\s+|$))*")
LOOKS_BACK = 20
STARTS = re.compile(r"\s*(?:$|\n|[\"“‘'(\[*_•-]*[A-Z0-9£])")
# Markup in a text that is not part of its words: footnote marks, Markdown's emphasis and links.
NOTE, LINK = r"\[\^[^\]\s]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+", r"(?<=\])\([^)\s]+\)"
MARKS = re.compile(rf"{NOTE}|{LINK}|[*_`\[\]]+")
WORD = re.compile(r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
BETWEEN = rf"(?:{NOTE}|{LINK}|[\W_])+"
LETTER = r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]"
STOP = re.compile(rf"(?:{NOTE})?[*_]*[.!?…]+[\"”’')\]]*")


@dataclass(frozen=True)
class Sentence:
    """A sentence, verbatim, and its position in the text."""

    text: str
    start: int


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, verbatim, without a bullet or number at the start."""
    start = 0
    for match in ENDS.finditer(text):
        if match[0].strip() and not _is_an_end(text, start, match):
            continue
        yield from _sentence(text, start, match.end())
        start = match.end()
    yield from _sentence(text, start, len(text))


def _is_an_end(text: str, start: int, match: re.Match) -> bool:
    """Whether a full stop ends a sentence: not after "e.g.", an initial or "1.", nor before a lower-case letter."""
    before = text[max(start, match.start() - LOOKS_BACK) : match.start() + 1]
    if LEADS_IN.fullmatch(before) or ABBREVIATION.search(before):
        return False
    return bool(STARTS.match(text, match.end()))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    if leads_in := LEADS_IN.match(text, start, end):
        start = leads_in.end()
    found = text[start:end].rstrip()
    if _words(found):  # a footnote's mark alone is no sentence
        yield Sentence(found, start)


def is_inside_quotes(text: str, start: int) -> bool:
    """Whether a position is inside double quotation marks of its paragraph, so that someone else is speaking."""
    before = text[: start + 1].rpartition("\n\n")[2]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def remove_quotations(sentence: str) -> str:
    """A sentence without its quotations."""
    return re.sub(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)", "“”", sentence)


def without_marks(quote: str) -> str:
    """A quote as it reads: without footnote marks and Markdown, on one line."""
    return " ".join(MARKS.sub("", quote).split())


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """The start and end of a quote in a text, verbatim, or None.

    Marks, spaces and punctuation between its words may differ. The range includes the final stop if the quote has one.
    """
    words = _words(quote)
    between = BETWEEN.join(map(re.escape, words))
    found = re.search(rf"(?<!{LETTER}){between}(?!{LETTER})", text) if words else None
    if found is None:
        return None
    stop = STOP.match(text, found.end()) if quote.rstrip()[-1] in ".!?…”’\")'" else None
    return found.start(), stop.end() if stop else found.end()


def occurs_in(quote: str, text: str) -> bool:
    """Whether a text contains a quote verbatim."""
    return place_of(quote, text) is not None


def same_words(one: str, other: str) -> bool:
    """Whether two quotes have the same words."""
    return _words(one) == _words(other)


def _words(quote: str) -> list[str]:
    return WORD.findall(re.sub(rf"{NOTE}|{LINK}", " ", quote))
