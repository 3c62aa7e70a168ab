"""Find to whom a recommendation is directed: the subjects of its "should"."""

import re

from recommendations.deadlines import find_deadline
from recommendations.exchange.documents_in import footnotes
from recommendations.exchange.documents_in.vocabulary import plain

MODAL = re.compile(r"\b(?:should|must|needs? to|ought to)\b", re.IGNORECASE)
RECOMMENDS = re.compile(
    r"^(?:(?:we|HMICFRS|HMIC|(?:the )?IOPC) (?:also )?recommends? |it is recommended )(?:that\b)?,?\s*", re.IGNORECASE
)
SENTENCE_ENDS = re.compile(r":|[.!?] ")
ACTS = re.compile(
    r"^(?P<who>.{3,80}?),? (?:immediately |to )?(?:takes|acts|reviews|improves|carries|undertakes|ensures|makes"
    r"|develops|provides)\b"
)
ACTOR = re.compile(
    r"\b(?:forces?|constab\w+|constables?|commissioners?|officers?|police|polic\w+ bod(?:y|ies)|office|college"
    r"|council|NPCC|APCC|IOPC|CPS"
    r"|HMPPS|HMCTS|NCA|NHS|BTP|MPS|PCCs?|OPCCs?|lead|leads|ministry|government|services?|agency|agencies|bodies"
    r"|body|boards?|secretary|department"
    r"|england|wales|providers?|mayors?|authority|authorities|partners|partnerships?|commanders?|teams?|units?"
    r"|managers?|trusts?|heads?|directors?"
    r"|panels?|committee|minister|inspectorates?|chairs?|company|regulator|sergeants|inspectors|superintendents?"
    r"|supervisors|custodians?|staff|(?-i:[A-Z][a-z]*[A-Z][A-Za-z]*))\b",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"^(?:to|in order|where|when|if|as|following|for|given|until|before|after|once|while|in|using|by|within|with"
    r"|from|on|during"
    r"|at|having|through|because|since|although|despite|unless|immediately|no later|without|working|including"
    r"|together|alongside"
    r"|subject|supported|urgently|via|over|so that)\b",
    re.IGNORECASE,
)
COMPOUNDS = [
    r"police(?:, fire)? and crime", r"fire and rescue", r"prisons? and probation", r"probation and prison",
    r"courts and tribunals", r"health and (?:social )?care", r"(?:housing, )?communities and local government",
    r"england and wales", r"health and safety", r"learning and development", r"missing and exploited",
    r"vetting and \w+", r"professional standards and \w+", r"children and \w+", r"mental health and \w+",
]  # fmt: skip
COMPOUND = re.compile("|".join(COMPOUNDS), re.IGNORECASE)
HIDDEN_AND, HIDDEN_COMMA = "\x01", "\x02"
JOINS = {"the", "and", "of", "for", "&", "each", "all", "every", "chief", "national", "local"}
ARTICLE = re.compile(r"^the (?=\S)", re.IGNORECASE)
LONGEST = 14


BEGINS_ASKING = re.compile(
    r"^(?:(?:we|HMICFRS|HMIC) (?:also )?recommends?|it is recommended|(?:this|these|it|they|the \w+) should\b)",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|will|would|can|could|may|might|do|does|did|shall|say|says|said"
    r"|makes?|made|means?|shows?|finds?|found|know|think|believe|agree[sd]?|expects?|recommends?|that|because|but|so"
    r"|I|you|it|this|these|those|there)\b",
    re.IGNORECASE,
)
WHO = re.compile(
    r"(?:(?:to|for) )?(?:the )?(?:all |each )?(?:home office|college(?: of policing)?|chief (?:constables?|officers?)"
    r"|(?:police )?forces|government|ministry of justice|national police chiefs' council|NPCC(?: [\w ]{3,40})?|APCC"
    r"|(?:police(?:, fire)? and crime )?commissioners|PCCs|crown prosecution service|CPS"
    r"|[\w' ]+ (?:council|service|office))",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r",? (?:who|which|that|whose|where|with whom|responsible for|in (?:consultation|collaboration|partnership) with"
    r"|working with|together with|alongside|supported by|acting)\b.*$",
    re.IGNORECASE,
)


