"""The measurement from an empty database to the tables."""

import cProfile
import datetime
import pstats
import time

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.writing.trail_cache import forget
from recommendations.models import TrackedRecommendation
from recommendations.periods import london_day
from tests.bench import compiling, pdf, plain, response, sheets
from tests.bench.data import Office, Size, load, tidy
from tests.bench.public import bench_public
from tests.bench.timing import Page, measure, p50, p95

TIMES_BARE, MOST_QUERIES = 1.5, 12
BARE, ADMIN = "bare view", "admin’s list"


@override_settings(ROOT_URLCONF="tests.bench.plain")
def run(chosen) -> None:
    """Load, measure, print. `chosen` are the arguments of the command line."""
    call_command("migrate", verbosity=0, skip_checks=True)
    office = loaded(Size())
    pages = _pages(office)
    if chosen.profile:
        _profile(next(page for page in pages if page.name == chosen.profile))
        return
    if not chosen.no_pages:
        measure(pages, chosen.requests)
        _print(pages, chosen.requests)
        bench_public(office, chosen.requests)
    if not chosen.no_sheets:
        sheets.bench_sheets(office.today)
    if not chosen.no_pdf:
        for count, runs in pdf.RUNS.items():
            print()
            pdf.bench_pdf(count, runs)
        for name, paragraphs in response.SIZES:
            print()
            response.bench_response(name, paragraphs)
    if not chosen.no_compiling:
        compiling.bench_apart(sqlite=chosen.sqlite)


def loaded(size: Size) -> Office:
    """An office of a size in the empty database, which is vacuumed and analysed."""
    start = time.perf_counter()
    office = load(size, london_day(timezone.now()))
    tidy()
    seconds = time.perf_counter() - start
    print(
        f"{size.tracked:,} tracked recommendations over {size.forces} forces with {size.dated:,} dated rows, "
        f"on {connection.display_name}, loaded in {seconds:.0f} s.",
        flush=True,
    )
    return office


def _pages(office: Office) -> list[Page]:
    """The register from several sides, a record, and what they are measured beside."""
    officer, administrator = signed_in(office.officer), signed_in(office.administrator)
    busiest = TrackedRecommendation.objects.filter(target_moves=3, closed_on=None).earliest("pk")
    register, force = reverse("register"), office.forces[3].slug
    last = (TrackedRecommendation.objects.filter(closed_on=None).count() - 1) // plain.A_PAGE + 1
    past = office.today - datetime.timedelta(days=200)
    return [
        Page(BARE, reverse("bare"), officer),
        Page("register, first page", register, officer),
        Page("register, last page", f"{register}?page={last}", officer),
        Page("register, filtered", f"{register}?force={force}&rag=red&rag=amber", officer),
        Page("register, searched", f"{register}?q=missing+children", officer),
        Page("register, as at a past day", f"{register}?as_at={past}", officer),
        Page("a record", busiest.get_absolute_url(), officer),
        Page(ADMIN, reverse("bench:recommendations_trackedrecommendation_changelist"), administrator),
    ]


def signed_in(person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend="recommendations.sign_in.EmailBackend")
    return client


def _print(pages: list[Page], requests: int) -> None:
    costs = {page.name: page for page in pages}
    print(f"\n{requests} requests for each page, in turn, through all middleware. Milliseconds; “first” is the first")
    print("request after something was saved, “again” one after that.\n")
    print(f"{'':27}      first           again                        again beside")
    print(f"{'':27}   p50    p95      p50    p95   queries    KB   the bare view, the admin")
    for page in pages:
        times = f"{p50(page.first):6.1f} {p95(page.first):6.1f}   {p50(page.again):6.1f} {p95(page.again):6.1f}"
        ratios = "   ".join(f"{p50(page.again) / p50(costs[name].again):5.2f}" for name in (BARE, ADMIN))
        print(f"{page.name:27}{times}   {page.queries:7} {page.kilobytes:5.0f}   {ratios}   {_verdict(page, costs)}")
    print(
        f"\nAims: each page of the register at most {TIMES_BARE} times the bare view and ahead of the admin; "
        f"at most {MOST_QUERIES} queries."
    )


def _verdict(page: Page, costs: dict[str, Page]) -> str:
    """What a page misses: on the first request too, said apart."""
    if page.name in (BARE, ADMIN):
        return ""
    missed = [f"{page.queries} queries"] if page.queries > MOST_QUERIES else []
    if page.name.startswith("register"):
        for when in ("first", "again"):
            ratio = p50(getattr(page, when)) / p50(getattr(costs[BARE], when))
            missed += [f"{when}: {ratio:.1f} times the bare view"] if ratio > TIMES_BARE else []
            missed += [f"{when}: behind the admin"] if p50(getattr(page, when)) > p50(costs[ADMIN].again) else []
    return "; ".join(missed) or "aims met"


def _profile(page: Page, most: int = 40) -> None:
    """Say where the time of one page goes: each query with its plan, and the functions that took longest."""
    page.ask()
    forget()
    with CaptureQueriesContext(connection) as captured:
        page.ask()
    for query in captured.captured_queries:
        print(f"\n{float(query['time']) * 1000:.1f} ms  {query['sql']}")
        if query["sql"].lstrip().upper().startswith(("SELECT", "WITH")):
            print(plan(query["sql"]))
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(10):
        forget()
        page.ask()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(most)


def plan(sql: str) -> str:
    """How the database answers a query, with what it took."""
    explain = "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(f"    {row[-1]}" for row in cursor.fetchall())
