"""Ask for pages in turn, so that whatever else the machine does falls on all of them, and count their queries."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recommendations.domain.writing.trail_cache import forget

WARM = 3


@dataclass
class Page:
    """One page as one person sees it. What it costs is filled in by `measure`.

    `first` are the milliseconds of the first request after something was saved: no answer is kept
    (recommendations/domain/writing/trail_cache.py). `again` are those of a request after that.
    """

    name: str
    address: str
    client: Client
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: float = 0.0

    def ask(self) -> bytes:
        response = self.client.get(self.address)
        if response.status_code != 200:
            raise SystemExit(f"{self.name}: {self.address} answers {response.status_code}.")
        return response.content

    def timed(self) -> float:
        start = time.perf_counter()
        self.ask()
        return (time.perf_counter() - start) * 1000


def p50(milliseconds: list[float]) -> float:
    return statistics.median(milliseconds)


def p95(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=20, method="inclusive")[-1]


def measure(pages: Iterable[Page], requests: int) -> None:
    """Ask for each page `requests` times for the first time and again, in rounds, after a few that do not count."""
    for page in pages:
        for _ in range(WARM):
            page.kilobytes = len(page.ask()) / 1024
        forget()
        with CaptureQueriesContext(connection) as captured:
            page.ask()
        page.queries = len(captured)
    for _ in range(requests):
        for page in pages:
            forget()
            page.first.append(page.timed())
            page.again.append(page.timed())
