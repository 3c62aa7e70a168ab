"""Two responses in one document are two, each with its own lines."""

from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.several import responses_in
from tests.conftest import PUBLISHED

ONE = "<h1>HMICFRS report: First light</h1><p>Recommendation 1: Forces should count.</p><p>PCC comment: Yes.</p>"
TWO = "<h1>HMICFRS report: Second sight</h1><p>Recommendation 1: Forces should ask.</p><p>PCC comment: No.</p>"


def page(*parts: str):
    return read_lines(f"<html><body><main>{''.join(parts)}</main></body></html>".encode(), "responses.html")


def test_each_is_read_by_itself():
    parts = responses_in(page(ONE, TWO))
    read = [read_response(part.lines, PUBLISHED) for part in parts]
    assert [part.title for part in parts] == ["First light", "HMICFRS report: Second sight"]
    assert [(each.title, [rec.text for rec in each.recommendations], each.doubts) for each in read] == [
        ("First light", ["Forces should count."], []),
        ("Second sight", ["Forces should ask."], []),
    ]
    assert [[line.number for line in part.lines] for part in parts] == [[1, 2, 3], [1, 2, 3]]


def test_one_is_one():
    (part,) = responses_in(page(ONE))
    assert list(part.lines) == page(ONE)


def test_nothing_is_none():
    assert responses_in([]) == ()
