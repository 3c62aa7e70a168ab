"""The addressees of a coroner's report: their offices, without the office holders' names."""

import re

from recommendations.domain.text.person_names import NAME_WORD, may_name, names_in
from recommendations.exchange.documents_in.vocabulary import plain

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
    """Return an addressee's office without the person's name: "Chief Constable, Westmarch Police".

    Returns "" if the text names a person and no office.
    """
    words = HONOURS.sub("", addressee.strip(" ,.;"))
    if (match := NAME_BEHIND_ROLE.search(words)) and may_name(match["name"].split()):
        words = f"{words[: match.end('role')]}{words[match.end('name') :]}"
    pieces = [piece.strip() for piece in re.split(r",| [-–—] |\(|\)", words)]
    kept = [piece for piece in pieces if piece and not _names_only(piece)]
    return ", ".join(kept) if any(OFFICE_WORDS.search(piece) for piece in kept) else ""


def _names_only(piece: str) -> bool:
    """Whether a piece between commas is only a person's name."""
    bare = re.sub(rf"^(?:{TITLES} )+", "", plain(piece))
    titled = bare != plain(piece)
    return not OFFICE_WORDS.search(bare) and (titled or bool(names_in(bare)))
