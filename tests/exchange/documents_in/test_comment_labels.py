import pytest

from recommendations.exchange.documents_in.asking import reads_as_answer, reads_as_recommendation
from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.recommendation_starts import Start, read_limb, read_section, read_start


@pytest.mark.parametrize(
    ("text", "voice", "rest"),
    [
        ("OPCC Comment: We will continue", "office", "We will continue"),
        ("OPCC Comment", "office", ""),
        ("OPCC COMMENT:", "office", ""),
        ("PCC response", "office", ""),
        ("PCC Response - We accept", "office", "We accept"),
        ("PCC response We accept", "office", "We accept"),
        ("PFCC’s comments:", "office", ""),
        ("Response", "office", ""),
        ("Response: Yes.", "office", "Yes."),
        ("Comments", "office", ""),
        ("Our response", "office", ""),
        ("Commissioner’s response: I accept both.", "office", "I accept both."),
        ("Commissioner's comments", "office", ""),
        ("Police, Fire and Crime Commissioner’s Response", "office", ""),
        ("The Marches PCC response", "office", ""),
        ("Mayor’s response", "office", ""),
        ("Local policing body’s comments:", "office", ""),
        ("Response of the Police and Crime Commissioner for the Marches:", "office", ""),
        ("1. Police and Crime Commissioner's Comments", "office", ""),
        ("Westmarch position", "office", ""),
        ("Action taken: none", "unsaid", "none"),
        ("Force response:", "force", ""),
        ("Westmarch Police response: done", "force", "done"),
        ("Constabulary position", "force", ""),
        ("Action taken by the force:", "force", ""),
        ("Chief Constable’s response", "chief", ""),
        ("Chief Constable's comments:", "chief", ""),
        ("Comments of the Chief Constable", "chief", ""),
        ("Comments submitted by the Chief Constable of Westmarch", "chief", ""),
        ("Temporary Chief Constable’s response: agreed", "chief", "agreed"),
        ("Reply to the chief constable's comments", "reply", ""),
        ("Response to the Chief Constable’s comments:", "reply", ""),
        ("PCC's reply", "reply", ""),
        ("Reply to Chief Constable Doe’s comments", "reply", ""),
        ("Chief Constable – response:", "chief", ""),
        ("Comments from Chief Constable Jo Doe:", "chief", ""),
        ("Chief Constable Jo Doe's comments", "chief", ""),
        ("Chief Officer’s comments as submitted", "chief", ""),
        ("DCC Smith's update: done", "chief", "done"),
        ("Force lead comments:", "force", ""),
        ("PCC / OPCC comment:", "office", ""),
        ("OPCC Westmarch response", "office", ""),
        ("Action taken by PCC:", "office", ""),
        ("OPCC assurance:", "office", ""),
    ],
)
def test_labels(text, voice, rest):
    label = read_label(text)
    assert (label.voice, label.rest, label.scope) == (voice, rest, ())
    assert text.startswith(label.words)


@pytest.mark.parametrize(
    "text",
    [
        "PCC response times have improved.",
        "The Commissioner's response has been swift.",
        "Commissioner",
        "Response from: Office of the Police and Crime Commissioner",
        "Comments were sought from partners.",
        "The force position is strong.",
        "cc: HM Chief Inspector of Constabulary",
        "Next steps",
        "In response to recommendation 3 we did this.",
        "Position of trust offences",
    ],
)
def test_sentences_are_no_labels(text):
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Response to recommendations 1 to 4", ["1", "2", "3", "4"]),
        ("Recommendations 1, 3 and 5:", ["1", "3", "5"]),
        ("Response to recommendation 7: yes", ["7"]),
        ("PCC comment (Recommendation 4): hello", ["4"]),
        ("Recommendation 2 - PCC response: hello", ["2"]),
        ("PCC Comments to Recommendations 1 & 2:", ["1", "2"]),
        ("Comment on AFIs 3-5:", ["3", "4", "5"]),
        ("OPCC comments on all recommendations", [None]),
    ],
)
def test_labels_that_name_recommendations(text, scope):
    assert [number for _, number in read_label(text).scope] == scope


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("1", ["1"]),
        ("1 to 4", ["1", "2", "3", "4"]),
        ("1, 2 and 5", ["1", "2", "5"]),
        ("1-3 & 7", ["1", "2", "3", "7"]),
        ("7.1 to 7.3", ["7.1", "7.2", "7.3"]),
        ("4 to 2", ["4", "2"]),
        ("1 to 99999", ["1", "99999"]),
    ],
)
def test_lists_of_numbers(words, numbers):
    label = read_label(f"Response to recommendations {words}:")
    assert [number for _, number in label.scope] == numbers