def is_an_ask(text: str) -> bool:
    """Whether the text names who is asked to act, or begins like a recommendation."""
    words = " ".join(text.split())
    begins = find_deadline(words, None).words
    return bool(find_addressees(words) or BEGINS_ASKING.match(plain(words)) or (begins and words.startswith(begins)))


def names_actors_only(words: str) -> bool:
    """Whether the text consists only of names of those who can act, and asks for nothing: "Home Office"."""
    if MODAL.search(plain(words)) or ACTS.match(words):
        return False
    named = find_addressees(f"{words} should")
    return bool(named) and all(WHO.fullmatch(plain(name)) for name in named) and words[-1] not in ".:;"


def find_addressees(text: str) -> list[str]:
    """Return the addressees: "The Home Office and the College of Policing should ..." gives those two.

    Empty if the text is not clear; then the user is asked.
    """
    paragraphs = [" ".join(each.split()) for each in footnotes.IN_TEXT.sub("", text).split("\n\n")]
    subject = _subject(next(filter(MODAL.search, paragraphs), " ".join(paragraphs)))
    if not subject or not ACTOR.search(subject):
        return []
    parts = [ARTICLE.sub("", CLAUSE.sub("", part).strip(" ,;:")) for part in _parts(CLAUSE.sub("", subject))]
    named = all(len(part.split()) <= LONGEST and not VERB.search(part) and ACTOR.search(part) for part in parts)
    return [part for part in parts if part] if named else []


def _subject(text: str) -> str:
    """Return the text before the sentence's first "should", without when and how."""
    modal = MODAL.search(plain(text))
    if (match := RECOMMENDS.match(plain(text))) and (modal is None or SENTENCE_ENDS.search(text[: modal.start()])):
        return _recommendation_addressee(text[match.end() :])
    if modal is None:
        acts = ACTS.match(_without_opening(text))
        return acts["who"] if acts else ""
    before = text[: modal.start()]
    sentence = re.split(r"(?<=[a-z0-9)”][.!?])\s+(?=[A-Z])|(?<=:)\s+", before)[-1]
    return _without_opening(_without_asides(_without_opening(sentence)))


def _recommendation_addressee(text: str) -> str:
    """Return the name in "We recommend that, within three months, Westmarch Police reviews"."""
    words = _without_opening(text.strip(" ,")).split()
    taken: list[str] = []
    for word in words:
        bare = word.strip(",:;.")
        if not (bare[:1].isupper() or bare.lower() in JOINS or ACTOR.fullmatch(bare)):
            break
        taken.append(word.rstrip(":;."))
        if word[-1] in ":;.":
            break
    while taken and taken[-1].lower().strip(",") in JOINS:
        taken.pop()
    return " ".join(taken)


def _without_opening(sentence: str) -> str:
    """Remove "We recommend that" and deadline words at the start."""
    rest = sentence.strip(" “\"'‘")
    for _ in range(2):
        before = rest
        rest = rest[_length(RECOMMENDS, rest) :]
        words = find_deadline(rest, None).words
        if words and rest.startswith(words):
            rest = rest[len(words) :].lstrip(" ,")
        if rest == before:
            break
    return rest.strip()


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _without_asides(sentence: str) -> str:
    """Reduce "To do this, the force, with its partners," to "the force"."""
    clauses = [clause.strip() for clause in _protect_compounds(sentence).split(",")]
    words = find_deadline(clauses[-1], None).words
    kept = [clause for clause in clauses if clause and not SUBORDINATE.match(clause)]
    if words and kept and kept[-1].strip() == words:
        kept.pop()
    actors = [clause for clause in kept if ACTOR.search(clause)]
    return ", ".join(actors)


def _protect_compounds(text: str) -> str:
    """Protect names that contain "and" or a comma from being split."""
    return COMPOUND.sub(lambda match: match[0].replace(" and ", HIDDEN_AND).replace(", ", HIDDEN_COMMA), text)


def _parts(subject: str) -> list[str]:
    """Split the subjects, if every part is somebody who can act."""
    parts = [
        part for part in re.split(r",? and (?!their\b(?! chief))|, |; ", _protect_compounds(subject)) if part.strip()
    ]
    if not all(ACTOR.search(part) for part in parts):
        parts = [_protect_compounds(subject)]
    return [part.replace(HIDDEN_AND, " and ").replace(HIDDEN_COMMA, ", ") for part in parts]
