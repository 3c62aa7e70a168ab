"""A parsed search request: its query, its results and its address."""

import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.domain.search.spelling import correct_spelling
from recommendations.domain.sources.naming import is_mixed, label_of
from recommendations.domain.sources.queries import sources
from recommendations.forms.register.query_string import Address, PastDayForm
from recommendations.forms.search.query_string import (
    BetweenForm,
    address_of,
    period_form,
    read_search,
)
from recommendations.models import Force, Inspection
from recommendations.views.site.requests import AuthenticatedRequest


class SearchRequest:
    """A search and its results. Each part is computed once, when it is needed."""

    def __init__(self, request: AuthenticatedRequest) -> None:
        self.user, self.params = request.user, request.GET

    @cached_property
    def today(self) -> datetime.date:
        return localdate()

    @cached_property
    def as_at(self) -> PastDayForm | None:
        """The form of the requested past day, with what was typed; None if no day is requested."""
        return PastDayForm(self.params, today=self.today) if "as_at" in self.params else None

    @cached_property
    def between(self) -> BetweenForm:
        return period_form(self.params)

    @cached_property
    def forces(self) -> list[Force]:
        """The forces to filter by; empty if this user sees only one."""
        found = list(Force.objects.visible_to(self.user)) if self.user.has_perm("see_register") else []
        return found if len(found) > 1 else []

    @cached_property
    def sources(self) -> dict[str, str]:
        """Source key → label. One query."""
        return {key: label_of(key, each.word) for key, each in sources().items()}

    @cached_property
    def is_mixed(self) -> bool:
        """Whether a result belongs to another source than HMICFRS, or the query filters by source."""
        return bool(self.query.sources) or is_mixed(key for _, key in self._inspections_with_results)

    @cached_property
    def typed(self) -> SearchQuery:
        """The query as typed."""
        day = self.as_at.cleaned_data["as_at"] if self.as_at and self.as_at.is_valid() else None
        forces = {force.slug: force.pk for force in self.forces}
        past = day is not None and day < self.today
        about: dict[str, Any] = {"day": day or self.today, "past": past, "between": self.between.between}
        return read_search(self.params, forces, **about, sources=self.sources if "source" in self.params else ())

    @cached_property
    def query(self) -> SearchQuery:
        """The query that is run: as typed or, if that finds nothing, with corrected spelling."""
        if "exact" in self.params or self._typed_answer.count() or SearchAnswer(self.typed.wide(), self.user).count():
            return self.typed
        return correct_spelling(self.typed, self.user) or self.typed

    @cached_property
    def _typed_answer(self) -> SearchAnswer:
        return SearchAnswer(self.typed, self.user)

    @property
    def is_corrected(self) -> bool:
        return self.query.words != self.typed.words

    @cached_property
    def answer(self) -> SearchAnswer:
        return self._typed_answer if self.query is self.typed else SearchAnswer(self.query, self.user)

    @cached_property
    def inspections(self) -> dict[int, str]:
        """Id → name of the inspections with results."""
        return dict(name for name, _ in self._inspections_with_results)

    @cached_property
    def _inspections_with_results(self) -> list[tuple[tuple[int, str], str]]:
        """((id, name), source key) of each inspection with results."""
        # without visible_to: inspections of entries that this user may read
        found = Inspection.on_file.filter(pk__in=[pk for pk in self.answer.inspections if pk])
        named = found.order_by("short_name", "title").values_list("pk", "short_name", "title", "source")
        return [((pk, f"{short_name}: {title}"), source) for pk, short_name, title, source in named]

    @cached_property
    def address(self) -> Address:
        return address_of(reverse("search"), self.params)
