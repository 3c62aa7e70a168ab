"""Writes small PDFs, line by line, for the tests of their reader."""

LEADING = 14


def pdf_file(*contents: bytes) -> bytes:
    """A PDF with a page for each content stream; the fonts are /F and, bold, /B."""
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
    ]
    for number, content in enumerate(contents):
        resources = b"/Resources<</Font<</F 3 0 R/B 4 0 R>>>>"
        place = b"/MediaBox[0 0 600 800]/Contents %d 0 R" % (first + 2 * number + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R%s%s>>" % (place, resources))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def lines_at(top: int, *lines: str, left: int = 60, size: int = 11, font: str = "F", leading: int = LEADING) -> bytes:
    """Text lines from this height downwards."""
    shown = b"".join(
        b"1 0 0 1 %d %d Tm (%s) Tj " % (left, top - number * leading, _escaped(line))
        for number, line in enumerate(lines)
    )
    return b"BT /%s %d Tf %sET\n" % (font.encode(), size, shown)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
