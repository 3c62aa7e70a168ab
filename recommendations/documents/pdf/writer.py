"""How a PDF's objects become a file: pydyf's own way makes each object twice and packs them all in one stream.

Here each is made once, its bytes go into the identifier, and streams are compressed with less patience.
"""

import hashlib
import itertools
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator

import pydyf
from weasyprint.document import Page

PACKED = 500  # objects in one stream, so that a reader unpacks few to show a page
LEVEL = 6  # zlib's: half the time of 9 for 1% more
FREE, PLAIN, IN_STREAM = 0, 1, 2  # kinds of place in the cross-reference stream (ISO 32000-1, 7.5.8.3)
PLACE, WIDTHS = struct.Struct(">BIH"), (1, 4, 2)  # a place in it: the kind, then where
INSIDE = pydyf.Object()  # stands where an object would that a stream among the others holds already


def stream_data(stream: pydyf.Stream) -> bytes:
    """A stream's bytes in the file.

    One that ends with a carriage return gets two characters of line end, not one: else its last byte could be taken for
    a part of the line end, and its length for wrong (ISO 19005-3, 6.1.7.1).
    """
    content = joined(stream)
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    end = b"\r\nendstream" if content.endswith(b"\r") else b"\nendstream"
    return b"".join((extra.data, b"\nstream\n", content, end))


def joined(stream: pydyf.Stream) -> bytes:
    return b"\n".join(map(pydyf._to_bytes, stream.stream))


def paint(page: Page, stream: pydyf.Stream, scale: float = 1, draw: Callable = Page.paint) -> None:
    """Draw a page. What it is drawn with, a thousand small things, becomes one, which is a quarter of their memory."""
    draw(page, stream, scale)
    stream.stream = [joined(stream)]


def page_references(pdf: pydyf.PDF) -> list[bytes]:
    """The references of all pages. Each tag asks for them, so those that were made are kept."""
    pages, made = pdf.pages["Kids"], pdf.__dict__.setdefault("made_references", [])
    made.extend(b"%d 0 R" % number for number in pages[3 * len(made) :: 3])
    return made


def write(pdf: pydyf.PDF, output, version=b"1.7", identifier=True, compress=True) -> None:
    """Write `pdf` to `output`, as pydyf would: objects in streams, a cross-reference stream, an identifier."""
    pdf.add_object(pdf.info)
    output.write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
    places, digest = bytearray(PLACE.pack(FREE, 0, 65535)), hashlib.md5(usedforsecurity=False)

    def put(made) -> None:
        data = made.data
        digest.update(data)
        _set(places, made.number, PLAIN, output.tell(), 0)
        for index, number in enumerate(made.inside):
            _set(places, number, IN_STREAM, made.number, index)
        output.write(b"%d 0 obj\n%b\nendobj\n" % (made.number, data))

    small = []
    for made in pdf.objects[1:]:
        if not made.compressible:
            put(made)
        elif made is not INSIDE:
            small.append((made.number, made.data))
    for batch in packed(small):
        pdf.add_object(batch)
        put(batch)
    start = output.tell()
    _set(places, len(pdf.objects), PLAIN, start, 0)
    table = _table(pdf, bytes(places), pydyf.String(digest.hexdigest()).data)
    output.write(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(pdf.objects), table.data, start))


def _set(places: bytearray, number: int, *place: int) -> None:
    """Say where object `number` is (7.5.8.3)."""
    start = number * PLACE.size
    places.extend(bytes(max(start + PLACE.size - len(places), 0)))
    PLACE.pack_into(places, start, *place)


def packed(small: Iterable[tuple[int, bytes]]) -> Iterator[pydyf.Stream]:
    """Objects in streams, each of them given by its number and its bytes (7.5.7)."""
    for batch in itertools.batched(small, PACKED):
        starts = itertools.accumulate((len(data) + 1 for _, data in batch), initial=0)
        heads = " ".join(f"{number} {start}" for (number, _), start in zip(batch, starts, strict=False)).encode()
        extra = {"Type": "/ObjStm", "N": len(batch), "First": len(heads) + 1}
        made = pydyf.Stream([heads, *(data for _, data in batch)], extra, compress=True)
        made.inside = [number for number, _ in batch]
        yield made


def _table(pdf: pydyf.PDF, places: bytes, identifier: bytes) -> pydyf.Stream:
    """The cross-reference stream, which names itself last."""
    size = len(places) // PLACE.size
    extra = {
        "Type": "/XRef",
        "Index": pydyf.Array((0, size)),
        "W": pydyf.Array(WIDTHS),
        "Size": size,
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
        "ID": pydyf.Array((identifier, identifier)),
    }
    return pydyf.Stream([places], extra, compress=True)


def used() -> None:
    """Let WeasyPrint and pydyf draw and write so, in this process."""
    pydyf.Stream.data = property(stream_data)
    pydyf.PDF.page_references = property(page_references)
    pydyf.PDF.write = write
    pydyf.Object.__init__ = lambda self: None  # what it would set in each is the same in nearly all
    pydyf.Object.number, pydyf.Object.offset, pydyf.Object.generation, pydyf.Object.free = None, 0, 0, "n"
    pydyf.Object.inside = ()  # the numbers of the objects that it holds
    Page.paint = paint
