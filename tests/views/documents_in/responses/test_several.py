"""A document with two responses: which of them is asked before it is read, and each is brought in with its own days."""

from selectolax.lexbor import LexborHTMLParser

from recommendations.forms.documents_in.upload import ALL
from tests.exchange.documents_in.test_several import ONE, TWO
from tests.views.documents_in.responses.read import file

BOTH = f"<html><body><main>{ONE}{TWO}</main></body></html>".encode()


def offered(answer) -> list[str]:
    page = LexborHTMLParser(answer.content.decode())
    return [each.attributes["value"] for each in page.css("input[name=part]")]


def test_which_one_is_asked_and_read_by_itself(choose, check):
    page = choose(document=file("both.html", BOTH))
    assert offered(page) == ["1", "2", ALL]
    kept = page.context["form"]["kept"].value()
    assert offered(choose(kept=kept)) == ["1", "2", ALL]
    for part, title in (("1", "First light"), ("2", "Second sight")):
        brought = check(kept=kept, part=part)
        assert (brought.values["title"], brought.page.total) == (title, 3)
        assert brought.draft.name == f"both.html ({part} of 2)"
    assert check(kept=kept, part=ALL).page.total == 6


def test_a_document_with_one_is_not_asked_about(check):
    brought = check(document=file("one.html", f"<html><body><main>{ONE}</main></body></html>".encode()))
    assert brought.values["title"] == "First light"
