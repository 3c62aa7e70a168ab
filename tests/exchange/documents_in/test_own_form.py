"""The lines that our own published page adds to the usual form, and what keeps foreign documents from them."""

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text, read_lines
from recommendations.exchange.documents_in.responses.reading import read_response

HEAD = "HMICFRS: Light (thematic inspection)\n\nResponse from: Marches OPCC\n\n"
ASKED = "Recommendations:\n\n1. The force should test light.\n\n"


def read(text: str):
    return read_response(lines_of_text(text))


def test_a_published_page_is_read_with_its_force_its_silence_and_its_way_back():
    page = """<main><h1>HMICFRS: Light (thematic inspection)</h1><p>Response from: Marches OPCC</p>
      <p>We welcome it.<sup><a href="#note-1">1</a></sup></p><h2>Recommendations</h2>
      <h3>Recommendation 1</h3><blockquote><p>The force should test light.</p></blockquote>
      <h4>OPCC comment</h4><p><strong>Action taken.</strong> Done.</p><p>This also answers AFI 3.</p>
      <h3>Recommendation 2</h3><blockquote><p>The force should look.</p></blockquote><p>No comment on this one.</p>
      <h3>AFI 3</h3><blockquote><p>The force should ask.</p></blockquote>
      <p>Answered with <a href="#recommendation-1">Recommendation 1</a>.</p>
      <h2>Chief officers’ comments</h2><h3>Westmarch Police</h3><p>I agree.</p>
      <p>A. Rowe, Chief constable, 1 June 2026. As submitted.</p><h3>Eastvale Constabulary</h3>
      <p>None submitted. The chief constable was invited.</p><h2>Footnotes</h2>
      <ol><li id="note-1">A note. <a href="#mark-1">Back to the text</a></li></ol></main>"""
    found = read_response(read_lines(page.encode(), "page.html"))
    assert [(each.number, each.text, each.comment) for each in found.recommendations] == [
        ("1", "The force should test light.", "Action taken. Done."),
        ("2", "The force should look.", ""),
        ("AFI 3", "The force should ask.", "Action taken. Done."),
    ]
    assert found.chief_officer_comments == "I agree."
    assert [(note.mark, note.text) for note in found.footnotes] == [("1", "A note.")]
    assert found.unplaced == ()


def test_what_a_line_says_of_another_that_is_not_there_stays_in_the_comment():
    found = read(f"{HEAD}We agree.\n\n{ASKED}OPCC comment: Answered with recommendation 7.")
    assert [(each.answers, each.text) for each in found.comments] == [(("1",), "Answered with recommendation 7.")]


@pytest.mark.parametrize("said", ["Version 2 of the report is out.", "Forces are asked to act.", "As submitted."])
def test_words_like_ours_are_the_narrative_of_another_form(said):
    assert read(f"{HEAD}We agree with it.\n\n{said}\n\n{ASKED}").narrative == ("We agree with it.", said)


def test_the_day_of_the_response_is_that_of_its_first_version():
    for said in (
        "This response published: 2 July 2026, the 36th day, by A. Rowe",
        "First published: 2 July 2026, in time",
    ):
        own = f"Report published: 28 May 2026\n\nLast day for a response: 22 July 2026, the 56th day\n\n{said}\n\n"
        found = read(f"{HEAD}{own}We agree.\n\n{ASKED}")
        assert (f"{found.published_on}", f"{found.responded_on}") == ("2026-05-28", "2026-07-02")


def test_the_day_of_the_report_is_read_from_two_cells():
    page = (
        "<h1>HMICFRS: Light</h1><table><tr><th>Report published</th><td>28 May 2026</td></tr></table><p>We agree.</p>"
    )
    assert f"{read_response(read_lines(page.encode(), 'page.html')).published_on}" == "2026-05-28"
