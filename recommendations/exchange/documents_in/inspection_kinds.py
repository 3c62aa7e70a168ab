"""The kind of inspection that a document is about, from its title or else from other evidence."""

import re

from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.results import ReadResponse

CONSTABULARY = re.compile(r"\bHMIC(?:FRS)?\b|Inspectorate of Constabulary", re.IGNORECASE)
OTHERS = re.compile(
    r"\b(?:HMCPSI|HMIP|HMI Prisons|HMI Probation|CQC|CSSIW|Ofsted|IOPC|CJJI)\b"
    r"|Inspectorate of P(?:risons|robation)|Crown Prosecution Service Inspectorate|Care Quality Commission",
    re.IGNORECASE,
)
INSPECTS = re.compile(r"\binspection (?:of|into|on)\b", re.IGNORECASE)
REVIEWS = re.compile(r"\b(?:inspection|review|assessment) (?:of|into|on)\b", re.IGNORECASE)
# Bodies that section 55 does not cover, though the inspectorate inspects them; and names of one force, or its area.
BEYOND = re.compile(
    r"\b(?:national crime agency|british transport|civil nuclear|ministry of defence|service police|royal \w+ police"
    r"|border|immigration|revenue|customs|gibraltar|jersey|guernsey|isle of man|northern ireland|scotland)\b",
    re.IGNORECASE,
)
ONE_FORCE = re.compile(r"\b(?!The\b)[A-Z]\w+ (?:Police|Constabulary)\b|\bin (?!England|Wales)[A-Z]\w+")


def inspection_kind(read: ReadResponse) -> InspectionKind:
    """Return the kind, or `OTHER` if it is unclear: then the user says whether section 55 of the Police Act 1996
    applies.

    An inspection by HMICFRS without a named force is thematic, and joint thematic if others took part.
    """
    named = InspectionKind(read.kind) if read.kind in InspectionKind.values else InspectionKind.OTHER
    if BEYOND.search(read.title) and named == InspectionKind.THEMATIC:
        return InspectionKind.OTHER
    if named != InspectionKind.OTHER or BEYOND.search(read.title) or ONE_FORCE.search(read.title):
        return named
    if CONSTABULARY.search(read.inspectorate) and REVIEWS.search(read.title):
        return InspectionKind.JOINT_THEMATIC if OTHERS.search(read.inspectorate) else InspectionKind.THEMATIC
    if not read.inspectorate and INSPECTS.search(read.title) and _is_of_constabulary_alone(read):
        return InspectionKind.THEMATIC
    return InspectionKind.OTHER


def _is_of_constabulary_alone(read: ReadResponse) -> bool:
    """Whether the document mentions HMICFRS and no other inspectorate."""
    texts = [placed.line.text for placed in read.placed]
    return any(map(CONSTABULARY.search, texts)) and not any(map(OTHERS.search, texts))
