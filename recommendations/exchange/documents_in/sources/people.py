"""Persons' names in what a coroner or a review writes: they are not taken, and what seems to hold one is marked."""

import re

from recommendations.exchange.documents_in.vocabulary import plain

HONOURED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|Baby|Dr|Doctor|Professor|Prof|Sir|Dame|Lord|Lady|PC|DC|PS|DS|DI|DCI|Sgt|Sergeant"
    r"|Constable|Detective|Inspector|Superintendent|Nurse|Officer)\b\.? (?!(?:Constables?|Inspectors?|Sergeants?"
    r"|Superintendents?|Chief|Detective|Police)\b)(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]+)*)"
)
NAME_WORD = r"[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*"
TWO_WORDS = re.compile(rf"\b{NAME_WORD}(?: (?:{NAME_WORD}|[A-Z]\.?)){{1,3}}(?='s?\b|\b)")
INITIALS = re.compile(r"\b[A-Z]\.? ?[A-Z]\.? (?P<name>[A-Z][a-z]+)\b")
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


def names_in(text: str) -> list[str]:
    """What in a text seems to be a person's name, in the text's order; nothing where nothing does."""
    words = plain(text)
    found = [(match.start(), match[0]) for match in HONOURED.finditer(words)]
    found += [(match.start(), match[0]) for match in INITIALS.finditer(words) if _may_name(match["name"].split())]
    found += [(match.start(), match[0]) for match in TWO_WORDS.finditer(words) if _is_a_name(words, match)]
    return list(dict.fromkeys(name for _, name in sorted(found) if not _inside(name, found)))


def _is_a_name(words: str, match: re.Match[str]) -> bool:
    """Two words with capitals none of which belongs to a body, a place of work or a day."""
    parts = match[0].split()
    begins = match.start() == 0 or words[: match.start()].rstrip(" “\"'(")[-1:] in (".", "!", "?", ":", ";")
    if begins and parts[0].lower() in OPENERS:
        parts = parts[1:]
    return len(parts) > 1 and _may_name(parts)


def _may_name(parts: list[str]) -> bool:
    return not any(re.split(r"['.]", part)[0].lower() in OF_NO_PERSON for part in parts)


def _inside(name: str, found: list[tuple[int, str]]) -> bool:
    return any(name != other and name in other for _, other in found)


OFFICE_WORDS = re.compile(
    r"\b(?:chief|police|constabulary|force|trust|NHS|hospital|council|service|department|ministry|home office|secretary"
    r"|minister|office|officer|director|commissioner|college|board|agency|authority|executive|prison|governor|company"
    r"|limited|ltd|plc|care|health|association|head|manager|partnership|group|inspectorate|HM|MAPPA|NPCC|DVLA|HSE)\b",
    re.IGNORECASE,
)
TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Professor|Prof|Sir|Dame|Lord|Lady|Rt\.? Hon\.?|(?:The )?Right Honourable)\b\.?"
HONOURS = re.compile(r",? ?\b(?:QPM|KPM|OBE|CBE|MBE|KBE|DBE|DL|JP|MP|KC|QC)\b")
NAME_BEHIND_ROLE = re.compile(
    rf"(?P<role>\b(?:chief constable|commissioner|chief executive(?: officer)?|secretary of state|director"
    rf"|minister|chief officer))"
    rf",? (?:{TITLES} )?(?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}})(?=,|\(| [-–—]|$| of\b)",
    re.IGNORECASE,
)


def office_of(addressee: str) -> str:
    """To whom a report is sent, without the name of the person: "Chief Constable, Westmarch Police".

    Empty where the words name a person and no office.
    """
    words = HONOURS.sub("", addressee.strip(" ,.;"))
    if (match := NAME_BEHIND_ROLE.search(words)) and _may_name(match["name"].split()):
        words = f"{words[: match.end('role')]}{words[match.end('name') :]}"
    pieces = [piece.strip() for piece in re.split(r",| [-–—] |\(|\)", words)]
    kept = [piece for piece in pieces if piece and not _names_only(piece)]
    return ", ".join(kept) if any(OFFICE_WORDS.search(piece) for piece in kept) else ""


def _names_only(piece: str) -> bool:
    """Whether a piece between commas is a person's name and nothing else."""
    bare = re.sub(rf"^(?:{TITLES} )+", "", plain(piece))
    titled = bare != plain(piece)
    return not OFFICE_WORDS.search(bare) and (titled or bool(names_in(bare)))
