"""An office that has worked for years, written in bulk: papers are filed as the years go, and the trail is whole."""

import datetime
import random
import time
from collections import deque

from django.core.management import call_command
from django.db.models import Count
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.papers.data.paper import Figures
from recommendations.models import ForceUpdate, ScrutinyReport, Standing, TrackedRecommendation
from recommendations.periods import Period, day_end, london_day, recent_quarters
from tests.bench.chained import ChainWriter, Save, saves_of_all, seal_accounts
from tests.bench.data import SINCE, Office, Size, file_papers, load, moment, tidy
from tests.bench.server import Browser, serving
from tests.bench.timing import HEAD, Page, line, measure
from tests.bench.work import saver

A_LINE = 4_900  # bytes of a filed paper for each open recommendation, as measured in the demonstration
WEEK = datetime.timedelta(days=7)  # after a quarter its paper is filed


def fill(years: int, tracked: int, saves: int, papers: int) -> Office:
    """An office of so many years, with so much a year, in the empty database, which is vacuumed and analysed."""
    start, spent = time.perf_counter(), time.process_time()
    call_command("migrate", verbosity=0, skip_checks=True)
    size = Size(forces=1, tracked=tracked * years, dated=saves * years, years=years)
    office = load(size, london_day(timezone.now()))
    seal_accounts()
    writer = ChainWriter(office.officer)
    live(office, writer, recent_quarters(office.today, papers * years + 1)[1:])
    tidy()
    print(
        f"{years} years: {size.tracked:,} recommendations, {Standing.objects.now().open().count():,} of them open, "
        f"{size.dated:,} saves, {ScrutinyReport.objects.count()} papers, {writer.count:,} entries of the trail; made "
        f"in {time.process_time() - spent:.0f} s of a processor, {time.perf_counter() - start:.0f} s by the clock.",
        flush=True,
    )
    return office


def live(office: Office, writer: ChainWriter, periods: list[Period]) -> None:
    """Write the trail up to the day of each paper, file the paper as the register stood then, and go on."""
    coming = deque((day_end(period.end) + WEEK, period) for period in sorted(periods, key=lambda each: each.end))
    for save in saves_of_all(moment(SINCE)):
        while coming and save.at > coming[0][0]:
            _file(office, writer, *coming.popleft())
        writer.add([save])
    for at, period in coming:
        _file(office, writer, at, period)
    writer.flush()


def _file(office: Office, writer: ChainWriter, at: datetime.datetime, period: Period) -> None:
    """A paper with a file as large as it would be, and its entry."""
    writer.flush()
    for paper in file_papers(office.forces, period, at, _as_large_as_filed):
        writer.add([Save(at, "finalise_paper", paper, beside=(paper.file,))])


def _as_large_as_filed(figures: Figures) -> bytes:
    return random.Random(figures.period_end.toordinal()).randbytes(A_LINE * max(len(figures.open_ids), 1))


@override_settings(ROOT_URLCONF="tests.bench.plain")
def measure_pages(office: Office, requests: int) -> None:
    """Print what pages take, right after a save and again."""
    with serving() as server:
        officer, save = Browser(server, office.officer), saver(office)
        busiest = ForceUpdate.objects.values("tracked").annotate(rows=Count("pk")).order_by("-rows", "tracked").first()
        tracked = TrackedRecommendation.objects.get(pk=busiest["tracked"])
        past = office.today - datetime.timedelta(days=200)
        pages = [
            Page("bare view", reverse("bare"), officer),
            Page("register, first page", reverse("register"), officer),
            Page("register, all, searched", f"{reverse('register')}?show=all&q=missing+children", officer),
            Page("register, as at a past day", f"{reverse('register')}?as_at={past}", officer),
            Page("a record with its history", tracked.get_absolute_url(), officer),
            Page("the first page", reverse("home"), officer),
            Page("a filed paper", ScrutinyReport.objects.latest("end").get_absolute_url(), officer),
        ]
        measure(pages, requests, save)
        print(f"\n{HEAD}")
        for page in pages:
            print(line(page), flush=True)
