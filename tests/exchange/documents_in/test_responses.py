"""Forms of responses in small, and what holds for every text."""

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.exchange.documents_in.lines import Unreadable, lines_of_text
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.responses.voices import TAKEN_FOR_THE_FORCES
from recommendations.exchange.documents_in.results import ReadResponse
from tests.examples import LETTERS, examples

HEAD = "HMICFRS: Losses (thematic inspection)\n\nResponse from: Marches OPCC\n\nWe welcome this.\n\n"
LINES = [
    "HMICFRS: A title of it (thematic inspection)",
    "Response from: OPCC Marches",
    "Recommendations:",
    "1. The force should do x.",
    "2. By 31 March 2026, forces should:",
    "• a bullet; and",
    "(a) alpha",
    "i. roman",
    "7.1 The force should split",
    "OPCC Comment: We agree.",
    "OPCC Comment:",
    "Force response: ok",
    "Chief Constable's comments:",
    "Reply to the chief constable's comments:",
    "Area for improvement: The force should y",
    "AFI 11 – the force should z",
    "Cause of concern",
    "Recommendation 3",
    "Recommendation 3: The force should w.",
    "Recommendations 1 and 2:",
    "Response to recommendations 1 to 4",
    "Dear Home Secretary",
    "Yours sincerely",
    "Jo Marsh",
    "Police and Crime Commissioner for the Marches",
    "Agenda item 7",
    "¹ A note",
    "* star note",
    "[1] square",
    "word¹ and word* here",
    "____",
    "Notes",
    "Conclusion",
    "Legitimacy",
    "I welcome this report.",
    "The PCC has done it.",
    "Just a paragraph of words that says little.",
    "2 October 2022",
    "1.",
    "Published: 9 September 2025",
    "Published: 31 February 2025",
    "Inspectorate: HMICFRS",
    "Areas for improvement",
    "Innovative practice",
    "I asked the Chief Constable for comments and she said:",
    "“Quoted words.”",
    "Annex A",
    "See also that.",
    "Title: Another title",
    "Response from",
    "PCC response We accept",
    "Overall comments",
    "– dash",
    "“",
    "…",
    ":",
]


def read(text: str) -> ReadResponse:
    return read_response(lines_of_text(text))


def recs(text: str) -> list[tuple[str, str, str]]:
    return [(rec.label, rec.text, rec.comment) for rec in read(text).recommendations]


