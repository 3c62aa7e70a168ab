"""The boilerplate around a response: fields, a letter's address and signature, lines without content."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from recommendations.deadlines import read_deadline
from recommendations.exchange.documents_in.titles import INSPECTORATES, RESPONSE_TO
from recommendations.exchange.documents_in.vocabulary import CHIEFS, FORCES, MANNER, NAMED, OFFICE_NAME, OFFICES, plain

SALUTATION = re.compile(r"^dear\b.{0,80}$", re.IGNORECASE)
SIGN_OFF = re.compile(
    r"^(?:yours (?:sincerely|faithfully|truly|ever)|(?:(?:kind|best|warm|with) )*regards|sincerely)\b.{0,25}$",
    re.IGNORECASE,
)
STRAY = re.compile(
    r"^(?:agenda item\b|appendix\b|annex(?:e|ure)?\b|enclosures?\b|encs?\b[.:]?|cc\b[.:]?|page \d"
    r"|official(?:[ -]sensitive)?\b|not protectively marked"
    r"|(?:unclassified|restricted|draft|(?:table of )?contents|ends?|end of document"
    r"|(?:top|bottom) of page|tel(?:ephone)?:.*|e-?mail:.*|www\..*)$"
    r"|version \d|date\s*:|your ref\b|our ref\b"
    r"|(?:download|print|share|back to|return to|skip to)\b"
    r"|by e-?mail\b|sent by\b|for publication\b|issued by\b|last updated\b)",
    re.IGNORECASE,
)
SEE_ALSO = re.compile(r"^see also\b", re.IGNORECASE)
LONGEST_STRAY = LONGEST_BY_LINE = 100
DATE = r"(?P<date>(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)? \w+,? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})"
DATE_LINE = re.compile(rf"^(?:dated?:? )?{DATE}$", re.IGNORECASE)
PUBLISHED = re.compile(
    r"^(?:(?:report|inspection|hmicfrs|hmic|date|of|the) )*(?:published|publication)"
    rf"(?: by (?:hmicfrs|hmic|the inspectorate))?(?: date)?(?: on)?\s*(?:[:–-]\s*|(?=\d))(?:the )?{DATE}\.?$",
    re.IGNORECASE,
)
RESPONDED = re.compile(
    rf"^(?:(?:date|of|this|the|our|pcc's|pcc|commissioner's|section 55) )*response(?: date)?(?: (?:was )?(?:published"
    rf"|issued))?(?: on)?\s*(?:[:–-]\s*|(?=\d))(?:the )?{DATE}\.?$",
    re.IGNORECASE,
)
PUBLISHED_IN_SENTENCE = re.compile(rf"\bpublished (?:by \w+ )?on (?:the )?{DATE}", re.IGNORECASE)
RESPONSE_FROM = re.compile(
    rf"^(?:(?:section 55 )?{MANNER}(?:response|comments?|reply) (?:from|by|of)"
    r"|(?:responding|policing|local policing) body|prepared by"
    r"|submitted by|name of (?:pcc|office|policing body))"
    r"\s*(?:[:–—-]\s*|$|(?= (?-i:the |office|police|pcc|mayor|[A-Z])))",
    re.IGNORECASE,
)
CHIEF_WHOLLY = re.compile(rf"^(?:{CHIEFS}|{FORCES})$", re.IGNORECASE)
NAMES_A_PERSON = re.compile(r"^name of pcc\b", re.IGNORECASE)
OTHER_OFFICE = re.compile(
    r"^(?:the )?(?:home|cabinet|post|foreign|private|press|head|registered) office\b", re.IGNORECASE
)
INSPECTORATE_FIELD = re.compile(r"^(?:inspectorate|inspecting body|inspected by)\s*:\s*(?=\S)", re.IGNORECASE)
PLACE_NAME = r"(?-i:(?:the )?[A-Z&][\w&' -]*(?:,? (?:and |& )?[A-Z][\w&'-]*)*)"
OFFICE_OF_A_PLACE = (
    rf"(?:the )?(?-i:(?:[A-Z][\w&'-]+ (?:of |and |& )?){{0,4}})(?:office of (?:the )?)?{OFFICE_NAME}"
    rf"(?:(?: for| of|,) {PLACE_NAME})?"
)
BODY_LINE = re.compile(rf"^{OFFICE_OF_A_PLACE}$", re.IGNORECASE)
BY_LINE = re.compile(rf"^(?:[\w'-]+ ){{0,8}}?(?:by|from|of) (?={OFFICE_OF_A_PLACE}$)", re.IGNORECASE)
BODY_IN_SENTENCE = re.compile(
    r"\bas (?:the )?(?P<body>(?:police(?:,? fire)? and crime commissioner|mayor)(?: for"
    r"| of) (?-i:(?:the )?[A-Z][\w'-]+(?:(?:,? and|,)? [A-Z][\w'-]+)*))",
    re.IGNORECASE,
)
BODY_IN_TITLE = re.compile(
    rf"^(?:{MANNER}(?:response|comments|reply) (?:from|by|of) (?P<from>.{{5,80}}?) (?:to|on)\b"
    rf"|[:–—-]?\s*(?P<body>.{{5,80}}?)(?:'s|')? {MANNER}(?:response|comments)(?: to\b|:|$))",
    re.IGNORECASE,
)
NAMED_BODY = re.compile(
    rf"(?-i:Police(?:,? Fire)?,? (?:and|&) Crime Commissioner|PF?CC|Mayor) (?:for|of) {NAMED}"
    r"|(?-i:Mayor's Office for Policing and Crime)"
)
BARE_OFFICE = re.compile(rf"^(?:the |our |my )?{OFFICE_NAME}$", re.IGNORECASE)
CHIEF_LINE = re.compile(
    r"^(?:.{3,50}[,–-] )?(?:the )?(?:temporary |acting |deputy )?chief constable\b.{0,50}$", re.IGNORECASE
)
OPENS_QUOTE, CLOSES_QUOTE = "“\"'‘", "”\"'’"
SAID = (
    r"\b(?:views?|comments?|response|reply|answer|statement|observations|responded|stated?|states|said|says|follows"
    r"|writes|wrote|replied|told (?:us|me))\b"
)
INTRODUCES_CHIEF = re.compile(rf"\bchief constable\b.{{0,160}}{SAID}.{{0,80}}$", re.IGNORECASE)
# The officer, or the force, is named in the sentence before.
INTRODUCES_THEM = re.compile(
    rf"(?:^|[.:;] )(?:(?:his|her|their|its)(?: (?:full|formal|written|initial|detailed))*"
    rf"|(?:he|she|they)(?: .{{0,60}})?) {SAID}.{{0,80}}$",
    re.IGNORECASE,
)
INTRODUCES_OURS = re.compile(
    r"\b(?:my|our|(?:the )?(?:OPF?CC|PF?CC|(?:police and crime )?commissioner)(?:'s)?)(?: \w+){0,2} "
    rf"{SAID}[^:]{{0,60}}$",
    re.IGNORECASE,
)
NAMES_CHIEF = re.compile(
    rf"\b(?:the )?(?:chief (?:constable|officer)|the (?:force|constabulary)|{CHIEFS})\b", re.IGNORECASE
)
NAME = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Cllr|Lord|Lady)\.? )?[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|van"
    r"|of)){1,4}(?:,? (?:QPM|OBE|CBE|MBE|DL|KPM|JP)\b)*,?$"
)

ROLE = (
    r"(?:(?:temporary|acting|deputy|assistant|interim|then|T/|A/) ?)*(?:chief constable|chief officer|commander"
    r"|(?:deputy )?police(?:,? fire)?,? (?:and|&) crime commissioner|(?:deputy )?OPF?CC|(?:deputy )?PF?CC|commissioner"
    r"|(?:deputy )?mayor|chief executive(?: officer)?|monitoring officer|chief of staff|chief superintendent"
    r"|(?:his|her) majesty's (?:chief )?inspector|HM (?:chief )?inspector|inspector)"
)
HONOURS = r"(?:,? (?:QPM|KPM|OBE|CBE|MBE|DL|JP|MP|KBE|DBE|QC|KC)\b)*"
ROLE_LINE = re.compile(
    rf"^(?:the )?(?-i:(?:[A-Z][\w'&-]+ (?:and |& |of )?){{0,4}}){ROLE}(?:(?:,| for| of) {NAMED})?$", re.IGNORECASE
)
SIGNED = re.compile(
    rf"^(?:signed:? )?(?P<name>(?-i:[A-Z][\w'.-]*(?: (?:[A-Z][\w'.-]*|de|van|of)){{1,3}})){HONOURS}"
    rf"(?:,| [-–—|]) (?P<role>.{{2,80}})$",
    re.IGNORECASE,
)

ROLE_AND_NAME = re.compile(
    rf"^(?:signed:? )?(?:the )?{ROLE} (?P<name>(?-i:[A-Z][\w'.-]+(?: (?:[A-Z][\w'.-]*|de|van|of)){{1,3}})){HONOURS}$",
    re.IGNORECASE,
)


SIGNED_FOR = re.compile(
    rf"^signed (?:for|by|on behalf of)(?: and on behalf of)? (?:{OFFICES}|{CHIEFS}|{FORCES})\W*$", re.IGNORECASE
)
# The force itself writes: who signs for it, and how its answer is headed.
SIGNS_FOR_FORCE = re.compile(
    r"^(?:.{3,50}[,–-] )?(?:the )?(?:(?:temporary|acting|deputy|assistant|detective) )*(?:chief constable"
    r"|(?:chief )?superintendent|chief inspector|head of professional standards)\b[^.]{0,50}$",
    re.IGNORECASE,
)
FORCE_ANSWERS = re.compile(
    rf"^(?:(?:{FORCES}|{CHIEFS}) {MANNER}(?:response|reply|answer) (?:to|on)\b"
    rf"|{MANNER}(?:response|reply|answer) (?:from|by|of):? (?:{FORCES}|{CHIEFS})\b)",
    re.IGNORECASE,
)
NAMES_OFFICE = re.compile(
    r"\b(?:OPF?CC|OPCVC|PF?CC|P&CC|MOPAC|(?:police(?:,? fire)?,? (?:and|&) crime|victims') commissioner"
    r"|(?:the|our|my) commissioner|mayor|policing body|police authority)\b",
    re.IGNORECASE,
)
LINES_OF_A_SIGNATURE = 6
LONGEST_OF_A_LETTER = 14  # words of an address or a signature


def is_from_a_force(texts: Sequence[str]) -> bool:
    """Whether a force or its officer answers in this document, and no office of a policing body is named in it."""
    return not any(NAMES_OFFICE.search(plain(text)) for text in texts) and answers_for_a_force(texts)


def answers_for_a_force(texts: Sequence[str]) -> bool:
    """Whether an officer of a force signs the document, or a line heads it as the force's answer."""
    words = [plain(text).strip() for text in texts]
    ends = [n for n, each in enumerate(words) if is_sign_off(each)]
    signed = words[ends[-1] : ends[-1] + LINES_OF_A_SIGNATURE] if ends else []
    return any(map(SIGNS_FOR_FORCE.match, signed)) or any(map(FORCE_ANSWERS.match, words))


