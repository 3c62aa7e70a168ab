"""A long paper is made in two halves, by two processes at once.

The first half hears from the second on which page of it each name is, before its own pages that say so are done, and
tells it what number its pages begin with. Each draws and tags its pages; together they are one file.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn

import weasyprint.layout
import weasyprint.pdf

from recommendations.documents.pdf_cut import Halves
from recommendations.documents.pdf_join import Joiner, Mover


class Report(NamedTuple):
    """What the second half says: how many pages it has, and on which (from 0) each name is."""

    pages: int
    places: dict[str, int]


class Numbers(NamedTuple):
    """What the first half answers: how many pages come before, and how many there are in all."""

    before: int
    total: int


def make_both(halves: Halves, attachments: list[dict], render: Callable, write: Callable) -> bytes:
    """The file, by this process and one more. Ends this process as the other one was ended, where it was.

    `render(html)` gives WeasyPrint's document, `write(document, attachments, finisher)` its file.
    """
    left = signal.alarm(0)
    ours, theirs = Pipe()
    other = os.fork()  # before anything of Pango's runs: it has a thread
    signal.alarm(left)
    if not other:
        ours.close()
        _make_second(halves, theirs, render, write)
    theirs.close()
    try:
        with _asked(First(ours), halves.names):
            document = render(halves.first)
            document.pages.pop()
            made = write(document, attachments, Joiner(ours, document))
    except (EOFError, ConnectionError):
        _end_as(other)
    os.waitpid(other, 0)
    return made


def _make_second(halves: Halves, other: Connection, render: Callable, write: Callable) -> NoReturn:
    """The other process. It says why it failed, unless the first one is gone."""
    try:
        with _asked(Second(other), halves.names):
            document = render(halves.second)
            write(document, [], Mover(other, document))
    except (EOFError, ConnectionError):
        pass
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(1)


def _end_as(other: int) -> NoReturn:
    _, status = os.waitpid(other, 0)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(1)


class Half:
    """What either half does while WeasyPrint lays out its pages."""

    def __init__(self, other: Connection):
        self.other = other
        self.pages = []
        self.numbers: Numbers | None = None

    def all_pages(self, context, root_box, html, pages, make=weasyprint.layout.make_all_pages) -> list:
        """The pages, in one round. The next round makes anew those whose words have changed."""
        self.pages = list(make(context, root_box, html, pages))
        return self.pages

    def margin_boxes(self, context, page, state, make=weasyprint.layout.make_margin_boxes):
        """The words around a page. They are made when no page changes any more."""
        self.numbers = self.numbers or self.agreed()
        depth, counters, *rest = state
        number = counters["page"][-1] + self.numbers.before
        return make(context, page, (depth, counters | {"page": [number], "pages": [self.numbers.total]}, *rest))


class First(Half):
    """Once it has its pages it waits for the other's, and prints their numbers where it points to them."""

    report: Report | None = None

    @property
    def before(self) -> int:
        return len(self.pages) - 1  # the last one has only names

    def all_pages(self, context, *given) -> list:
        super().all_pages(context, *given)
        self.report = self.report or self.other.recv()
        for name, place in self.report.places.items():
            page = self.before + place
            context.target_collector.cache_target_page_counters(name, {"page": [page + 1]}, page, context.page_maker)
        return self.pages

    def agreed(self) -> Numbers:
        total = self.before + self.report.pages
        self.other.send(Numbers(self.before, total))
        return Numbers(0, total)


class Second(Half):
    """Says where its names are, and waits to hear its numbers."""

    def agreed(self) -> Numbers:
        names = ((box.style["anchor"], place) for place, page in enumerate(self.pages) for box in page.descendants())
        places = {}
        for name, place in names:
            if name:
                places.setdefault(name, place)
        self.other.send(Report(len(self.pages), places))
        return self.other.recv()


@contextlib.contextmanager
def _asked(half: Half, names: frozenset[str]) -> Iterator[None]:
    """Let WeasyPrint ask `half`, and know the `names` of the whole document."""
    layout, pdf = weasyprint.layout, weasyprint.pdf
    own = layout.make_all_pages, layout.make_margin_boxes, pdf.resolve_links
    layout.make_all_pages, layout.make_margin_boxes = half.all_pages, half.margin_boxes
    pdf.resolve_links = lambda pages: _links_and_names(pages, names)
    try:
        yield
    finally:
        layout.make_all_pages, layout.make_margin_boxes, pdf.resolve_links = own


def _links_and_names(pages: Iterable, names: frozenset[str]) -> Iterator[tuple[list, list]]:
    """Of each page its links that lead somewhere, and the names that are on it first."""
    seen = set()
    for page in pages:
        here = [(name, *place[:2]) for name, place in page.anchors.items() if name not in seen]
        seen.update(page.anchors)
        yield [link for link in page.links if link[0] != "internal" or link[1] in names], here
