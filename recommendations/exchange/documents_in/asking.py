"""Tell requests by the inspectorate from answers to them."""

import re

from recommendations.exchange.documents_in.vocabulary import plain

SHOULD = re.compile(r"\b(?:should|must|needs? to|ought to)\b", re.IGNORECASE)
ACTS = re.compile(
    r"^(?:we recommend|it is recommended)\b|\b(?:police|constabulary|force)(?:,? immediately)? (?:takes|acts"
    r"|reviews|improves|carries|undertakes|ensures)\b",
    re.IGNORECASE,
)
BY_WHEN = re.compile(
    r"^(?:with immediate effect|immediately|as soon as|by (?:the end of|\d+|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|winter|early|late)|within (?:\d+|one"
    r"|two|three|four|five|six|nine|twelve|eighteen|the next)|no later than)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"^(?:I|We|My|Our|Both I|As (?:PCC|Commissioner|the (?:PCC|Police)))\b(?! recommend)")
ANSWERS = re.compile(
    r"^(?:(?:I|We|My|Our)\b(?! recommend)|(?:the |this )?(?:recommendation|area for improvement|AFI)s? (?:is|has"
    r"|was|will|are|have)\b"
    r"|this (?:has (?:now |already )?been|is being|was)\b"
    r"|(?:fully |partially |partly |not )?(?:accepted|agreed|noted|implemented|completed?|supported)\b[.,;: -]"
    r"|(?:the )?(?:OPF?CC|PF?CC|MOPAC|commissioner|(?:police and crime )commissioner|mayor|office"
    r"|policing body) (?!should\b|must\b|needs? to\b)"
    r"|(?:the )?(?:chief constable|(?:\w+ ){0,3}(?:force|police|constabulary)) (?:has|have|is|are|was|will"
    r"|already|accepts?|agrees?|continues?|welcomes?"
    r"|recogni[sz]es?|introduced|completed|reviewed|no longer)\b"
    r"|no (?:further )?(?:action|comment|response)s?\b"
    r"|not (?:applicable|a matter|for (?:\w+ )?(?:response|comment|action|us))\b"
    r"|n/a\b|nothing (?:to|further)\b)",
    re.IGNORECASE,
)


REPORTS = re.compile(
    r"\b(?:(?:has|have) (?:now |already |also |since )?been|(?:is|are) (?:now |already |currently )?(?:being|in place)"
    r"|will be|was|were)\b",
    re.IGNORECASE,
)


FEWEST_OF_A_FINDING = 4
FINDS = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|needs?|should|must|can|could|cannot|lacks?|fails?|misses|\w+n't|too)\b",
    re.IGNORECASE,
)
SPEAKS_FOR_OFFICE = re.compile(
    r"(?-i:\b(?:I|[Mm]y|[Mm]e)\b)|\b(?:OPF?CC|PF?CC|MOPAC|(?:the |as )(?:(?:deputy )?(?:police(?:,? fire)? and crime )?"
    r"commissioner|mayor)|our office|policing body)\b",
    re.IGNORECASE,
)


def speaks_for_office(text: str) -> bool:
    """Whether the text is a commissioner's or their office's own."""
    return bool(SPEAKS_FOR_OFFICE.search(plain(text)))


def reports(text: str) -> bool:
    """Whether the text reports what was or will be done, without asking for anything."""
    return bool(REPORTS.search(plain(text))) and not reads_as_recommendation(text)


def reads_as_recommendation(text: str) -> bool:
    """Whether the text asks somebody to do something, as the inspectorate does, and is not the office speaking."""
    whole = plain(text)
    if FIRST_PERSON.match(whole):
        return False
    return bool(SHOULD.search(whole) or BY_WHEN.match(whole) or ACTS.search(whole[:200]))


def reads_as_answer(text: str) -> bool:
    """Whether the text is an answer to a recommendation."""
    return bool(ANSWERS.match(plain(text)))


def finds_something(text: str) -> bool:
    """Whether a bold line is a sentence that finds or asks something, not a chapter heading."""
    words = plain(text)
    return len(words.split()) >= FEWEST_OF_A_FINDING and not words.endswith("?") and bool(FINDS.search(words))
