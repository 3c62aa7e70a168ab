"""How long saves wait for the head of the trail and hold it: with_postgres.py --durable python -m tests.bench.head.

So many editors, each a process of its own, save one update after another without a pause.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time

from tests.bench.__main__ import settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.head", description=__doc__.splitlines()[0])
    parser.add_argument("--editors", type=int, nargs="+", default=[1, 8, 64], help="how many at once (1 8 64)")
    parser.add_argument("--saves", type=int, default=320, help="saves in all (320)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=False)
        import django

        django.setup()
        _fill()
        print("milliseconds       wait for the head          hold it             saves a second")
        print("editors           p50     p95     max     least     p50    by the least hold    seen")
        for editors in chosen.editors:
            print(_line(editors, chosen.saves // editors), flush=True)


def _fill() -> None:
    import datetime

    from django.core.management import call_command

    from tests.bench.data import Size, load, tidy

    call_command("migrate", verbosity=0, skip_checks=True)
    load(Size(forces=1, tracked=200, dated=2_000), datetime.date.today())  # noqa: DTZ011  # any day
    tidy()


def _line(editors: int, each: int) -> str:
    from django.db import connection

    connection.close()  # a connection is of one process
    start = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(editors) as people:
        told = people.starmap(_saves, [(place, each) for place in range(editors)], chunksize=1)
    seconds = time.perf_counter() - start
    waits, holds = ([1000 * pair[place] for pairs in told for pair in pairs] for place in (0, 1))
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1]
    line = f"{editors:7}{statistics.median(waits):14.1f}{p95:8.1f}{max(waits):8.1f}"
    line += f"{min(holds):10.1f}{statistics.median(holds):8.1f}{1000 / min(holds):21.0f}{len(waits) / seconds:8.0f}"
    return line


def _saves(place: int, times: int) -> list[tuple[float, float]]:
    """So many saves of one editor to a record of their own: seconds of wait and hold of each."""
    from django.db import transaction
    from django.utils import timezone

    from recommendations import trail
    from recommendations.domain.register.voices import log_force_update
    from recommendations.models import TrackedRecommendation, User

    officer, tracked = User.objects.order_by("pk").first(), TrackedRecommendation.objects.order_by("pk")[place]
    locked_head, told = trail._lock_head, []

    def timed():
        asked = time.perf_counter()
        head = locked_head()
        got = time.perf_counter()
        transaction.on_commit(lambda: told.append((got - asked, time.perf_counter() - got)))
        return head

    trail._lock_head = timed
    try:
        for _ in range(times):
            log_force_update(tracked=tracked, done="Reviewed.", by=officer, at=timezone.now())
    finally:
        trail._lock_head = locked_head
    return told


if __name__ == "__main__":
    main()
