"""What compiling papers costs among 100,000 tracked recommendations: python -m tests.bench.compiling [OPTION ...].

`scripts/with_postgres.py` starts a PostgreSQL for it. The paper is that of the last quarter, as at its last day; the
papers of the quarter before are filed, as an office has them.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.__main__ import settings

FORCES, TRACKED, DATED_EACH = 43, 100_000, 10
RUNS, FEW = 20, 5
ONE_AIM, ALL_AIM = 60, 150  # milliseconds, for what is counted of one force and of all


@dataclass(frozen=True)
class Cost:
    """Milliseconds by the clock, and of a processor: of this process and of the database server's for it."""

    p50: float
    p95: float
    ours: float
    servers: float
    queries: int


def bench_apart(*, sqlite: bool) -> None:
    """The same in a process and a database of its own, beside a database that is in use."""
    options = ["--sqlite"] if sqlite else []
    environment = dict(os.environ)
    if not sqlite:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE compiling")
        environment["DATABASE_URL"] = environment["DATABASE_URL"].rsplit("/", 1)[0] + "/compiling"
    subprocess.run([sys.executable, "-m", "tests.bench.compiling", *options], env=environment, check=True)


def bench_compiling(tracked: int, runs: int, *, plans: bool) -> None:
    """Load, measure, print."""
    from django.utils import timezone

    from recommendations.domain.papers.compile import compile_figures
    from recommendations.domain.papers.sections.counts import count_papers
    from recommendations.domain.writing.trail_cache import forget
    from recommendations.models import ScrutinyReport
    from recommendations.periods import london_day, recent_quarters
    from tests.bench.data import Size, tidy
    from tests.bench.run import loaded

    now = timezone.now()
    _, period, earlier = recent_quarters(london_day(now), 3)
    office = loaded(Size(FORCES, tracked, tracked * DATED_EACH))
    papers = [ScrutinyReport(force=force, start=period.start, end=period.end) for force in office.forces]
    first = _cost(lambda: count_papers(papers, now), FEW)
    page = _joint_page(office, papers, now)
    file_papers(office, earlier, now)
    tidy()
    one = papers[3:4]
    lines = [
        ("one force, counted", _cost(lambda: count_papers(one, now), runs), ONE_AIM),
        ("one force, open on the day alone", _cost(lambda: _open_on_the_day(one), runs), None),
        ("all forces, counted", _cost(lambda: count_papers(papers, now), runs), ALL_AIM),
        ("all forces, open on the day alone", _cost(lambda: _open_on_the_day(papers), runs), None),
        ("all forces, if nothing was filed", first, None),
        ("the joint draft’s page, first", _cost(lambda: (forget(), page.ask()), FEW), None),
        ("the joint draft’s page, again", _cost(page.ask, FEW), None),
        ("one force, the whole paper", _cost(lambda: compile_figures(paper=one[0], known_at=now), FEW), None),
    ]
    print(
        f"\nCompiling the paper of {period.label}. Milliseconds by the clock, and of a processor: ours, the server’s.\n"
    )
    print(f"{'':34}   p50    p95    ours  server   queries")
    for name, cost, aim in lines:
        verdict = "" if aim is None else f"aim {aim}: {'met' if cost.p50 <= aim else 'missed'}"
        times = f"{cost.p50:6.0f} {cost.p95:6.0f}  {cost.ours:6.0f}  {cost.servers:6.0f}"
        print(f"{name:34}{times}   {cost.queries:7}   {verdict}", flush=True)
    if plans:
        for name, of in (("one force", one), ("all forces", papers)):
            _print_plans(name, lambda of=of: count_papers(of, now))


def _open_on_the_day(papers) -> list:
    """What stands open on the last day by force, kind, colour, stage and date, and nothing of what moved."""
    from recommendations.domain.papers.open_counts import open_groups
    from recommendations.models import Span, Thresholds

    spans = Span.objects.filter(force__in=[paper.force for paper in papers])
    return open_groups(spans, papers[0].end, Thresholds())


def file_papers(office, period, at) -> None:
    """The open paper of each force, filed with the figures that it would have kept, beside a file of a few bytes."""
    from recommendations.domain.papers.compile import compile_figures
    from recommendations.enums import PaperState
    from recommendations.models import ClosingLine, IssuedFile, ScrutinyReport
    from tests.bench.data import write

    for force in office.forces:
        paper = ScrutinyReport(force=force, start=period.start, end=period.end, prepared_at=at)
        figures = compile_figures(paper=paper, known_at=at)
        content = force.name.encode()
        facts = {"sha256": hashlib.sha256(content).hexdigest(), "content": content, "issued_at": at}
        paper.file = write([IssuedFile(name=f"{force.slug}.pdf", **facts)])[0]
        paper.state, paper.figures = PaperState.FINALISED, figures.to_json()
        paper.finalised_at = paper.known_at = at
        paper.open_now, paper.overdue_now = figures.then_and_now.open_now, figures.then_and_now.overdue_now
        write([paper])
        write([ClosingLine(paper=paper, tracked_id=pk) for pk in figures.open_ids])


def _joint_page(office, parts, at):
    """The page of a joint draft of all forces, as an officer sees it."""
    from recommendations.models import ScrutinyReport
    from tests.bench.data import write
    from tests.bench.run import signed_in
    from tests.bench.timing import Page

    facts = {"start": parts[0].start, "end": parts[0].end, "prepared_at": at}
    whole = write([ScrutinyReport(**facts)])[0]
    write([ScrutinyReport(force=part.force, part_of=whole, **facts) for part in parts])
    return Page("the joint draft", whole.get_absolute_url(), signed_in(office.officer))


def _cost(work: Callable, runs: int) -> Cost:
    """Of so many runs, after two that do not count."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.bench.timing import p50, p95

    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    queries = len(captured)
    clock, ours, servers = [], time.process_time(), _servers_seconds()
    for _ in range(runs):
        start = time.perf_counter()
        work()
        clock.append((time.perf_counter() - start) * 1000)
    ours, servers = time.process_time() - ours, _servers_seconds() - servers
    return Cost(p50(clock), p95(clock), ours * 1000 / runs, servers * 1000 / runs, queries)


def _servers_seconds() -> float:
    """What the server's process for this connection took of a processor, where it is on this machine; else nothing."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _print_plans(name: str, work: Callable) -> None:
    """The plan of each query over the register that took longer than a few milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.bench.run import plan

    with CaptureQueriesContext(connection) as captured:
        work()
    for query in captured.captured_queries:
        if float(query["time"]) > 0.005:
            print(f"\n{name}: {float(query['time']) * 1000:.0f} ms  {query['sql']}\n{plan(query['sql'])}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.compiling", description=__doc__.splitlines()[0])
    parser.add_argument("--sqlite", action="store_true", help="measure on SQLite instead of PostgreSQL")
    parser.add_argument("--tracked", type=int, default=TRACKED, help=f"how many tracked recommendations ({TRACKED:,})")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how often each is counted ({RUNS})")
    parser.add_argument("--plans", action="store_true", help="print the queries with their plans")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=chosen.sqlite)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        bench_compiling(chosen.tracked, chosen.runs, plans=chosen.plans)


if __name__ == "__main__":
    main()
