"""The parts of a PDF become one: each part's objects get numbers of their own.

All are WeasyPrint's own, with one catalogue, one tree of pages and one tree of tags each, so that what has to be
joined is known: pages, tags, the table from marked content to tags, names of places, bookmarks. Each keeps its fonts.
"""

import re
from typing import NamedTuple

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.anchors import add_outlines

from recommendations.documents.pdf.page_numbers import POINTS, print_numbers
from recommendations.documents.pdf.writer import INSIDE, packed

REFERENCE = re.compile(rb"(\d+) 0 R")
SUBSET = re.compile(rb"/([A-Z]{6})(\+.+)")  # each subset of a font has a tag of its own (ISO 32000-1, 9.6.4)
FIRST = 3  # a PDF's first objects are the free one, its tree of pages and its catalogue
KEYS = 100_000  # from marked content to tags, at most, in a part


class Bookmarks(NamedTuple):
    """Those of a page, in the place of the page."""

    bookmarks: list
    height: float


class Moved(NamedTuple):
    """A part that fits behind those before it, nearly all of it as bytes.

    The objects that something is added to are not: pages, the tags that hold all others, what the pages are drawn with.
    `places` says on which page (from 0) each name is, `kinds` which of the stylesheet's kinds of page each page is.
    """

    loose: list[pydyf.Object]
    inside: int
    packs: list[pydyf.Object]
    pages: list[int]
    tags: list[int]
    keys: list[tuple[int, bytes]]
    names: list[tuple[str, bytes]]
    bookmarks: list[Bookmarks]
    places: dict[str, int]
    kinds: list[str]

    @property
    def objects(self) -> list[pydyf.Object]:
        """All, in the order of their numbers."""
        return [*self.loose, *[INSIDE] * self.inside, *self.packs]


class Made(pydyf.Object):
    """An object whose bytes are known, and which is in no other."""

    compressible = False
    data = None

    def __init__(self, made: pydyf.Object, number: int):
        super().__init__()
        self.data, self.inside, self.number = made.data, made.inside, number


class Tree:
    """The parts of a PDF that have to be joined."""

    def __init__(self, pdf: pydyf.PDF):
        self.root = object_of(pdf, pdf.catalog["StructTreeRoot"])
        self.document = object_of(pdf, self.root["K"][0])
        self.keys = object_of(pdf, self.root["ParentTree"])
        names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
        self.names = names.setdefault("Dests", pydyf.Dictionary({"Names": pydyf.Array()}))["Names"]