def is_role_line(text: str) -> bool:
    """Whether the line is only "Chief Constable of Westmarch Police" or similar."""
    return bool(ROLE_LINE.match(plain(text).strip(' ,”"'))) and len(text) <= 100


def is_signature(text: str, following: str = "") -> bool:
    """Whether the line is a name followed by a role or a day, or by a role on the next line."""
    words = plain(text)
    if (ROLE_AND_NAME.match(words) or SIGNED_FOR.match(words)) and len(text) <= 120:
        return True
    if (match := SIGNED.match(words)) and len(text) <= 120:
        role = match["role"]
        return (is_role_line(role) or bool(DATE_LINE.match(role))) and not is_role_line(match["name"])
    return is_a_name(text) and not is_role_line(text) and is_role_line(following)


def is_of_a_letter(text: str) -> bool:
    """Whether a line above "Dear" or below "Yours sincerely" is a name, a role or an address, and not a sentence."""
    if is_a_name(text) or is_role_line(text) or is_stray(text) or is_salutation(text) or is_sign_off(text):
        return True
    return is_signature(text) or (len(text.split()) <= LONGEST_OF_A_LETTER and text[-1] not in ".;:?!")


def is_salutation(text: str) -> bool:
    return bool(SALUTATION.match(text))


def is_sign_off(text: str) -> bool:
    return bool(SIGN_OFF.match(text))


