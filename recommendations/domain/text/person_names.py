"""Detecting what may be a person's name in a text: forms and imports ask about it, and refuse nothing.

Detected are
- a title or rank with a capitalised word ("Mr Reed", "DC Reed"), words after "the death of" and "the late", initials
  before a word ("J R Reed");
- common first names (common_names.py), alone ("Sharon") or with what follows ("Sarah Hall", "JORDAN REED"), and common
  surnames alone ("Reed");
- two capitalised words neither of which belongs to a body, a workplace, a place or a day ("Leopold Quennell").
Not detected are other names that stand alone, or that are not capitalised. Some matches are no names.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from recommendations.domain.text.common_names import CLEAR_NAMES, FIRST_NAMES, SURNAMES_TOO

_LETTERS = [chr(code) for code in range(0x41, 0x250)]  # with the accents of European languages
UPPER, LOWER = "".join(filter(str.isupper, _LETTERS)), "".join(filter(str.islower, _LETTERS))
TITLES = "Mr|Mrs|Ms|Miss|Mx|Master|Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Baby"
RANKS = "PC|DC|PS|DS|DI|DCI|Sgt|Sergeant|Constable|Detective|Inspector|Superintendent|Nurse|Officer"
NOT_A_NAME = r"(?!(?:Constables?|Inspectors?|Sergeants?|Superintendents?|Chief|Detective|Police)\b)"
_WORD = rf"[{UPPER}][\w’'-]*\w"
_INITIALS = rf"(?:[{UPPER}]\.? ?){{1,3}}(?!\w)"
_NAME = rf"(?:{_INITIALS} ?)?{_WORD}(?: {_WORD})*"
_ADDRESSED = re.compile(
    rf"\b(?:(?:{TITLES})\.? {NOT_A_NAME}(?:{_NAME}|{_INITIALS})"
    rf"|(?:{RANKS})\.? {NOT_A_NAME}{_NAME}"
    rf"|[Dd]eaths? of (?P<dead>(?:{_WORD}|{_INITIALS}) ?{_WORD}(?: {_WORD})*)"
    rf"|[Tt]he late (?P<late>{_NAME}|{_INITIALS}))"
)
_PREFIX = rf"(?:[{UPPER}][’']|(?:Ma?c|Fitz)(?=[{UPPER}]))?"  # O’Neill, McDonald
NAME_WORD = rf"{_PREFIX}[{UPPER}][{LOWER}]+(?:[’'-][{UPPER}]?[{LOWER}]+)*"
_CAPITALS = rf"[{UPPER}]{{2,}}(?:[’'-][{UPPER}]+)*"
_ROW = re.compile(rf"\b{NAME_WORD}(?: (?:{NAME_WORD}|(?!I\b)[{UPPER}]\.?))*(?!\w)")
_ROW_IN_CAPITALS = re.compile(rf"\b{_CAPITALS}(?: {_CAPITALS})*(?!\w)")
_INITIALLED = re.compile(rf"\b[{UPPER}]\.? ?[{UPPER}]\.? (?P<name>{NAME_WORD})\b")
# Words of bodies, workplaces, places and days.
NOT_OF_A_PERSON = """
a abuse academy accepted accident accountability act action adult agency ambulance and annex april assault assessment
association audit audits august authority autumn avenue avon barracks bedfordshire belfast birmingham bishop board
body bridge bristol british buckinghamshire cabinet cad cambridge cambridgeshire campus cardiff care castle cathedral
central centre channel cheshire chief child children christmas city cleveland clinical close code college command
comment comments commissioner commissioners committee community complex concern concerns constable constables
constabulary control coroner coroners corporate council county court coventry crime crisis crown cumbria custodial
custody cyber dame data day dear deaths december department deputy derby derbyshire detainee detective detention devon
digital director directorate district division domestic dorset drive duty dyfed east easter eastern edinburgh
emergency england english environment equality essex ethics evidence executive exercise february finance fire firearms
first for force forces forensic framework friday future gardens general glasgow gloucester gloucestershire government
governor grade group grove guidance gwent hall hampshire head health healthcare her hertfordshire high highways his
home hospital house housing humber humberside incident independent infirmary information inquest inspection inspector
inspectorate integrated intelligence intensive internal international ireland january joint july june justice kent
king kingdom knife lancashire lane law lead learning leeds legal leicester leicestershire level liaison lincolnshire
liverpool local london lord magistrates majesty majestys management manager manchester march marches may medical
medicine meeting meetings member mental mercia mersey merseyside metropolitan midlands minister ministry missing
monday monitoring mountain national neighbourhood newcastle nhs norfolk north northamptonshire northern northumbria
nottingham nottinghamshire november occupational october of offence offences offender offenders office officer
officers on only op operation operational operations order organisational our oxford oxfordshire parade park
parliament partnership patrol people performance person persons plan planning plaza plymouth police policing policy
powys practice prevent prevention prime prince princess priority prison probation procedure professional programme
project property protection protocol public quality queen railway rapid recommendation recommendations record records
regional registrar regulation regulations release report rescue resource response responses review right risk river
road roads row royal rule safe safeguarding safety saint saturday schedule school scotland secretary section secure
senior september sergeant serious service services sexual sheffield shropshire social somerset south southampton
southern special specialist spring square st staffordshire stage standard standards state station storm strategic
street suffolk suicide summer sunday superintendent support surrey sussex swansea system team technology terrace text
texts thames the this threat thursday traffic training transport trust tuesday tyne unit united university urgent
valley victim victims view violence violent vulnerability vulnerable wales walk ward warwickshire way wednesday
welfare welsh west western when where whitehall wiltshire winter with worcestershire workforce yard year york
yorkshire young youth
"""
OPENING = "although after as at before during following given had if in it no once since there to until while"
OPENERS = frozenset(OPENING.split())
OF_NO_PERSON = frozenset(NOT_OF_A_PERSON.split())
OF_A_BODY = OF_NO_PERSON - SURNAMES_TOO  # what ends in one of these is a body or a place: "James Cook Hospital"
NAMED_AFTER = {"exercise", "op", "operation", "prince", "princess", "project", "saint", "st", "storm"}  # "St James"
MONTHS = {"april", "autumn", "june", "may", "summer"}  # that are first names too
BEFORE_MONTHS = """
after before between by during each early end every for from in last late mid next of on per since this through till
to until
"""
BEFORE_A_MONTH = frozenset(BEFORE_MONTHS.split())
# Further words in the addresses of published reports.
ADDRESSES = """
and content death deaths documents download files future htm html index pdf pfd prevent publication publications ref
reports upload uploads www
"""
OF_AN_ADDRESS = frozenset(ADDRESSES.split())


def names_in(text: str) -> tuple[str, ...]:
    """What may be a person's name in a text, without duplicates, in order. Of overlapping matches the first."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    found: list[tuple[int, int]] = []
    for start, end in sorted(_matches(words), key=lambda each: (each[0], -each[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(dict.fromkeys(words[start:end].strip() for start, end in found))


def _matches(words: str) -> Iterator[tuple[int, int]]:
    """The start and end of each match."""
    for match in _ADDRESSED.finditer(words):
        yield match.span(match.lastgroup or 0)
    for match in _INITIALLED.finditer(words):
        if _bare(match["name"]) not in OF_A_BODY:
            yield match.span()
    for row, name_in in ((_ROW, _name_in), (_ROW_IN_CAPITALS, _name_in_capitals)):
        for match in row.finditer(words):
            parts = match[0].split()
            if (place := name_in(parts, words[: match.start()])) is not None:
                first, last = place
                start = match.start() + sum(len(each) + 1 for each in parts[:first])
                yield start, start + len(" ".join(parts[first:last]))


def _name_in(parts: list[str], before: str) -> tuple[int, int] | None:
    """Which of these capitalised words may be a name (first, behind the last); `before` is the text before them."""
    bare = [_bare(part) for part in parts]
    begins = before.rstrip(" “\"'‘(")[-1:] in ("", ".", "!", "?", ":", ";")
    opens = begins and bare[0] in OPENERS
    is_body = bare[-1] in OF_A_BODY
    for place, word in enumerate(bare):
        if is_body or word not in FIRST_NAMES | CLEAR_NAMES or _is_no_first_name(parts, bare, place, before):
            continue
        if word in FIRST_NAMES and bare[place + 1 :] and bare[place + 1] not in OF_A_BODY:
            return place, len(parts)
        if word in CLEAR_NAMES:
            return place, place + 1
    return (opens, len(parts)) if len(parts) > 1 + opens and may_name(parts[opens:]) else None


def _is_no_first_name(parts: list[str], bare: list[str], place: int, before: str) -> bool:
    """Whether a name here is of a month, a place, an operation ("In May", "St James") or a law ("Clare’s Law")."""
    if place == 0 and bare[0] in MONTHS:
        last = before.split()[-1:]
        is_in_it = bool(last) and (last[0].lower() in BEFORE_A_MONTH or last[0][-1].isdigit())
        return is_in_it or bare[:2] == ["may", "day"]
    is_a_law = parts[place].endswith(("’s", "'s")) and bare[place + 1 : place + 2] == ["law"]
    return is_a_law or (place > 0 and bare[place - 1] in NAMED_AFTER)


def _name_in_capitals(parts: list[str], before: str) -> tuple[int, int] | None:
    """As `_name_in`, of words in capitals: a first name that is no other word, with the word behind it."""
    bare = [_bare(part) for part in parts]
    for place, word in enumerate(bare):
        if word in FIRST_NAMES & CLEAR_NAMES and bare[place - 1 : place] != ["st"]:
            if bare[place + 1 :] and bare[place + 1] not in OF_A_BODY | OPENERS:
                return place, place + 2
            if len(word) > 4:  # SARA is a way of solving problems
                return place, place + 1
    return None


def _bare(part: str) -> str:
    """A word in small letters, without what shows whose something is."""
    return re.sub(r"(?:’s?|\.)$", "", part.replace("'", "’")).lower()


def may_name(parts: list[str]) -> bool:
    """Whether none of these words belongs to a body, a workplace, a place or a day."""
    return not any(_bare(part) in OF_NO_PERSON for part in parts)


def names_in_link(link: str) -> tuple[str, ...]:
    """What may be a name in a link's path: two successive words that are not typical of report addresses, or a common
    name.

    Coroners' reports are published under addresses such as /prevention-of-future-death-reports/jordan-reed/.
    """
    found = []
    for piece in re.split(r"[/.?=&_]", urlsplit(link).path):
        run: list[str] = []
        for word in [*piece.split("-"), ""]:
            if _may_stand_in_a_name(word, run):
                run.append(word)
            else:
                found += ["-".join(run)] if len(run) > 1 or (run and run[0].lower() in CLEAR_NAMES) else []
                run = []
    return tuple(dict.fromkeys(found))


def _may_stand_in_a_name(word: str, before: list[str]) -> bool:
    """Whether a word of a link may go on with the words of a name before it, or begin one."""
    bare = word.lower()
    if bare in SURNAMES_TOO and before and before[-1].lower() in FIRST_NAMES:
        return True
    return len(word) > 1 and word.isalpha() and bare not in OF_NO_PERSON | OF_AN_ADDRESS
