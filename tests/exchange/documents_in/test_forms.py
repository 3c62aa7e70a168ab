"""Forms that offices publish, in small: what a careful reader takes from each."""

from datetime import date

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text, read_lines
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse

HEAD = "HMICFRS: Losses (thematic inspection)\n\nResponse from: Marches OPCC\n\n"


def read(text: str) -> ReadResponse:
    return read_response(lines_of_text(text), date(2020, 1, 10))


def placed(found: ReadResponse, kind: str) -> list[str]:
    """The lines that went to this place."""
    return [each.line.text for each in found.placed if each.kind == kind]


def recs(found: ReadResponse) -> list[tuple[str, str, str]]:
    return [(rec.label, rec.text, rec.comment) for rec in found.recommendations]


@pytest.mark.parametrize(
    "label",
    [
        "PCC’s reply to the chief constable:", "Reply to the Chief Constable’s comments", "Commissioner’s reply",
        "My reply to the chief constable", "PCC response to the Chief Constable:", "Reply to the force’s comments:",
    ],
)  # fmt: skip
def test_a_reply_is_not_the_chief_officers_voice(label):
    found = read(f"{HEAD}Chief Constable’s comments:\nThe force agrees.\n\nIt has a plan.\n\n{label}\nI thank her.")
    assert (found.chief_officer_comments, found.reply) == ("The force agrees.\n\nIt has a plan.", "I thank her.")


@pytest.mark.parametrize(
    ("label", "answers"),
    [
        ("Commissioner's comments on AFI 11 and AFI 12:", ("AFI 11", "AFI 12")),
        ("PCC response to recommendations 1 to 3", ("1", "2", "3")),
        ("Response to AFIs 11 and 12:", ("AFI 11", "AFI 12")),
        ("OPCC comment (recommendations 2 and 3):", ("2", "3")),
        ("Response to recommendation 1 and AFI 12", ("1", "AFI 12")),
        ("PCC response to Recommendation Two", ("2",)),
    ],
)
def test_a_label_that_names_what_it_answers(label, answers):
    asked = "".join(f"Recommendation {n}: Forces should do {n}.\n" for n in (1, 2, 3))
    found = read(f"{HEAD}{asked}AFI 11: The force should x.\nAFI 12: The force should y.\n\n{label}\nI’ll watch.")
    assert [(comment.answers, comment.text) for comment in found.comments] == [(answers, "I’ll watch.")]


def test_several_recommendations_answered_in_one_paragraph():
    found = read(f"{HEAD}I welcome this.\n\nRecommendations 1, 2 and 5 – I have discussed these with the force.")
    assert found.narrative == ("I welcome this.",)
    assert [(each.answers, each.text) for each in found.comments] == [
        (("1", "2", "5"), "I have discussed these with the force.")
    ]


@pytest.mark.parametrize(
    ("parts", "number"),
    [(("7.1 answer calls; and", "7.2 record callers."), "7"), (("1. answer calls; and", "2. record callers."), "")],
)
def test_numbered_parts_of_a_recommendation_without_a_number(parts, number):
    text = f"{HEAD}Recommendations\n\nWithin three months, Westmarch Police should:\n" + "\n".join(parts)
    (rec,) = read(text).recommendations
    assert (rec.number, rec.text, rec.limbs) == (number, "Within three months, Westmarch Police should:", parts)


@pytest.mark.parametrize(
    ("start", "number"),
    [
        ("Recommendation II", "II"),
        ("Recommendation Two", "2"),
        ("R2.", "2"),
        ("Rec. 2)", "2"),
        ("5. Recommendation 2:", "2"),
    ],
)
def test_ways_to_number(start, number):
    found = read(f"{HEAD}{start}\nThe College of Policing should publish it.\nPCC response: No response required.")
    assert [(rec.number, rec.text, rec.comment) for rec in found.recommendations] == [
        (number, "The College of Policing should publish it.", "No response required.")
    ]


@pytest.mark.parametrize(
    ("start", "words", "day"),
    [
        ("Recommendation 3 (by 31 March 2022): ", "by 31 March 2022", date(2022, 3, 31)),
        ("Recommendation 3 (by 30 June 2022):\n", "by 30 June 2022", date(2022, 6, 30)),
        ("Recommendation 3 - by December 2022\n", "by December 2022", date(2022, 12, 31)),
        ("Recommendation 3 [within six months]\n", "within six months", date(2020, 7, 10)),
    ],
)
def test_a_deadline_behind_the_number(start, words, day):
    (rec,) = read(f"{HEAD}{start}Forces should agree it.\n\nPCC response: Agreed.").recommendations
    assert (rec.deadline.words, rec.deadline.due_on, rec.text) == (words, day, "Forces should agree it.")


