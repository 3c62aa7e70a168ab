"""Two halves of a PDF become one: the second half's objects get the numbers that follow the first one's.

Both are WeasyPrint's own, with one catalogue, one tree of pages and one tree of tags each, so that what has to be
joined is known: pages, tags, the table from marked content to tags, names of places, bookmarks. Each keeps its fonts.
"""

import os
import re
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import NamedTuple

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.anchors import add_outlines

REFERENCE = re.compile(rb"(\d+) 0 R")
SUBSET = re.compile(rb"/([A-Z]{6})(\+.+)")  # each subset of a font has a tag of its own (ISO 32000-1, 9.6.4)
POINTS = 0.75  # in a pixel of CSS


class Place(NamedTuple):
    """Where the first half ends: its next object, its document's tag, its next key from content to tags."""

    number: int
    document: int
    key: int


class Moved(NamedTuple):
    """The second half, as bytes that fit behind the first one."""

    objects: list[tuple[bool, bytes]]
    pages: list[int]
    tags: list[bytes]
    keys: list[tuple[int, bytes]]
    names: list[tuple[str, bytes]]
    bookmarks: list[tuple[list, float]]


class Made(pydyf.Object):
    """An object whose bytes are known."""

    compressible = data = None

    def __init__(self, compressible: bool, data: bytes):
        super().__init__()
        self.compressible, self.data = compressible, data


class Tree:
    """The parts of a PDF that have to be joined."""

    def __init__(self, pdf: pydyf.PDF):
        self.root = object_of(pdf, pdf.catalog["StructTreeRoot"])
        self.document = object_of(pdf, self.root["K"][0])
        self.keys = object_of(pdf, self.root["ParentTree"])
        self.names = pdf.catalog["Names"]["Dests"]["Names"]


def object_of(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def taken_bookmarks(document: Document) -> list[tuple[list, float]]:
    """The bookmarks of each page and its height. They are taken away: both halves have one tree of them."""
    taken = [(page.bookmarks, page.height) for page in document.pages]
    for page in document.pages:
        page.bookmarks = []
    return taken


class Mover:
    """The end of the second half: sends it to the first one, and there ends the process."""

    def __init__(self, other: Connection, document: Document):
        self.other, self.bookmarks = other, taken_bookmarks(document)

    def __call__(self, document: Document, pdf: pydyf.PDF) -> None:
        self.other.send(moved(pdf, self.other.recv(), self.bookmarks))
        os._exit(0)


def moved(pdf: pydyf.PDF, place: Place, bookmarks: list) -> Moved:
    """`pdf` without what a file has once, numbered from `place` on."""
    tree = Tree(pdf)
    once = {0, pdf.pages.number, pdf.catalog.number, tree.root.number, tree.document.number, tree.keys.number}
    once.add(object_of(pdf, pdf.catalog["Metadata"]).number)
    kept = [each for each in pdf.objects if each.number not in once]
    numbers = {each.number: place.number + index for index, each in enumerate(kept)}
    numbers |= {pdf.pages.number: pdf.pages.number, tree.document.number: place.document}

    def data(value) -> bytes:
        return pydyf._to_bytes(renumbered(value, numbers, place.key))

    keys = zip(tree.keys["Nums"][::2], tree.keys["Nums"][1::2], strict=True)
    names = zip(tree.names[::2], tree.names[1::2], strict=True)
    return Moved(
        objects=[(each.compressible, data(each)) for each in kept],
        pages=[numbers[number] for number in pdf.pages["Kids"][::3]],
        tags=[data(reference) for reference in tree.document["K"]],
        keys=[(key + place.key, data(value)) for key, value in keys],
        names=[(name.string, data(value)) for name, value in names],
        bookmarks=bookmarks,
    )


def renumbered(value, numbers: dict[int, int], key: int):
    """A copy of `value` with its references, and its keys from content to tags, moved."""
    if isinstance(value, bytes):
        if found := REFERENCE.fullmatch(value):
            return b"%d 0 R" % numbers[int(found[1])]
        if found := SUBSET.fullmatch(value):
            return b"/" + found[1][::-1] + found[2]
    elif isinstance(value, pydyf.Stream):
        value.extra = renumbered(pydyf.Dictionary(value.extra), numbers, key)
    elif isinstance(value, dict):
        return pydyf.Dictionary(
            (name, each + key if name in ("StructParent", "StructParents") else renumbered(each, numbers, key))
            for name, each in value.items()
        )
    elif isinstance(value, list):
        return pydyf.Array([renumbered(each, numbers, key) for each in value])
    return value


class Joiner:
    """The end of the first half: waits for the second one and adds it."""

    def __init__(self, other: Connection, document: Document):
        self.other, self.bookmarks = other, taken_bookmarks(document)

    def __call__(self, document: Document, pdf: pydyf.PDF) -> None:
        tree = Tree(pdf)
        self.other.send(Place(len(pdf.objects), tree.document.number, max(tree.keys["Nums"][::2]) + 1))
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pydyf.Stream):
                pdf.objects[number] = Made(False, each.data)
                pdf.objects[number].number = number
        self._add(pdf, tree, self.other.recv())
        stand_ins = [SimpleNamespace(bookmarks=bookmarks, height=height) for bookmarks, height in self.bookmarks]
        whole = Document(stand_ins, document.metadata, None, None, None, None)
        add_outlines(pdf, whole.make_bookmark_tree(POINTS, transform_pages=True))

    def _add(self, pdf: pydyf.PDF, tree: Tree, second: Moved) -> None:
        for compressible, data in second.objects:
            pdf.add_object(Made(compressible, data))
        for number in second.pages:
            pdf.pages["Kids"].extend([number, 0, "R"])
        pdf.pages["Count"] += len(second.pages)
        tree.document["K"].extend(second.tags)
        tree.keys["Nums"].extend(each for pair in second.keys for each in pair)
        names = [*zip(tree.names[::2], tree.names[1::2], strict=True)]
        names += [(pydyf.String(name), place) for name, place in second.names]
        tree.names[:] = [each for pair in sorted(names, key=lambda pair: pair[0].data) for each in pair]
        self.bookmarks += second.bookmarks
