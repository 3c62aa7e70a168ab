"""The days of a document: its own, the last one to answer it, and those of what it recommends."""

from datetime import date

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.reports.reading import read_report
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.sources.kinds import DocumentKind, kind_of_document
from recommendations.exchange.documents_in.sources.reading import read_source

LAST = date(2026, 4, 28)
IOPC = (
    "IOPC learning recommendations\n\n3 March 2026\n\nRecommendation 3\n\n"
    "The IOPC recommends that Eastvale Police acts."
)


@pytest.mark.parametrize(
    "words",
    [
        "Please respond to these recommendations by 28 April 2026.",
        "You must provide your response by 28 April 2026.",
        "Your written response should reach us no later than 28 April 2026.",
    ],
)
@pytest.mark.parametrize("between", ["\n\n", " "])
def test_the_last_day_to_answer_is_no_deadline_of_the_recommendation_above(words, between):
    read = read_source(lines_of_text(f"{IOPC}{between}{words}"), DocumentKind.IOPC)
    (rec,) = read.recommendations
    assert (read.source.answer_by, rec.deadline.due_on, rec.addressees) == (LAST, None, ("Eastvale Police",))


@pytest.mark.parametrize("read", [read_report, read_response])
def test_nor_is_it_in_a_report_or_a_response(read):
    text = (
        "HMICFRS: Custody in Eastvale\n\nPolice and Crime Commissioner for Eastvale\n\n"
        "Recommendation 1: Forces should act.\n\nThe Commissioner must respond to this report by 28 April 2026."
    )
    found = read(lines_of_text(text), date(2026, 3, 3))
    assert [(rec.text, rec.deadline.due_on) for rec in found.recommendations] == [("Forces should act.", None)]
    assert len(found.doubts) == 1


def test_a_deadline_to_respond_to_the_public_is_one():
    text = "HMICFRS: A title\n\nRecommendation 1: By 28 April 2026, forces should respond to calls within the hour."
    (rec,) = read_report(lines_of_text(text), date(2026, 3, 3)).recommendations
    assert rec.deadline.due_on == LAST


@pytest.mark.parametrize("owner", ["Responsible officer: Head of fleet, 28 April 2026", "Due date: 28 April 2026"])
@pytest.mark.parametrize(("above", "made_on"), [("", None), ("Issued 3 February 2026\n\n", date(2026, 2, 3))])
def test_an_owners_day_is_not_the_day_of_the_audit(owner, above, made_on):
    text = f"Internal audit report: Vehicle hire\n\n{above}Recommendation 1: The force should record hires.\n\n{owner}"
    read = read_source(lines_of_text(text), DocumentKind.AUDIT)
    assert (read.source.made_on, [rec.deadline.due_on for rec in read.recommendations]) == (made_on, [LAST])


ANSWERS = {
    "a letter that repeats the concerns": "Eastvale Police\n\nDear Madam\n\nThank you for your Regulation 28: Report "
    "to Prevent Future Deaths.\n\nThe MATTERS OF CONCERN are as follows:\n\n1. Officers did not know the policy.\n\n"
    "We have trained all officers.\n\nYours faithfully\n\nT Marsh\n\nChief Constable",
    "the form with answers": "REGULATION 28: REPORT TO PREVENT FUTURE DEATHS\n\nRESPONSE OF THE CHIEF CONSTABLE OF "
    "EASTVALE POLICE\n\nCIRCUMSTANCES OF THE DEATH\n\nJo Bloggs died.\n\nCORONER'S CONCERNS\n\n"
    "(1) Officers did not know the policy.\n\nForce response: We have trained all officers.\n\n"
    "Dated 28 April 2026\n\nT Marsh, Chief Constable",
}


@pytest.mark.parametrize("text", ANSWERS.values(), ids=ANSWERS)
def test_a_chief_constables_answer_to_a_coroner_is_no_coroners_report(text):
    lines = lines_of_text(text)
    read = read_source(lines, DocumentKind.CORONER_RESPONSE)
    assert kind_of_document(lines) == DocumentKind.CORONER_RESPONSE
    assert [(rec.text, rec.chief_officer_comments) for rec in read.recommendations] == [
        ("Officers did not know the policy.", "We have trained all officers.")
    ]
    withheld = [placed.line.text for placed in read.placed if placed.kind == "withheld"]
    assert [text for text in lines if "Bloggs" in text.text or "Marsh" in text.text] == [
        line for line in lines if line.text in withheld and ("Bloggs" in line.text or "Marsh" in line.text)
    ]


def test_a_coroners_report_to_a_chief_constable_stays_one():
    text = (
        "REGULATION 28: REPORT TO PREVENT FUTURE DEATHS\n\nTHIS REPORT IS BEING SENT TO: Chief Constable, Eastvale "
        "Police\n\nCORONER'S CONCERNS\n\n1. The force's response to your report was slow.\n\nYours sincerely"
        "\n\nT Marsh\n\nChief Constable"
    )
    assert kind_of_document(lines_of_text(text)) == DocumentKind.CORONER
