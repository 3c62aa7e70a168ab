"""Recognise where recommendations start: section headings, numbers, and the marks of their parts."""

import re
from dataclasses import dataclass

from recommendations.exchange.documents_in.vocabulary import (
    ANY_KIND,
    DIGITS,
    NUMBER,
    OFFICES,
    ORDINALS,
    OUTLINE,
    RECOMMENDATION,
    kind_of_word,
    number_of,
    plain,
)
from recommendations.exchange.readers.text import BULLET

SECTION = re.compile(
    r"^(?:(?:the|key|national|force|hmicfrs'?s?|hmic'?s?|report|inspection|formal|main|all|our) )*"
    r"(?P<which>recommendations|(?<=the )recommendation|recommendation\(s\)|areas (?:for|of) improvement|AFIs"
    r"|(?:accelerated )?causes of concern"
    r"|(?:innovative|promising) practices?)"
    r"(?:,? (?:and|with|&) (?:our |the |their |pcc |opcc |commissioner's |force )*(?:responses?|comments?"
    r"|areas for improvement|causes of concern"
    r"|recommendations|AFIs|updates?|positions?)| (?:made|identified|from the report|in the report|in full))*"
    r"(?: (?:for|to) (?P<whom>(?:the |all |each )*[\w ,'-]{3,80}))?\s*(?:\(\w+\)|\(AFIs?\))?\s*[:.]?$",
    re.IGNORECASE,
)
RESPONSES_SECTION = re.compile(
    rf"^(?:(?:{OFFICES}|our|my|detailed|formal|individual) )*(?:responses?|comments?) (?:to|on) (?:the |each "
    rf"|all |individual |hmicfrs )*"
    r"(?:recommendations?|areas for improvement|AFIs)(?: and (?:areas for improvement|AFIs"
    r"|causes of concern))?\s*:?$",
    re.IGNORECASE,
)


ONE_OF_A_KIND = re.compile(rf"^(?P<which>{ANY_KIND})\s*:?$", re.IGNORECASE)


@dataclass(frozen=True)
class RecommendationsHeading:
    """The heading of a section with recommendations of one kind, and their addressees, if given."""

    kind: str
    words: str
    addressees: str = ""


@dataclass(frozen=True)
class Start:
    """The start of a recommendation. `bare` means a number alone, without a word for what it numbers."""

    kind: str
    number: str
    words: str
    rest: str
    bare: bool = False


def read_section(text: str) -> RecommendationsHeading | None:
    """Read the heading "Recommendations:", "Recommendations for chief constables", "4. Areas for improvement"."""
    whole = plain(text).strip()
    outline = OUTLINE.match(whole)
    for start in (0, outline.end()) if outline else (0,):
        if match := SECTION.match(whole[start:]):
            singular = re.sub(r"s( of concern)$|\(s\)$", r"\1", match["which"].lower())
            return RecommendationsHeading(kind_of_word(singular), text.strip(), (match["whom"] or "").strip(" :."))
        if start and (match := ONE_OF_A_KIND.match(whole[start:])):
            return RecommendationsHeading(kind_of_word(match["which"]), text.strip())
        if match := RESPONSES_SECTION.match(whole[start:]):
            return RecommendationsHeading("", text.strip())
    return None


PARAGRAPH_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
NAMED_START = re.compile(
    rf"(?:hmicfrs |hmic |force |national |key )?(?P<which>{ANY_KIND})(?:\s+(?:no|number)\b\.?)?\s*[#(]?"
    rf"(?P<number>{NUMBER})?(?: of \d{{1,3}}(?![\d.]))?\)?"
    r"(?P<ends>\s*[:.)–—-]+\s*|\s*$|\s+(?=[(\[])|\s+(?=(?-i:[A-Z\"“‘'])))",
    re.IGNORECASE,
)
ORDINAL_START = re.compile(
    rf"^(?:the |your |their )?(?P<ordinal>{'|'.join(ORDINALS)}) "
    r"(?P<which>recommendation|area for improvement|cause of concern)"
    r"(?: (?:says|reads|states|asks|is))?\s*[:.–—-]+\s+(?=\S)",
    re.IGNORECASE,
)
SHORT_START = re.compile(r"^R(?:ec)?\.? ?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:[:.)–—-]+\s*|\s*$|\s+(?=[A-Z\"“]))")
BARE_START = re.compile(rf"^\(?(?P<number>{DIGITS})(?P<ends>\)?[.):]?\)?)(?:\s+[-–—])?\s+(?=\S)")
ALONE = re.compile(rf"^\(?(?P<number>{DIGITS})\)?[.):]?$")


