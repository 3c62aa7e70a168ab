"""Documents as text: pasted from a web page, from Word, or broken at a width as by e-mail and old systems."""

import textwrap

from tests.readers.source import Source, SourceLine

BULLETS = {"page": "", "word": "•\t", "wrapped": "  * "}
WIDTH = 76


def text(source: Source, style: str) -> bytes:
    """The text: "page" (no bullets, a line each), "word" (tabs), "wrapped"."""
    blocks: list[str] = []
    number = 0
    for line in source.lines:
        if line.setting in ("raw", "foot", "box", "endbox"):
            continue
        number = number + 1 if line.setting == "ol" else 0
        if line.setting == "hr":
            blocks.append("-" * 40)
        elif line.setting == "br":
            blocks[-1] += f"\n{_wrapped(line.text, style)}"
        elif line.setting == "row" or line.setting.startswith("c") or line.setting == "th":
            _cell(blocks, line)
        elif line.setting in ("li", "li2", "ol"):
            mark = f"{number}. " if line.setting == "ol" else BULLETS[style]
            glue = "\n" if line.setting != "ol" and style != "page" and blocks else "\0"
            item = _wrapped(f"{mark}{line.text}", style, hang=len(mark.expandtabs(2)))
            blocks = [*blocks[:-1], f"{blocks[-1]}{glue}{item}"] if glue == "\n" else [*blocks, item]
        else:
            blocks.append(_wrapped(line.text, style))
    between = "\n" if style == "word" else "\n\n"
    return between.join(blocks).encode()


def _wrapped(words: str, style: str, hang: int = 0) -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=" " * hang) if style == "wrapped" else words


def _cell(blocks: list[str], line: SourceLine) -> None:
    if line.setting == "row":
        blocks.append("")
        if len(blocks) > 1 and "\t" in blocks[-2]:
            blocks[-2:] = [f"{blocks[-2]}\n"]
    elif line.setting in ("c+", "ci"):
        blocks[-1] += f"\n{line.text}"
    else:
        blocks[-1] += f"{'' if not blocks[-1] or blocks[-1].endswith(chr(10)) else chr(9)}{line.text}"
