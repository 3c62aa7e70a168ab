"""Read the report's title, inspectorate and kind from the line that names them."""

import re
from dataclasses import dataclass

from recommendations.exchange.documents_in.vocabulary import MANNER, OFFICES, plain

INSPECTORATE = (
    r"(?:HMICFRS|HMIC|HMCPSI|HMI Prisons|HMIP|HMI Probation|CQC|CSSIW|Ofsted|IOPC|CJJI"
    r"|(?:His|Her) Majesty's Inspectorate of Constabulary(?: (?:and|&) Fire (?:and"
    r"|&) Rescue Services?)?(?: \(\w+\))?)"
)
INSPECTORATES = rf"{INSPECTORATE}(?:(?:,| and|,? &| /|/) {INSPECTORATE}){{0,5}}"
KIND_OF_REPORT = (
    r"(?:(?:national |joint |thematic |inspection |super-complaint |follow-up "
    r"|progress )*(?:report|inspection|letter|review)s?)"
)
NAMED = re.compile(
    rf"^(?P<who>{INSPECTORATES})(?:'s?)?(?:(?: {KIND_OF_REPORT}| response)?\s*(?::|[-–—](?=\s))\s*"
    r"|\s+(?=(?-i:PEEL:? ?\d|PEEL:|State of Policing)))",
    re.IGNORECASE,
)
RESPONDS = re.compile(
    rf"^(?:{OFFICES}|the|our|my) (?:{MANNER})(?:response|statement|comments|reply)\s*(?::|[-–—](?=\s))\s*",
    re.IGNORECASE,
)
RESPONSE_TO = re.compile(
    rf"^(?:(?:{OFFICES}|the|our|my|formal|statutory|section 55|official) )*"
    r"(?:response|statement|comments|reply)(?: (?:from|by|of) .{3,70}?)? (?:to|on) (?:the )?(?!report on an?\b)"
    r"(?:report:? )?(?:by )?"
    rf"(?:(?P<who>{INSPECTORATES})(?:'s?)?)?\s*(?:{KIND_OF_REPORT}(?:\s*(?::|[-–—](?=\s)|entitled|titled|called|on\b"
    rf"|into\b|,)\s*|\s*(?=[\"'“])|\s+(?=(?-i:[A-Z]))|$)|[:–—-]\s*|(?=\S))",
    re.IGNORECASE,
)
SAYS_BY_WHOM = re.compile(
    rf"^(?:(?:an? |the |this )?(?:joint )?(?:published|prepared|produced|inspect\w+|reports?|review\w*)(?: was)?"
    rf"(?: carried out| made| published)? )?by (?:the )?(?:{INSPECTORATE}|HM |his |her |inspectorate)"
    rf"|^{INSPECTORATES}$|^©",
    re.IGNORECASE,
)
FIELD_ALONE = re.compile(
    r"^(?:(?:report|inspection)? ?title|(?:name|title) of (?:the )?(?:report|inspection)|inspection (?:report )?name"
    r"|(?:in )?response to"
    r"|(?:hmicfrs |hmic )?report(?: name)?)$",
    re.IGNORECASE,
)
RESPONSE_TO_REPORT_ON = re.compile(
    rf"^(?:(?:{OFFICES}|the|our|my|formal|statutory|section 55|official) )*(?:response|statement|comments|reply) "
    r"(?:to|on) (?:the )?(?=report on an?\b)",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"^(?:(?:report|inspection)? ?title|(?:name|title) of (?:the )?(?:report|inspection)|(?:hmicfrs "
    r"|hmic )?report(?: name)?"
    r"|inspection(?: report)?|subject|re|ref)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    r"\s*[(\[](?P<words>[^()\[\]]*\b(?:inspection|thematic|peel|report|review|joint"
    r"|super-complaint)\b[^()\[\]]*)[)\]]\s*$",
    re.IGNORECASE,
)
TRAILING = re.compile(
    rf"\s*[:–—-]\s*(?P<words>(?:(?:{OFFICES}|the|our|my) )?{MANNER}(?:response|comments|reply))\s*$", re.IGNORECASE
)
GENERIC = re.compile(
    rf"^(?:(?:{OFFICES}|the|our|my|formal|statutory|section 55|official|hmicfrs|hmic|inspections?|reports?"
    r"|published|police act 1996,?|tracker:?|and) ?)*"
    r"(?:responses?|comments)?(?: and updates)?(?: (?:to|on) (?:an? |the )?)?(?:hmicfrs|hmic)?"
    r"(?: ?(?:inspections?|reports?|publications?|recommendations))*\s*[:.–—-]?$",
    re.IGNORECASE,
)
CUE = re.compile(
    rf"\b(?:{INSPECTORATES}|inspection|peel|super-?complaint|state of policing|thematic|revisit"
    r"|accelerated causes? of concern)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^(?:an?|the)? ?(?:joint |unannounced |thematic |national |follow-up )*(?:inspection|review|re-inspection"
    r"|assessment|revisit) |^\((?:[^()]*)\)$|^peel\b|^police effectiveness,? efficiency",
    re.IGNORECASE,
)
INSPECTION_OF = re.compile(
    r"\b(?:an|joint|thematic|unannounced|national) (?:re-?)?inspection of\b|\bPEEL:? ?20\d\d", re.IGNORECASE
)
IN_SENTENCE = re.compile(
    rf"(?:{INSPECTORATES}(?:'s?)?|inspectorate's) (?:{KIND_OF_REPORT},?|{KIND_OF_REPORT} (?:entitled|titled"
    rf"|called),?) ?[\"“‘'](?P<title>[^\"“”]{{8,200}}?)[\"”’'](?=[ ,.)]|$)",
    re.IGNORECASE,
)
IN_SENTENCE_BARE = re.compile(
    rf"{INSPECTORATES}(?:'s?)? {KIND_OF_REPORT},? (?P<title>(?-i:[A-Z])[^.\"“”]{{8,200}}?),? (?:which was "
    rf"|that was |was )?published\b",
    re.IGNORECASE,
)

KINDS = [
    ("super_complaint", r"super-?complaint"),
    ("state_of_policing", r"state of policing"),
    ("peel", r"\bpeel\b|police effectiveness,? efficiency"),
    ("progress_letter", r"progress (?:letter|report|update)|\brevisit|re-?inspection|post[- ]inspection review"),
    ("progress_letter", r"accelerated causes? of concern"),
    ("custody", r"\bcustody\b"),
    ("child_protection", r"child protection|joint targeted area"),
    ("crime_data", r"crime[- ]data integrity|crime[- ]recording|\bCDI\b"),
    ("joint_thematic", r"\bjoint\b"),
    ("thematic", r"\bthematic\b"),
    ("commissioned", r"\bcommissioned (?:by|inspection|report)"),
    ("integrity", r"\bvetting\b|counter-corruption|\bintegrity\b"),
    ("fire", r"\bfire (?:and|&) rescue\b|\bfire service"),
    ("thematic", r"\bnational\b|\bspotlight\b"),
]  # fmt: skip
INSPECTORATE_NAME = re.compile(
    r"inspectorate of constabulary (?:and|&) fire (?:and"
    r"|&) rescue services?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Title:
    """A title without the words around it, which are in `taken`."""

    title: str
    inspectorate: str = ""
    kind: str = ""
    taken: tuple[str, ...] = ()


def read_title(text: str) -> Title:
    """Split "HMICFRS: Custody in Westmarch (joint inspection)" into title, inspectorate and kind."""
    taken, rest, who = [], text.strip(), ""
    for pattern in (FIELD, RESPONDS, RESPONSE_TO_REPORT_ON, RESPONSE_TO, FIELD, NAMED):
        if (match := pattern.match(plain(rest))) and rest[match.end() :].strip():
            who = match.groupdict().get("who") or who
            taken.append(rest[: match.end()].strip())
            rest = rest[match.end() :]
    trailing = TRAILING.search(plain(rest))
    if trailing and rest[: trailing.start()].strip():
        taken.append(rest[trailing.start() :].strip())
        rest = rest[: trailing.start()]
    suffix = SUFFIX.search(plain(rest))
    words = suffix["words"] if suffix else ""
    if suffix and (rest[: suffix.start()].strip() or not taken):
        taken.append(rest[suffix.start() :].strip())
        rest = rest[: suffix.start()]
    bare = _unquote(rest.strip())
    taken += [rest.strip()[0], rest.strip()[-1]] if bare != rest.strip() else []
    return Title(bare, who, kind_of(f"{' '.join(taken)} {bare}", words), tuple(taken))


def kind_of(title: str, suffix: str = "") -> str:
    """Return the kind of inspection (a value of enums.InspectionKind) from the title's words."""
    if re.search(r"\bthematic\b", suffix, re.IGNORECASE):
        return "joint_thematic" if re.search(r"\bjoint\b", suffix, re.IGNORECASE) else "thematic"
    words = INSPECTORATE_NAME.sub("", plain(f"{title} {suffix}"))
    return next((kind for kind, pattern in KINDS if re.search(pattern, words, re.IGNORECASE)), "other")


def looks_like_a_title(text: str) -> bool:
    """Whether a line near the top names a report."""
    if SAYS_BY_WHOM.match(plain(text)):
        return False
    ends_a_sentence = re.search(r"[.;,]$", text) is not None
    return bool(CUE.search(plain(text)) or FIELD.match(plain(text))) and len(text) <= 300 and not ends_a_sentence


def names_a_title(text: str) -> bool:
    """Whether the line explicitly gives the report's title."""
    return bool(FIELD.match(plain(text)))


def says_what_was_inspected(text: str) -> bool:
    """Whether a line near the top has the words of a report's title: "An inspection of ...", "PEEL 2025–27"."""
    return bool(INSPECTION_OF.search(plain(text))) and looks_like_a_title(text)


def is_unfinished(text: str) -> bool:
    """Whether a title's line is incomplete: "PEEL 2023–25" without a force, or ending in a colon or a small word."""
    whole = plain(text).strip()
    bare = re.fullmatch(
        r"PEEL:?[ \d/–-]*(?::? police effectiveness,? efficiency,? and legitimacy)?[ \d/–-]*", whole, re.I
    )
    return bool(bare or re.search(r"(?::|[–—-]|,|\b(?:and|of|the|for|in|to|on|a|an|by|with))$", whole, re.IGNORECASE))


def heads_a_title(text: str) -> bool:
    """Whether the line says that the next one is the report's title, as in a form."""
    return bool(FIELD_ALONE.match(plain(text).strip(" :")))


def is_generic(text: str) -> bool:
    """Whether it says only what the document is ("HMICFRS inspection response"), not which report it answers."""
    return bool(GENERIC.match(plain(text).strip()))


def goes_on(text: str) -> bool:
    """Whether a line is the second line of a title: "An inspection of ...", "(thematic inspection)"."""
    fits = len(text) <= 200 and text[-1] not in ".;," and not is_generic(text) and not SAYS_BY_WHOM.match(plain(text))
    return fits and bool(GOES_ON.match(plain(text)))


def title_in_sentence(text: str) -> str:
    """Return the report named in a letter's sentence: "HMICFRS's report 'Custody in Westmarch', published on"."""
    match = IN_SENTENCE.search(plain(text)) or IN_SENTENCE_BARE.search(plain(text))
    return text[match.start("title") : match.end("title")].strip(" ,") if match else ""


def _unquote(title: str) -> str:
    pairs = {"“": "”", "‘": "’", '"': '"', "'": "'"}
    if len(title) > 2 and pairs.get(title[0]) == title[-1] and title[-1] not in title[1:-1]:
        return title[1:-1]
    return title
