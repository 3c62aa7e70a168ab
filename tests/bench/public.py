"""The public pages of an office that has published for twelve years, and of the largest response that anybody wrote.

Written in bulk, as tests/bench/data.py: only a measurement may.
"""

import datetime

from django.urls import reverse

from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.dataclass_json import to_json
from recommendations.enums import InspectionKind, ResponseState
from recommendations.models import (
    Inspection,
    InspectionForce,
    PolicingBody,
    PublishedText,
    Response,
    ResponseInspection,
    ResponseVersion,
)
from tests.bench.costs import verdict
from tests.bench.data import Office, tidy, write
from tests.bench.server import Browser, Server
from tests.bench.timing import HEAD, Page, line, measure
from tests.bench.words import paragraph

RESPONSES, ITEMS = 600, 8
PAGES, LETTERS, MOST_ITEMS = 200, 3_000, 200  # of the largest: as many pages of narrative, as many recommendations
MOST_QUERIES = 3


def bench_public(server: Server, office: Office, requests: int, save) -> None:
    """Load, measure, print."""
    largest = _load(office)
    pages = _pages(server, largest, office.forces[0].slug)
    measure(pages, requests, save)
    print(f"\n{RESPONSES:,} published responses, asked for as nobody, {requests} times each.\n\n{HEAD}")
    for page in pages:
        queries = max(answer.statements for answer in page.first)
        print(f"{line(page)}  aim {MOST_QUERIES} statements: {verdict(queries, MOST_QUERIES)}")


def _pages(server: Server, largest: Response, force: str) -> list[Page]:
    usual = Response.objects.exclude(pk=largest.pk).earliest("pk")
    listed = reverse("public_responses")
    nobody = [
        ("public list, first page", listed),
        ("public list, searched", f"{listed}?q=missing+children"),
        ("public list, by year and force", f"{listed}?year={usual.year}&force={force}"),
        ("a response", usual.get_public_url()),
        (f"the largest, {PAGES} pages of narrative", largest.get_public_url()),
        ("Atom feed", reverse("public_feed")),
        ("JSON", reverse("public_json")),
        ("CSV", reverse("public_csv")),
    ]
    return [Page(name, address, Browser(server)) for name, address in nobody]


def _load(office: Office) -> Response:
    """All responses, the largest last. Returns that one."""
    body = PolicingBody.objects.earliest("pk")
    days = [office.today - datetime.timedelta(days=7 * each + 60) for each in range(RESPONSES)]
    reports = write([_report(number, day) for number, day in enumerate(days)])
    forces = office.forces[:2]
    write([InspectionForce(inspection=report, force=force) for report in reports for force in forces])
    responses = write([_response(body, report) for report in reports])
    write([ResponseInspection(response=each, inspection=of) for each, of in zip(responses, reports, strict=True)])
    versions = write([_version(body, each, of) for each, of in zip(responses, reports, strict=True)])
    texts = [_text(office, body, report, largest=report is reports[-1]) for report in reports]
    write([_kept(version, text) for version, text in zip(versions, texts, strict=True)])
    tidy()
    return responses[-1]


def _report(number: int, day: datetime.date) -> Inspection:
    return Inspection(
        title=f"A public report, {number}", short_name=f"P {number}", kind=InspectionKind.THEMATIC, published_on=day
    )


def _response(body: PolicingBody, report: Inspection) -> Response:
    slug = report.title.lower().replace(", ", "-").replace(" ", "-")
    return Response(
        body=body, title=report.title, state=ResponseState.PUBLISHED, year=_answered(report).year, slug=slug
    )


def _answered(report: Inspection) -> datetime.date:
    return report.published_on + datetime.timedelta(days=50)


def _version(body: PolicingBody, response: Response, report: Inspection) -> ResponseVersion:
    at = datetime.datetime.combine(_answered(report), datetime.time(12), tzinfo=datetime.UTC)
    return ResponseVersion(response=response, body_name=body.name, published_on=_answered(report), recorded_at=at)


def _kept(version: ResponseVersion, text: ResponseText) -> PublishedText:
    return PublishedText(
        of=version,
        heading=text.heading,
        text=to_json(text),
        sha256=f"{version.pk:064}",
    )


def _text(office: Office, body: PolicingBody, report: Inspection, *, largest: bool) -> ResponseText:
    """Five paragraphs and eight recommendations of 600 letters each; or pages and pages, with a footnote on each."""
    dice = office.dice
    many = PAGES if largest else 1
    paragraphs = [paragraph(dice, 600) for _ in range(LETTERS // 600 * many)]
    marked = [f"{words}[^{n}]" if n % 5 == 0 else words for n, words in enumerate(paragraphs, start=1)]
    notes = [f"[^{n}]: See <https://example.org/{n}>." for n in range(5, len(paragraphs) + 1, 5)]
    return ResponseText(
        title=report.title,
        inspectorate="HMICFRS",
        kind_words="thematic inspection",
        body_name=body.name,
        comment_label="OPCC comment",
        report_on=report.published_on,
        last_day=report.published_on + datetime.timedelta(days=55),
        forces=tuple(force.name for force in office.forces[:2]),
        published_on=_answered(report),
        markdown="\n\n".join([*marked, *notes]),
        items=tuple(_item(dice, number) for number in range(1, (MOST_ITEMS if largest else ITEMS) + 1)),
        chief_officers=tuple(ChiefOfficer(force=force.name, text=paragraph(dice, 600)) for force in office.forces[:2]),
    )


def _item(dice, number: int) -> ResponseItem:
    return ResponseItem(
        anchor=f"recommendation-{number}",
        label=f"Recommendation {number}",
        kind="recommendation",
        number=str(number),
        text=paragraph(dice, 600),
        action="proposed",
        comment=paragraph(dice, 600),
    )
