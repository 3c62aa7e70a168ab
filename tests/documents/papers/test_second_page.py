"""Page 2 is one page whatever there is to say: its lists give way, and the contents always begin on page 3."""

import dataclasses
import datetime
from html import unescape

import pypdfium2
import pytest
from django.template.loader import render_to_string

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.second_page_room import LESS, USUAL, longer_column
from recommendations.documents.pdf.render import render
from recommendations.domain.committees.paper_lines import PaperRequest
from recommendations.domain.papers.data.author_text import PaperMatter
from recommendations.domain.papers.data.lines import SinceLine
from tests.documents.papers import samples

DAY = datetime.date(2026, 10, 2)


def request(number: int, length: int) -> PaperRequest:
    return PaperRequest(
        number=f"26/{number:02}",
        text=samples.words(number, length),
        asked_on=DAY,
        owner="Head of Assurance",
        due_on=DAY,
        answer=samples.words(number + 1, length),
    )


def full(requests: int, length: int, questions: int, since: int, why: int):
    """A paper whose page 2 has much to say."""
    figures = samples.figures(40, length=80)
    lines = tuple(SinceLine(on=DAY, words=samples.words(n, 60), reference=f"WM-{n:04}") for n in range(since))
    overdue = tuple(
        dataclasses.replace(each, why_moved=samples.words(n, why)) for n, each in enumerate(figures.overdue)
    )
    return dataclasses.replace(
        figures,
        requests=tuple(request(number, length) for number in range(requests)),
        since=lines,
        overdue=overdue,
        front=dataclasses.replace(figures.front, questions=tuple(samples.words(n, 190) for n in range(questions))),
    )


def paper(figures):
    return scrutiny_paper(figures, author="Hannah Whitlock", created_at=samples.KNOWN_AT)


BETWEEN = [(2, 100, 3, 4, 90), (3, 180, 4, 8, 120), (4, 260, 6, 12, 200)]


@pytest.mark.parametrize(
    "much",
    [(9, 900, 6, 30, 400), *(pytest.param(much, marks=pytest.mark.soak) for much in ((0, 0, 0, 0, 20), *BETWEEN))],
)
def test_the_contents_begin_on_page_3(much):
    rendered = render(paper(full(*much)))
    text = pypdfium2.PdfDocument(rendered.pdf)[2].get_textpage().get_text_range()
    assert "Contents\r\nThe worst overdue, and what comes next" in text


def test_page_1_is_one_page_where_each_matter_names_six():
    figures = samples.figures(100, length=80)
    named = tuple(f"WM-{number:04}" for number in range(1, 7))
    words = "6 of 8 overdue have no forecast later than 30 September 2026."
    matters = (PaperMatter(heading="No recovery plan", words=words, rests_on="", references=named),) * 3
    front = dataclasses.replace(figures.front, view_words=samples.words(1, 200), matters=matters)
    rendered = render(paper(dataclasses.replace(figures, front=front)))
    first, second = (page.get_textpage().get_text_range() for page in list(pypdfium2.PdfDocument(rendered.pdf))[:2])
    assert ("Find it:" in first, "You asked" in second or "Since the period closed" in second) == (True, True)


@pytest.mark.parametrize(("questions", "since"), [(0, 1), (1, 7), (3, 7)])
def test_what_is_ahead_stays_in_one_column(questions, since):
    figures = samples.figures(3, length=80)
    lines = tuple(SinceLine(on=DAY, words=samples.words(n, 60), reference=f"WM-{n:04}") for n in range(since))
    front = dataclasses.replace(figures.front, questions=tuple(samples.words(n, 190) for n in range(questions)))
    rendered = render(paper(dataclasses.replace(figures, since=lines, front=front)))
    page = pypdfium2.PdfDocument(rendered.pdf)[1].get_textpage()
    heading, last = (
        page.get_charbox(page.search(words).get_next()[0])[0] for words in ("What is ahead", "Response to ")
    )
    assert heading == pytest.approx(last, abs=2)


def test_the_longer_column_is_as_short_as_whole_pieces_allow():
    assert [longer_column(heights) for heights in ([], [30], [30, 10, 10], [10, 50, 10])] == [0, 30, 30, 60]


def test_a_usual_page_shows_all_that_it_has_room_for_and_a_full_one_less():
    assert paper(full(0, 0, 1, 0, 20)).room == USUAL
    assert paper(full(9, 900, 6, 30, 400)).room in LESS


def test_what_the_committee_asked_is_cut_on_page_2_and_stands_in_full_further_on():
    document = paper(full(2, 900, 1, 1, 20))
    assert [len(each.text) <= 202 and each.text.endswith(" …") for each in document.asked_lines] == [True, True]
    assert document.asks_in_full is True
    assert paper(full(2, 60, 1, 1, 20)).asks_in_full is False


def test_a_paper_of_format_1_shows_what_it_showed():
    document = paper(dataclasses.replace(full(9, 900, 6, 30, 400), format=1))
    assert (document.room, len(document.asked_lines), document.asks_in_full) == (USUAL, 9, False)
    context = {"document": document, "figures": document.figures}
    words = unescape(render_to_string("documents/papers/second/asked.html", context))
    assert [each.line.request_text in words for each in document.asked_lines] == [True] * 9


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (0, ("ask", "the chief constable the questions in this paper", "")),
        (1, ("ask", "the chief constable the question", "questions")),
        (4, ("ask", "the chief constable the 4 questions", "questions")),
    ],
)
def test_the_committee_is_told_how_many_questions_there_are_and_where(questions, words):
    figures = full(0, 0, questions, 0, 20)
    asked = ("ask the chief constable the questions in this paper",)
    document = paper(dataclasses.replace(figures, front=dataclasses.replace(figures.front, asked=asked)))
    assert document.asked == [words]
