"""Find sentences that read like a commitment of the office. Pure: no queries.

A commitment is something that the office says it will do, or has asked another body to do. An action of others is not
one, unless it comes to the office or the office asked for it: the office can't keep "The force will train its staff".
Conditional, negative, quoted or completed statements and questions are not commitments either.
"""

import datetime
import re
from dataclasses import dataclass

from recommendations.domain.commitments.schedule import Rhythm, rhythm_of
from recommendations.domain.text.quotations import is_inside_quotes, remove_quotations, sentences, without_marks


def _one_of(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


COMMISSIONER = r"(?:the |your |my |our )?(?:deputy )?(?:police(?:,? fire)? and crime )?commissioner"
OURS = _one_of("office", "team", "staff", "visitors", "deputy", "chief executive")
OFFICE = _one_of(
    "we",
    "i",
    COMMISSIONER,
    "the (?:deputy )?mayor",
    "(?:the |our |my )?(?:opcc|pcc|pfcc)",
    f"(?:my|our|this|the) (?:custody )?{OURS}",
    "custody visitors",
)
SINGLE = _one_of("also", "now", "therefore", "then", "both", "each", "all", "already", "recently", "since", "again")
ASIDE = rf"(?:,? (?:{SINGLE}|however|of course|in turn|as a result),?)*"
BOARD = r"(?:my|our|the|each) (?:[\w-]+ ){0,2}(?:board|meetings?|panel)"
US = _one_of("me", "us", "(?:my|our|this) (?:office|team)", COMMISSIONER, "the opcc", BOARD)
PLANS = _one_of("intends?", "plans?", "undertakes?", "pledges?", "promises?", "commits?", "aims?", "proposes?")
WILL = rf"(?:will|shall|(?:am|are|is) going to|{PLANS} to)"
HAVE = rf"(?:have|has){ASIDE}"
ASKED = _one_of("asked", "requested", "commissioned", "instructed", "tasked", "required", "invited", "called for")
HANDED = _one_of(
    "reports?", "reporting", "come", "bring", "brought", "send", "sent", "give", "given", "provided?", "present(?:ed)?"
)
LOOKED_AT = _one_of(
    "made public", "published", "reported", "reviewed", "monitored", "scrutinised", "audited", "discussed",
    "considered", "presented", "raised", "followed", "tracked", "checked", "kept under review", "brought",
    "included", "shared",
)  # fmt: skip
OTHER_PEOPLE = _one_of(
    "forces?", "police", "constabular(?:y|ies)", "chief (?:constables?|officers?)", "officers?", "sergeants",
    "inspectors?", "college", "home office", "hmicfrs", "inspectorate", "councils?", "partners", "government", "npcc",
)  # fmt: skip

# What the office says of itself, including "we'll" and a continued subject: "The Commissioner agrees, and will ...".
DOES = rf"\b{OFFICE}(?:'ll\b|{ASIDE} {WILL}\b)"
WITH_OTHERS = rf"\b{OFFICE} and [\w' ]{{1,60}}? (?:will|shall)\b"
GOES_ON = rf"^\W*{OFFICE}\b(?:(?!\b(?:which|that|who|whose|while|because)\b).){{1,160}}?\b(?:and|but) (?:will|shall)\b"
AND_WILL = rf"^\W*{OFFICE}\b(?:(?!\b(?:which|who|whose)\b).){{1,200}}?, (?:and|but) (?:will|shall)\b"
# What the office has asked for, not what it has asked about.
ASKED_FOR = rf"\b{OFFICE}{ASIDE} {HAVE} {ASKED}\b(?:(?!\babout\b)[^;:]){{0,140}}?\b(?:for|to|that|whether|when|how)\b"
COMMISSIONED = rf"\b{OFFICE}{ASIDE} {HAVE} (?:requested|commissioned) (?:an?|the|further|regular)\b"
# What others bring to the office, or do because it asked.
COMES_TO_US = rf"\b(?:will|shall)(?: be)?{ASIDE} {HANDED}\b[^;:]{{0,80}}?\b{US}\b"
AS_ASKED = rf"\b(?:will|shall)\b.*\b(?:as {OFFICE} (?:{HAVE} )?{ASKED}|at (?:my|our|the commissioner's) request)\b"
# What will be reviewed or published, without saying by whom.
IS_DONE = rf"\b(?:will|shall){ASIDE} be {LOOKED_AT}\b"
COMMITS = [
    re.compile(each) for each in (DOES, WITH_OTHERS, GOES_ON, AND_WILL, ASKED_FOR, COMMISSIONED, COMES_TO_US, AS_ASKED)
]
PASSIVE = re.compile(IS_DONE)
OF_OTHERS = re.compile(
    rf"^\W*(?:(?:the|both|all|each|every|these) )?(?:\w+ )?{OTHER_PEOPLE}\b|\bby [\w ]*?{OTHER_PEOPLE}\b"
)

DENIED = re.compile(
    rf"\b{WILL}(?: \w+)? (?:not|never)\b|\b(?:won't|shan't)\b|'ll (?:not|never)\b"
    r"|\b(?:do|does) not (?:intend|plan|propose|aim)\b|\bwill no longer\b"
)
BEGINS_WITH = _one_of("if", "unless", "should", "were", "had", "where", "whenever", "subject to")
AS_NEEDED = rf"(?:if|where|when|as) {_one_of('necessary', 'needed', 'required', 'appropriate')}"
CONDITIONAL = re.compile(rf"^\W*{BEGINS_WITH}\b|\b(?:unless|provided that|subject to|{AS_NEEDED})\b")
IF = re.compile(r"\b(?P<before>(?:[\w']+ ){0,8})if\b")
ASKS_IF = re.compile(r"\b(?:ask|check|see|know|say|tell|find out|consider|confirm|establish|show|test)(?:ed|ing|s)?\b")
COMES_BACK = _one_of("received", "provided", "answered", "delivered", "been given", "had (?:an?|the|his|her|their)")
ANSWERED = re.compile(rf"\b(?:and|which) (?:i |we |they |it )?(?:(?:have|has|was|were) )?(?:{SINGLE} )?{COMES_BACK}\b")
LONGEST = 1_000  # characters


@dataclass(frozen=True)
class Suggestion:
    """A sentence that reads like a commitment, at `start` in its text, and when it is to be checked."""

    quote: str
    start: int
    rhythm: Rhythm


def suggestions(text: str, said_on: datetime.date | None = None) -> list[Suggestion]:
    """Return a text's sentences that read like a commitment, in order. `said_on` is the text's London day."""
    found = [each for each in sentences(text) if commits(each.text) and not is_inside_quotes(text, each.start)]
    return [Suggestion(each.text, each.start, rhythm_of(each.text, said_on)) for each in found]


def commits(sentence: str) -> bool:
    """Whether a sentence reads like a commitment of the office. Very long sentences do not."""
    if len(sentence) > LONGEST:
        return False
    plain = without_marks(remove_quotations(sentence)).casefold().replace("’", "'")
    if plain.rstrip("\"'”)").endswith("?") or DENIED.search(plain) or ANSWERED.search(plain) or _is_conditional(plain):
        return False
    if any(pattern.search(plain) for pattern in COMMITS):
        return True
    return bool(PASSIVE.search(plain)) and not OF_OTHERS.search(plain)


def _is_conditional(plain: str) -> bool:
    """Whether it depends on a condition. "We will ask if it works" does not."""
    return bool(CONDITIONAL.search(plain)) or any(not ASKS_IF.search(found["before"]) for found in IF.finditer(plain))
