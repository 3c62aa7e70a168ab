"""What the largest response costs as a PDF, beside plain paragraphs of the same text: python -m tests.bench.response.

60 recommendations, with comments of a few paragraphs and with comments that make 200 pages. The text and the Word
document are made in this process.
"""

import os
import sys
import time

from tests.bench.costs import Cost, best
from tests.bench.pdf import AIM, _plain

# What it is called, and how many paragraphs of 900 letters each of the 60 comments has.
SIZES = (("60 recommendations", 2), ("200 pages", 12))
RECOMMENDATIONS, LENGTH = 60, 900
# The plain paragraphs in the response's own type and margins, not in the paper's: lines cost too.
TYPE, MARGIN = ("8.9pt/11.3pt", "11pt/15.5pt"), ("21mm 18mm 23mm 20mm", "22mm 24mm 24mm 24mm")


def bench_response(name: str, paragraphs: int, runs: int = 3) -> tuple[Cost, Cost]:
    """Print and return the cost of a response, and of its text as plain paragraphs."""
    from recommendations.documents.pdf import render as pdf
    from recommendations.documents.responses.response_text import plain_response
    from recommendations.documents.responses.response_word import response_docx
    from tests.documents.responses import samples

    text = samples.large(RECOMMENDATIONS, paragraphs, LENGTH)
    (document, page), to_html = _timed(lambda: _page(text))
    child = [sys.executable, "-P", "-s", str(pdf.CHILD), "600", str(4 * 2**30)]
    ours = best(child, pdf.work_of(document, page), runs)
    same_type = _plain(page).replace(*TYPE).replace(*MARGIN).encode()
    plain = best([sys.executable, sys.modules["tests.bench.pdf"].__file__], same_type, runs)
    _, to_text = _timed(lambda: plain_response(text))
    _, to_word = _timed(lambda: response_docx(text, by="Hannah Whitlock", at=samples.AT))
    others = f"HTML {to_html:.2f} s, text {to_text:.2f} s, Word {to_word:.2f} s"
    _say(f"{name}, {_pages(pdf, page, document)} pages", ours, plain, others)
    return ours, plain


def _page(text):
    from django.template.loader import render_to_string

    from recommendations.documents.responses.response_pdf import response_document
    from tests.documents.responses import samples

    document = response_document(text, created_at=samples.AT)
    return document, render_to_string(document.template, {"document": document})


def _pages(pdf, page: str, document) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(pdf.press(page, document.stylesheets, seconds=600, memory=4 * 2**30)))


def _timed(make) -> tuple:
    start = time.perf_counter()
    made = make()
    return made, time.perf_counter() - start


def _say(name: str, ours: Cost, plain: Cost, others: str) -> None:
    print(f"PDF of a response, {name}, {AIM:g} times the plain paragraphs at most:")
    print(f"  response          {ours.seconds:6.2f} s  {ours.megabytes:5.0f} MB")
    print(f"  plain paragraphs  {plain.seconds:6.2f} s  {plain.megabytes:5.0f} MB")
    time_ratio, memory_ratio = ours.seconds / plain.seconds, ours.megabytes / plain.megabytes
    print(f"  ratio             {time_ratio:6.2f}    {memory_ratio:5.2f}")
    print(f"  {others}", flush=True)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    django.setup()
    for name, paragraphs in SIZES:
        bench_response(name, paragraphs)


if __name__ == "__main__":
    main()
