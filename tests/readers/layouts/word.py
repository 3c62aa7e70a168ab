"""Documents as Word files: with styles and Word's own lists, with bold type alone, with numbers and bullets typed."""

from itertools import groupby

from tests.makers.word_file import listing, para, run, table, word_file
from tests.readers.source import Source, SourceLine

HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading2", "h5": "Heading2"}
BOLD = ("h1", "h2", "h3", "h4", "h5", "b", "th")
NUMBERS = listing(1, ("decimal", "%1."), ("lowerLetter", "(%2)")) + listing(2, ("bullet", "•"), ("bullet", "o"))
TYPED = {"li": "•\u00a0", "li2": "o\u00a0", "ci": "- "}


def docx(source: Source, style: str) -> bytes:
    """The Word file: "styles", "plain" (bold type alone, lists typed)."""
    lines = [line for line in source.lines if line.setting not in ("raw", "box", "endbox")]
    header = next((line.text for line in lines if line.setting == "foot"), "")
    body = ""
    for is_table, together in groupby([line for line in lines if line.setting != "foot"], key=_in_table):
        body += _table(list(together)) if is_table else "".join(_para(line, style) for line in _with_breaks(together))
    return word_file(body, numbering=NUMBERS, header=header)


def _in_table(line: SourceLine) -> bool:
    return line.setting in ("row", "th") or line.setting.startswith("c")


def _with_breaks(lines) -> list[list[SourceLine]]:
    """Each paragraph's lines: those that stand behind a line break stay in it."""
    together: list[list[SourceLine]] = []
    for line in lines:
        if line.setting == "br":
            together[-1].append(line)
        else:
            together.append([line])
    return together


def _para(lines: list[SourceLine], style: str) -> str:
    setting, counter = lines[0].setting, None
    runs = []
    for place, line in enumerate(lines):
        runs += ["<w:r><w:br/></w:r>"] if place else []
        runs += _runs(line, bold=setting in BOLD and (style == "plain" or setting not in HEADINGS))
    if style == "styles":
        counter = {"ol": (1, 0), "al": (1, 1), "li": (2, 0), "li2": (2, 1)}.get(setting)
        return para(*runs, style=HEADINGS.get(setting, ""), number=counter)
    return para(*([run(TYPED[setting])] if setting in TYPED else []), *runs)


def _runs(line: SourceLine, *, bold: bool) -> list[str]:
    written = []
    for place, (text, content) in enumerate(line.runs):
        space = " " if place else ""
        written.append(run(space + text, bold=bold or (line.setting == "s" and not content)))
    return written


def _table(lines: list[SourceLine]) -> str:
    rows: list[list[str]] = []
    for line in lines:
        if line.setting == "row":
            rows.append([])
            continue
        written = para(*([run("• ")] if line.setting == "ci" else []), *_runs(line, bold=line.setting == "th"))
        if line.setting in ("c+", "ci"):
            rows[-1][-1] += written
        else:
            rows[-1].append(written)
    return table(*rows)
