"""A document that was uploaded, in the forms that it goes through: in a hidden field while the first form has an error
(compressed, and signed so that it cannot be altered on the way), then in rows that are kept while it is checked.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.core import signing

from recommendations.exchange.documents_in.lines import DocumentLine

SALT = "document"


@dataclass(frozen=True)
class UploadedDocument:
    """The file name ("" for pasted text), the lines, and the kind identified from its wording (a DocumentKind).
    The kind is kept because a document with lines removed may no longer be identifiable.
    """

    name: str
    lines: tuple[DocumentLine, ...]
    kind: str = ""

    def pack(self) -> str:
        """The document as the value of a hidden field."""
        return signing.dumps([self.name, self.rows, self.kind], salt=SALT, compress=True)

    @classmethod
    def unpack(cls, packed: str) -> "UploadedDocument | None":
        """The document in a packed value, or None if it is not valid."""
        try:
            name, rows, *kind = signing.loads(packed, salt=SALT)
        except signing.BadSignature:
            return None
        return cls.of_rows(name, rows, *kind)

    @property
    def rows(self) -> list[list]:
        """The lines without their numbers, for JSON."""
        return [list(astuple(line)[1:]) for line in self.lines]

    @classmethod
    def of_rows(cls, name: str, rows: Iterable[list], kind: str = "") -> "UploadedDocument":
        return cls(name, tuple(_line(number, row) for number, row in enumerate(rows, start=1)), kind)

    @property
    def source(self) -> str:
        return self.name or "pasted text"


def _line(number: int, row: list) -> DocumentLine:
    kind, text, level, mark, cell, rows = row
    return DocumentLine(number, kind, text, level, mark, tuple(cell) if cell else None, rows)
