"""The filter of the list of inspections: by force, by source, then by the kinds of that source."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from recommendations.domain.sources.queries import sources
from recommendations.enums import InspectionKind
from recommendations.models import Force, Inspection


@dataclass(frozen=True)
class InspectionFilter:
    """What is chosen (None or "" for all), and what can be chosen."""

    force: Force | None
    source: str
    kind: str
    forces: list[Force]
    sources: list[tuple[str, str]]
    kinds: list[tuple[str, str]]

    @property
    def query(self) -> str:
        """The choice for links to other pages of the list: "force=westmarch&", or ""."""
        chosen = {"force": self.force.slug if self.force else "", "source": self.source, "kind": self.kind}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{query}&" if query else ""

    @property
    def offers_any(self) -> bool:
        """Whether there is anything to choose from."""
        return len(self.forces) > 1 or bool(self.sources or self.kinds)

    def matching(self, inspections: QuerySet[Inspection]) -> QuerySet[Inspection]:
        """Those of these inspections that are chosen."""
        found = inspections.filter(covers__force=self.force) if self.force else inspections
        found = found.filter(source=self.source) if self.source else found
        return found.filter(kind=self.kind) if self.kind else found


def inspection_filter(query: QueryDict, forces: list[Force], inspections: QuerySet[Inspection]) -> InspectionFilter:
    """The filter that a query string asks for, among these inspections. One query; two if there are several sources."""
    by_source = _kinds_by_source(inspections)
    source = query.get("source", "") if query.get("source") in by_source else ""
    kind = query.get("kind", "") if query.get("kind") in InspectionKind.values else ""
    named = sources().values() if len(by_source) > 1 else ()
    return InspectionFilter(
        force=next((each for each in forces if each.slug == query.get("force")), None),
        source=source,
        kind=kind,
        forces=forces,
        sources=[(each.key, each.name) for each in named if each.key in by_source],
        kinds=_offered_kinds(by_source, source, kind),
    )


def _kinds_by_source(inspections: QuerySet[Inspection]) -> dict[str, set[str]]:
    """The kinds of report of each source that there is one of."""
    found: dict[str, set[str]] = {}
    for source, kind in inspections.order_by().values_list("source", "kind").distinct():
        found.setdefault(source, set()).add(kind)
    return found


def _offered_kinds(by_source: dict[str, set[str]], source: str, kind: str) -> list[tuple[str, str]]:
    """The kinds of the chosen source, or of the only one; none where it has a single kind."""
    only = source or (next(iter(by_source)) if len(by_source) == 1 else "")
    kinds = by_source.get(only, set())
    offered = kinds | {kind} if kind or len(kinds) > 1 else set()
    return [(value, str(words)) for value, words in InspectionKind.choices if value in offered]
