"""The numbers of a long paper's pages, printed on them when it is known how many there are.

They are a document of their own, with as many pages as the paper, of the same kinds, and on each only its number.
"""

from collections.abc import Iterable

import pydyf
from weasyprint.document import Document
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream

WITHOUT, ONLY = "unnumbered.css", "numbers.css"  # what a part is printed with besides, and what its numbers are
POINTS = 0.75  # in a pixel of CSS
FONTS = {"hinting": False, "pdf_version": "1.7"}


def numbers_html(kinds: Iterable[str]) -> str:
    """A page of each of `kinds`, with nothing on it but what the stylesheets say."""
    return '<!doctype html><html lang="en-GB"><body>' + "".join(f'<p style="page:{kind}">' for kind in kinds)


def print_numbers(pdf: pydyf.PDF, numbers: Document) -> None:
    """Print what is on each page of `numbers` on the page of `pdf` in its place, as an artifact of the layout."""
    fonts, pages = {}, [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    for page, number in zip(pages, numbers.pages, strict=True):
        given = fonts, None, {"ExtGState": {}}, {}, None, numbers.color_profiles, numbers.output_intent
        stream = Stream(*given, compress=True)
        stream.begin_marked_content("Artifact")
        number.paint(stream, POINTS)
        stream.end_marked_content()
        pdf.add_object(stream)
        page["Contents"] = pydyf.Array([page["Contents"], stream.reference])
    made = build_fonts_dictionary(pdf, fonts, True, True, FONTS)
    for reference in {page["Resources"] for page in pages}:
        own = pdf.objects[int(reference.split()[0])]["Font"]
        pdf.objects[int(own.split()[0])] |= made