@pytest.mark.parametrize(
    "label",
    [
        "OPCC Comment:", "Response:", "PCC response -", "Commissioner’s response:", "Commissioner's comments:",
        "Local policing body's comments:", "Marches position:", "Our response:",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_any_label_on_its_line_or_before_the_words(label, between):
    first, second = f"{label}{between}We agree.", f"{label}{between}So do we."
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\n{first}\n\n2. The force should y.\n\n{second}"
    assert recs(text) == [("1", "The force should x.", "We agree."), ("2", "The force should y.", "So do we.")]


@pytest.mark.parametrize("colon", [":", " –"])
def test_a_label_inside_a_paragraph(colon):
    text = f"{HEAD}Recommendations:\n\n1. The force should x. OPCC Comment{colon} We agree."
    assert recs(text) == [("1", "The force should x.", "We agree.")]


def test_one_comment_for_all():
    text = (
        f"{HEAD}Recommendations:\n\n1. The force should x.\n\n2. Forces should y.\n\nPCC response\n\nYes.\n\nTo both."
    )
    found = read(text)
    assert [(rec.label, rec.comment) for rec in found.recommendations] == [
        ("1", "Yes.\n\nTo both."),
        ("2", "Yes.\n\nTo both."),
    ]
    assert [(comment.answers, comment.text) for comment in found.comments] == [(("1", "2"), "Yes.\n\nTo both.")]


def test_a_recommendation_without_a_comment():
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\nPCC response: Yes.\n\n2. Forces should y."
    assert recs(text) == [("1", "The force should x.", "Yes."), ("2", "Forces should y.", "")]


def test_another_section_ends_what_a_comment_answers():
    text = (
        f"{HEAD}Recommendations:\n\n1. The force should x.\n\nAreas for improvement\n\n1. The force should y.\n\n"
        "PCC response: Yes."
    )
    assert recs(text) == [("1", "The force should x.", ""), ("AFI 1", "The force should y.", "Yes.")]


def test_a_numbered_list_inside_a_comment():
    text = (
        f"{HEAD}Recommendations:\n\n1. The force should x.\n\nPCC response: I asked for:\n\n1. one;\n\n"
        "2. two, which should come in May.\n\n2. Forces should y.\n\nPCC response: Yes."
    )
    assert recs(text) == [
        ("1", "The force should x.", "I asked for:\n\n1. one;\n\n2. two, which should come in May."),
        ("2", "Forces should y.", "Yes."),
    ]


def test_a_number_used_twice_is_kept_twice():
    text = (
        f"{HEAD}Recommendations:\n\n2. The force should x.\n\nPCC response: a\n\n2. Forces should y.\n\nPCC response: b"
    )
    assert recs(text) == [("2", "The force should x.", "a"), ("2 (2nd)", "Forces should y.", "b")]


def test_each_part_with_its_own_comment():
    text = f"{HEAD}Recommendations:\n\n7. The force should:\n\n7.1 do x.\n\nPCC response: a\n\n7.2 do y."
    text += "\n\nPCC response: b"
    (rec,) = read(text).recommendations
    assert (rec.number, rec.limbs, rec.comment) == ("7", ("7.1 do x.", "7.2 do y."), "a\n\nb")


def test_recommendations_said_first_and_answered_later():
    text = (
        f"{HEAD}Recommendation 1: The force should x.\nRecommendation 2: Forces should y.\n\nRecommendation 1\n\n"
        "We have done so.\n\nRecommendation 2: We will."
    )
    assert recs(text) == [("1", "The force should x.", "We have done so."), ("2", "Forces should y.", "We will.")]


def test_answers_to_recommendations_that_are_not_repeated():
    text = f"{HEAD}Response to recommendation 4: We agree.\n\nResponse to recommendations 5 and 6: For others."
    assert recs(text) == [("4", "", "We agree."), ("5", "", "For others."), ("6", "", "For others.")]


def test_bullets_that_are_recommendations():
    text = f"{HEAD}Recommendations:\n\n• Forces should x.\n\n• The force should y.\n\nPCC response: Yes."
    assert recs(text) == [("1", "Forces should x.", "Yes."), ("2", "The force should y.", "Yes.")]


def test_the_force_beside_the_office_is_not_the_office():
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\nForce response: Done.\n\nPCC comment: Good."
    found = read(text)
    assert [(rec.comment, rec.chief_officer_comments) for rec in found.recommendations] == [("Good.", "Done.")]
    assert found.chief_officer_comments == "Recommendation 1: Done."


def test_the_chief_constable_is_never_the_office():
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\nChief Constable's response: Done."
    found = read(text)
    assert [rec.comment for rec in found.recommendations] == [""]
    assert found.chief_officer_comments == "Recommendation 1: Done."
    assert found.comments == ()


def test_a_conclusion_goes_back_to_the_narrative():
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\nPCC response: Yes.\n\nConclusion\n\nI will watch this."
    assert read(text).narrative == ("We welcome this.", "Conclusion", "I will watch this.")


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_the_forces_response_is_never_the_offices_comment(between):
    text = f"{HEAD}Recommendations:\n\n1. The force should x.\n\nForce response:{between}We agree."
    found = read(text)
    assert [(rec.comment, rec.chief_officer_comments) for rec in found.recommendations] == [("", "We agree.")]
    assert [(doubt.line.text[:15], doubt.doubt) for doubt in found.doubts] == [
        ("Force response:", TAKEN_FOR_THE_FORCES)
    ]


def test_a_signature_and_papers_of_a_meeting_are_no_part_of_what_is_said():
    text = (
        f"Agenda item 7\n\n{HEAD}Recommendations:\n\n1. The force should x.\n\nPCC response: Yes.\n\nAlex Rowan\n"
        "Police and Crime Commissioner for the Marches"
    )
    found = read(text)
    assert [(each.line.text, each.kind) for each in found.placed if each.kind in ("furniture", "signature")] == [
        ("Agenda item 7", "furniture"),
        ("Alex Rowan", "signature"),
        ("Police and Crime Commissioner for the Marches", "signature"),
    ]
    assert [rec.comment for rec in found.recommendations] == ["Yes."]


@pytest.mark.parametrize(
    ("text", "mark", "note"),
    [
        ("word¹\n\n¹ A note", "1", "A note"),
        ("word [2]\n\n[2] A note", "2", "A note"),
        ("word*.\n\n* A note", "*", "A note"),
        ("word†\n\n† A note", "†", "A note"),
        ("word1\n\n1 <https://example.org/a>", "1", "https://example.org/a"),
        ("word1\n\n_____\n\n1 A note", "1", "A note"),
        ("word1\n\nNotes\n\n1. A note", "1", "A note"),
    ],
)
def test_footnotes(text, mark, note):
    found = read(HEAD + text)
    assert [(footnote.mark, footnote.text) for footnote in found.footnotes] == [(mark, note)]
    assert found.narrative[1] == text.split("\n")[0]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Response from: Marches OPCC", "Marches OPCC"),
        ("Response by: The Mayor of Westmarch", "The Mayor of Westmarch"),
        (
            "Response from the Police and Crime Commissioner for the Marches",
            "the Police and Crime Commissioner for the Marches",
        ),
        ("Response from\n\nCity of Marchbury Police Authority", "City of Marchbury Police Authority"),
        (
            "Office of the Police and Crime Commissioner for the Marches",
            "Office of the Police and Crime Commissioner for the Marches",
        ),
        ("The Marches PCC response to HMICFRS report: Losses", "The Marches PCC"),
        ("PCC response to HMICFRS report: Losses", ""),
        (
            "HMICFRS: Losses\n\nAs the Police and Crime Commissioner for the Marches, I answer it.",
            "Police and Crime Commissioner for the Marches",
        ),
    ],
)
def test_whose_response_it_is(line, body):
    assert read(f"{line}\n\nWe welcome this report.").body == body