def test_a_letter_in_numbered_paragraphs():
    found = read(
        "12 May 2022\n\nThe Rt Hon Example MP\nHome Office\n2 Marsham Street\n\nDear Home Secretary\n\n"
        "Response to HMICFRS report “Finding time for crime”\n\n1. I write under section 55 of the Police Act 1996.\n\n"
        "2. Recommendation 1: By March 2023, forces should manage scenes.\n\n"
        "3. I have sought assurance from the Chief Constable. He has told me that:\n\na) callers are trained; and\n\n"
        "b) victims get advice.\n\n4. Recommendation 2: Forces should supervise.\n\n5. The Force has a new team.\n\n"
        "Yours sincerely\n\nJohn Example\nPolice and Crime Commissioner for Lancastria\n\ncc: HMICFRS"
    )
    assert found.title == "Finding time for crime"
    assert found.body == "Police and Crime Commissioner for Lancastria"
    assert found.narrative == ("I write under section 55 of the Police Act 1996.",)
    assert recs(found) == [
        (
            "1",
            "By March 2023, forces should manage scenes.",
            "I have sought assurance from the Chief Constable. He has told me that:\n\na) callers are trained; and"
            "\n\nb) victims get advice.",
        ),
        ("2", "Forces should supervise.", "The Force has a new team."),
    ]
    assert "Home Office" in placed(found, "furniture")
    assert placed(found, "signature") == ["John Example", "Police and Crime Commissioner for Lancastria"]


def test_bullets_that_answer_without_a_label():
    found = read(
        f"{HEAD}Recommendation 2\n\nForces should train officers.\n\n• A package has been rolled out.\n"
        "• A second will follow.\n\nI will monitor this.\n\nRecommendation 3\n\nForces should debrief.\n\n"
        "• Debriefs happen.\n\nLisa Example, Police and Crime Commissioner for the Marches"
    )
    assert recs(found) == [
        (
            "2",
            "Forces should train officers.",
            "• A package has been rolled out.\n• A second will follow.\n\nI will monitor this.",
        ),
        ("3", "Forces should debrief.", "• Debriefs happen."),
    ]
    assert placed(found, "signature") == ["Lisa Example, Police and Crime Commissioner for the Marches"]


def test_short_lines_are_not_wrapped_text():
    found = read(
        "HMICFRS Report – An inspection of how well the police tackle serious youth violence\n"
        "Westmarch Police and Crime Commissioner’s response\n\n"
        "Recommendation One\nBy 31 March 2024, the Home Office should define serious youth violence.\n"
        "Commissioner’s Response\nThis recommendation is for the Home Office.\n\n"
        "Recommendation Two\nBy 31 March 2024, the College of Policing should make sure that learning is shared.\n"
        "Commissioner’s Response\nNot applicable to Westmarch."
    )
    assert found.title == "An inspection of how well the police tackle serious youth violence"
    assert found.body == "Westmarch Police and Crime Commissioner"
    assert [comment.text for comment in found.comments] == [
        "This recommendation is for the Home Office.",
        "Not applicable to Westmarch.",
    ]


def test_a_table_pasted_as_text():
    found = read(
        f"{HEAD}Recommendation\tForce response\tPCC response\n1. The force should x.\tDone.\tGood.\n"
        "2. The force should y.\t\tI will check.\nIn May.\n3. Forces should z.\tNo."
    )
    assert [(rec.label, rec.text, rec.chief_officer_comments, rec.comment) for rec in found.recommendations] == [
        ("1", "The force should x.", "Done.", "Good."),
        ("2", "The force should y.", "", "I will check.\n\nIn May."),
        ("3", "Forces should z.", "No.", ""),
    ]


def test_spaces_that_only_align():
    text = (
        "HMICFRS:\xa0\xa0Cyber crime\xa0– keep the light on (thematic inspection)\t\r\n\r\n"
        "Response from:\tOffice of the Police and Crime Commissioner for Dyfed-Powys\r\n\xa0\r\n"
        "Mae’r Comisiynydd yn croesawu’r adro\xadddiad hwn.\r\n\r\n"
        "Recommen\xaddation\xa02:\tThe NPCC lead should review it.\r\n"
        "OPCC\tComment:\tNoted."
    )
    found = read_response(read_lines(text.encode(), "response.txt"))
    assert found.narrative == ("Mae’r Comisiynydd yn croesawu’r adroddiad hwn.",)
    assert recs(found) == [("2", "The NPCC lead should review it.", "Noted.")]


def test_headings_that_say_to_whom():
    found = read(
        f"{HEAD}Recommendations to the Home Office and NPCC\n\nRecommendation 2 – To both: review the law.\n\n"
        "Not for PCC response.\n\nRecommendation 3: Chief constables should act.\n\nPCC response: Yes."
    )
    assert [(rec.label, rec.addressees, rec.comment) for rec in found.recommendations] == [
        ("2", ("Home Office", "NPCC"), "Not for PCC response."),
        ("3", ("Chief constables",), "Yes."),
    ]


