"""What a scrutiny report costs, beside WeasyPrint's plain paragraphs of the same text: python -m tests.bench.pdf.

Both are made in a child process of their own, from start to end: imports, fonts, pages, file. The plain paragraphs are
tagged PDF/UA-1 too, one paragraph for each heading, paragraph, list item and table row of the report. Beside them,
where Chromium is there: its print of the report's own page, untagged.
"""

import html
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.costs import Cost, best, verdict

RUNS = {150: 3, 300: 3, 500: 2, 1_000: 1, 2_000: 1}  # of how many recommendations
AIM = 2.0
ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "static/documents"
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer")
BLOCKS = "h1, h2, h3, h4, p, li, tr, caption"
LABEL = "w"
PLAIN_STYLE = """
@font-face {{ font-family: "Source Sans 3"; src: url({font}) }}
@page {{ size: A4; margin: 21mm 18mm 23mm 20mm }}
html {{ font: 8.9pt/11.3pt "Source Sans 3" }}
"""


def bench_pdf(count: int, runs: int) -> tuple[Cost, Cost]:
    """Print and return the cost of a report of `count` recommendations, and of its text as plain paragraphs."""
    from recommendations.documents.pdf import render

    document, page = _report(count)
    child = [sys.executable, "-P", "-s", str(render.CHILD), "600", str(4 * 2**30)]
    ours = best(child, render.work_of(document, page), runs)
    plain = best([sys.executable, __file__], _plain(page).encode(), runs)
    _say(count, report=ours, plain_paragraphs=plain, **_printed(document, page, runs))
    return ours, plain


def _printed(document, page: str, runs: int) -> dict[str, Cost]:
    """What Chromium costs that prints `page` with its styles, untagged; nothing where there is none."""
    command = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if not command:
        return {}
    styles = "".join((STYLES / name).read_text() for name in document.stylesheets)
    head = f"<style>{re.sub('bundled:([^)]+)', _address, styles)}</style></head>"
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "paper.html", Path(folder) / "paper.pdf"
        source.write_text(page.replace("</head>", head, 1))
        asked = [command, *QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", source.as_uri()]
        printed = best(asked, b"", runs, dict(os.environ))
        if not made.exists():
            raise RuntimeError(f"{command} printed nothing.")
    return {"chromium": printed}


def _address(found: re.Match) -> str:
    """Where a bundled file lies."""
    places = (folder / found[1] for folder in (STYLES, ROOT / "static/build/fonts"))
    return next(place.as_uri() for place in places if place.exists())


def _report(count: int):
    from django.template.loader import render_to_string

    from recommendations.documents.papers.document import scrutiny_paper
    from tests.documents.papers import samples

    figures = samples.figures(count)
    document = scrutiny_paper(figures, author="Hannah Whitlock", created_at=samples.KNOWN_AT)
    return document, render_to_string(document.template, {"document": document})


def _plain(page: str) -> str:
    """The text of `page` as plain paragraphs under one heading."""
    from selectolax.lexbor import LexborHTMLParser

    texts = list(_texts(LexborHTMLParser(page).body.css(BLOCKS)))
    font = (ROOT / "static/build/fonts/source-sans-3-latin-400-normal.ttf").as_uri()
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    style = PLAIN_STYLE.format(font=font)
    return f"<!doctype html><html lang=en><title>Plain</title><style>{style}</style><h1>Plain</h1>{body}</html>"


def _texts(blocks):
    """The text of each block. A voice's label belongs to the paragraph that follows it."""
    label = ""
    for block in blocks:
        text = " ".join([label, *block.text(separator=" ").split()]).strip()
        label = text if block.attributes.get("class") == LABEL else ""
        if not label:
            yield text


def _say(count: int, **costs: Cost) -> None:
    print(f"PDF of {count:,} recommendations, {AIM:g} times the plain paragraphs at most:")
    print("                        clock  processors       memory")
    row = "  {:16}  {:8.2f}{unit}  {:8.2f}{unit}     {:8.2f}"
    for name, cost in costs.items():
        print(row.format(name.replace("_", " "), *cost, unit=" s") + " MB")
    ratios = [mine / theirs for mine, theirs in zip(costs["report"], costs["plain_paragraphs"], strict=True)]
    print(row.format("ratio", *ratios, unit="  "), f"  processors: {verdict(ratios[1], AIM)}", flush=True)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    django.setup()
    for count, runs in RUNS.items():
        bench_pdf(count, runs)


def plain_child() -> None:
    """The child that makes the plain paragraphs: HTML on standard input, the PDF on standard output."""
    from weasyprint import HTML

    sys.stdout.buffer.write(HTML(string=sys.stdin.read()).write_pdf(pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main() if __spec__ else plain_child()
