"""Labels of comments: whose words follow, and on which recommendations.

Labels seen in published responses: "OPCC Comment:", "Response", "PCC response", "Commissioner's comments", "Local
policing body's comments", "Surrey position", "Force response", "Chief Constable's comments".
"""

import re
from dataclasses import dataclass

from recommendations.exchange.documents_in.asking import reads_as_answer
from recommendations.exchange.documents_in.recommendation_starts import read_start
from recommendations.exchange.documents_in.vocabulary import (
    ALL,
    ANY_KIND,
    CHIEF,
    CHIEF_NAME,
    CHIEFS,
    FORCE,
    FORCES,
    NO,
    NOUN,
    NUMBER,
    OFFICE,
    OFFICES,
    OUTLINE,
    PLACE,
    REPLY,
    SAYS,
    UNSAID,
    WHICH,
    kind_of_word,
    number_of,
    plain,
)

TO_WHAT = (
    rf"(?:\s*[-–—(,]?\s*(?:{WHICH})\)?|\s+(?:to|on|regarding) (?:the )?(?:hmicfrs "
    rf"|hmic )?(?:inspection )?(?:report|inspection|findings)"
    r"|\s+(?:to|on) (?:the )?(?:IOPC|Independent Office for Police Conduct|HMICFRS|HMIC|inspectorate|coroner)(?:'s)?"
    r"(?: (?:learning )?(?:recommendations?|report|letter|findings))?|\s+as submitted)?"
)
IS_BELOW = (
    r"(?: (?:is|are|was|reads?)(?: (?:set out|given|provided|shown|quoted|as follows|below|here|in full))*(?=\s*:))?"
)
DOES = "is|are|am|was|were|has|have|will|does|do|did"
ENDS = r"\s*\??(?::[-–—]?|[-–—](?=\s|$)|\.?$)\s*"

