"""The page of search results: counts, filters and groups of results, all of them links."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects

from recommendations.domain.search.find import NO_FORCE, SearchQuery, readable, would_be_found
from recommendations.domain.search.lines import group_lines, lines_of
from recommendations.domain.sources.naming import SEVERAL, status_of
from recommendations.enums.search import SearchKind, Speaker
from recommendations.forms.search.query_string import FILTERS, NONE
from recommendations.models import SearchEntry
from recommendations.periods import say
from recommendations.permissions import only_reads_papers
from recommendations.views.register.filters import Filter, Option
from recommendations.views.search.search_request import SearchRequest

PAGE_SIZE = 25
TIMES = {"": "Any day", "3": "Last 3 months", "12": "Last 12 months"}
ONE_OF = {  # singular labels
    SearchKind.RECOMMENDATION: "recommendation",
    SearchKind.UPDATE: "force update",
    SearchKind.ASSURANCE: "office’s view",
    SearchKind.STATUS: "HMICFRS status",
    SearchKind.TARGET: "target",
    SearchKind.CLOSURE: "closure",
    SearchKind.ACTION: "action",
    SearchKind.COMMENT: "comment in a response",
    SearchKind.DRAFT: "draft of a response",
    SearchKind.COMMITMENT: "commitment",
    SearchKind.REPORT: "inspection report",
    SearchKind.MEETING: "meeting",
    SearchKind.REQUEST: "committee request",
    SearchKind.PAPER: "paper",
    SearchKind.NOTE: "office note",
    SearchKind.FILE: "file",
}


@dataclass(frozen=True)
class KindCount:
    number: str
    words: str
    url: str
    current: bool


@dataclass(frozen=True)
class Nearby:
    """Another query that would find something."""

    url: str
    words: str
    note: str


def page_context(search_request: SearchRequest) -> dict:
    """The context that does not depend on the results."""
    query, address = search_request.typed, search_request.address
    return {
        "q": query.words.typed,
        "typed": query.words.typed,
        "address": address,
        "kept_by_search": [pair for pair in address.pairs if pair[0] not in ("q", "exact")],
        "form": search_request.as_at,
        "past": say(query.day) if query.past else "",
        "today": address.but(as_at=None),
        "another_day": address.prefix + "as_at=",
        "kept_by_day": [pair for pair in address.pairs if pair[0] != "as_at"],
        "force": search_request.user.force,
        "reads_papers": only_reads_papers(search_request.user),
        "everything": readable(query, search_request.user).count() if not query.words else None,
    }


def results(search_request: SearchRequest) -> dict:
    """The context of the results: the first few of each kind, or a page of one kind."""
    found, query, address = search_request.answer, search_request.query, search_request.address
    # count() and slices are all that a paginator needs
    pages: Paginator[SearchEntry] = Paginator(found, PAGE_SIZE)  # type: ignore[arg-type]  # as above
    page = pages.get_page(search_request.params.get("page")) if query.kind else None
    lines = lines_of(list(page.object_list) if page else found.groups(), query.words)
    return {
        **_filters(search_request),
        "page": page,
        "query": address.prefix.removeprefix(f"{address.path}?"),
        "groups": [
            (group, found.count_text(found.kinds[group.kind], "kind"), address.but(kind=group.kind))
            for group in group_lines(lines)
        ],
        "number": f"{found.count():,}",
        "is_cut": found.is_cut,
        "places": "" if found.is_cut else _places(*found.records),
        "newest": query.newest,
        "other_order": address.but(order=None if query.newest else "newest"),
        "instead": query.words.typed if search_request.is_corrected else "",
        "exact": address.but(exact="1"),
    }


def nothing(search_request: SearchRequest) -> dict:
    """The context when nothing was found: similar queries that would find something."""
    query = search_request.query
    near = [_nearby(search_request, each, number) for each, number in would_be_found(query, search_request.user)]
    return {
        **_filters(search_request),
        "terms": [each.typed for each in query.words.asked],
        "near": near,
        "narrowed": query.is_narrowed,
        "everything": f"{readable(query, search_request.user).count():,}",
    }


def _nearby(search_request: SearchRequest, query: SearchQuery, number: str) -> Nearby:
    address = search_request.address
    if query.words == search_request.query.words:
        return Nearby(str(address.without(*FILTERS)), f"{number} without the filters", "all the words")
    note = "with the same filters" if search_request.query.is_narrowed else ""
    return Nearby(str(address.but(q=query.words.typed)), f"{number} with {query.words.typed} alone", note)


def _places(tracked: int, others: int) -> str:
    """ "in 12 recommendations and 6 other records"."""
    parts = []
    if tracked:
        parts.append(f"{tracked:,} recommendation{'' if tracked == 1 else 's'}")
    if others:
        other = "other " if tracked else ""
        parts.append(f"{others:,} {other}record{'' if others == 1 else 's'}")
    return f"in {' and '.join(parts)}"


def _filters(search_request: SearchRequest) -> dict:
    """Counts by kind, and the other filters; each option with the number of results under all the others, if known."""
    return {
        "kinds": list(_kinds(search_request)),
        "filters": [each for each in _boxes(search_request) if each.options],
        "between_boxes": [(search_request.between["start"], "from"), (search_request.between["end"], "to")],
        "times": _times(search_request),
        "no_filters": search_request.address.without(*FILTERS),
        "kept_by_filters": [
            pair for pair in search_request.address.pairs if pair[0] not in FILTERS or pair[0] == "kind"
        ],
        "chosen": search_request.query.is_narrowed,
    }


def _kinds(search_request: SearchRequest) -> Iterator[KindCount]:
    found, address = search_request.answer, search_request.address
    all_of_them = found.count_text(sum(found.kinds.values()), "kind")
    yield KindCount(all_of_them, "all", str(address.but(kind=None)), not search_request.query.kind)
    for kind in SearchKind:
        number = found.kinds.get(kind, 0)
        told = found.count_text(number, "kind")
        if number or not told:
            words = ONE_OF[kind] if told == "1" else kind.label
            words = status_of(words, SEVERAL) if search_request.is_mixed else words
            yield KindCount(told, words, str(address.but(kind=kind)), search_request.query.kind == kind)


def _speaker_boxes(search_request: SearchRequest) -> Filter:
    query, found = search_request.query, search_request.answer
    numbers = {each: found.count_text(found.speakers.get(each, 0), "speaker") for each in Speaker}
    boxes = [Option(each, _speaks(search_request, each), each in query.speakers, numbers[each]) for each in Speaker]
    return Filter("who", "Who said it", boxes)


def _boxes(search_request: SearchRequest) -> Iterator[Filter]:
    query, found = search_request.query, search_request.answer
    yield _speaker_boxes(search_request)
    yield _force_boxes(search_request)
    if search_request.is_mixed:
        keys = [key for key in search_request.sources if found.sources.get(key) or key in query.sources]
        counts = [
            (key, search_request.sources[key], found.count_text(found.sources.get(key, 0), "source")) for key in keys
        ]
        yield Filter("source", "Source", [Option(key, name, key in query.sources, many) for key, name, many in counts])
    named = [
        (pk, name, found.count_text(found.inspections[pk], "inspection"))
        for pk, name in search_request.inspections.items()
    ]
    listed = [
        Option(str(pk), f"{name} ({number})" if number else name, pk == query.inspection) for pk, name, number in named
    ]
    yield Filter("inspection", "Inspection", listed, is_list=True)


def _force_boxes(search_request: SearchRequest) -> Filter:
    """The forces, on a past day under the names that they had then."""
    query, found = search_request.query, search_request.answer
    if query.past:
        prefetch_related_objects(search_request.forces, "former_details")
    names = [force.details_on(query.day) if query.past else force for force in search_request.forces]
    forces = [(force.slug, then.short_name, force.pk) for force, then in zip(search_request.forces, names, strict=True)]
    forces += [(NONE, "No force", NO_FORCE)] if forces else []
    boxes = [
        Option(slug, name, pk in query.forces, found.count_text(found.forces.get(pk, 0), "force"))
        for slug, name, pk in forces
    ]
    return Filter("force", "Force", boxes)


def _speaks(search_request: SearchRequest, speaker: Speaker) -> str:
    """The label of a speaker; the inspectorate is called "Source" if the office also follows other sources."""
    return SEVERAL if speaker == Speaker.INSPECTORATE and search_request.is_mixed else str(speaker.label)


def _times(search_request: SearchRequest) -> list[Option]:
    found = search_request.answer
    return [
        Option(value, label, value == search_request.query.when, found.count_text(found.times[value], "age"))
        for value, label in TIMES.items()
    ]
