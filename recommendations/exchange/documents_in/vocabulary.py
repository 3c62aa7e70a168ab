"""Patterns for the domain's words, shared by the readers of single lines: offices, officers, forces, kinds, numbers."""

import re

RECOMMENDATION, IMPROVEMENT = "recommendation", "area_for_improvement"
CONCERN, ACCELERATED, PRACTICE = "cause_of_concern", "accelerated_cause_of_concern", "innovative_practice"
CONCERNS = (CONCERN, ACCELERATED)
OFFICE, FORCE, CHIEF, REPLY, UNSAID = "office", "force", "chief", "reply", "unsaid"
ALL = "all"

POSSESSIVE = r"(?:'s|s'|')?"
NO_PLACE = r"(?!(?:As|In|On|For|To|By|With|From|When|While|If|Our|My|This|That|These|Both|And)\b)"
PLACE = rf"(?:(?-i:{NO_PLACE}(?:the )?[A-Z][\w'-]+(?:(?: (?:and|&|of))? [A-Z][\w'-]+){{0,4}}) )"
# An area after "for" or "of": capitalised words, so that no verb after it is included.
NAMED = r"(?-i:(?:the )?[A-Z][\w'&-]*(?:,? (?:(?:and|&|of|the|upon|on|in) ){0,2}[A-Z][\w'&-]*){0,5})"
ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
]  # fmt: skip
OFFICE_NAME = (
    r"(?:mayor's office for policing (?:and|&) crime"
    r"|(?:office of (?:the )?)?(?:(?:deputy )?police(?:,? fire)?,? (?:and|&) crime commissioner"
    r"|police,? crime (?:and|&) victims'? commissioner|commissioner|OPF?CC|OPCVC|PF?CC|PCVC|P&CC|MOPAC"
    r"|(?:deputy )?mayor"
    r"|(?:local )?policing body|police authority(?: board)?|authority|office))"
)
OFFICES = (
    rf"(?:(?:the |our |{PLACE})?{OFFICE_NAME}(?: ?/ ?{OFFICE_NAME})?"
    rf"(?: (?:for|of) {NAMED}| (?-i:[A-Z][a-z'-]+))?{POSSESSIVE})"
)
CHIEF_NAME = r"(?:temporary |acting |deputy |assistant |T/|A/)?(?:chief constable|chief officer)"
PERSON = r"(?-i:(?: [A-Z][\w'-]+){1,3})"
CHIEFS = rf"(?:(?:the |{PLACE})?(?:{CHIEF_NAME}|(?-i:[DA]?CC))(?: (?:for|of) {NAMED}|{PERSON})?{POSSESSIVE})"
FORCE_IN_SHORT = r"(?-i:MPS|BTP|GMP|(?!PCP\b)[A-Z]{2}P)"
FORCES = (
    rf"(?:(?:the |{PLACE})?(?:(?:police )?(?:force(?: lead)?|constabulary|police service|police)|{FORCE_IN_SHORT}\b)"
    rf"{POSSESSIVE})"
)
MANNER = r"(?:(?:initial|formal|official|overall|general|statutory|written|further|additional|final|full|joint) )*"
NOUN = (
    r"(?:comment(?:s|ary)?(?: and response| and position)?|responses?|position|views?|answer|update|statement"
    r"|observations|feedback|remarks|overview)"
)
SAYS = rf"(?:(?:[-–—] )?{MANNER}{NOUN})"

WORDS_FOR_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DIGITS = r"\d{1,5}(?:\.\d{1,3})*[a-z]?"
NUMBER = rf"(?:{DIGITS}|(?:{'|'.join(WORDS_FOR_NUMBERS)})\b|(?-i:[IVX]{{1,5}})\b)"
KINDS = [
    (ACCELERATED, r"accelerated causes? of concern"),
    (CONCERN, r"causes? of concern|CoCs?(?= \d)"),
    (IMPROVEMENT, r"areas? (?:for|of) improvement|AFIs?|A\.F\.I\.?"),
    (PRACTICE, r"(?:innovative|promising) practices?"),
    (RECOMMENDATION, r"recommendations?|recs?\b\.?"),
]
ANY_KIND = "|".join(pattern for _, pattern in KINDS)
NO = r"(?: (?:no|nos|numbers?)\b\.?)?"
NUMBERS = (
    rf"{NUMBER}\)?(?:\s*(?:,\s*and|,\s*&|,|and|&|to|through|[-–—])\s*(?:(?:the )?(?:{ANY_KIND}){NO}\s*)?\(?{NUMBER})*"
    r"(?![\w.]*\w)"
)
WHICH = (
    r"(?:(?:in response |in relation |with regard )?(?:to|on|for|regarding|about) )?(?:all |of |the |these "
    r"|those |both |above |each |this )*"
    rf"(?P<which>{ANY_KIND}){NO}\s*(?P<numbers>{NUMBERS})?(?: above| made)?"
)
OUTLINE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})?[.)]?|[A-Z][.)]|Part \w+[:.]?|Section \w+[:.]?)\s+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return the text with uniform characters for matching, same length: straight quotes, plain spaces."""
    return re.sub(r"\s", " ", text.replace("’", "'").replace("‘", "'").replace("`", "'"))


def kind_of_word(word: str) -> str:
    return next(kind for kind, pattern in KINDS if re.match(rf"(?:{pattern})$", word.strip(), re.IGNORECASE))


def number_of(printed: str) -> str:
    """Return "2" for "Two"; other numbers as printed."""
    word = printed.lower()
    return str(WORDS_FOR_NUMBERS.index(word) + 1) if word in WORDS_FOR_NUMBERS else printed
