"""Documents as PDFs: letters, reports, papers of a committee, forms, and pages that a browser printed."""

import weasyprint

from tests.readers.layouts.web import PLAIN, body
from tests.readers.source import Source

FONT = "DejaVu Sans"
STYLES = {
    # A letter: serif, wide margins, a crest's line at the foot of each page.
    "letter": "@page { size: A4; margin: 30mm 28mm;"
    " @bottom-center { content: 'www.eastvale-pcc.example'; font-size: 8pt } }"
    "body { font: 11pt/1.4 DejaVu Serif } h1 { font-size: 13pt } h2, h3 { font-size: 11.5pt } p { margin: 0 0 9pt }",
    # The inspectorate's report: large headings, boxes, page numbers.
    "report": "@page { size: A4; margin: 25mm; @bottom-right { content: counter(page); font-size: 9pt } }"
    f"body {{ font: 11pt/1.45 {FONT} }} h1 {{ font-size: 24pt }} h2 {{ font-size: 18pt }} h3 {{ font-size: 14pt }}"
    "h4 { font-size: 12pt } .box { border: 1pt solid #234; padding: 8pt; background: #eef }",
    # The same in two colours without sizes: headings differ from text by bold type alone.
    "bold": "@page { size: A4; margin: 20mm; @top-center { content: 'OFFICIAL'; font-size: 8pt }"
    " @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages); font-size: 8pt } }"
    f"body {{ font: 10.5pt/1.35 {FONT} }} h1, h2, h3, h4, h5 {{ font-size: 10.5pt; margin: 8pt 0 4pt }}"
    "p, ul, ol { margin: 0 0 6pt }",
    # A landscape table as a committee gets it.
    "landscape": "@page { size: A4 landscape; margin: 15mm; @bottom-left { content: 'Agenda item 6'; font-size: 8pt } }"
    f"body {{ font: 9.5pt/1.3 {FONT} }} h1 {{ font-size: 14pt }} h2 {{ font-size: 11pt }} table {{ width: 100%;"
    " border-collapse: collapse } td, th { border: .5pt solid #444; vertical-align: top; padding: 3pt; width: 25% }"
    "td p, th p { margin: 0 0 3pt } th { background: #ddd; text-align: left }",
    # A web page printed by a browser: its head and foot, cells centred vertically, lists that lost their bullets.
    "printed": "@page { size: A4; margin: 14mm 12mm; @top-left { content: '14/03/2026, 09:12'; font-size: 7pt }"
    " @top-right { content: 'Responses to inspections'; font-size: 7pt } @bottom-left { content:"
    " 'https://www.norland-pcc.example/inspections/'; font-size: 7pt } @bottom-right { content: counter(page) '/'"
    f" counter(pages); font-size: 7pt }} }} body {{ font: 10pt/1.5 {FONT} }} ul {{ list-style: none; padding: 0 }}"
    "table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #999; vertical-align: middle;"
    " padding: 6pt } td p, th p { margin: 0 } h1 { font-size: 18pt } h2 { font-size: 14pt } h3 { font-size: 11.5pt }",
    # A form whose table has no lines at all.
    "form": "@page { size: A4; margin: 18mm }"
    f"body {{ font: 10pt/1.4 {FONT} }} h1 {{ font-size: 15pt; text-align: center }} h2 {{ font-size: 11pt }}"
    "table { width: 100% } td, th { vertical-align: top; padding: 4pt; text-align: left }",
}  # fmt: skip


def pdf(source: Source, style: str) -> bytes:
    """The PDF in one of these styles."""
    head = f'<meta charset="utf-8"><title>Document</title><style>{STYLES[style]}</style>'
    main = body([line for line in source.lines if line.setting != "raw"], PLAIN)
    return weasyprint.HTML(string=f'<html lang="en"><head>{head}</head><body>{main}</body></html>').write_pdf()
