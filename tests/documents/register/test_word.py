"""The Word documents for a colleague's paper: what they say, in which order, and how they are made."""

import io
import re
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from recommendations.documents.register.word import (
    MOST_EVENTS,
    NONE_FITS,
    InspectionPaper,
    RecommendationPaper,
    WordRecommendation,
    inspection_docx,
    recommendation_docx,
    register_docx,
)
from recommendations.domain.inspections.statutory_clock import Clock
from recommendations.domain.register.dates import ShownDate
from recommendations.domain.register.notices import Notice
from recommendations.domain.register.timeline import TimelineEvent
from tests.conftest import AT, TODAY
from tests.documents.register.samples import DAY, HOSTILE, about, line

SPOKEN = line(
    force="Westmarch",
    inspection="Custody in Westmarch",
    kind="Recommendation",
    number="4",
    heading="Call bells",
    chief_officer_lead="ACC Rowe",
    deadline_on=TODAY - DAY,
    target_on=TODAY + DAY,
    target_moves=2,
    forecast_on=TODAY + 9 * DAY,
    position="Accepted in part",
    stage="In progress",
    update="Bells are tested " + "and tested " * 60 + "daily.",
    update_on=TODAY,
    said_by="Sgt Hale",
    assurance="Not assured",
    assurance_why="Not seen.",
    assurance_on=TODAY,
    inspectorate_status="Being progressed",
    inspectorate_status_on=TODAY,
)


def read(content: bytes):
    return docx.Document(io.BytesIO(content))