THEIRS = (CHIEF, FORCE)
OURS = rf"(?:(?:{OFFICES}|our|my) )?"
LABELS = [
    (REPLY, rf"{OURS}(?:reply|response|comments) (?:to|on) (?:{CHIEFS}|{FORCES}) (?:{NOUN}|submission)"),
    (REPLY, rf"{OURS}(?:reply|response|comments) (?:to|on) (?:the )?{NOUN} (?:of|from|by"
    rf"|submitted by) (?:{CHIEFS}|{FORCES})"),
    (REPLY, rf"{OURS}(?:reply to (?:{CHIEFS}|{FORCES})|response to {CHIEFS}|reply)"),
    (CHIEF, rf"(?:{CHIEFS} {SAYS}|{SAYS} (?:of|from|by|submitted by) {CHIEFS}|(?:the )?{CHIEF_NAME}(?=:))"),
    (FORCE, rf"(?:{FORCES} (?:{SAYS}|action(?: taken)?|progress|plan|activity|work)|force(?=:))"),
    (FORCE, rf"{SAYS} (?:of|from|by) {FORCES}"),
    (FORCE, r"(?:formal )?(?:response|reply|answer) to (?:the )?(?:IOPC|Independent Office for Police Conduct)"),
    (FORCE, rf"actions? (?:taken|proposed) by {FORCES}"),
    (OFFICE, rf"actions? (?:taken|proposed) by {OFFICES}"),
    (OFFICE, rf"{OFFICES} (?:actions?(?: taken)?|assurance|scrutiny|oversight|monitoring|commitments?)(?=:|$)"),
    (CHIEF, rf"what (?:{DOES}) {CHIEFS}(?: [\w-]+){{0,4}}(?=\?$)"),
    (FORCE, rf"what (?:{DOES}) {FORCES}(?: [\w-]+){{0,4}}(?=\?$)"),
    (OFFICE, rf"what (?:{DOES}) (?:{OFFICES}|we|I)(?: [\w-]+){{0,4}}(?=\?$)"),
    (CHIEF, rf"what {CHIEFS} (?:{DOES}|plans?|says?|said|thinks?)(?: [\w-]+){{0,4}}(?=:|\?|$)"),
    (FORCE, rf"what {FORCES} (?:{DOES}|plans?|says?|said|thinks?)(?: [\w-]+){{0,4}}(?=:|\?|$)"),
    (OFFICE, rf"what (?:{OFFICES}|we|I) (?:{DOES}|plans?|says?|said|think)(?: [\w-]+){{0,4}}(?=:|\?|$)"),
    (OFFICE, rf"(?:{OFFICES} {SAYS}|{SAYS} (?:of|from|by) {OFFICES}|(?:our|my) {SAYS})"),
    (OFFICE, r"(?:OPF?CC|PF?CC|(?:the )?commissioner)(?=:)"),
    (OFFICE, rf"{PLACE}position"),
    (OFFICE, r"(?:comments?|commentary|responses?|formal response)"),
    (OFFICE, r"(?:(?:current )?position|answer)(?=:)"),
    (UNSAID, r"(?:actions?(?: taken| proposed| to date)?|(?:current |latest )?(?:status )?(?:update|progress))(?=:|$)"),
]  # fmt: skip
LABEL_PATTERNS = [
    (voice, re.compile(rf"^(?P<words>{words}{TO_WHAT}){IS_BELOW if voice in THEIRS else ''}{ENDS}", re.IGNORECASE))
    for voice, words in LABELS
]
UNMARKED_LABEL = re.compile(
    r"^(?P<words>(?-i:(?:OPF?CC|PF?CC|P&CC|Commissioner's|(?:Local )?[Pp]olicing [Bb]ody's|Chief Constable's|Force)"
    r" (?:[Cc]omments?|[Rr]esponse)|Comments?|Response)) (?=(?-i:[A-Z\"“‘]))",
    re.IGNORECASE,
)
GENERAL = re.compile(r"\b(?:overview|overall|general|closing|concluding)\b", re.IGNORECASE)
EACH_NUMBER = re.compile(
    rf"(?P<to>(?:to|through|[-–—])\s*)?(?:(?:the )?(?P<which>{ANY_KIND}){NO}\s*)?\(?(?P<number>{NUMBER})", re.IGNORECASE
)
ANSWERS_WHICH = re.compile(rf"^(?P<words>{WHICH})\s*(?::|[-–—](?=\s))\s*(?=\S)", re.IGNORECASE)
ONLY_WHICH = re.compile(rf"^(?P<words>{WHICH})\s*:?\s*$", re.IGNORECASE)

