"""A document on its way through the forms: nothing of it is in the database before somebody saves what was read.

It travels in a hidden field, signed, so that what comes back is what a reader gave, and compressed.
"""

from dataclasses import astuple, dataclass

from django.core import signing

from recommendations.exchange.documents_in.lines import DocumentLine

SALT = "document"


@dataclass(frozen=True)
class UploadedDocument:
    """The name of the file (nothing for pasted text), its lines, and what its words said it is (a DocumentKind).

    The kind travels with a document of which lines were left out: it may no longer say itself what it is.
    """

    name: str
    lines: tuple[DocumentLine, ...]
    kind: str = ""

    def pack(self) -> str:
        """The document as the text of a hidden field."""
        return signing.dumps(
            [self.name, [astuple(line)[1:] for line in self.lines], self.kind], salt=SALT, compress=True
        )

    @classmethod
    def unpack(cls, packed: str) -> "UploadedDocument | None":
        """The document that `pack` packed; None for anything else."""
        try:
            name, rows, *kind = signing.loads(packed, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(name, tuple(_line(number, row) for number, row in enumerate(rows, start=1)), *kind)

    @property
    def source(self) -> str:
        return self.name or "pasted text"


def _line(number: int, row: list) -> DocumentLine:
    kind, text, level, mark, cell, rows = row
    return DocumentLine(number, kind, text, level, mark, tuple(cell) if cell else None, rows)
