"""Tables for Power BI, Excel and LibreOffice to fetch by address, as CSV and as OData.
Authentication is a personal token, as the password of basic authentication or as a bearer token (middleware/tokens.py).
The query parameters are those of the register.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.feeds import odata
from recommendations.documents.register.spreadsheet import csv_pieces
from recommendations.domain.feeds import tables
from recommendations.domain.feeds.tables import FeedQuestion, FeedTable
from recommendations.domain.people.api_tokens import may_use
from recommendations.forms.feeds.odata import NotUnderstood, ODataQuestion, read_question
from recommendations.forms.feeds.question import check_question
from recommendations.permissions import May, allow, by_token
from recommendations.views.register.request_query import RegisterRequest

PAGE = 1_000  # rows, plus those at the same place as the last one
TAKEN = "read_feed"
MOST_LETTERS = 400  # the longest `about` of a trail entry
SCOPES = dict.fromkeys(table.scope for table in tables.TABLES)  # with any of which something can be read
CSV = "text/csv; charset=utf-8"


def csv_view(table: FeedTable) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view that returns a table as CSV."""

    @require_safe
    @allow(table.may)
    @by_token(table.scope)
    def table_as_csv(request: HttpRequest) -> HttpResponseBase:
        return _csv(request, table)

    return table_as_csv


def odata_view(table: FeedTable) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view that returns a page of a table as OData."""

    @require_safe
    @allow(table.may)
    @by_token(table.scope)
    def table_as_odata(request: HttpRequest) -> HttpResponseBase:
        return _rows(request, table)

    return table_as_odata


def _csv(request, table: FeedTable) -> HttpResponseBase:
    """A table as CSV, streamed row by row, so that memory does not grow with the number of rows."""
    try:
        asked = _asked(request, table)
    except NotUnderstood as wrong:
        return _refused(wrong)
    if request.method == "HEAD":
        return _dressed(HttpResponse(content_type=CSV), table)
    _note(request, f"{table.name} as CSV")
    rows = (values for _, values in table.rows(asked, 0))
    return _dressed(StreamingHttpResponse(csv_pieces(rows, table.fields), content_type=CSV), table)


def _rows(request, table: FeedTable) -> HttpResponse:
    """A page of a table as OData, with the address of the next."""
    try:
        asked, question = _asked(request, table), read_question(request.GET.dict(), table.fields)
    except NotUnderstood as wrong:
        return _refused(wrong)
    if request.method != "HEAD" and not question.after:
        _note(request, f"{table.name} as OData")
    rows, last = _page(table, asked, question)
    link = _next(request, question, len(rows), last) if last is not None else ""
    return _odata(odata.page(_root(), table.name, table.fields, rows, chosen=question.chosen, next_link=link))


@require_safe
@allow(May.SEE_PAPERS)
@by_token(*SCOPES)
def odata_service(request):
    """The tables that this user and this token's scopes may read."""
    return _odata(odata.service(_root(), (table.name for table in _readable(request))))


@require_safe
@allow(May.SEE_PAPERS)
@by_token(*SCOPES)
def odata_metadata(request):
    """The columns of these tables and their types."""
    found = odata.metadata((table.name, table.fields) for table in _readable(request))
    return _odata(found, kind=odata.XML)


def _readable(request) -> Iterator[FeedTable]:
    return (
        each for each in tables.TABLES if request.user.has_perm(each.may) and may_use(request.api_token, each.scope)
    )


def _asked(request, table: FeedTable) -> FeedQuestion:
    """The parsed request. Raises NotUnderstood."""
    read = RegisterRequest(request)
    check_question(request.GET, read.address, read.as_at, of_register=table.of_register)
    return FeedQuestion(read.query, request.user, read.rule, read.words, settings.ORIGIN)


def _page(table: FeedTable, asked: FeedQuestion, question: ODataQuestion) -> tuple[list[tuple[Any, ...]], int | None]:
    """The rows of a page, and the place of its last row if more may follow, otherwise None."""
    found: list[tuple[Any, ...]] = []
    skip, before = question.skip, question.after
    for place, values in table.rows(asked, question.after):
        if len(found) == question.top:
            return found, None
        if len(found) >= PAGE and place != before:
            return found, before
        before = place
        if question.holds(values):
            if skip:
                skip -= 1
            else:
                found.append(values)
    return found, None


def _next(request, question: ODataQuestion, given: int, last: int) -> str:
    """The address of the next page: the same query, after the last place."""
    asked = request.GET.copy()
    for name in ("$skip", "$top", "$skiptoken"):
        asked.pop(name, None)
    if question.top is not None:
        asked["$top"] = str(question.top - given)
    asked["$skiptoken"] = str(last)
    return f"{settings.ORIGIN}{request.path}?{asked.urlencode(safe='$')}"


def _root() -> str:
    return f"{settings.ORIGIN}{reverse('odata')}"


def _note(request, what: str) -> None:
    """Record the download in the trail, as for downloads by a person."""
    about = f"{what}, token {request.api_token.prefix}: {request.GET.urlencode(safe='$/:') or 'all'}"
    trail.record(by=request.user, at=timezone.now(), verb=TAKEN, about=about[:MOST_LETTERS])


def _refused(wrong: NotUnderstood) -> HttpResponse:
    return _odata(odata.error(wrong.status, wrong.message), status=wrong.status)


def _odata(content: bytes, kind: str = odata.JSON, status: int = 200) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind, status=status)
    answer["OData-Version"] = "4.0"
    return _private(answer)


def _dressed[Answer: HttpResponseBase](answer: Answer, table: FeedTable) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{table.slug}.csv"'
    return _private(answer)


def _private[Answer: HttpResponseBase](answer: Answer) -> Answer:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
