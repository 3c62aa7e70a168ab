"""Plain text: decoding, and the characters that begin a line."""

import re

from recommendations.exchange.readers.errors import Unreadable

BYTE_ORDER_MARKS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
KNOWN_BINARIES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ")
NOT_TEXT = "This file is not text. Bring in a .txt, .docx, .pdf or .html file, or paste the text."
SHARE_OF_CONTROLS = 0.005

BULLET = re.compile(r"^(?P<mark>[•‣◦▪■●○·➢\uf0b7\uf0a7]|[-–—*](?=\s)|o(?=\s{2,}|\t))\s*(?P<text>\S.*)$")
LIST_ITEM = re.compile(
    r"^(?:[•‣◦▪■●○·➢\uf0b7\uf0a7¹²³⁴⁵⁶⁷⁸⁹]|[-–—*]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.):]\s|\(\w{1,4}\)\s|\[\d+\])",
    re.IGNORECASE,
)
OPENS_A_LINE = re.compile(
    rf"{LIST_ITEM.pattern}|^(?:\d{{3,5}}[.):]\s|\d{{1,3}}\.\d{{1,3}}\s"
    r"|(?:cc|encs?)\b[.:]?\s"
    r"|(?:recommendations?|rec|afi|areas? for improvement|causes? of concern)\b.{0,12}(?:[:.–-]|$)"
    r"|[\w'’ ]{0,40}\b(?:comments?|response|position|reply|from)\s*:)",
    re.IGNORECASE,
)


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252. Raises Unreadable."""
    for encoding in _likely_encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = len(re.findall(r"[\x00-\x08\x0e-\x1f]", text))
        if controls > len(text) * SHARE_OF_CONTROLS:
            raise Unreadable(NOT_TEXT)
        return text
    raise Unreadable(NOT_TEXT)


def _likely_encodings(data: bytes) -> list[str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return [encoding]
    if data[1:400:2].count(0) > len(data[1:400:2]) // 2:
        return ["utf-16-le"]
    return ["utf-8", "cp1252"]


def looks_binary(data: bytes) -> bool:
    """Whether these bytes are not text in any supported encoding."""
    if data.startswith(KNOWN_BINARIES):
        return True
    try:
        decode_text(data)
    except Unreadable:
        return True
    return False
