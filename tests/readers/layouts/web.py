"""Documents as saved web pages: offices' sites and the inspectorate's, each with its own furniture and its own HTML."""

import html
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.readers.source import Source, SourceLine

SITES = Path(__file__).parents[1] / "sites"
SPANS = {"^": "rowspan", ">": "colspan"}
LISTS = {"li": "ul", "li2": "ul", "ol": "ol", "al": "ol", "dt": "dl", "dd": "dl"}
PLAIN = {
    "h1": "<h1>{}</h1>", "h2": "<h2>{}</h2>", "h3": "<h3>{}</h3>", "h4": "<h4>{}</h4>", "h5": "<h5>{}</h5>",
    "p": "<p>{}</p>", "b": "<p><strong>{}</strong></p>", "note": "<p><small>{}</small></p>", "hr": "<hr>",
    "q": "<blockquote><p>{}</p></blockquote>", "sum": "<p>{}</p>",
}  # fmt: skip
# How each site sets what others set in the usual way.
OWN = {
    "elementor": {"b": "<p><b>{}</b></p>", "h2": '<h2 class="elementor-heading-title">{}</h2>'},
    "accordion": {"sum": "<h3><button aria-expanded='true'>{}</button></h3>"},
    "umbraco": {"h1": "<h1>{}</h1>", "b": "<p><b><u>{}</u></b></p>", "p": "<p><span style='color:#333'>{}</span></p>"},
    "blocks": {
        "h1": "<div class='font_0'><span>{}</span></div>", "h2": "<div class='font_2'><b>{}</b></div>",
        "h3": "<div><b>{}</b></div>", "b": "<div><b>{}</b></div>", "p": "<div><span>{}</span></div>",
    },
    "council": {"h1": "<p class='mgMainTitleTxt'><b>{}</b></p>", "h2": "<p><b>{}</b></p>", "b": "<p><b>{}</b></p>"},
    "folded": {"sum": "<summary>{}</summary>"},
    "hmicfrs": {},
    "justice": {"b": "<p><strong>{}</strong><br></p>"},
}  # fmt: skip


def page(source: Source, site: str) -> bytes:
    """The saved page."""
    return (SITES / f"{site}.html").read_text().replace("{{main}}", body(source.lines, PLAIN | OWN[site])).encode()


def body(lines: Sequence[SourceLine], blocks: dict[str, str]) -> str:
    """The lines as HTML, one block after the other."""
    written: list[str] = []
    for kind, run in groupby(lines, key=_group):
        together = list(run)
        if kind == "table":
            written.append(_table(together))
        elif kind in ("ul", "ol", "dl"):
            written.append(_list(kind, together))
        else:
            for line in together:
                _block(written, line, blocks)
    return "\n".join(written)


def _group(line: SourceLine) -> str:
    if line.setting in ("row", "th") or line.setting.startswith("c"):
        return "table"
    return LISTS.get(line.setting, "block")


def _block(written: list[str], line: SourceLine, blocks: dict[str, str]) -> None:
    if line.setting == "br":
        head, _, _ = written[-1].rpartition("</")
        tag = written[-1][len(head) :]
        written[-1] = f"{head}<br>{inline(line)}{tag}"
    elif line.setting == "raw":
        written.append(line.text)
    elif line.setting in ("box", "endbox"):
        written.append(f'<div class="{line.text}">' if line.setting == "box" else "</div>")
    elif line.setting != "foot":
        setting = "p" if line.setting == "s" else line.setting
        written.append(blocks[setting].format(inline(line, bold=line.setting == "s")))


def inline(line: SourceLine, *, bold: bool = False) -> str:
    """The line's words; with bold= the words that only say what it is are bold."""
    words = [
        f"<strong>{html.escape(text, quote=False)}</strong>" if bold and not content else html.escape(text, quote=False)
        for text, content in line.runs
    ]
    return " ".join(words)


def _list(kind: str, lines: list[SourceLine]) -> str:
    written = f"<{kind}>"
    for line in lines:
        deeper = line.setting == "li2"
        tag = line.setting if kind == "dl" else "li"
        item = f"<{tag}>{inline(line)}</{tag}>"
        written = f"{written.removesuffix('</li>')}<ul>{item}</ul></li>" if deeper else written + item
    return f"{written}</{kind}>"


def _table(lines: list[SourceLine]) -> str:
    rows: list[list[list[SourceLine]]] = []
    for line in lines:
        if line.setting == "row":
            rows.append([])
        elif line.setting in ("c+", "ci"):
            rows[-1][-1].append(line)
        else:
            rows[-1].append([line])
    return f"<table>{''.join(f'<tr>{"".join(map(_cell, row))}</tr>' for row in rows)}</table>"


def _cell(lines: list[SourceLine]) -> str:
    tag = "th" if lines[0].setting == "th" else "td"
    mark, span = lines[0].setting[1:2], lines[0].setting[2:]
    spanned = f" {SPANS[mark]}={span}" if mark in SPANS else ""
    inner = ""
    for bullets, run in groupby(lines, key=lambda line: line.setting == "ci"):
        texts = [inline(line) for line in run]
        inner += (
            f"<ul>{''.join(f'<li>{t}</li>' for t in texts)}</ul>" if bullets else "".join(f"<p>{t}</p>" for t in texts)
        )
    return f"<{tag}{spanned}>{inner}</{tag}>"
