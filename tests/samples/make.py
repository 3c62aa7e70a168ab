"""Writes twin.docx, twin.html, twin.pdf, table.docx and table.pdf beside this file, from twin.txt and the rows below,
and reports/thematic.pdf from the saved page beside it.

Run it when twin.txt or the page changes: python -m tests.samples.make
"""

import re
from pathlib import Path

import weasyprint

from tests.makers.word_file import listing, note, para, table, word_file

HERE = Path(__file__).parent
ROWS = [
    ["No.", "Recommendation", "Deadline", "Force response", "PCC comment"],
    ["1", "The force should train:|• officers; and|• call takers.", "31 March 2026", "Training began in May.",
     "I welcome this and will look again in the spring."],
    ["7.1", "Chief constables and the Home Office should publish data within six months.", "", "Ours is public.",
     "I agree."],
    ["AFI 3", "The force should ask victims what they need.", "", "A form is in use.", "I have seen the form."],
]  # fmt: skip
TITLE = "HMICFRS: Behind closed doors, an inspection of how the police deal with family disputes (thematic inspection)"
FROM = "Response from: Office of the Police and Crime Commissioner, the Marches"
WELCOME = "I welcome this report. My answer to each recommendation follows."


def main() -> None:
    lines = [line for line in (HERE / "twin.txt").read_text().split("\n") if line.strip()]
    (HERE / "twin.docx").write_bytes(twin_docx(lines))
    (HERE / "twin.html").write_text(page(twin_html(lines)))
    (HERE / "twin.pdf").write_bytes(weasyprint.HTML(string=page(twin_html(lines))).write_pdf())
    (HERE / "table.docx").write_bytes(table_docx())
    (HERE / "table.pdf").write_bytes(weasyprint.HTML(string=page(table_html())).write_pdf())
    report = report_html((HERE / "reports" / "thematic.html").read_text())
    (HERE / "reports" / "thematic.pdf").write_bytes(weasyprint.HTML(string=report).write_pdf())


def twin_docx(lines: list[str]) -> bytes:
    """With Word's own numbers, footnotes and links."""
    title, office, first, second, third, heading, asked, comment, _ = lines
    before, after = second.split("¹")
    label, said = comment.split(": ", 1)
    body = [para(title, style="Title"), para(office), para(first), para(before, note(2), after), para(third)]
    body += [para(heading, style="Heading1"), para(asked.removeprefix("1. "), number=(1, 0))]
    body += [para(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{label}:</w:t></w:r>", f" {said}")]
    numbers = listing(1, ("decimal", "%1."), ("lowerLetter", "(%2)"))
    notes = {2: "https://www.example.org/warning-levels"}
    return word_file("".join(body), footnotes=notes, numbering=numbers, header="OFFICIAL")


def twin_html(lines: list[str]) -> str:
    title, office, first, second, third, heading, asked, comment, _ = lines
    second = second.replace("¹", '<sup><a href="#note">1</a></sup>')
    address = "https://www.example.org/warning-levels"
    return (
        f"<h1>{title}</h1><p>{office}</p><p>{first}</p><p>{second}</p><p>{third}</p><h2>{heading}</h2>"
        f"<ol><li>{asked.removeprefix('1. ')}</li></ol>"
        f"<p><strong>OPCC Comment:</strong>{comment.removeprefix('OPCC Comment:')}</p>"
        f'<p id="note"><sup>1</sup> <a href="{address}">{address}</a></p>'
    )


def table_docx() -> bytes:
    rows = [["".join(para(each) for each in cell.split("|")) for cell in row] for row in ROWS]

    head = para(TITLE, style="Title") + para(FROM) + para(WELCOME)
    return word_file(head + table(*rows))


def table_html() -> str:
    def cell(text: str) -> str:
        return "".join(f"<p>{part}</p>" for part in text.split("|"))

    rows = "".join(f"<tr>{''.join(f'<td>{cell(text)}</td>' for text in row)}</tr>" for row in ROWS)
    return f"<h1>{TITLE}</h1><p>{FROM}</p><p>{WELCOME}</p><table>{rows}</table>"


def report_html(saved: str) -> str:
    """The saved page as it is printed: a title page, contents with page numbers, boxes, and the title on each page."""
    main = saved[saved.index("<h1>") : saved.index("<footer>")]
    entries = re.search(r'<ul class="contents">(.*?)</ul>', main)[1]
    listed = re.sub(r"<li>(.*?)</li>", r'<p>\1<span class="dots"></span> 2</p>', entries)
    main = main.replace(f'<ul class="contents">{entries}</ul>', listed)
    style = (
        "@page { size: A4; margin: 28mm 25mm; @top-left { content: 'Fit for the call' } "
        "@bottom-right { content: counter(page) } }"
        "body { font: 11pt/1.4 DejaVu Sans } h1 { font-size: 22pt; margin-top: 60mm } h2 { break-before: page;"
        " font-size: 17pt } h3 { font-size: 14pt } h4 { font-size: 12pt }"
        ".recommendation { border: 1.5pt solid #245; padding: 8pt } .dots::before { content: ' ............ ' }"
    )
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>{style}</style></head>{main}</html>'


def page(content: str) -> str:
    style = (
        "@page { size: A4; margin: 25mm; @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } }"
        "body { font: 10pt DejaVu Sans } h1 { font-size: 15pt } h2 { font-size: 12pt } sup { font-size: 6pt }"
        "td { border: 1px solid; vertical-align: top; padding: 3pt } td p { margin: 0 }"
    )
    head = f'<meta charset="utf-8"><title>Response</title><style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>{content}</body>\n</html>\n'


if __name__ == "__main__":
    main()
