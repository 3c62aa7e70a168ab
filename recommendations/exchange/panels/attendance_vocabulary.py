"""Vocabulary of attendance lists: headings, ways of attending, times, substitutes, and people's names. Pure."""

import datetime
import re

from recommendations.enums import Presence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("mr mrs ms miss mx dr prof rev sir dame cllr councillor supt ch insp ci dci di ds pc dc sgt acc dcc cc")
ROLES = _words(
    "superintendent inspector chief constable sergeant detective police officer head manager director lead leader "
    "chair vice deputy assistant acting coordinator co-ordinator adviser advisor clerk secretary council borough "
    "county city district nhs trust service services probation authority university college school board team "
    "education prevent channel safeguarding adult adults children children’s children's community safety social care "
    "health mental housing youth justice office home department fire rescue ltd support worker analyst consultant "
    "nurse doctor teacher governor commissioner opcc icb panel partnership"
)
SMALL = _words("the of and for")
BODIES = _words("police constabulary council nhs trust university college school authority opcc icb probation")
POSTS = _words("head manager director lead leader chair officer constable superintendent inspector sergeant")
PARTICLES = _words("de van von der den da di al bin ap ab del la el y ter")

HEADING = re.compile(
    r"(?P<words>apologies(?: for absence)?(?: (?:were|have been))?(?: received)?|not present|did not attend|absent"
    r"|present (?:remotely|online)|(?:attended |attending )?(?:remotely|online)|(?:by|via) (?:video|teams|telephone)"
    r"|members present|also present|present|(?:also )?in attendance|attendees|attended|observers?|guests?|substitutes?)"
    r"(?:\s*:\s*|\s+[-–—]\s+|\s+from\s*:?\s+|\s*$)",
    re.IGNORECASE,
)
UNDER = (
    ("apolog", Presence.APOLOGIES), ("not present", Presence.ABSENT), ("did not", Presence.ABSENT),
    ("absent", Presence.ABSENT), ("observer", Presence.OBSERVER), ("guest", Presence.OBSERVER),
    ("substitute", Presence.SUBSTITUTE), ("remote", Presence.REMOTE), ("online", Presence.REMOTE),
    ("video", Presence.REMOTE), ("teams", Presence.REMOTE), ("telephone", Presence.REMOTE),
)  # fmt: skip
WAYS = {
    Presence.REMOTE: re.compile(
        r"(?:(?:by|via|on|over|attend(?:ed|ing)|joined|present) )?"
        r"(?:remote(?:ly)?|online|virtual(?:ly)?|(?:ms )?teams|video(?: call)?|zoom|(?:tele)?phone)"
    ),
    Presence.APOLOGIES: re.compile(r"(?:sent |gave )?apolog(?:ies|y)(?: sent| given| received)?"),
    Presence.ABSENT: re.compile(r"absent|not present|did not attend|no|n"),
    Presence.OBSERVER: re.compile(r"(?:as )?(?:an )?observ(?:er|ing)|guest"),
    Presence.SUBSTITUTE: re.compile(r"substitute|sub|deputising"),
    Presence.PART: re.compile(r"part(?: of the meeting|ly)?|in part"),
    Presence.PRESENT: re.compile(r"present|in person|attended|yes|y"),
}
SHORT = frozenset({"no", "n", "yes", "y", "sub"})  # only in a column, not in a list
CLOCK = r"(\d{1,2}(?:[:.h]?[0-5]\d)?\s*(?:am|pm)?)"
BOTH = re.compile(rf"(?:(?:part|present|from)\b,?\s*)*{CLOCK}\s*(?:to|until|till|[-–—])\s*{CLOCK}", re.IGNORECASE)
LEFT = re.compile(rf"(?:left|leaving|until|till|to)(?: the meeting)?(?: at)? {CLOCK}", re.IGNORECASE)
CAME = re.compile(rf"(?:from|joined|arrived|joining)(?: the meeting)?(?: at)? {CLOCK}", re.IGNORECASE)
INSTEAD = re.compile(
    r"(?P<sure>(?:substitut(?:e|ing)|sub|deput(?:y|ising|izing)|standing in|attending) for|on behalf of|in place of"
    r"|instead of)\s+(?P<whom>.+)|for\s+(?P<perhaps>.+)",
    re.IGNORECASE,
)


def way_under(heading: str) -> Presence:
    """Return how the people under a heading attended."""
    words = heading.casefold()
    return next((way for start, way in UNDER if start in words), Presence.PRESENT)


def way_in(words: str, *, of_column: bool = False) -> Presence | None:
    """Return the way of attending that these words mean, or None."""
    plain = " ".join(words.casefold().split()).strip(" .")
    if plain in SHORT and not of_column:
        return None
    return next((way for way, pattern in WAYS.items() if pattern.fullmatch(plain)), None)


def times_in(words: str) -> tuple[datetime.time | None, datetime.time | None] | None:
    """Return the times from and to, each None if not given, or None if the words give no times."""
    if found := BOTH.fullmatch(words):
        return clock(found[1]), clock(found[2])
    if found := LEFT.fullmatch(words):
        return None, clock(found[1])
    found = CAME.fullmatch(words)
    return (clock(found[1]), None) if found else None


def clock(words: str) -> datetime.time | None:
    """Return a time of day as written: 11.30, 1130, 2pm; None if it is invalid."""
    digits, half = re.sub(r"[^\d]", "", words), words.strip().lower()[-2:]
    hour, minute = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if half in ("am", "pm"):
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 99
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def without_title(name: str) -> str:
    """Return a name without ranks and titles in front: "Chief Inspector Ada Gray" is "Ada Gray"."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().strip(".") in TITLES | ROLES:
        words.pop(0)
    return " ".join(words)


def is_name(words: str) -> bool:
    """Whether these words look like a person's name, not a role or a body."""
    name = without_title(words).split()
    if not 2 <= len(name) <= 5:
        return False
    plain = [word.casefold().strip(".") for word in name]
    if any(word in ROLES | SMALL for word in plain):
        return False
    return all(
        word in PARTICLES or (each[0].isupper() and not re.search(r"\d", each))
        for word, each in zip(plain, name, strict=True)
    )


def is_body(words: str) -> bool:
    """Whether these words name a body, without a post in it."""
    found = set(re.findall(r"[^\W\d_]+", words.casefold()))
    return bool(found & BODIES) and not found & POSTS