def read_start(text: str) -> Start | None:
    """Read the start of a recommendation: "Recommendation 3:", "Recommendation 3 of 7 –", "The third recommendation
    says:", "AFI 11 –", "7.1 ", "Cause of concern".
    """
    whole = plain(text)
    numbered = PARAGRAPH_NUMBER.match(whole)
    for start in (0, numbered.end()) if numbered else (0,):
        if match := NAMED_START.match(whole, start):
            return _named_start(text, match)
    if match := ORDINAL_START.match(whole):
        number = str(ORDINALS.index(match["ordinal"].lower()) + 1)
        return Start(kind_of_word(match["which"]), number, *_split(text, match.end()))
    if match := SHORT_START.match(whole):
        return Start(RECOMMENDATION, match["number"], *_split(text, match.end()))
    if (match := BARE_START.match(whole)) and _is_a_number(match, whole):
        return Start("", match["number"], *_split(text, match.end()), bare=True)
    return None


# "Point 3: ", "Matter 2 – ", "R4", "4.1" alone.
ANY_NUMBER = re.compile(
    rf"^(?:[A-Z][\w'/-]*\.?(?: [\w'/-]+){{0,3}}? ?)?[#(]?(?P<number>{DIGITS})\)?(?:\s*[:.)–—-]+(?:\s+|$)|\s*$)"
)


def read_any_start(text: str) -> Start | None:
    """Return the number, and the kind if there is one, that a text begins with under whatever name."""
    start = read_start(text)
    if (start is None or not start.number) and (match := ANY_NUMBER.match(plain(text))):
        return Start("", match["number"], text[: match.end()].strip(), text[match.end() :].strip())
    return start


def _split(text: str, end: int) -> tuple[str, str]:
    """Return the words that only say what follows, with any bullet behind them, and the rest."""
    rest = text[end:].strip()
    rest = bullet["text"] if (bullet := BULLET.match(rest)) else rest
    return text[: len(text.rstrip()) - len(rest)].strip(), rest


PAGE = re.compile(r"^[(\[](?:p(?:p|ages?|aras?|aragraphs?)?\.? ?[\d.–, -]+)[)\]]:?$", re.IGNORECASE)


def _named_start(text: str, match: re.Match[str]) -> Start | None:
    words, rest = _split(text, match.end())
    if PAGE.match(rest) and match["number"]:  # the page of the report
        return Start(kind_of_word(match["which"]), number_of(match["number"]), text.strip(), "")
    number = number_of(match["number"] or "")
    plural = re.search(r"s\.?$", match["which"], re.IGNORECASE) and match["which"].lower() != "innovative practices"
    if plural or (not number and rest and not re.search(r"[:–—-]", match["ends"])):
        return None
    if match["which"].upper().startswith("AFI") and number:
        number = f"AFI {number}"
    return Start(kind_of_word(match["which"]), number, words, rest)


def _is_a_number(match: re.Match[str], whole: str) -> bool:
    """Whether it is a number: "4. The force", "(4) The force", "7.1 The", "8787 The"; not "43 forces" or "2019 was"."""
    marked = bool(match["ends"].strip("(")) or whole.startswith("(") or "." in match["number"]
    return marked or whole[match.end()].isupper()


LIMB = re.compile(
    r"^(?:\((?P<in>[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?P<out>[a-z]|[ivx]{1,5})[.)]"
    r"|(?P<decimal>\d{1,5}(?:\.\d{1,3})+)[.):]?)\s+(?=\S)"
)


def read_limb(text: str) -> tuple[str, str] | None:
    """Return the mark of a recommendation's part and its style: "(a)" alpha, "ii." roman, "7.1" decimal, "2" digit."""
    match = LIMB.match(text)
    if match is None:
        return None
    mark = match["in"] or match["out"] or match["decimal"]
    if match["decimal"]:
        return mark, "decimal"
    if mark.isdigit():
        return mark, "digit"
    return mark, "roman" if re.fullmatch(r"[ivx]+", mark) else "alpha"
