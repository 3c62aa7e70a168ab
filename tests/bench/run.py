"""The measurement from an empty database to the tables."""

import datetime
import json
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from recommendations.models import ScrutinyReport, Standing
from recommendations.periods import london_day, recent_quarters
from tests.bench import pdf, plain, response, sheets
from tests.bench.data import Office, Size, file_papers, load, tidy, write
from tests.bench.public import bench_public
from tests.bench.server import Browser, Program, Server, serving
from tests.bench.statements import PLANS
from tests.bench.timing import HEAD, Page, line, measure
from tests.bench.work import bench_work, saver

BEYOND_AN_OFFICE, LARGE = 10_000, 100_000  # lines from which on a page, and a search, may take longer
DATED_EACH = 10  # dated rows of each line
BUSIEST = 5
SLIGHT = 0.5  # milliseconds of planning that are worth no line
BARE = "bare view"
TIMES_DRAFT = 25  # the bare view: it is compiled at each look
# Of its few words each stands in a seventh of all entries, and two of them in four of five recommendations; a chief
# officer's name in a fiftieth of all entries.
SEARCHES = {
    "two words": "missing+children",
    "one kind": "missing&kind=update&order=newest",
    "a name": "hale",
    "a force and a word": "Birchshire+victims",
}


@override_settings(ROOT_URLCONF="tests.bench.plain")
def run(chosen) -> None:
    """Load, measure, print. `chosen` are the arguments of the command line."""
    call_command("migrate", verbosity=0, skip_checks=True)
    office = loaded(Size(forces=chosen.forces, tracked=chosen.tracked, dated=chosen.tracked * DATED_EACH))
    draft = _draft(office)
    if not chosen.no_pages:
        with serving() as server:
            _bench_pages(server, office, draft, chosen)
            bench_work(server, office, draft)
            bench_public(server, office, chosen.requests, saver(office))
    if not chosen.no_sheets:
        sheets.bench_sheets(office.today)
    if not chosen.no_pdf:
        for count, runs in pdf.RUNS.items():
            print()
            pdf.bench_pdf(count, runs)
        for name, paragraphs in response.SIZES:
            print()
            response.bench_response(name, paragraphs)


def loaded(size: Size) -> Office:
    """An office of a size in the empty database, which is vacuumed and analysed."""
    start = time.perf_counter()
    office = load(size, london_day(timezone.now()))
    tidy()
    seconds = time.perf_counter() - start
    print(
        f"{size.tracked:,} tracked recommendations over {size.forces} forces with {size.dated:,} dated rows, "
        f"{Standing.objects.now().open().count():,} open, "
        f"on {connection.display_name}, loaded in {seconds:.0f} s.",
        flush=True,
    )
    return office


def _draft(office: Office) -> ScrutinyReport:
    """The draft of a force's paper of the last quarter, after that of the quarter before."""
    _, period, earlier = recent_quarters(office.today, 3)
    file_papers([office.one_force], earlier, timezone.now())
    facts = {"start": period.start, "end": period.end, "prepared_at": timezone.now()}
    return write([ScrutinyReport(force=office.one_force, **facts)])[0]


def _bench_pages(server: Server, office: Office, draft: ScrutinyReport, chosen) -> None:
    pages, save = _pages(server, office, draft), saver(office)
    measure(pages, chosen.requests, save)
    print(f"\n{chosen.requests} requests for each page, in turn. “First” is right after a save.\n\n{HEAD}")
    for page in pages:
        print(line(page, pages[0]), flush=True)
    if connection.vendor == "postgresql":
        _print_plans(pages, save, chosen.plans)


def _pages(server: Server, office: Office, draft: ScrutinyReport) -> list[Page]:
    """The bare view; the register from several sides, a record, the first page, a draft."""
    officer = Browser(server, office.officer)
    most = 2.5 if office.size.tracked < BEYOND_AN_OFFICE else 8
    found_within = 200 if office.size.tracked >= LARGE else 100
    busiest = Standing.objects.now().open().filter(target_moves=3).earliest("tracked").tracked
    register, force = reverse("register"), office.one_force.slug
    last = (Standing.objects.now().open().count() - 1) // plain.A_PAGE + 1
    past = office.today - datetime.timedelta(days=200)
    return [
        Page(BARE, reverse("bare"), officer),
        Page("register, first page", register, officer, most),
        Page("register, last page", f"{register}?page={last}", officer, most),
        Page("register, filtered", f"{register}?force={force}&rag=red&rag=amber", officer, most),
        Page("register, searched for a name", f"{register}?q={SEARCHES['a name']}", officer, most),
        Page("register, for two words of most", f"{register}?q={SEARCHES['two words']}", officer, most),
        *[
            Page(f"search, {name}", f"{reverse('search')}?q={asked}", officer, within=found_within)
            for name, asked in SEARCHES.items()
        ],
        Page("register, as at a past day", f"{register}?as_at={past}", officer, most),
        Page(
            "the API, a list of 1,000", f"{reverse('api_register')}?show=all&size=1000", Program(server, office.officer)
        ),
        Page("a record with its history", busiest.get_absolute_url(), officer, most),
        Page("the first page", reverse("home"), officer, most),
        Page("a draft paper’s page", draft.get_absolute_url(), officer, TIMES_DRAFT),
    ]


def _print_plans(pages: list[Page], save, plans: bool) -> None:
    """The statements whose planning takes longer than their execution; and of the busiest, if asked, the plans."""
    found = {}
    for page in pages:
        save()
        with tempfile.NamedTemporaryFile() as file:
            page.browser.ask(page.address, **{PLANS: file.name})
            for sql, planning, execution, plan in json.loads(Path(file.name).read_text()):
                found.setdefault(sql, (planning, execution, plan, page.name))
    print("\nStatements whose planning takes longer than their execution (milliseconds of both):\n")
    for sql, (planning, execution, _, name) in sorted(found.items(), key=lambda each: -each[1][0]):
        if planning > max(execution, SLIGHT):
            print(f"{planning:7.2f}{execution:7.2f}  {name:28}{len(sql):6} letters  {sql[:120]}")
    if plans:
        for sql, (_, _, plan, name) in sorted(found.items(), key=lambda each: -sum(each[1][:2]))[:BUSIEST]:
            print(f"\n{name}: {sql}\n{plan}")