@pytest.mark.parametrize(
    ("text", "kind", "whom"),
    [
        ("Recommendations:", "recommendation", ""),
        ("RECOMMENDATIONS", "recommendation", ""),
        ("4. Recommendations", "recommendation", ""),
        ("Recommendations and responses", "recommendation", ""),
        ("Recommendations for chief constables", "recommendation", "chief constables"),
        ("Areas for improvement (AFIs)", "area_for_improvement", ""),
        ("Causes of concern", "cause_of_concern", ""),
        ("3. Cause of concern", "cause_of_concern", ""),
        ("Innovative practice", "innovative_practice", ""),
        ("Commissioner’s response to the recommendations", "", ""),
    ],
)
def test_sections(text, kind, whom):
    section = read_section(text)
    assert (section.kind, section.addressees) == (kind, whom)


@pytest.mark.parametrize("text", ["Recommendation:", "Recommendations were made.", "The recommendations are clear", ""])
def test_what_heads_no_section(text):
    assert read_section(text) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1. With immediate effect", Start("", "1", "1.", "With immediate effect", bare=True)),
        ("(3) The force", Start("", "3", "(3)", "The force", bare=True)),
        ("7.1 review", Start("", "7.1", "7.1", "review", bare=True)),
        ("8787 The force", Start("", "8787", "8787", "The force", bare=True)),
        ("Recommendation 3:", Start("recommendation", "3", "Recommendation 3:", "")),
        ("Recommendation 2 – Vetting", Start("recommendation", "2", "Recommendation 2 –", "Vetting")),
        ("Recommendation 3 Chief constables", Start("recommendation", "3", "Recommendation 3", "Chief constables")),
        ("Recommendation one: do", Start("recommendation", "1", "Recommendation one:", "do")),
        ("Recommendation:", Start("recommendation", "", "Recommendation:", "")),
        ("Rec 4", Start("recommendation", "4", "Rec 4", "")),
        ("R12: do", Start("recommendation", "12", "R12:", "do")),
        ("AFI 11 – the force", Start("area_for_improvement", "AFI 11", "AFI 11 –", "the force")),
        ("Area for improvement 1", Start("area_for_improvement", "1", "Area for improvement 1", "")),
        ("Area for improvement: do", Start("area_for_improvement", "", "Area for improvement:", "do")),
        ("Cause of concern", Start("cause_of_concern", "", "Cause of concern", "")),
        ("Accelerated cause of concern", Start("accelerated_cause_of_concern", "", "Accelerated cause of concern", "")),
        ("Innovative practice: x", Start("innovative_practice", "", "Innovative practice:", "x")),
    ],
)
def test_starts(text, start):
    assert read_start(text) == start


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation 3 has been completed.",
        "Recommendation 3 of the report is for others.",
        "43 forces were visited.",
        "2019 was hard.",
        "All 43 forces",
        "Area for improvement in this report",
        "Recommendations 1 and 2",
    ],
)
def test_what_starts_nothing(text):
    assert read_start(text) is None


@pytest.mark.parametrize(
    ("text", "limb"),
    [
        ("(a) do", ("a", "alpha")),
        ("b) do", ("b", "alpha")),
        ("ii. do", ("ii", "roman")),
        ("(iv) do", ("iv", "roman")),
        ("(2) do", ("2", "digit")),
        ("7.1 do", ("7.1", "decimal")),
        ("a force", None),
        ("1. do", None),
    ],
)
def test_limbs(text, limb):
    assert read_limb(text) == limb


@pytest.mark.parametrize(
    ("text", "asks", "answers"),
    [
        ("The force should act.", True, False),
        ("By 31 March 2026, forces report.", True, False),
        ("Westmarch Police immediately reviews its practice.", True, False),
        ("We recommend that the force acts.", True, False),
        ("The force needs to improve.", True, False),
        ("I agree that the force should act.", False, True),
        ("We have done this.", False, True),
        ("The force has trained its staff.", False, True),
        ("Accepted.", False, True),
        ("The Commissioner will look again.", False, True),
        ("The Commissioner should look again.", True, False),
        ("The sky is blue.", False, False),
    ],
)
def test_who_speaks(text, asks, answers):
    assert (reads_as_recommendation(text), reads_as_answer(text)) == (asks, answers)
