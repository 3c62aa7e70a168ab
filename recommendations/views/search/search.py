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
    search_request = SearchRequest(request)
    if (search_request.as_at is not None and search_request.as_at.errors) or not search_request.typed.words:
        return render(request, "search/start.html", page_context(search_request))
    if (record := record_of(search_request.typed, request.user)) is not None:
        return redirect(record.address)
    context = page_context(search_request) | (
        results(search_request) if search_request.answer.count() else nothing(search_request)
    )
    return render(request, "search/page.html", context)