def outline(document) -> list[tuple[str, str]]:
    return [
        (each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith(("Title", "Head"))
    ]


def table_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def xml_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def event(number: int, **said) -> TimelineEvent:
    facts = {"on": TODAY - number * DAY, "recorded_at": AT, "group": "force", "title": f"Update {number}"}
    return TimelineEvent(**facts | {"by": "by Callum Tranter", "lines": ("Done.",)} | said)


def recommendation(**said) -> bytes:
    asked = WordRecommendation(
        label="Recommendation 4: Call bells",
        text="The force should test bells.",
        parts=("in each suite", "at night"),
        directed_to="Chief constables; The College",
        deadline="“By March”, read as a month: 31 March 2026",
    )
    facts = {
        "about": about(title="WM-0001: Call bells", asked=(), rows=1),
        "asked": asked,
        "line": SPOKEN,
        "rag": "Red: 1 day over",
        "flags": ("No update for 148 days",),
        "notices": [Notice("Reopened.", "It failed.")],
        "dates": [
            ShownDate("HMICFRS deadline", "6 November 2026", "“By March”"),
            ShownDate("Force’s target", "None set"),
        ],
        "events": [event(1), event(2, withdrawn="Withdrawn: typed twice."), event(3)],
    }
    return recommendation_docx(RecommendationPaper(**facts | said))


def test_a_recommendation_says_what_is_asked_its_dates_its_voices_and_what_happened():
    document = read(recommendation())
    assert outline(document) == [
        ("Title", "WM-0001: Call bells"),
        ("Heading 1", "What is asked"),
        ("Heading 1", "Dates"),
        ("Heading 1", "Where it stands"),
        ("Heading 1", "What happened"),
    ]
    texts = [each.text for each in document.paragraphs]
    assert texts[texts.index("What is asked") + 1 :][:4] == [
        "The force should test bells.",
        "in each suite",
        "at night",
        "Deadline: “By March”, read as a month: 31 March 2026. Directed to: Chief constables; The College.",
    ]
    facts, dates, voices, happened = map(table_of, document.tables)
    assert facts[-1] == ["RAG", "Red: 1 day over. No update for 148 days"]
    assert dates == [["HMICFRS deadline", "Force’s target"], ["6 November 2026\n“By March”", "None set"]]
    assert voices[0] == ["Force position", "OPCC assurance", "HMICFRS status"]
    assert voices[1][1:] == ["Not assured\nNot seen.\n7 November 2026", "Being progressed\n7 November 2026"]
    assert voices[1][0].startswith("Accepted in part, in progress\nBells are tested")
    assert voices[1][0].endswith("daily.\n7 November 2026, Sgt Hale")
    assert [row[1].split("\n")[0] for row in happened] == ["What", "Update 1", "Update 3"]
    assert happened[1] == ["6 November 2026\nrecorded 7 November 2026", "Update 1\nDone.\nby Callum Tranter"]
    assert "Reopened. It failed." in texts
    assert texts[-1] == (
        f"Downloaded on 7 November 2026 at 10:00 by Hannah Whitlock. Marches OPCC. Trail head {'ab' * 32}, 12 entries."
    )


def test_what_happened_is_told_in_short():
    document = read(recommendation(events=[event(each) for each in range(MOST_EVENTS + 3)]))
    assert len(table_of(document.tables[-1])) == MOST_EVENTS + 1
    assert "The latest 15 of 18 entries. The record has all of them." in [each.text for each in document.paragraphs]


def test_an_inspection_says_what_it_asks_with_the_voices_of_each_force():
    other = line(reference="EV-0001", force="Eastvale", stage="Awaiting allocation")
    paper = InspectionPaper(
        about=about(title="Custody in Westmarch"),
        facts=[("Kind", "Custody (joint)"), ("Report", "")],
        clock=Clock("running", "Deadline 11 March 2026: 3 days left", "Published on 15 January 2026.", ""),
        asked=[
            WordRecommendation(label="Recommendation 4: Call bells", text="Test them.", lines=(SPOKEN, other)),
            WordRecommendation(label="Practice", text="Good."),
        ],
    )
    document = read(inspection_docx(paper))
    assert outline(document) == [
        ("Title", "Custody in Westmarch"),
        ("Heading 1", "What it asks"),
        ("Heading 2", "Recommendation 4: Call bells"),
        ("Heading 3", "WM-0001, Westmarch. Red: 1 day over"),
        ("Heading 3", "EV-0001, Eastvale. Red: 1 day over"),
        ("Heading 2", "Practice"),
    ]
    facts, _, theirs = map(table_of, document.tables)
    assert facts == [
        ["Kind", "Custody (joint)"],
        ["Response", "Deadline 11 March 2026: 3 days left. Published on 15 January 2026."],
    ]
    assert theirs[1] == ["Awaiting allocation", "No view yet", "No status yet"]


def test_an_inspection_without_recommendations_says_so():
    clock = Clock("not_needed", "No response needed", "A letter.", "")
    document = read(inspection_docx(InspectionPaper(about=about(), facts=[], clock=clock, asked=[])))
    assert "Nothing is added yet." in [each.text for each in document.paragraphs]


def test_the_register_is_a_table_on_its_side_whose_heading_is_on_each_page():
    content = register_docx([SPOKEN] * 3, about(rows=3))
    document = read(content)
    (table,) = document.tables
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [len(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows] == [1, 0, 0, 0]
    rows = table_of(table)
    assert rows[0] == [
        "Reference",
        "Recommendation",
        "Dates and RAG",
        "Force position",
        "OPCC assurance",
        "HMICFRS status",
    ]
    assert rows[1][:3] == [
        "WM-0001\nCustody in Westmarch\nWestmarch",
        "Call bells\nRecommendation 4. Lead: ACC Rowe",
        "Red: 1 day over\nHMICFRS 6 Nov 2026\nTarget 8 Nov 2026, moved twice\nForecast 16 Nov 2026",
    ]
    assert len(rows[1][3]) < 400
    assert rows[1][3].endswith(" …\n7 November 2026, Sgt Hale")
    assert document.paragraphs[1].text == (
        "As it stood on 7 November 2026. 3 recommendations: Force: Westmarch; RAG: Red. Overdue first."
    )


def test_a_register_without_rows_says_so():
    document = read(register_docx([], about(rows=0)))
    assert document.tables == []
    assert NONE_FITS in [each.text for each in document.paragraphs]


def test_the_document_says_its_title_language_and_marking():
    content = register_docx([SPOKEN], about())
    document = read(content)
    said, section = document.core_properties, document.sections[0]
    assert (said.title, said.author, said.comments) == ("Register of HMICFRS recommendations", "Marches OPCC", "")
    assert said.language == "en-GB"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[0].text.startswith("Register of HMICFRS recommendations, 7 November 2026\tPage ")
    fields = section.footer._element.findall(f".//{qn('w:fldSimple')}")
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    used = {style.font.name for style in document.styles if style.name in ("Normal", "Title", "Cell", "Verbatim")}
    assert used == {"Calibri", "Cambria"}


@pytest.mark.suite(0, 1, 16)
@pytest.mark.parametrize("text", [*HOSTILE, "A\x00b\x0bc\ufffe."])
def test_a_text_is_a_text_and_no_instruction(text):
    everywhere = line(reference=text, text=text, update=text, assurance_why=text, said_by=text, heading=text)
    content = register_docx([everywhere], about(title=text or "T", office=text, by=text, asked=(text,)))
    table = read(content).tables[0]
    shown = re.sub(r"[\x00-\x08\x0b\ufffe]", "", text)
    assert table.rows[1].cells[0].text.split("\n")[0] == shown.replace("\t", " ").split("\n")[0]
    assert not re.search(r"w:hyperlink|w:instrText|w:object|w:drawing", xml_of(content))


def test_the_same_paper_is_the_same_bytes():
    assert recommendation() == recommendation()
    assert register_docx([SPOKEN], about()) == register_docx([SPOKEN], about())
