"""A long paper is made in parts, two at a time.

Each part but the first is made by a process that ends with it, since a page that is laid out takes forty times the
memory of what is drawn of it. The first part prints where in the others its links lead, so that it is done last. All
pages' numbers are printed on them when it is known how many there are (page_numbers.py).
"""

import contextlib
import functools
import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn

import pydyf
import weasyprint.layout
import weasyprint.pdf
from weasyprint.document import Document

from recommendations.documents.pdf.merge import FIRST, Joiner, Moved, begun, kinds_of, moved, taken_bookmarks
from recommendations.documents.pdf.page_numbers import ONLY, WITHOUT, numbers_html
from recommendations.documents.pdf.split import Parts

AT_WORK = 2  # processes, where the machine has as many processors


class Process(NamedTuple):
    """One that makes a part, and the pipe to it."""

    number: int
    pipe: Connection


def make(parts: Parts, attachments: list[dict], render: Callable, write: Callable) -> bytes:
    """The file. Ends this process as one that made a part was ended, where it was.

    `render(html, stylesheet)` gives WeasyPrint's document, `write(document, attachments, finisher)` its file.
    """
    with _links_to(parts.names):
        others = Others()
        for number, html in enumerate(parts.others, 1):
            others.begin(functools.partial(_make, html, number, render, write))
        others.leave(room=1)
        with _told(First(others)):
            document = render(parts.first, WITHOUT)
        document.pages.pop()
        kinds = itertools.chain(kinds_of(document), *(part.kinds for part in others.made))
        numbers = render(numbers_html(kinds), ONLY)
        pydyf.PDF = functools.partial(begun, others.made)
        return write(document, attachments, Joiner(document, others.made, numbers))


class Others:
    """All parts but the first: the processes that make them, in order, and what was made."""

    def __init__(self):
        self.most = min(os.process_cpu_count() or 1, AT_WORK)
        self.at_work: list[Process] = []
        self.made: list[Moved] = []
        self.number = FIRST

    def begin(self, make: Callable) -> None:
        """Let a process run `make(pipe)`, when there is room for it. Only before Pango runs here: it has a thread."""
        self.leave(room=1)
        left = signal.alarm(0)
        ours, theirs = Pipe()
        process = os.fork()
        signal.alarm(left)
        if not process:
            for pipe in (ours, *(each.pipe for each in self.at_work)):
                pipe.close()
            make(theirs)
        theirs.close()
        self.at_work.append(Process(process, ours))

    def leave(self, room: int) -> None:
        """Wait until so many more could be at work."""
        while len(self.at_work) > self.most - room:
            self._wait(self.at_work.pop(0))

    def all(self) -> list[Moved]:
        """All, when all are made."""
        self.leave(room=self.most)
        return self.made

    def _wait(self, process: Process) -> None:
        """Take what it has made, whose objects' numbers begin where those before end."""
        try:
            process.pipe.send(self.number)
            made = process.pipe.recv()
        except (EOFError, ConnectionError):
            for each in self.at_work:
                os.kill(each.number, signal.SIGKILL)
            _end_as(process.number)
        os.waitpid(process.number, 0)
        self.made.append(made)
        self.number += len(made.objects)


def _make(html: str, number: int, render: Callable, write: Callable, pipe: Connection) -> NoReturn:
    """Make a part, in a process of its own. It says why it failed, unless the first one is gone."""
    try:
        document = render(html, WITHOUT)
        bookmarks = taken_bookmarks(document)

        def send(document: Document, pdf: pydyf.PDF) -> NoReturn:
            pipe.send(moved(document, pdf, bookmarks, number, pipe.recv()))
            os._exit(0)

        write(document, [], send)
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


class First:
    """What the first part does while WeasyPrint lays out its pages."""

    def __init__(self, others: Others):
        self.others = others

    def all_pages(self, context, root_box, html, pages, make=weasyprint.layout.make_all_pages) -> list:
        """The pages, in one round, told what pages the names in the others are on. The next round makes anew those
        whose words have changed."""
        made = list(make(context, root_box, html, pages))
        before, tell = len(made) - 1, context.target_collector.cache_target_page_counters  # the last has only names
        for part in self.others.all():
            for name, place in part.places.items():
                tell(name, {"page": [before + place + 1]}, before + place, context.page_maker)
            before += len(part.pages)
        return made


@contextlib.contextmanager
def _told(first: First) -> Iterator[None]:
    """Let WeasyPrint ask `first`."""
    own, weasyprint.layout.make_all_pages = weasyprint.layout.make_all_pages, first.all_pages
    try:
        yield
    finally:
        weasyprint.layout.make_all_pages = own


@contextlib.contextmanager
def _links_to(names: frozenset[str]) -> Iterator[None]:
    """Let WeasyPrint know the `names` of the whole document."""
    own, weasyprint.pdf.resolve_links = weasyprint.pdf.resolve_links, lambda pages: _links_and_names(pages, names)
    try:
        yield
    finally:
        weasyprint.pdf.resolve_links = own


def _links_and_names(pages: Iterable, names: frozenset[str]) -> Iterator[tuple[list, list]]:
    """Of each page its links that lead somewhere, and the names that are on it first."""
    seen = set()
    for page in pages:
        here = [(name, *place[:2]) for name, place in page.anchors.items() if name not in seen]
        seen.update(page.anchors)
        yield [link for link in page.links if link[0] != "internal" or link[1] in names], here