NO_WORDS = re.compile(
    rf"^(?:(?P<chief>{CHIEFS}|{FORCES})|(?P<office>{OFFICES}))"
    r" (?=.{0,60}\b(?:no|not|nothing|none)\b|\w+n't\b)(?:has|have|had|did|does|do|made|makes|offers?|wish(?:es)?)\b"
    r".{0,60}\b(?:comments?|respon(?:d|ses?)|observations?|add|submit(?:ted)?|say)\b.{0,40}\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CommentLabel:
    """The label of a comment: whose voice, which recommendations it names, and the rest of its line.

    `scope` is empty if it names none, ("all", None) if it means all, or else pairs of kind and number. `only_names`:
    the line names recommendations and nothing else ("Recommendations 1, 3 and 5:").
    """

    voice: str
    words: str
    rest: str = ""
    scope: tuple[tuple[str, str | None], ...] = ()
    general: bool = False
    only_names: bool = False


def voice_without_comments(text: str) -> str:
    """Return who has no comments: "The Chief Constable has made no comments." gives CHIEF. This is not a label."""
    match = NO_WORDS.match(plain(text))
    return "" if match is None else OFFICE if match["office"] else CHIEF


def read_label(text: str) -> CommentLabel | None:
    """Return the label at the start of the line, possibly after an outline number ("2. Commissioner's comments")."""
    whole = plain(text)
    outline = OUTLINE.match(whole)
    for start in (0, outline.end()) if outline else (0,):
        if (label := _label_at(text, whole, start)) and (start == 0 or not label.rest or label.voice != OFFICE):
            return label
    return _label_after_number(text, whole)


def _label_at(text: str, whole: str, start: int) -> CommentLabel | None:
    for voice, pattern in LABEL_PATTERNS:
        if match := pattern.match(whole[start:]):
            words, rest = text[: start + match.end()], text[start + match.end() :]
            scope = _scope(match.groupdict().get("which"), match.groupdict().get("numbers"), match["words"])
            return CommentLabel(voice, words.strip(), rest.strip(), scope, bool(GENERAL.search(match["words"])))
    if match := UNMARKED_LABEL.match(whole[start:]):
        voice = {"c": CHIEF, "f": FORCE}.get(match["words"][0].lower(), OFFICE)
        voice = OFFICE if match["words"].lower().startswith(("commissioner", "comment")) else voice
        return CommentLabel(voice, text[: start + match.end()].strip(), text[start + match.end() :].strip())
    return None


def _label_after_number(text: str, whole: str) -> CommentLabel | None:
    """Read "Recommendation 2 - PCC response:", "AFI 3: Force response", or "Recommendations 1, 3 and 5:" alone."""
    if match := ONLY_WHICH.match(whole):
        scope = _scope(match["which"], match["numbers"], match["words"])
        return CommentLabel(OFFICE, text.strip(), "", scope, only_names=True) if len(scope) > 1 else None
    if (label := _answer_to_several(text, whole)) is not None:
        return label
    start = read_start(text)
    if start is None or start.bare or not start.number:
        return None
    at = len(text) - len(start.rest)
    inner = _label_at(text, whole, at)
    if inner is None or inner.scope:
        return None
    return CommentLabel(inner.voice, inner.words, inner.rest, ((start.kind, start.number),))


def _answer_to_several(text: str, whole: str) -> CommentLabel | None:
    """Read "Recommendations 1, 2 and 5 – I have discussed these", an answer without a word that says so."""
    match = ANSWERS_WHICH.match(whole)
    if match is None or not reads_as_answer(text[match.end() :]):
        return None
    scope = _scope(match["which"], match["numbers"], match["words"])
    return CommentLabel(OFFICE, text[: match.end()].strip(), text[match.end() :], scope) if len(scope) > 1 else None


def _scope(which: str | None, numbers: str | None, words: str) -> tuple[tuple[str, str | None], ...]:
    if not which:
        return ()
    if numbers:
        return tuple(_recommendations_in_label(which, numbers))
    plural = re.search(r"s\b\.?$", which) is not None
    return ((ALL, None),) if plural or re.search(r"\ball\b", words, re.IGNORECASE) else ()


def _recommendations_in_label(which: str, numbers: str) -> list[tuple[str, str]]:
    """Return each kind and number: "AFI", "11 and AFI 12" are the areas for improvement 11 and 12.

    "1 to 4" names 1, 2, 3 and 4; "7.1-7.3" names 7.1, 7.2 and 7.3.
    """
    kind = kind_of_word(which)
    found: list[tuple[str, str]] = []
    for match in EACH_NUMBER.finditer(numbers):
        kind = kind_of_word(match["which"]) if match["which"] else kind
        number = number_of(match["number"])
        between = _numbers_between(found[-1][1], number) if match["to"] and found else [number]
        found += [(kind, each) for each in between]
    return found


def _numbers_between(first: str, last: str) -> list[str]:
    stem, _, low = first.rpartition(".")
    last_stem, _, high = last.rpartition(".")
    if stem != last_stem or not (low.isdigit() and high.isdigit()) or not 0 < int(high) - int(low) < 100:
        return [last]
    return [f"{stem}.{n}" if stem else str(n) for n in range(int(low) + 1, int(high) + 1)]
