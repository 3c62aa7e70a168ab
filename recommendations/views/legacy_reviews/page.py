"""The page of a legacy review: how far it is, the register's filters, and its recommendations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.legacy_reviews.queries import LegacyLines, read_lines
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.rows import RegisterRow
from recommendations.enums import ClosureState
from recommendations.enums.legacy_reviews import LegacyVerdict
from recommendations.forms.register.query_string import FILTERS, NARROWED, Address
from recommendations.models import LegacyJudgement, LegacyReview
from recommendations.views.register.filters import filter_chips, filters_of, more_filters, open_filters
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.requests import AuthenticatedRequest

PAGE_SIZE = 50
JUDGED, TO_JUDGE, ALL = "judged", "to_judge", "all"
CLOSURES = {
    ClosureState.REQUESTED: "waits for a decision",
    ClosureState.DECLINED: "closure not approved",
    ClosureState.REOPENED: "open again",
}


class ReviewRequest(RegisterRequest):
    """A request to the page of a review: the register's filters on its recommendations, closed ones too."""

    as_at = None
    views = ()  # type: ignore[assignment]  # no saved view opens here

    def __init__(self, request: AuthenticatedRequest, review: LegacyReview, params: QueryDict | None = None) -> None:
        super().__init__(request, params)
        self.path, self.review = reverse("legacy_review", args=[review.pk]), review

    @cached_property
    def lines(self) -> LegacyLines:
        return read_lines(self.review)

    @cached_property
    def query(self) -> RegisterQuery:
        return replace(super().query, show=CountedRows.ALL, one_line=False, sort="reference", descending=False)

    @cached_property
    def judged(self) -> str:
        """Which to show: those to judge, those of one verdict, or all."""
        asked = self.params.get(JUDGED, "")
        return asked if asked in (TO_JUDGE, ALL, *LegacyVerdict.values) else self.first

    @property
    def first(self) -> str:
        """What is shown at first: what is to be judged, while there is any."""
        return TO_JUDGE if self.lines.to_judge else ALL

    @cached_property
    def shown_ids(self) -> frozenset[int]:
        if self.judged == TO_JUDGE:
            return frozenset(self.lines.to_judge)
        if self.judged == ALL:
            return frozenset((*self.lines.to_judge, *self.lines.judged))
        return frozenset(self.lines.having(self.judged))

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.query, self.user, self.rule, only=tuple(sorted(self.shown_ids)))

    @cached_property
    def address(self) -> Address:
        kept = super().address.without("show", "sort")
        return kept.but(**{JUDGED: self.judged}) if self.judged != self.first else kept


@dataclass(frozen=True)
class ReviewRow:
    """A recommendation of a review, and its judgement."""

    row: RegisterRow
    judgement: LegacyJudgement | None

    @property
    def closure(self) -> str:
        """What became of the closure that was asked for, in words; "" if it is closed, or none was."""
        closure = self.judgement.closure if self.judgement else None
        return CLOSURES.get(ClosureState(closure.state), "") if closure else ""


@dataclass(frozen=True)
class ShowLink:
    """A link that shows part of the list, with the number of its recommendations."""

    label: str
    number: int
    url: str
    current: bool


def review_context(request: AuthenticatedRequest, review: LegacyReview) -> dict[str, Any]:
    """The context of the page."""
    review_request = ReviewRequest(request, review)
    page = Paginator(review_request.listing.ids, PAGE_SIZE).get_page(review_request.number("page"))
    filters = list(filters_of(review_request))
    address = review_request.address
    return {
        "review": review,
        "lines": review_request.lines,
        "shows": list(_shows(review_request)),
        "page": page,
        "rows": review_rows(review_request, tuple(page.object_list)),
        "number": f"{page.paginator.count:,}",
        "query": address.prefix.removeprefix(f"{address.path}?"),
        "list_query": str(address).partition("?")[2],
        "address": address,
        "filters": open_filters(review_request, filters),
        "more_filters": more_filters(filters),
        "kept_by_filters": [pair for pair in address.pairs if pair[0] not in {"q", *FILTERS}],
        "q": dict(address.pairs).get("q", ""),
        "chips": list(filter_chips(review_request, [each for each in filters if each.name not in ("force", "rag")])),
        "is_filtered": any(name in ("q", *FILTERS, *NARROWED) for name, _ in address.pairs),
        "no_filters": address.only(JUDGED),
    }


def review_rows(review_request: ReviewRequest, ids: tuple[int, ...]) -> list[ReviewRow]:
    """The rows with these ids, each with its judgement."""
    return [ReviewRow(row, review_request.lines.judgement_of(row.pk)) for row in review_request.rows(ids)]


def _shows(review_request: ReviewRequest) -> Iterator[ShowLink]:
    """The links to what is to be judged, to each verdict, and to all."""
    numbers = {TO_JUDGE: ("To judge", len(review_request.lines.to_judge))} if review_request.review.is_running else {}
    numbers |= {each: (each.label, review_request.lines.numbers[each]) for each in LegacyVerdict}
    numbers |= {ALL: ("All", review_request.lines.number)}
    for key, (label, number) in numbers.items():
        to = review_request.address.but(**{JUDGED: key if key != review_request.first else None})
        yield ShowLink(label, number, str(to), key == review_request.judged)
