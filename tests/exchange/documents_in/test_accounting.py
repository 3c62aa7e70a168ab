"""Every word of a document has its place, whatever the document."""

import random
from dataclasses import replace

import pytest

from recommendations.deadlines import Deadline
from recommendations.exchange.documents_in.accounting import accounting_problems
from recommendations.exchange.documents_in.lines import DocumentLine, lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import Placed
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import read_source
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


FACTS = """HMICFRS: A title of a report

Dear Home Secretary

Response from: Police and Crime Commissioner for Eastvale

I welcome this report.

Recommendation 1 – Chief constables

Deadline: 31 March 2026

Forces should act.

PCC comment:

They have.

Yours sincerely

Edith Marlowe"""


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"addressees": ()}, "Line 5 was read as an addressee, without: chief constables."),
        ({"deadline": Deadline()}, "Line 6 was read as a deadline, without: 31 march 2026."),
    ],
)
def test_a_fact_has_the_words_of_its_line(changes, problem):
    lines = lines_of_text(FACTS)
    found = read_response(lines)
    (rec,) = found.recommendations
    assert found.unaccounted == ()
    assert accounting_problems(lines, replace(found, recommendations=(replace(rec, **changes),))) == [problem]


def test_the_body_has_the_words_of_its_line():
    lines = lines_of_text(FACTS)
    found = replace(read_response(lines), body="")
    assert accounting_problems(lines, found) == ["Line 3 was read as the responding body, without: crime eastvale."]


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        ("Label", "PCC comment:", []),
        ("Label", "The force has trained everyone", ["was read as a label, without: force has trained everyone."]),
        ("Signature", "Edith Marlowe, Chief Executive", []),
        ("Signature", "We have trained everyone.", ["was read as a signature, without: we have trained everyone."]),
        ("Address or greeting", "2 Marsham Street, London", []),
        (
            "Address or greeting",
            "The force has done it.",
            ["was read as an address or greeting, without: force has done it."],
        ),
    ],
)
def test_a_line_that_is_in_no_part_is_known_to_be_none(place, text, problem):
    (line,) = lines_of_text(text)
    kind = {"Label": "label", "Signature": "signature"}.get(place, "furniture")
    found = replace(
        read_response([line]), placed=(Placed(line, place, (text,), kind),), unplaced=(), narrative=(), title=""
    )
    assert accounting_problems([line], replace(found, recommendations=(), comments=())) == [
        f"Line 1 {words}" for words in problem
    ]


def test_the_names_that_a_coroners_report_must_leave_out_are_not_named_here():
    texts = [
        "REGULATION 28 REPORT TO PREVENT FUTURE DEATHS",
        "THIS REPORT IS BEING SENT TO:",
        "1. Mr Jo Bloggs, A Trust",
    ]
    assert read_source(lines_of_text("\n\n".join(texts)), DocumentKind.CORONER).unaccounted == ()


def test_a_heading_of_an_audit_keeps_its_words_beside_its_priority():
    texts = ["Internal audit report: Data", "2. Missing records (Priority 2)", "Recommendation: The force should act."]
    read = read_source(lines_of_text("\n\n".join(texts)), DocumentKind.AUDIT)
    assert [(rec.priority, rec.text) for rec in read.recommendations] == [("Priority 2", "The force should act.")]
    assert ("own_text", "2. Missing records") in [(placed.kind, placed.line.text) for placed in read.placed]


def test_a_sentence_below_the_signature_of_an_iopc_letter_is_its_own_text():
    texts = [
        "IOPC recommendations",
        "Recommendation 1: The force should act.",
        "Yours sincerely",
        "Jo Marsh",
        "We publish.",
    ]
    read = read_source(lines_of_text("\n\n".join(texts)), DocumentKind.IOPC)
    assert [(placed.kind, placed.line.text) for placed in read.placed][-2:] == [
        ("signature", "Jo Marsh"),
        ("own_text", "We publish."),
    ]
