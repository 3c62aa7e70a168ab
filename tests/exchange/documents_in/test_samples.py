"""Whole documents in the forms that offices publish, read and compared with what a person reads in them.

The documents are fictional: the published form as text, Word, web page and PDF, and other offices' forms. A real
published response is tried besides, where one lies next to the checkout.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text, read_lines
from recommendations.exchange.documents_in.responses.reading import as_json, read_response

DOCUMENTS = Path(__file__).parents[2] / "samples"
REAL = Path(__file__).parents[4] / "shared" / "examples" / "prevent-response.txt"
PUBLISHED = date(2025, 9, 9)
NAMES_NO_DAY = {"twin", "custody", "table"}
FORMS = [
    "custody.txt",
    "gaps.txt",
    "improvement.txt",
    "letter.txt",
    "narrative-only.txt",
    "one-comment.txt",
    "peel.txt",
    "saved-page.html",
    "table.docx",
    "table.pdf",
    "twin.docx",
    "twin.html",
    "twin.pdf",
    "twin.txt",
    "unlabelled.txt",
]

UNANSWERED = "Recommendation {} has no answer, though others have one"
DOUBTS = {
    "gaps.txt": [{"lines": [21], "why": UNANSWERED.format(9)}],
    "narrative-only.txt": [{"lines": [4], "why": "no recommendation was found. Is that right?"}],
    "peel.txt": [{"lines": [12, 13, 14], "why": UNANSWERED.format(7)}],
    "unlabelled.txt": [{"lines": [15], "why": "Recommendation 12 has no text"}],
}


def read(name: str):
    lines = read_lines((DOCUMENTS / name).read_bytes(), name)
    return read_response(lines, PUBLISHED if name.split(".")[0] in NAMES_NO_DAY else None)


def test_every_document_is_tried():
    found = [path.name for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".html", ".docx", ".pdf")]
    assert sorted(found) == FORMS


@pytest.mark.parametrize("name", FORMS)
def test_what_is_read(name):
    expected = json.loads((DOCUMENTS / name).with_suffix(".json").read_text())
    found = as_json(read(name))
    assert found.pop("doubts") == DOUBTS.get(name, [])
    assert (found.pop("unaccounted"), [line["line"] for line in found.pop("lines") if not line["place"]]) == ([], [])
    assert found == expected


@pytest.mark.parametrize("name", FORMS)
def test_every_line_has_its_place_in_order(name):
    lines = read_lines((DOCUMENTS / name).read_bytes(), name)
    placed = [place.line.number for place in read_response(lines).placed]
    assert sorted(set(placed)) == [line.number for line in lines]
    assert placed == sorted(placed)


def test_where_the_lines_of_a_document_went():
    assert [(place.where, place.line.text[:30]) for place in read("custody.txt").placed] == [
        ("Title", "HMICFRS: Custody in Eastvale, "),
        ("Response from", "Response from: Police and Crim"),
        ("Address or greeting", "Agenda item 7, appendix B"),
        ("Narrative 1", "I welcome this report on the f"),
        ("Label", "Recommendations:"),
        ("Rec 1", "1. By 31 March 2026 the force "),
        ("Rec 2", "2. As soon as possible the for"),
        ("2, first part", "agree who records a refusal of"),
        ("2, second part", "review each refusal in the mon"),
        ("Comment, 1 and 2", "Commissioner’s response: I acc"),
        ("AFI 1", "Area for improvement: The forc"),
        ("Comment, AFI 1", "Commissioner’s response: Tests"),
        ("Not used yet", "See also the letter of 4 June "),
        ("Footnote 1", "¹ Custody visitors’ annual rep"),
    ]


def test_what_stands_beside_the_printed_parts():
    gaps = read("gaps.txt")
    assert gaps.inspectorate == "HMICFRS"
    assert gaps.published_on == date(2023, 10, 4)
    assert [(rec.label, rec.heading) for rec in gaps.recommendations] == [
        ("4", "Training"),
        ("7", ""),
        ("8787", ""),
        ("9", ""),
        ("AFI 11", ""),
    ]


def test_recommendations_point_to_their_cause_of_concern():
    read_recs = read("improvement.txt").recommendations
    assert [(rec.label, rec.cause) for rec in read_recs] == [
        ("AFI 11", ""),
        ("AFI 12", ""),
        ("Cause of concern 1", ""),
        ("1", "Cause of concern 1"),
        ("Innovative practice 1", ""),
    ]


def test_the_chief_officers_words_on_a_recommendation_are_kept_apart():
    table = read("table.docx")
    assert [(rec.label, rec.comment, rec.chief_officer_comments) for rec in table.recommendations] == [
        ("1", "I welcome this and will look again in the spring.", "Training began in May."),
        ("7.1", "I agree.", "Ours is public."),
        ("AFI 3", "I have seen the form.", "A form is in use."),
    ]


def test_pasted_text_reads_as_the_file():
    pasted = lines_of_text((DOCUMENTS / "twin.txt").read_text().replace("\n", "\r\n"))
    assert read_response(pasted, PUBLISHED) == read("twin.txt")


@pytest.mark.parametrize("path", [REAL] if REAL.exists() else [])
def test_a_real_response_comes_in_whole(path):
    found = as_json(read_response(read_lines(path.read_bytes(), path.name), date(2020, 7, 16)))
    assert [line["place"] for line in found.pop("lines")] == [
        *("title", "body", "narrative", "narrative", "narrative", "label", "text", "comment", "note")
    ]
    assert (found.pop("unaccounted"), found.pop("doubts")) == ([], [])
    comment = (
        "We will continue to monitor the forces efforts around Prevent and their attendance at any and all relevant "
        "panels/meetings to ensure appropriate management of risk."
    )
    narrative = found.pop("narrative")
    assert [(text[:20], text[-20:]) for text in narrative] == [
        ("All 43 police forces", "terror taking place."),
        ("We know only too wel", "disrupting activity."),
        ("The force works hard", " our residents safe."),
    ]
    assert "substantial¹ (meaning an attack is likely)" in narrative[1]
    assert found == {
        "title": "Counter-terrorism policing An inspection of the police's contribution to the government's "
        "Prevent programme",
        "kind": "thematic",
        "body": "Office of the Police and Crime Commissioner, Hampshire",
        "footnotes": [{"mark": "1", "text": "https://www.mi5.gov.uk/threat-levels"}],
        "recommendations": [
            {
                "number": "1",
                "kind": "recommendation",
                "heading": "",
                "text": "With immediate effect, the NPCC national Prevent lead and each force Prevent lead should "
                "review the attendance of force representatives at Channel panels so that police are correctly "
                "represented by decision makers who can contribute to managing risk.",
                "limbs": [],
                "addressees": ["NPCC national Prevent lead", "each force Prevent lead"],
                "deadline": {"words": "With immediate effect", "kind": "immediate", "due_on": "2020-07-16"},
                "comment": comment,
                "chief_officer_comments": "",
            }
        ],
        "comments": [{"answers": ["1"], "text": comment}],
        "chief_officer_comments": "",
        "reply": "",
        "unplaced": [],
    }
