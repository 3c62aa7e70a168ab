"""A document with two responses: which of them is asked before it is read, and each is brought in with its own days."""

from selectolax.lexbor import LexborHTMLParser

from recommendations.forms.documents_in.upload import ALL
from tests.exchange.documents_in.test_several import ONE, TWO
from tests.views.documents_in.responses.read import file, text_of
from tests.views.form_of import fields_among

BOTH = f"<html><body><main>{ONE}{TWO}</main></body></html>".encode()


def offered(answer) -> list[str]:
    page = LexborHTMLParser(answer.content.decode())
    return [each.attributes["value"] for each in page.css("input[name=part]")]


def typed(answer, name: str) -> str:
    """What the field with this name holds."""
    (value,) = fields_among(LexborHTMLParser(answer.content.decode()).css(f"main [name={name}]"))[name]
    return value


def lines(answer) -> int:
    return len(LexborHTMLParser(answer.content.decode()).css(".app-read > li"))


def test_which_one_is_asked_and_read_by_itself(choose):
    page = choose(document=file("both.html", BOTH))
    assert offered(page) == ["1", "2", ALL]
    kept = typed(page, "kept")
    assert offered(choose(kept=kept)) == ["1", "2", ALL]
    for part, title in (("1", "First light"), ("2", "Second sight")):
        read = choose(kept=kept, part=part)
        assert (typed(read, "title"), lines(read)) == (title, 3)
        assert f"both.html ({part} of 2)" in text_of(read)
    assert lines(choose(kept=kept, part=ALL)) == 6


def test_a_document_with_one_is_not_asked_about(choose):
    read = choose(document=file("one.html", f"<html><body><main>{ONE}</main></body></html>".encode()))
    assert (offered(read), typed(read, "title")) == ([], "First light")
