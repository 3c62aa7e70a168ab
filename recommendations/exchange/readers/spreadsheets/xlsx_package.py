"""The parts of an .xlsx that are read. Each is read once, as a stream, by a parser that rejects DTDs.

Drawings, links to other files, connections, macros and the rest are never opened.
"""

import io
import posixpath
import zipfile
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse as parse_safely

from recommendations.exchange.readers.errors import Unreadable
from recommendations.exchange.readers.zip_kinds import PROTECTED, refusal_of

DAMAGED = "This Excel file is damaged or is not one. Open it in Excel, save it again as .xlsx and bring that in."
HOSTILE = (
    "This Excel file holds instructions that a spreadsheet should not have. "
    "Copy the cells into a new workbook, save it as .xlsx and bring that in."
)
MOST_PARTS = 2_000
MOST_UNPACKED = 160 * 1024 * 1024
TOO_LARGE = (
    "This Excel file is far larger inside than a register is. "
    "Copy the rows of the register into a new workbook, save it as .xlsx and bring that in."
)


type Attributes = AttributesImpl[str]  # an element's attributes, by name


class Elements(ContentHandler):
    """Calls on_<element> with the attributes of each element as it opens, ignoring namespace prefixes."""

    def startElement(self, name: str, attrs: Attributes) -> None:
        begin = getattr(self, f"on_{name.rpartition(':')[2]}", None)
        if begin is not None:
            begin(attrs)


class Relations(Elements):
    """A part's relations by id: kind (the last word of the type) and path. External ones are left out."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.folder = posixpath.dirname(part)
        self.targets: dict[str, tuple[str, str]] = {}

    def on_Relationship(self, attrs: Attributes) -> None:
        if attrs.get("TargetMode", "").casefold() != "external":
            path = posixpath.normpath(posixpath.join("/", self.folder, attrs.get("Target", "")))
            self.targets[attrs.get("Id", "")] = (attrs.get("Type", "").rpartition("/")[2], path.lstrip("/"))


class Package:
    """The zip file. Raises Unreadable if it is another type, has too many parts, or unpacks to too much."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.left = MOST_UNPACKED
        if len(self.zip.infolist()) > MOST_PARTS:
            raise Unreadable(TOO_LARGE)
        if refusal := refusal_of(self.zip.namelist()):
            raise Unreadable(refusal)
        if any(part.flag_bits & 1 for part in self.zip.infolist()):
            raise Unreadable(PROTECTED)

    def has(self, part: str) -> bool:
        return part in self.zip.NameToInfo

    def read(self, part: str, handler: ContentHandler) -> None:
        """Parse a part with the handler. Raises Unreadable, and whatever zipfile and expat raise."""
        self.left -= self.zip.getinfo(part).file_size
        if self.left < 0:
            raise Unreadable(TOO_LARGE)
        try:
            with self.zip.open(part) as stream:
                parse_safely(stream, handler, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Unreadable(HOSTILE) from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return kind and path of each relation of a part ("" is the whole file), by id."""
        relations = Relations(part)
        path = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        if self.has(path):
            self.read(path, relations)
        return relations.targets
