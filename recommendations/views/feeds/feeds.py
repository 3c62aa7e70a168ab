"""Tables for Power BI, Excel and LibreOffice to fetch by address, as CSV.
Authentication is a personal token, as the password of basic authentication or as a bearer token (middleware/tokens.py).
The query parameters are those of the register.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.formats.csv_file import csv_pieces
from recommendations.domain.feeds.tables import FeedQuestion, FeedTable
from recommendations.forms.feeds.question import NotUnderstood, check_question
from recommendations.middleware.tokens import problem
from recommendations.permissions import allow, require_token
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.requests import AuthenticatedRequest

TAKEN = "read_feed"
MOST_LETTERS = 400  # the longest `about` of a trail entry
CSV = "text/csv; charset=utf-8"


def csv_view(table: FeedTable) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view that returns a table as CSV, streamed row by row, so that memory does not grow with their number."""

    @require_safe
    @allow(table.may)
    @require_token(table.scope)
    def table_as_csv(request: AuthenticatedRequest) -> HttpResponseBase:
        try:
            asked = _feed_question(request, table)
        except NotUnderstood as wrong:
            return _private(problem(400, wrong.message))
        if request.method == "HEAD":
            return _csv_download(HttpResponse(content_type=CSV), table)
        _note(request, f"{table.name} as CSV")
        return _csv_download(
            StreamingHttpResponse(
                csv_pieces([field.heading for field in table.fields], table.rows(asked)), content_type=CSV
            ),
            table,
        )

    return table_as_csv


def _feed_question(request: AuthenticatedRequest, table: FeedTable) -> FeedQuestion:
    """The parsed request. Raises NotUnderstood."""
    read = RegisterRequest(request)
    check_question(request.GET, read.address, read.as_at, of_register=table.of_register)
    return FeedQuestion(read.query, request.user, read.rule, read.words, settings.ORIGIN)


def _note(request: AuthenticatedRequest, what: str) -> None:
    """Record the download in the trail, as for downloads by a person."""
    assert request.api_token  # by_token
    about = f"{what}, token {request.api_token.prefix}: {request.GET.urlencode(safe='/:') or 'all'}"
    trail.record(by=request.user, at=timezone.now(), verb=TAKEN, about=about[:MOST_LETTERS])


def _csv_download[Answer: HttpResponseBase](answer: Answer, table: FeedTable) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{table.slug}.csv"'
    return _private(answer)


def _private[Answer: HttpResponseBase](answer: Answer) -> Answer:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
