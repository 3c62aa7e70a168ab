"""Ask for pages in turn, so that whatever else the machine does falls on all of them, and judge what they take."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.bench.costs import verdict
from tests.bench.server import Answer, Browser

WARM = 6  # of two workers each has most likely answered then


@dataclass
class Page:
    """One page as one person sees it. `first` are answers after something was saved, `again` those after them."""

    name: str
    address: str
    browser: Browser
    times_bare: float | None = None  # how many times the bare view it may take, first
    within: float | None = None  # or how many milliseconds
    first: list[Answer] = field(default_factory=list)
    again: list[Answer] = field(default_factory=list)


def p50(values: Iterable[float]) -> float:
    return statistics.median(values)


def p95(values: Iterable[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def clocks(answers: list[Answer]) -> list[float]:
    return [answer.milliseconds for answer in answers]


def measure(pages: list[Page], requests: int, save: Callable[[], object]) -> None:
    """Ask for each page `requests` times right after a save and once more, in rounds, after a few that do not count."""
    for page in pages:
        for _ in range(WARM):
            page.browser.ask(page.address)
    for _ in range(requests):
        for page in pages:
            save()
            page.first.append(page.browser.ask(page.address))
            page.again.append(page.browser.ask(page.address))


def line(page: Page, bare: Page | None = None) -> str:
    """What a page takes, beside the bare view and its aim."""
    first, again = clocks(page.first), clocks(page.again)
    costs = [p50(getattr(each, name) for each in page.first) for name in ("database", "processor", "processors")]
    told = f"{page.name:34}{p50(first):7.1f}{p95(first):7.1f}  {p50(again):7.1f}{p95(again):7.1f}"
    told += f"{max(each.statements for each in page.first):9}{costs[0]:9.1f}{costs[1]:9.1f}{costs[2]:9.1f}"
    told += f"{len(page.first[-1].body) / 1024:8.0f}"
    if page.within:
        return f"{told}{'':8} aim {page.within:g} ms: {verdict(p50(first), page.within)}"
    if bare is None or page.times_bare is None:
        return told
    ratio = p50(first) / p50(clocks(bare.first))
    of_processors = costs[2] / p50(each.processors for each in bare.first)
    told += f"{ratio:8.2f} × bare ({of_processors:.2f} of processors)"
    return f"{told}, aim {page.times_bare:g}: {verdict(ratio, page.times_bare)}"


HEAD = f"{'':34}  first           again        state-  database  proc-    and data-\n"
HEAD += f"{'milliseconds':34}    p50    p95      p50    p95    ments    first     essor   base’s      KB"
