"""The search over everything that a user may read: a box on every page, one page of results."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recommendations.domain.search.find import record_of
from recommendations.permissions import May, allow
from recommendations.views.search.page import nothing, page_context, results
from recommendations.views.search.search_request import SearchRequest
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.SEE_PAPERS)
def search(request: AuthenticatedRequest) -> HttpResponse:
    """The results, grouped by kind or of one kind; a query that is just a reference opens its recommendation."""
    asked = SearchRequest(request)
    if (asked.as_at is not None and asked.as_at.errors) or not asked.typed.words:
        return render(request, "search/start.html", page_context(asked))
    if (record := record_of(asked.typed, request.user)) is not None:
        return redirect(record.address)
    context = page_context(asked) | (results(asked) if asked.found.count() else nothing(asked))
    return render(request, "search/page.html", context)
