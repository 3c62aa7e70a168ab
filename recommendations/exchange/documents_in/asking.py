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


# Sentences that say by when the document itself must be answered: no part of what is recommended.
SAYS_WHEN_TO_ANSWER = re.compile(
    r"\b(?:respon(?:d|ses?)|reply|replies|answer)(?: \w+){0,3} to (?:this|these|our|each|the) (?:\w+ ){0,3}?"
    r"(?:reports?|letters?|recommendations?|findings)\b.{0,80}\b(?:by|within|before|no later than|until)\b"
    r"|\byour (?:formal |written |full )*(?:response|reply|answer|comments)\b.{0,80}"
    r"\b(?:by|within|before|no later than|until|due)\b"
    r"|\b(?:responses?|repl(?:y|ies)|answers?)(?: \w+){0,4} (?:is|are|must|should) (?:be )?"
    r"(?:due|received|sent|submitted|provided|published|returned|required|made|with us)\b.{0,80}"
    r"\b(?:by|within|before|on)\b"
    r"|\b(?:provide|send|submit|publish|return|let us have)\b.{0,40}\b(?:responses?|reply|replies|answers?)\b.{0,80}"
    r"\b(?:by|within|before|no later than|until)\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
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


def says_when_to_answer(text: str) -> bool:
    """Whether a sentence says by when the document must be answered: "Please respond to this letter by 12 May"."""
    return bool(SAYS_WHEN_TO_ANSWER.search(plain(text)))


def without_when_to_answer(text: str) -> str:
    """Return the text without such sentences, to find the deadline of what it recommends."""
    return " ".join(sentence for sentence in SENTENCES.split(text) if not says_when_to_answer(sentence))


def finds_something(text: str) -> bool:
    """Whether a bold line is a sentence that finds or asks something, not a chapter heading."""
    words = plain(text)
    return len(words.split()) >= FEWEST_OF_A_FINDING and not words.endswith("?") and bool(FINDS.search(words))
