"""Every text in the parts of a Word, Excel or PowerPoint file, whatever its layout shows: properties, comments, what
was deleted with changes tracked, descriptions of pictures, addresses of links.

Runs in the child process of sandbox.py.
"""

import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import parse as parse_safely

type Attributes = AttributesImpl[str]

MOST_PARTS, MOST_UNPACKED = 2_000, 160 * 1024 * 1024
XML = (".xml", ".rels")
PROPERTIES = "docProps/"
# Parts that only say how a document looks.
LOOKS = re.compile(
    r"/(?:styles\w*|theme\d*|fontTable|(?:web)?settings|numbering|calcChain|tableStyles|presProps)\.xml$", re.I
)
# Elements that end a line; a name may go over several runs of one paragraph. In properties each element does.
LINES = frozenset({"p", "si", "is", "f", "text", "author", "oddHeader", "oddFooter", "definedName"})
SPACES = frozenset({"br", "cr", "tab"})
# Of what the program that wrote the file says of itself, what people said.
BY_PEOPLE = frozenset({"Company", "Manager", "HyperlinkBase", "lpstr"})
NUMBERS = "v"  # a cell's value, or the number of its text
NAMING = frozenset({"author", "displayName", "title", "descr", "tooltip"})
EMBEDDED = ("/embeddings/", "/activeX/")


def texts_in(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the texts of all parts, properties and comments first. Raises what a damaged part causes."""
    parts = [part for part in package.infolist() if part.filename.lower().endswith(XML)]
    for part in sorted(parts, key=_is_body):
        if not LOOKS.search(f"/{part.filename}"):
            found = PartTexts(part.filename)
            with package.open(part) as content:
                parse_safely(content, found, forbid_dtd=True)
            yield from (text for text in found.texts() if any(map(str.isalpha, text)))


def is_read_whole(package: zipfile.ZipFile) -> bool:
    """Whether all of its parts can be read: there are not too many, and no file is inside it."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return False
    return not any(folder in f"/{part.filename}" for part in parts for folder in EMBEDDED)


def _is_body(part: zipfile.ZipInfo) -> bool:
    return not (part.filename.startswith(PROPERTIES) or "comment" in part.filename.lower())


class PartTexts(ContentHandler):
    """The texts of one part, and the attributes that name someone, describe a picture, or hold a link's address."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.in_properties, self.of_program = part.startswith(PROPERTIES), part == f"{PROPERTIES}app.xml"
        self.pieces, self.attributes, self.is_left_out = [""], [""], False

    def startElement(self, name: str, attrs: Attributes) -> None:
        local = name.rpartition(":")[2]
        self.is_left_out = local == NUMBERS or (self.of_program and local not in BY_PEOPLE)
        if local in SPACES:
            self.pieces.append(" ")
        self.attributes += [attrs[each] for each in attrs.getNames() if each.rpartition(":")[2] in NAMING]
        if attrs.get("TargetMode", "") == "External":
            self.attributes.append(unquote(attrs.get("Target", "")))

    def characters(self, content: str) -> None:
        if not self.is_left_out:
            self.pieces.append(content)

    def endElement(self, name: str) -> None:
        self.is_left_out = self.of_program
        if self.in_properties or name.rpartition(":")[2] in LINES:
            self.pieces.append("\n")

    def texts(self) -> Iterator[str]:
        """Yield them, once the part is parsed."""
        yield from "".join(self.pieces).splitlines()
        yield from self.attributes
