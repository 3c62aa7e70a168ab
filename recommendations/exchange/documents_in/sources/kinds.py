"""Recognise which source a document comes from.

Each kind has words that no other has ("Regulation 28", "The IOPC recommends", a column "Management response"). If two
kinds are equally likely, or none is, the user chooses.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from recommendations.exchange.documents_in.letter_boilerplate import answers_for_a_force
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.vocabulary import plain


class DocumentKind(StrEnum):
    """The source of a document, and whether it asks or answers."""

    HMICFRS = "hmicfrs"
    IOPC = "iopc"
    CORONER = "coroner"
    CORONER_RESPONSE = "coroner_response"
    AUDIT = "audit"


K = DocumentKind
# Patterns in a line, and how strongly each indicates a kind.
TELLS: list[tuple[DocumentKind, int, re.Pattern[str]]] = [
    (kind, weight, re.compile(pattern, re.IGNORECASE))
    for kind, weight, pattern in (
        (K.IOPC, 4, r"\b(?:the )?IOPC (?:also )?recommends\b|\bIOPC (?:learning )?recommendations?\b"),
        (K.IOPC, 4, r"\bparagraph 28A\b|\bIOPC reference\b|\bsection 10(?:\(1\)\(e\))? (?:of the )?Police Reform"),
        (K.IOPC, 2, r"^do you accept the recommendation\b|^(?:learning|quick[- ]time) recommendations?\b"),
        (K.IOPC, 1, r"\bIndependent Office for Police Conduct\b|\bIOPC\b"),
        (K.CORONER, 4, r"^(?:annex a )?regulation 28:? ?(?:report to |report$|-|–)|^THIS REPORT IS BEING SENT TO\b"),
        (K.CORONER, 4, r"\bmatters of concern (?:are|is) as follows\b|^(?:\d\.? )?coroner'?s'? (?:legal powers"
        r"|concerns?)$"),
        (K.CORONER, 2, r"^(?:\d\.? )?(?:action should be taken|your response|circumstances of the death)$"),
        (K.CORONER, 2, r"\bprevention of future deaths? report\b|\breport to prevent future deaths\b"),
        (K.CORONER, 1, r"\binquests?\b|\bcoroners?\b"),
        (K.CORONER_RESPONSE, 5, r"^(?:re: ?|response to |our response to )+.{0,60}\b(?:regulation 28"
        r"|prevent(?:ion of)? future deaths)"),
        (K.CORONER_RESPONSE, 5, r"\b(?:write|writing|respond|responding|response|reply"
        r"|provided?) (?:\w+ ){0,12}?(?:to|following)"
                                r" (?:\w+ ){0,8}?(?:regulation 28|prevent(?:ion of)? future deaths?|PFD)\b"),
        (K.CORONER_RESPONSE, 4, r"^dear (?:\w+ ){0,3}(?:coroner|sir|madam|[A-Z][\w'-]+)\b.{0,40}$.*\bcoroner\b"),
        (K.CORONER_RESPONSE, 3, r"\byour (?:regulation 28 )?report (?:is |was )?dated\b"
        r"|\bin response to your (?:concerns|report)\b"),
        (K.AUDIT, 4, r"\binternal audit(?:ors?|'s)?\b.{0,40}\b(?:report|review|plan|recommendations|progress"
        r"|tracker)\b"),
        (K.AUDIT, 3, r"^(?:agreed )?management (?:responses?|comments?|actions?)\b.{0,20}$"
        r"|^(?:assurance (?:review|opinion|level))\b"),
        (K.AUDIT, 2, r"^(?:responsible (?:officer|owner|person)|implementation (?:date|timetable)|risk rating"
        r"|priority)\b.{0,30}$"),
        (K.AUDIT, 1, r"\binternal audit\b|\b(?:substantial|reasonable|adequate|limited|satisfactory) assurance\b"),
        (K.HMICFRS, 4, r"\b(?:HMICFRS|HMIC)(?:'s)? (?:report|inspection|recommends)\b|\bcauses? of concern\b"),
        (K.HMICFRS, 2, r"^areas? for improvement\b|\bPEEL\b|\bHis Majesty's Inspectorate\b"),
        (K.HMICFRS, 1, r"\bHMICFRS\b|\bHMIC\b|\binspectors?\b"),
    )
]  # fmt: skip
# What only a coroner writes, and what only those write who answer one.
CORONERS_OWN = re.compile(
    r"^(?:this )?report is (?:being )?sent to\b|\byou are under a duty to respond\b|\bI make this report\b"
    r"|\bI am (?:[\w'.-]+,? ){1,6}(?:HM )?(?:senior |area |assistant |acting )*coroner\b"
    r"|\bI (?:have sent|am sending) a copy of my report\b",
    re.IGNORECASE,
)
ANSWERS_CORONER = re.compile(
    r"\bthank you for your\b.{0,60}\b(?:report|regulation 28)\b|\bin (?:your|the coroner's) (?:regulation 28 )?report\b"
    r"|\b(?:our|my) response to (?:your|the coroner's|HM coroner's)\b",
    re.IGNORECASE,
)
MOST_OF_ONE = 3  # matches counted for one pattern
FEWEST = 4
FIRST_LINES = 2_000


def kinds_by_likelihood(lines: Sequence[DocumentLine]) -> list[tuple[DocumentKind, int]]:
    """Return each kind with its score, likeliest first."""
    texts = [plain(line.text) for line in lines[:FIRST_LINES]]
    found = dict.fromkeys(DocumentKind, 0)
    for kind, weight, pattern in TELLS:
        times = sum(1 for text in texts if pattern.search(text))
        found[kind] += weight * min(times, MOST_OF_ONE)
    return sorted(found.items(), key=lambda each: -each[1])


def kind_of_document(lines: Sequence[DocumentLine]) -> DocumentKind | None:
    """Return the kind indicated by the document, HMICFRS by default, or None if two are equally likely.

    An answer to a coroner repeats the words of the report, but not those that only a coroner writes.
    """
    (first, much), (_, less), *_ = kinds_by_likelihood(lines)
    if first == DocumentKind.CORONER and _answers_a_coroner(lines):
        return DocumentKind.CORONER_RESPONSE
    if much < FEWEST:
        return DocumentKind.HMICFRS
    return first if much > less + 1 else None


def _answers_a_coroner(lines: Sequence[DocumentLine]) -> bool:
    texts = [plain(line.text) for line in lines[:FIRST_LINES]]
    if any(map(CORONERS_OWN.search, texts)):
        return False
    return answers_for_a_force(texts) or any(map(ANSWERS_CORONER.search, texts))
