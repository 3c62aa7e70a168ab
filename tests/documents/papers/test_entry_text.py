"""The first paragraph of an entry: it begins with a capital letter, says nothing twice, and each sentence ends once."""

import dataclasses
import datetime

import pytest

from recommendations.documents.papers.entry_text import facts
from recommendations.domain.papers.data.lines import LatestVoice, PaperDeadline, RegisterEntry

DAY = datetime.date(2027, 2, 5)
ENTRY = RegisterEntry(
    reference="WM-0001",
    heading="h",
    label="Recommendation 2",
    inspection="i",
    text="t",
    position="Accepted",
    first_target_on=DAY,
    target_on=DAY,
    forecast_on=DAY,
    deadline=PaperDeadline(),
    rag="amber",
    rag_reason="forecast 5 February 2027",
    hmicfrs=LatestVoice(label="Complete", on=DAY, words="Read from the portal (19)."),
)
REST = "HMICFRS: Complete, 5 Feb 2027. Read from the portal (19)."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {},
            "Forecast 5 February 2027. Recommendation 2. Accepted. HMICFRS’s deadline: none given; target 5 Feb 2027, "
            "not moved.",
        ),
        (
            {"rag_reason": "on track", "chief_officer_lead": "ACC Crime (19)."},
            "On track. Recommendation 2. Accepted. HMICFRS’s deadline: none given; target 5 Feb 2027, not moved; "
            "forecast 5 Feb 2027. Chief officer lead ACC Crime (19).",
        ),
        (
            {
                "rag_reason": "implemented, 31 July 2026",
                "closed_on": DAY,
                "outcome": "Implemented",
                "forecast_on": None,
            },
            "Closed 5 Feb 2027, implemented. Recommendation 2. Accepted. HMICFRS’s deadline: none given; target "
            "5 Feb 2027, not moved.",
        ),
        (
            {"rag_reason": "not accepted", "position": "Not accepted", "forecast_on": None},
            "Not accepted. Recommendation 2. HMICFRS’s deadline: none given; target 5 Feb 2027, not moved.",
        ),
        (
            {"rag_reason": "directed to others", "directed_to": "Home Office", "forecast_on": None},
            "Recommendation 2. Accepted. HMICFRS’s deadline: none given; target 5 Feb 2027, not moved. Directed to "
            "Home Office.",
        ),
    ],
)
def test_the_paragraph(changed, words):
    assert facts(dataclasses.replace(ENTRY, **changed), "OPCC", 2) == f"{words} {REST}"


def test_a_paper_of_format_1_keeps_its_words():
    assert facts(ENTRY, "OPCC", 1) == (
        "forecast 5 February 2027. Recommendation 2. Accepted. HMICFRS’s deadline: none given; target 5 Feb 2027, not "
        f"moved; forecast 5 Feb 2027. {REST}"
    )