@pytest.mark.parametrize(
    ("first", "second", "title", "unplaced"),
    [
        ("Police and Crime Panel", "HMICFRS: Losses (thematic inspection)", "Losses", ("Police and Crime Panel",)),
        ("HMICFRS – Losses", "Name of report: All the losses", "All the losses", ("HMICFRS – Losses",)),
        (
            "HMICFRS: Losses",
            "An inspection of how they are counted",
            "Losses An inspection of how they are counted",
            (),
        ),
        ("HMICFRS: Losses", "(thematic inspection)", "Losses", ()),
        ("HMICFRS inspection response", "Losses", "Losses", ()),
        ("Losses", "Inspection report", "Losses", ("Inspection report",)),
    ],
)
def test_the_line_that_surely_names_the_report(first, second, title, unplaced):
    found = read(f"{first}\n\n{second}\n\nResponse from: Marches OPCC\n\nWe welcome this report.")
    assert (found.title, found.unplaced) == (title, unplaced)


def test_facts_under_a_recommendation():
    text = (
        f"{HEAD}Recommendation 1\nRecommendation: Forces should x.\nDirected to: chief constables\n"
        "Deadline: 31 March 2026\nStatus: open\nResponse: We agree."
    )
    found = read(text)
    (rec,) = found.recommendations
    assert (rec.text, rec.addressees, rec.deadline.words, rec.comment) == (
        "Forces should x.",
        ("chief constables",),
        "31 March 2026",
        "We agree.",
    )
    assert found.unplaced == ("Status: open",)


def test_paragraphs_without_numbers():
    text = f"{HEAD}Areas for improvement\n\nThe force should x. It should do so now.\n\nThe force needs to y."
    text += "\n\nPCC response: Yes."
    assert recs(text) == [
        ("AFI 1", "The force should x. It should do so now.", "Yes."),
        ("AFI 2", "The force needs to y.", "Yes."),
    ]


def test_the_days_count_from_the_day_given_else_from_the_documents():
    text = "Published: 1 December 2022\n\n1. Within three months, the force should x.\n\nPCC response: Yes."
    (named,) = read(text).recommendations
    (given_day,) = read_response(lines_of_text(text), date(2025, 9, 9)).recommendations
    assert (named.deadline.due_on, given_day.deadline.due_on) == (date(2023, 3, 1), date(2025, 12, 9))
    assert read(text).published_on == date(2022, 12, 1)


def words(text: str) -> str:
    return "".join(re.findall(r"\w+", text))


def everything(found: ReadResponse) -> str:
    """All words of all parts."""
    recommendations = [
        part
        for rec in found.recommendations
        for part in (
            rec.number,
            rec.heading,
            rec.text,
            *rec.limbs,
            rec.comment,
            rec.chief_officer_comments,
            *rec.addressees,
            rec.deadline.words,
        )
    ]
    notes = [f"{note.mark} {note.text}" for note in found.footnotes]
    comments = [comment.text for comment in found.comments]
    head = [found.title, found.inspectorate, found.body]
    rest = [found.chief_officer_comments, found.reply, *found.unplaced]
    return words(" ".join([*head, *found.narrative, *notes, *recommendations, *comments, *rest]))


def left_of(text: str, taken: tuple[str, ...]) -> list[str]:
    """What is left of a line without the words that say what it is."""
    for each in taken:
        at = text.rfind(each) if each.startswith("(") else text.find(each)
        text = f"{text[:at]}\0{text[at + len(each) :]}" if at >= 0 else text
    return text.split("\0")


@settings(max_examples=examples(300))
@given(st.lists(st.sampled_from(LINES) | st.text(LETTERS, max_size=30), max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_nothing_is_dropped(lines, between):
    try:
        found_lines = lines_of_text(between.join(lines))
    except Unreadable:
        return
    found = read_response(found_lines)
    assert sorted({place.line.number for place in found.placed}) == [line.number for line in found_lines]
    kept = everything(found)
    for place in found.placed:
        for piece in left_of(place.line.text, place.taken):
            assert words(piece) in kept


@pytest.mark.soak
def test_two_hundred_pages_are_read_in_two_seconds():
    asked = "{n}. By 31 March 2026, the force and the Home Office should do thing {n}, so that all is better:"
    answer = "We will continue to look at this. " * 25
    many = "\n\n".join(f"{asked.format(n=n)}\n\n• one;\n\n• two.\n\nOPCC Comment: {answer}" for n in range(1, 500))
    began = time.process_time()
    found = read(f"{HEAD}Recommendations:\n\n{many}")
    assert time.process_time() - began < 2
    assert len(found.recommendations) == len(found.comments) == 499
