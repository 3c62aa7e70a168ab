"""Every word of a document has its place, whatever the document."""

import random
from dataclasses import replace

import pytest

from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from tests.examples import examples
from tests.readers.source import sources

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "b": 0, "sum": 3}
BULLETS = {"li": 0, "li2": 1, "ci": 0}
TEXT = """HMICFRS: A title of a report

Response from: Police and Crime Commissioner for Eastvale

I welcome this report.

Recommendation 1: The force should act.

PCC comment: It has."""


def as_lines() -> list[DocumentLine]:
    """The lines of all fictional documents, as far as a line alone says how it is set."""
    found = []
    for document in sources():
        for line in document.lines:
            if line.text and line.setting not in ("raw", "box", "endbox", "foot"):
                kind = "heading" if line.setting in HEADINGS else "bullet" if line.setting in BULLETS else "paragraph"
                level = (HEADINGS | BULLETS).get(line.setting, 0)
                found.append(DocumentLine(1, kind, line.text, level=level, mark="•" if kind == "bullet" else ""))
    return found


LINES = as_lines()


def numbered(lines: list[DocumentLine]) -> list[DocumentLine]:
    return [replace(line, number=number) for number, line in enumerate(lines, start=1)]


@pytest.mark.parametrize("read", [read_response, read_report])
@pytest.mark.parametrize("seed", range(examples(80)))
def test_the_words_in_the_parts_and_the_lists_are_those_of_the_document(read, seed):
    """Lines of many documents, thrown together: the reading may be nonsense, but it loses no word and adds none."""
    drawn = random.Random(seed).choices(LINES, k=60)
    assert read(numbered(drawn)).unaccounted == ()


def test_a_word_that_is_lost_or_put_in_is_named():
    lines = lines_of_text(TEXT)
    read = read_response(lines)
    lost = replace(read, narrative=(), placed=read.placed[:-1])
    assert accounting_problems(lines, lost) == [
        "Line 5 is in no list: pcc comment it has.",
        "The narrative lost words: i welcome this report.",
    ]
    put_in = replace(read, narrative=("I welcome this excellent report.",))
    assert accounting_problems(lines, put_in) == ["The narrative has words of no line of its own: excellent."]
