"""The filters of the register: those that stand open above the list, those of "More filters", and the chips."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from recommendations.domain.register.filters import RecheckFilter
from recommendations.domain.register.queries import NO_RISK, CountedRows, is_left_out
from recommendations.enums import TRACKED_KINDS, Flag, Rag, RecommendationKind, Vocabulary
from recommendations.forms.register.query_string import FILTERS, NO_LEAD, WHOSE
from recommendations.sections import Section
from recommendations.views.register.filter_chips import query_chips
from recommendations.views.register.request_query import RegisterRequest

COUNTS = {
    CountedRows.OPEN: "open",
    CountedRows.OVERDUE: "overdue",
    CountedRows.NO_DATE: "no date set",
    CountedRows.PENDING: "closure asked",
    CountedRows.CLOSED: "closed",
}
LOOKS = {
    RecheckFilter.AGAIN: "To look at again",
    RecheckFilter.HELD: "It has held",
    RecheckFilter.SLIPPED: "Slipped, to be decided",
    RecheckFilter.TO_DECIDE: "Slipped, for you to decide",
}
OPEN_FILTERS = ("force", "rag")  # each option is a link above the list
# The filters of "More filters", in groups.
GROUPS = {
    "Who": ("opcc_lead", "lead"),
    "Where from": ("source", "inspection", "kind"),
    "How it stands": ("stage", "risk", "theme", "recheck"),
    "When": ("flag",),
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter. `number` is the count of rows that it would show, or "" if they are not counted."""

    value: str
    label: str
    chosen: bool
    number: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter, as links, as checkboxes or as a select list. Its options are those that some recommendation has."""

    name: str
    label: str
    options: list[Option]
    is_list: bool = False
    least: int = 2  # so many options must be in use for it to be offered

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]

    @property
    def is_offered(self) -> bool:
        """Whether there is something to choose, or to take back."""
        return len(self.options) >= self.least or bool(self.chosen)


@dataclass(frozen=True)
class FilterLink:
    """An option of a filter that stands open: the link adds it, or removes it if it is chosen."""

    label: str
    number: str
    url: str
    chosen: bool
    colour: str


def filters_of(register_request: RegisterRequest) -> Iterator[Filter]:
    """All filters, each option with the number of rows that it would show under all the others."""
    query, listing, choices = register_request.query, register_request.listing, register_request.choices
    yield _leads("opcc_lead", "OPCC lead", choices.opcc_leads, query.opcc_lead)
    if len(choices.forces) > 1:
        yield Filter("force", "Force", _force_options(register_request))
    if choices.is_mixed:
        yield _boxes("source", "Source", choices.sources, query.sources, listing.sources)
    yield Filter("rag", "RAG", _colour_options(register_request))
    flags = {
        Flag.DUE_SOON: f"Due within {register_request.rule.due_soon_days} days",
        Flag.NO_UPDATE: f"No update, {register_request.rule.no_update_days} days",
    }
    yield _boxes("flag", "Flag", flags, query.flags, listing.flags)
    stages = _in_use(register_request.words[Vocabulary.STAGE], choices.stages, query.stages)
    yield _boxes("stage", "Stage", stages, query.stages, listing.stages)
    if Section.RISK.is_on:
        yield from _risk_filters(register_request)
    kinds = {kind: RecommendationKind(kind).label for kind in TRACKED_KINDS}
    yield _list("kind", "Kind", _in_use(kinds, choices.kinds, (query.kind,)), query.kind)
    reports = {str(pk): label for pk, label in choices.inspections.items()}
    yield _list("inspection", "Inspection", reports, str(query.inspection or ""))
    yield _leads("lead", "Chief officer lead", choices.chief_officer_leads, query.chief_officer_lead)
    if Section.RECHECKS.is_on and (query.recheck or query.show in (CountedRows.CLOSED, CountedRows.ALL)):
        yield _list("recheck", "After closing", LOOKS, query.recheck)


def _in_use(words: dict, used: Collection[str], chosen: Collection[str]) -> dict:
    """Those of these options that some recommendation has, or that are chosen."""
    return {key: label for key, label in words.items() if key in used or key in chosen}


def _risk_filters(register_request: RegisterRequest) -> Iterator[Filter]:
    query, choices = register_request.query, register_request.choices
    used = {risk or NO_RISK for risk in choices.risks}
    risks = {**register_request.words[Vocabulary.RISK], NO_RISK: "Not assessed"}
    yield _list("risk", "Risk", _in_use(risks, used, (query.risk,)), query.risk)
    themes = _in_use(register_request.words[Vocabulary.THEME], choices.themes, (query.theme,))
    yield _list("theme", "Theme", themes, query.theme, least=1)  # the others have none


def _force_options(register_request: RegisterRequest) -> list[Option]:
    chosen, numbers = register_request.query.forces, register_request.listing.forces
    return [
        Option(slug, name, pk in chosen, f"{numbers.get(pk, 0):,}")
        for slug, (pk, name) in register_request.choices.forces.items()
        if pk in numbers or pk in chosen
    ]


def _colour_options(register_request: RegisterRequest) -> list[Option]:
    query, numbers = register_request.query, register_request.listing.colours
    return [
        Option(rag, register_request.rule.word(rag), rag in query.colours, f"{numbers.get(rag, 0):,}", colour=rag)
        for rag in Rag.values
        if rag in query.colours or (rag in numbers and not is_left_out(query.show, rag))
    ]


def _boxes(name: str, label: str, words: dict, chosen: tuple[str, ...], numbers: dict) -> Filter:
    options = [Option(str(key), text, key in chosen, f"{numbers.get(key, 0):,}") for key, text in words.items()]
    return Filter(name, label, options)


def _list(name: str, label: str, words: dict, chosen: str, least: int = 2) -> Filter:
    options = [Option(str(key), text, key == chosen) for key, text in words.items()]
    return Filter(name, label, options, is_list=True, least=least)


def _leads(name: str, label: str, leads: tuple[str, ...], chosen: str | None) -> Filter:
    options = [Option(lead or NO_LEAD, lead or "No lead", lead == chosen) for lead in leads]
    return Filter(name, label, options, is_list=True)


def open_filters(register_request: RegisterRequest, filters: Iterable[Filter]) -> list[tuple[str, list[FilterLink]]]:
    """The filters that stand open above the list: their labels, and a link for each option."""
    shown = [each for each in filters if each.name in OPEN_FILTERS and each.is_offered]
    return [(each.label, [_link(register_request, each, option) for option in each.options]) for each in shown]


def _link(register_request: RegisterRequest, of: Filter, option: Option) -> FilterLink:
    address = register_request.address
    to = address.without(of.name, value=option.value) if option.chosen else address.plus(of.name, option.value)
    return FilterLink(option.label, option.number, str(to), option.chosen, option.colour)


def more_filters(filters: Iterable[Filter]) -> list[tuple[str, list[Filter]]]:
    """The filters of "More filters" that are offered, in groups."""
    shown = [each for each in filters if each.is_offered]
    groups = {label: [each for each in shown if each.name in names] for label, names in GROUPS.items()}
    return [(label, group) for label, group in groups.items() if group]


def chips_of(register_request: RegisterRequest, filters: Iterable[Filter]) -> Iterator[tuple[str, str]]:
    """What narrows the list, each with the address without it."""
    query, address = register_request.query, register_request.address
    if query.mine:
        yield "Mine", str(address.without(WHOSE))
    yield from filter_chips(register_request, filters)
    if query.show != CountedRows.OPEN:
        words = f"Only {COUNTS[query.show]}" if query.show in COUNTS else "Open and closed"
        yield words, str(address.without("show"))


def filter_chips(register_request: RegisterRequest, filters: Iterable[Filter]) -> Iterator[tuple[str, str]]:
    """The chips of these filters, of filters without a control, and of the search."""
    address = register_request.address
    for each in filters:
        for option in each.chosen:
            yield f"{each.label}: {option.label}", str(address.without(each.name, value=option.value))
    yield from query_chips(register_request)
    if "q" in dict(address.pairs):
        yield f"Search: {dict(address.pairs)['q']}", str(address.without("q"))


def filters_context(register_request: RegisterRequest, *, in_tab: bool) -> dict:
    """The context of the filters. `in_tab`: a tab says whose and which rows these are, so that no chip need do so."""
    filters, address = list(filters_of(register_request)), register_request.address
    typed = {"q", "recheck", *FILTERS} - {*OPEN_FILTERS}
    closed = [each for each in filters if each.name not in OPEN_FILTERS]
    chips = filter_chips(register_request, closed) if in_tab else chips_of(register_request, closed)
    return {
        "q": dict(address.pairs).get("q", ""),
        "filters": open_filters(register_request, filters),
        "more_filters": more_filters(filters),
        "kept_by_filters": [pair for pair in address.pairs if pair[0] not in typed],
        "chips": list(chips),
    }