def is_stray(text: str) -> bool:
    """Whether a line belongs to a meeting's papers, the post or the page, not to the response."""
    short = len(text) <= LONGEST_STRAY and not re.search(r"[.;]$", text)
    return bool(
        (STRAY.match(text) and short) or (SEE_ALSO.match(text) and len(text) <= LONGEST_STRAY) or DATE_LINE.match(text)
    )


def is_see_also(text: str) -> bool:
    return bool(SEE_ALSO.match(text)) and len(text) <= LONGEST_STRAY


def is_bare_office(text: str) -> bool:
    """Whether the text names an office without its area: "PCC", "our office"."""
    return bool(BARE_OFFICE.match(plain(text))) and " for " not in text.lower()


def is_a_name(text: str) -> bool:
    return bool(NAME.match(text)) and len(text) <= 60


def is_chief_line(text: str) -> bool:
    """Whether the line is "Jo Doe, Chief Constable of Westmarch Police" below that officer's words."""
    return bool(CHIEF_LINE.match(plain(text))) and text[-1] not in ".:;"


def introduces_chief(text: str, before: str = "", *, quoted: bool = False) -> bool:
    """Whether the text introduces the chief officer's words: "His response is as follows:".

    `before` is the line above it, which may name the officer; `quoted` says that the next one opens a quotation.
    """
    words = plain(text)
    said = words.rstrip(" :.,")
    reported = said.endswith(" that")  # "He has told me that:" goes on in the office's own words
    if not (words.rstrip().endswith(":") or quoted) or (reported and not quoted) or INTRODUCES_OURS.search(said):
        return False
    names = NAMES_CHIEF.search(plain(f"{before} {text}"))
    return bool(INTRODUCES_CHIEF.search(said) or (names and INTRODUCES_THEM.search(said)))


