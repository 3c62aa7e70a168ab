"""Writes small Word documents, part by part, for the tests of their reader."""

import io
import zipfile

import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = [("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("ListBullet2", "List Bullet 2")]


def word_file(
    body: str,
    *,
    footnotes: dict[int, str] | None = None,
    numbering: str = "",
    links: dict[str, str] | None = None,
    header: str = "",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """A .docx with this body XML. footnotes are texts by id, links are addresses by relationship id."""
    related = {"rIdS": ("styles", "styles.xml"), "rIdN": ("numbering", "numbering.xml")}
    related |= {"rIdF": ("footnotes", "footnotes.xml"), "rIdH": ("header", "header1.xml")}
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/></w:sectPr>' if header else "<w:sectPr/>"
    notes = "".join(f'<w:footnote w:id="{n}">{para(text)}</w:footnote>' for n, text in (footnotes or {}).items())
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in STYLES
    )
    parts = {
        "word/document.xml": f"{HEAD}<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": f"{HEAD}<w:styles {W}>{styles}</w:styles>",
        "word/numbering.xml": f"{HEAD}<w:numbering {W}>{numbering}</w:numbering>",
        "word/footnotes.xml": f"{HEAD}<w:footnotes {W}>{notes}</w:footnotes>",
        "word/header1.xml": f"{HEAD}<w:hdr {W}>{para(header)}</w:hdr>",
        "word/_rels/document.xml.rels": _relations(related, links or {}),
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "[Content_Types].xml": _types(),
    }
    return zipped({name: text.encode() for name, text in parts.items()} | (more or {}))


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file with these parts, the same bytes each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def para(*runs: str, style: str = "", number: tuple[int, int] | None = None, bold: bool = False) -> str:
    """A paragraph of runs; a run that begins with < is XML already. number is its list and level."""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{''.join(run(each, bold=bold) for each in runs)}</w:p>"


def run(text: str, *, bold: bool = False) -> str:
    if text.startswith("<"):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{"<w:b/>" if bold else ""}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def link(relation: str, text: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def table(*rows: list[str]) -> str:
    """A table; each cell is the XML of its paragraphs, or text."""
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<') else para(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def listing(number: int, *levels: tuple[str, str], start: int = 1) -> str:
    """A list for numbering.xml: its levels' formats and texts, such as ("decimal", "%1.")."""
    inner = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start if level == 0 else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def _relations(related: dict[str, tuple[str, str]], links: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in related.items()
    )
    inner += "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in links.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    inner = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    inner += f'<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/>'
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{inner}</Types>'
    )


def with_properties_and_comments() -> bytes:
    """A Word document as Word writes it: an author, a title, a comment, and a name in two runs."""
    made, document = io.BytesIO(), docx.Document()
    run = document.add_paragraph("Dan").add_run("iel Farrow")
    run.bold = True
    document.core_properties.author, document.core_properties.title = "Ann Author", "Of Tim Title"
    document.add_comment(run, text="Ask Kim.", author="Rae Reader")
    document.save(made)
    return made.getvalue()
