"""Detecting what may be a person's name in a text: forms and imports ask about it, and refuse nothing.

Detected are a title or rank with a capitalised word ("Mr Reed", "Mrs J. Reed", "DC Reed"), capitalised words or
initials after "the death of" and "the late", initials before a word ("J R Reed"), and two capitalised words neither of
which belongs to a body, a workplace or a day. Other names are missed, and some matches are no names.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

TITLES = "Mr|Mrs|Ms|Miss|Mx|Master|Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Baby"
RANKS = "PC|DC|PS|DS|DI|DCI|Sgt|Sergeant|Constable|Detective|Inspector|Superintendent|Nurse|Officer"
NOT_A_NAME = r"(?!(?:Constables?|Inspectors?|Sergeants?|Superintendents?|Chief|Detective|Police)\b)"
_WORD = r"[A-Z][\w’'-]*\w"
_INITIALS = r"(?:[A-Z]\.? ?){1,3}(?!\w)"
_NAME = rf"(?:{_INITIALS} ?)?{_WORD}(?: {_WORD})*"
_ADDRESSED = re.compile(
    rf"\b(?:(?:{TITLES})\.? {NOT_A_NAME}(?:{_NAME}|{_INITIALS})"
    rf"|(?:{RANKS})\.? {NOT_A_NAME}{_NAME}"
    rf"|[Dd]eaths? of (?P<dead>(?:{_WORD}|{_INITIALS}) ?{_WORD}(?: {_WORD})*)"
    rf"|[Tt]he late (?P<late>{_NAME}|{_INITIALS}))"
)
NAME_WORD = r"[A-Z][a-z]+(?:[’'-][A-Z]?[a-z]+)*"
_IN_A_ROW = re.compile(rf"\b{NAME_WORD}(?: (?:{NAME_WORD}|[A-Z]\.?)){{1,3}}(?=[’']s?\b|\b)")
_INITIALLED = re.compile(r"\b[A-Z]\.? ?[A-Z]\.? (?P<name>[A-Z][a-z]+)\b")
NOT_OF_A_PERSON = """
a accident act action adult agency ambulance and annex april assessment association august authority autumn board
body bridge british cabinet cad care centre central chief child children christmas city cleveland clinical code
college command commissioner commissioners committee community complex concern concerns constable constables
constabulary control coroner coroners council county court crime crisis crown custody dame data day december
department deputy detective director directorate district division domestic duty east easter eastern emergency
england english environment executive february fire first for force forces forensic framework friday general
government governor grade group guidance hall hampshire head health healthcare her high highways his home hospital
house housing incident independent information inquest inspector inspectorate integrated intelligence intensive
international january joint july june justice king kingdom knife law lead legal level liaison local london lord
magistrates majesty majestys manager manchester march marches may medical medicine member mental metropolitan
midlands minister ministry missing monday mountain national nhs north northern november occupational october of
office officer officers on operations order our park parliament partnership patrol people person persons plan
police policing policy practice prevention prime prison probation procedure professional programme property
protection protocol public quality queen railway rapid record records regional registrar regulation regulations
release report rescue resource response responses right review risk river road roads royal rule safe safeguarding
safety saturday schedule scotland secretary section secure senior september sergeant service services social south
southern special specialist spring standard standards state station strategic street suicide summer sunday
superintendent support system team technology the this threat thursday traffic training transport trust tuesday
unit united university urgent victim victims wales ward wednesday welfare welsh west western when where winter
with workforce yard year young youth
"""
OPENING = "although after as at before during following given had if in it no once since there to until while"
OPENERS = frozenset(OPENING.split())
OF_NO_PERSON = frozenset(NOT_OF_A_PERSON.split())
# Further words in the addresses of published reports.
ADDRESSES = """
and content death deaths documents download files future htm html index pdf pfd prevent publication publications ref
reports upload uploads www
"""
OF_AN_ADDRESS = frozenset(ADDRESSES.split())


def names_in(text: str) -> tuple[str, ...]:
    """What may be a person's name in a text, without duplicates, in order. Of overlapping matches the first."""
    words = " ".join(text.split())
    found: list[tuple[int, int, str]] = []
    for start, end, name in sorted(_matches(words), key=lambda each: (each[0], -each[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end, name))
    return tuple(dict.fromkeys(name for _, _, name in found))


def _matches(words: str) -> Iterator[tuple[int, int, str]]:
    """The start, end and text of each match."""
    for match in _ADDRESSED.finditer(words):
        group = match.lastgroup or 0
        yield match.start(group), match.end(group), match[group].strip()
    for match in _INITIALLED.finditer(words):
        if may_name(match["name"].split()):
            yield match.start(), match.end(), match[0]
    for match in _IN_A_ROW.finditer(words):
        if _names(words, match):
            yield match.start(), match.end(), match[0]


def _names(words: str, match: re.Match[str]) -> bool:
    """Whether capitalised words may be a name, not counting the first word of a sentence."""
    parts = match[0].split()
    begins = match.start() == 0 or words[: match.start()].rstrip(" “\"'‘(")[-1:] in (".", "!", "?", ":", ";")
    if begins and parts[0].lower() in OPENERS:
        parts = parts[1:]
    return len(parts) > 1 and may_name(parts)


def may_name(parts: list[str]) -> bool:
    """Whether none of these words belongs to a body, a workplace or a day."""
    return not any(re.split(r"[’'.]", part)[0].lower() in OF_NO_PERSON for part in parts)


def names_in_link(link: str) -> tuple[str, ...]:
    """What may be a name in a link's path: two successive words that are not typical of report addresses.

    Coroners' reports are published under addresses such as /prevention-of-future-death-reports/jordan-reed/.
    """
    found = []
    for piece in re.split(r"[/.?=&_]", urlsplit(link).path):
        run: list[str] = []
        for word in [*piece.split("-"), ""]:
            if len(word) > 1 and word.isalpha() and word.lower() not in OF_NO_PERSON | OF_AN_ADDRESS:
                run.append(word)
            else:
                found += ["-".join(run)] if len(run) > 1 else []
                run = []
    return tuple(dict.fromkeys(found))
