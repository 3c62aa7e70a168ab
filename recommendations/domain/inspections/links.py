"""Links between reports: a final one follows an interim one, a force's accompanies a national one.

Reports linked as companions can share one response.
"""

from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LinkKind
from recommendations.models import Inspection, InspectionLink
from recommendations.trail import VerbContext

# The form field for each kind of link.
FIELDS: dict[str, str] = {
    LinkKind.FOLLOWS: "follows",
    LinkKind.COMPANION: "companion_of",
    LinkKind.SUPERSEDES: "supersedes",
}


def links_of(inspection: Inspection) -> dict[str, Inspection]:
    """Field → the report that this one is linked to in that way."""
    return {FIELDS[link.kind]: link.to for link in inspection.links.select_related("to").order_by("-pk")}


def set_links(act: VerbContext, inspection: Inspection, links: dict[str, Inspection | None]) -> None:
    """The part of a verb that sets a report's links; links no longer given are withdrawn.

    Raises Refusal if a report is linked to itself, twice, or to one that is linked to it.
    """
    _check(inspection, links)
    kinds = {field: kind for kind, field in FIELDS.items() if field in links}
    standing = {(link.kind, link.to_id): link for link in inspection.links.filter(kind__in=kinds.values())}
    wanted = {(kinds[field], to.pk): to for field, to in links.items() if to}
    for link in (standing[each] for each in sorted(standing.keys() - wanted.keys())):
        link.withdrawn_at, link.withdrawn_by = act.at, act.by
        link.withdrawn_why = act.reason or "Another link is in its place."
        act.save(link)
    for (kind, pk), to in wanted.items():
        if (kind, pk) not in standing:
            act.save(InspectionLink(inspection=inspection, to=to, kind=kind))


def _check(inspection: Inspection, links: dict[str, Inspection | None]) -> None:
    named: set[int] = set()
    for field, to in links.items():
        if to is None:
            continue
        if to == inspection:
            raise Refusal("That is this report itself. Choose another one.", field)
        if to.pk in named:
            raise Refusal("This report is chosen twice. It belongs in one way.", field)
        if InspectionLink.objects.filter(inspection=to, to=inspection).exists():
            raise Refusal(f"“{to}” is linked to this report already: change that on its own page.", field)
        named.add(to.pk)
