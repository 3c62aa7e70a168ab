"""Post-processing of Office files (.xlsx, .docx): the same bytes for the same content, and texts that are valid
in XML.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from itertools import batched
from types import MappingProxyType

AT_ONCE = 100  # rows that are compressed together
QUICKLY = 3  # the level at which: 6, the usual one, takes twice as long for a sixth less
CORE = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Characters not allowed in XML 1.0: control characters, lone surrogates, and the two non-characters.
UNHEARD_OF = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """The text without the characters that XML does not allow; they are invisible."""
    return text if text.isprintable() else UNHEARD_OF.sub("", text)


def pack_reproducibly(
    file: bytes, at: datetime.datetime, rows: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> bytes:
    """The same package with `at` (UTC) as the moment in its properties and of each of its parts.
    `rows` are the XML rows to append to the sheets with these names (xlsx_rows.py), written as they are generated.
    """
    moment = at.astimezone(datetime.UTC)
    stamp = rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
        for part in was.infolist():
            data = was.read(part)
            entry = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            if part.filename in rows:
                _write_rows(now, entry, data, rows[part.filename])
            else:
                now.writestr(entry, STAMP.sub(stamp, data) if part.filename == CORE else data)
    return out.getvalue()


def _write_rows(package: zipfile.ZipFile, entry: zipfile.ZipInfo, sheet: bytes, rows: Iterable[str]) -> None:
    entry._compresslevel = QUICKLY  # type: ignore[attr-defined]  # `compress_level` from Python 3.13 on
    head, end, tail = sheet.partition(b"</sheetData>")
    with package.open(entry, "w") as part:
        part.write(head)
        for some in batched(rows, AT_ONCE):
            part.write("".join(some).encode())
        part.write(end + tail)