def object_of(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def kinds_of(document: Document) -> list[str]:
    """Which of the stylesheet's kinds of page each page is."""
    return [page._page_box.page_type.name for page in document.pages]


def taken_bookmarks(document: Document) -> list[Bookmarks]:
    """The bookmarks of each page. They are taken away: all parts have one tree of them."""
    taken = [Bookmarks(page.bookmarks, page.height) for page in document.pages]
    for page in document.pages:
        page.bookmarks = []
    return taken


def moved(document: Document, pdf: pydyf.PDF, bookmarks: list[Bookmarks], part: int, start: int) -> Moved:
    """`pdf`, which is part number `part` of the whole, without what a file has once, numbered from `start` on."""
    tree, pages = Tree(pdf), pdf.pages["Kids"][::3]
    tags = [object_of(pdf, reference).number for reference in tree.document["K"]]
    resources = object_of(pdf, pdf.objects[pages[0]]["Resources"])
    added_to = {*pages, *tags, resources.number, object_of(pdf, resources["Font"]).number}
    once = {0, pdf.pages.number, pdf.catalog.number, tree.root.number, tree.document.number, tree.keys.number}
    once.add(object_of(pdf, pdf.catalog["Metadata"]).number)
    kept = [each for each in pdf.objects if each.number not in once]
    loose = [each for each in kept if each.number in added_to or not each.compressible]
    small = [each for each in kept if each.number not in added_to and each.compressible]
    numbers = {each.number: start + index for index, each in enumerate([*loose, *small])}
    numbers |= {pdf.pages.number: pdf.pages.number, tree.document.number: 0}  # which `Joiner` knows, and puts there

    def fits(value):
        return renumbered(value, numbers, part)

    packs = packed((numbers[each.number], fits(each).data) for each in small)
    names = zip(tree.names[::2], tree.names[1::2], strict=True)
    keys = zip(tree.keys["Nums"][::2], tree.keys["Nums"][1::2], strict=True)
    return Moved(
        loose=[_as_loose(fits(each), numbers[each.number]) for each in loose],
        inside=len(small),
        packs=[Made(pack, number) for number, pack in enumerate(packs, start + len(kept))],
        pages=[numbers[number] for number in pages],
        tags=[numbers[number] for number in tags],
        keys=[(key + part * KEYS, fits(value).data) for key, value in keys],
        names=[(name.string, fits(place).data) for name, place in names],
        bookmarks=bookmarks,
        places={name: place for place, page in reversed([*enumerate(document.pages)]) for name in page.anchors},
        kinds=kinds_of(document),
    )


def _as_loose(each: pydyf.Object, number: int) -> pydyf.Object:
    """An object with its `number`: as bytes where it is a stream."""
    if isinstance(each, pydyf.Stream):
        return Made(each, number)
    each.number = number
    return each


def renumbered(value, numbers: dict[int, int], part: int):
    """A copy of `value` with its references, its keys from content to tags and its subsets' tags moved."""
    if isinstance(value, bytes):
        if found := REFERENCE.fullmatch(value):
            return b"%d 0 R" % numbers[int(found[1])]
        if found := SUBSET.fullmatch(value):
            return b"/" + _tag_of(found[1], part) + found[2]
    elif isinstance(value, pydyf.Stream):
        value.extra = renumbered(pydyf.Dictionary(value.extra), numbers, part)
    elif isinstance(value, dict):
        return pydyf.Dictionary(
            (name, each + part * KEYS if name in ("StructParent", "StructParents") else renumbered(each, numbers, part))
            for name, each in value.items()
        )
    elif isinstance(value, list):
        return pydyf.Array([renumbered(each, numbers, part) for each in value])
    return value


def _tag_of(tag: bytes, part: int) -> bytes:
    """A subset's tag in `part`: its first two letters, so many further on in the alphabet."""
    steps = *divmod(part, 26), 0, 0, 0, 0
    return bytes(ord("A") + (letter - ord("A") + step) % 26 for letter, step in zip(tag, steps, strict=True))


def begun(others: list[Moved], begin=pydyf.PDF) -> pydyf.PDF:
    """A PDF that begins with the objects of `others`."""
    pdf = begin()
    for part in others:
        pdf.objects += part.objects
    return pdf


class Joiner:
    """The end of the first part, whose PDF is begun with the others: adds their pages and prints all numbers."""

    def __init__(self, document: Document, others: list[Moved], numbers: Document):
        self.others, self.numbers, self.bookmarks = others, numbers, taken_bookmarks(document)

    def __call__(self, document: Document, pdf: pydyf.PDF) -> None:
        tree = Tree(pdf)
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pydyf.Stream):
                pdf.objects[number] = Made(each, number)
        for part in self.others:
            self._add(pdf, tree, part)
        named = sorted(zip(tree.names[::2], tree.names[1::2], strict=True), key=lambda pair: pair[0].data)
        tree.names[:] = [each for pair in named for each in pair]
        print_numbers(pdf, self.numbers)
        whole = Document(self.bookmarks, document.metadata, None, None, None, None)
        add_outlines(pdf, whole.make_bookmark_tree(POINTS, transform_pages=True))

    def _add(self, pdf: pydyf.PDF, tree: Tree, part: Moved) -> None:
        for number in part.pages:
            pdf.pages["Kids"].extend([number, 0, "R"])
        pdf.pages["Count"] += len(part.pages)
        for number in part.tags:
            pdf.objects[number]["P"] = tree.document.reference
            tree.document["K"].append(pdf.objects[number].reference)
        tree.keys["Nums"].extend(each for pair in part.keys for each in pair)
        tree.names.extend(each for name, place in part.names for each in (pydyf.String(name), place))
        self.bookmarks += part.bookmarks