def read_body(text: str) -> tuple[str, str] | None:
    """Read "Response from: X" as ("Response from:", X), and "Paper by the Mayor of X" likewise; a line with only an
    office's name as ("", the name).
    """
    whole = plain(text)
    match = RESPONSE_FROM.match(whole)
    if match and RESPONSE_TO.match(whole) and not match[0].rstrip().endswith(":"):
        return None
    if match and CHIEF_WHOLLY.match(whole[match.end() :].strip()):
        return None
    if match and not (NAMES_A_PERSON.match(whole) and not BODY_LINE.match(whole[match.end() :])):
        return text[: match.end()].strip(), text[match.end() :].strip()
    if (
        len(text) <= 120
        and not is_salutation(text)
        and BODY_LINE.match(whole.rstrip(","))
        and not OTHER_OFFICE.search(whole)
    ):
        return "", text.strip(" ,")
    if len(text) <= LONGEST_BY_LINE and (match := BY_LINE.match(whole)):
        return text[: match.end()].strip(), text[match.end() :].strip()
    return None


def body_in_title(words: str) -> str:
    """Return whose response it is, from "The Marches PCC response to HMICFRS report:", or "" if no area is named."""
    match = BODY_IN_TITLE.match(plain(words))
    if match is None:
        return ""
    named = words[slice(*match.span("from" if match["from"] else "body"))]
    return named if read_body(named) == ("", named) and not BARE_OFFICE.match(plain(named)) else ""


def body_in_sentence(text: str) -> str:
    match = BODY_IN_SENTENCE.search(plain(text))
    return text[match.start("body") : match.end("body")] if match else ""


def body_named_most(texts: Iterable[str]) -> str:
    """Return the policing body, with its area, that the document names most often, or ""."""
    found = Counter(match[0] for text in texts for match in NAMED_BODY.finditer(plain(text)))
    return found.most_common(1)[0][0] if found else ""


def read_publication_day(text: str) -> date | None:
    """Return the report's day from a line such as "Published: 9 September 2025"."""
    match = PUBLISHED.match(plain(text))
    return read_deadline(match["date"], None).due_on if match else None


def read_response_day(text: str) -> date | None:
    """Return the response's own day from a line such as "Date of response: 2 March 2026"."""
    match = RESPONDED.match(plain(text))
    return read_deadline(match["date"], None).due_on if match else None


def publication_day_in_sentence(text: str) -> date | None:
    match = PUBLISHED_IN_SENTENCE.search(plain(text))
    return read_deadline(match["date"], None).due_on if match else None


def read_inspectorate(text: str) -> tuple[str, str] | None:
    match = INSPECTORATE_FIELD.match(plain(text))
    return (text[: match.end()].strip(), text[match.end() :].strip()) if match else None


def inspectorate_in(text: str) -> str:
    match = re.search(rf"\b{INSPECTORATES}\b", plain(text))
    return match[0] if match else ""
