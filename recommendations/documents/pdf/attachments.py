"""The files embedded in a PDF of ours, as stored: the same bytes for ever, whatever makes such files today."""

import re
import zlib

# How documents/pdf/child.py writes an embedded file: its media type and its length, then its compressed bytes.
EMBEDDED = re.compile(
    rb"<</Type /EmbeddedFile/Subtype /([\w#.+-]+)/Params <</CheckSum <\w+>[^<>]*>>/Filter /FlateDecode/Length (\d+)>>"
    rb"\nstream\n"
)


def embedded_files(pdf: bytes) -> list[tuple[str, bytes]]:
    """The media type and the content of each file embedded in the PDF, in order; [] if there is none."""
    return [
        (found[1].replace(b"#2f", b"/").decode(), zlib.decompress(pdf[found.end() : found.end() + int(found[2])]))
        for found in EMBEDDED.finditer(pdf)
    ]