def test_a_title_on_three_lines_and_whose_response_it_is():
    found = read(
        "HMICFRS Report –\nPEEL: Police effectiveness 2018/19\nAn inspection of Westmarch Police\n\n"
        "Section 55 response by the Police and Crime Commissioner for the Marches\n\n14 June 2019\n\nI welcome this."
    )
    assert found.title == "PEEL: Police effectiveness 2018/19 An inspection of Westmarch Police"
    assert (found.inspectorate, found.body) == ("HMICFRS", "the Police and Crime Commissioner for the Marches")
    assert (found.narrative, placed(found, "furniture")) == (("I welcome this.",), ["14 June 2019"])


def test_a_response_from_somebody_to_a_report_is_its_title():
    found = read(
        "Response from the Police and Crime Commissioner for Eastfold to HMICFRS’s report “Betrayal”\n\nI agree."
    )
    assert (found.title, found.body) == ("Betrayal", "the Police and Crime Commissioner for Eastfold")


def test_an_acceptance_is_not_the_recommendations_text():
    found = read(f"{HEAD}1. Recommendation 1: Forces should x.\nAccepted / Not accepted: Accepted\nPCC response: Yes.")
    assert recs(found) == [("1", "Forces should x.", "Yes.")]
    assert found.unplaced == ("Accepted / Not accepted: Accepted",)


def test_the_force_beside_the_office_in_a_table_that_names_no_recommendations():
    """The columns stand in another order, and the office's is the first."""
    found = read(
        f"{HEAD}Commissioner's response\tAFI\tForce update\tDue date\n"
        "I am assured.\t1. The force should answer calls.\tDone in May.\tMarch 2024"
    )
    (rec,) = found.recommendations
    assert (rec.label, rec.comment, rec.chief_officer_comments) == ("AFI 1", "I am assured.", "Done in May.")
    assert rec.deadline.due_on == date(2024, 3, 31)


def test_a_number_under_its_word():
    found = read(f"{HEAD}Recommendation\n\n1\n\nForces should x.\n\nPCC response\n\nYes.")
    assert recs(found) == [("1", "Forces should x.", "Yes.")]


def test_an_annex_with_the_chief_officers_letter():
    """Its salutation and its recommendations are that officer's: nothing of it is the office's."""
    found = read(
        f"{HEAD}I welcome this.\n\nRecommendation 1: The force should x.\n\nPCC response: Yes.\n\nAnnex A\n\n"
        "Chief Constable’s response\n\nDear Commissioner\n\nThank you for asking me.\n\nRecommendation 1\n\n"
        "We have done it.\n\nYours sincerely\n\nJo Doe\nChief Constable"
    )
    assert (found.body, found.narrative) == ("Marches OPCC", ("I welcome this.",))
    assert recs(found) == [("1", "The force should x.", "Yes.")]
    assert "We have done it." in found.chief_officer_comments
    assert "Thank you for asking me." in found.chief_officer_comments


def test_a_table_of_contents_does_not_end_the_head():
    found = read(
        "OFFICIAL\nStatutory response to inspection report\nContents\nIntroduction 1\nRecommendations 2\n\n"
        "Inspection: PEEL 2021/22 Westmarch\nPublished: 6 October 2022\n\nI am required to respond."
    )
    assert (found.title, found.published_on) == ("PEEL 2021/22 Westmarch", date(2022, 10, 6))
    assert found.narrative == ("I am required to respond.",)
    assert placed(found, "furniture") == ["OFFICIAL", "Contents", "Introduction 1", "Recommendations 2"]


def test_each_recommendation_with_the_chief_officers_words_and_a_reply():
    found = read(
        f"{HEAD}Recommendation 1: The force should x.\nChief Constable’s comments: Done.\nPCC’s reply: Thank you.\n"
        "Recommendation 2: The force should y.\nChief Constable’s comments: Not yet.\nPCC’s reply: I will ask again."
    )
    said = [(rec.label, rec.chief_officer_comments) for rec in found.recommendations]
    assert said == [("1", "Done."), ("2", "Not yet.")]
    assert (found.comments, found.reply) == ((), "Thank you.\n\nI will ask again.")


def test_recommendations_that_only_the_force_answers():
    found = read(
        f"{HEAD}Recommendation 1: Forces should x.\nForce response: Done.\nRecommendation 2: Forces should y.\n"
        "Force response: Not yet.\nCommissioner: I will ask again."
    )
    said = [(rec.label, rec.chief_officer_comments) for rec in found.recommendations]
    assert said == [("1", "Done."), ("2", "Not yet.")]
    assert [comment.text for comment in found.comments] == ["I will ask again."]
