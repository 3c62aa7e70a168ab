"""Which sentences read like a commitment, and when they say that it is checked: in words that responses use."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.commitments.detection import commits, suggestions
from recommendations.domain.commitments.schedule import months_after, next_in_series, rhythm_of
from recommendations.enums import Every
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.responses.reading import read_response

SAID = datetime.date(2020, 9, 9)
EXAMPLE = Path(__file__).parents[4] / "shared" / "examples" / "prevent-response.txt"
TWIN = Path(__file__).parents[2] / "samples" / "twin.txt"

COMMITMENTS = [
    "We will continue to monitor the forces efforts around Prevent and their attendance at any relevant panels.",
    "We will continue to watch who the force sends to the panels, and we will say so in our yearly report.",
    "I will look at the results each quarter.",
    "I’ll ask for the figures again in the spring.",
    "We'll publish what we find.",
    "I shall hold the Chief Constable to account for this through my Performance Board.",
    "I will, of course, publish the answer.",
    "We will therefore visit each suite before March 2021.",
    "The Police and Crime Commissioner will raise this at the next accountability board.",
    "The Commissioner will publish the results beside the register.",
    "The Deputy Commissioner will chair the first meeting.",
    "The PCC will seek assurance that this is in place by April 2021.",
    "My office will follow progress.",
    "Custody visitors will try bells on every visit and report what they find the same day.",
    "My custody visitors will check.",
    "Tests now happen at each handover, and my team will look at the log.",
    "I have asked the chief constable for a report by April 2026.",
    "I have asked for a report by early 2021.",
    "We have asked for a log, and will read it twice a year.",
    "We have also asked that the results come to us each month.",
    "The Commissioner has asked both chief constables for a figure each quarter until no clearance is past its date.",
    "I have asked the force to report on this in six months.",
    "I have now requested an update from the Chief Constable.",
    "I have commissioned an independent review of vetting.",
    "We intend to publish the findings in the new year.",
    "The Commissioner intends to visit every station.",
    "I plan to review this at the end of the financial year.",
    "I undertake to keep this under review.",
    "I am going to ask for the figures every month.",
    "The Commissioner supports these and will look for them in the chief constable’s quarterly report.",
    "The Commissioner thanks both chief constables and will look at ten cases in each force in six months.",
    "The Commissioner does not share the view that three months is short, and will ask for the number each month.",
    "The Commissioner and the chief constable will go through these matters each quarter.",
    "The Chief Constable and I will meet both councils.",
    "The Chief Constable will report to me each quarter.",
    "A monthly sample of paper logs will come to this office until then.",
    "The force will send the results to us every six months.",
    "Progress will be reported to the Police and Crime Panel.",
    "The review will be published.",
    "The force will, as I have asked, write to everybody concerned.",
    "We will ask the force if bells are tested.",
    "I will find out whether and how this is done.",
    "When the final report is published, we will read it with the force.",
    "**We will** look again[^2] in spring.",
]

NONE = [
    # What others do
    "The force will train all its staff by March 2021.",
    "Westmarch Police will send each interview record to the neighbourhood inspector the same day.",
    "The chief constable will write to every victim.",
    "Both forces will use what the College and the Home Office decide.",
    "They will be published by the College of Policing.",
    "The plan will be reviewed by the force’s Prevent lead.",
    "The force will be inspected again in 2022.",
    "Officers will be trained to use it.",
    "Two more will open.",
    # Conditional
    "If the figures do not fall, I will ask why.",
    "We will look again if the figures fall.",
    "We will intervene if necessary.",
    "Should this change, we will say so.",
    "Where gaps are found, we will act.",
    "I will not decide this unless the panel agrees.",
    "Subject to the budget, we will fund two posts.",
    "We would welcome a report in March.",
    "We may publish the answer.",
    "We could ask for more.",
    # Denied
    "We will not publish the names.",
    "I will never accept this.",
    "We won’t ask again.",
    "We do not intend to comment.",
    "The Commissioner will no longer chair the board.",
    # Done
    "We asked partners, who answered in May.",
    "I asked for a report and it came in March.",
    "We have asked for the figures, and have received them.",
    "I have asked the chief constable for his view, which was provided in July.",
    "We visited each suite last year.",
    "I have read the report and welcome it.",
    "We have asked the force about this.",
    # Neither
    "Will we ask again?",
    "I welcome this report.",
    "The Commissioner accepts both recommendations.",
    "We are pleased that the force has a plan which will reduce harm.",
    "This is for the College of Policing.",
    "We welcome the plan that trains staff and will reduce harm.",
    "We will look. "[:-2] + " and look" * 200,
    "I am confident that the new system will help officers.",
    "",
    "…",
]


@pytest.mark.parametrize("sentence", COMMITMENTS)
def test_this_reads_like_a_commitment(sentence):
    assert [each.quote for each in suggestions(sentence)] == [sentence]


@pytest.mark.parametrize("sentence", NONE)
def test_this_does_not(sentence):
    assert not commits(sentence)
    assert suggestions(sentence) == []


def test_a_suggestion_is_quoted_exactly_with_its_place():
    text = (
        "I accept both. I have asked e.g. the N.P.C.C. for a\nreport by 3.5.2021.  We agree.\n\n- We will look.\n- No."
    )
    found = suggestions(text, SAID)
    assert [each.quote for each in found] == [
        "I have asked e.g. the N.P.C.C. for a\nreport by 3.5.2021.",
        "We will look.",
    ]
    assert all(text[each.start : each.start + len(each.quote)] == each.quote for each in found)


def test_what_somebody_else_is_quoted_as_saying_is_none():
    text = (
        "The chief constable told me: “We will recruit. We will train them.” I will watch this.\n\n"
        'He wrote "we will do it" and "we will pay". We will see that he does.'
    )
    assert [each.quote for each in suggestions(text)] == ["I will watch this.", "We will see that he does."]


def read(path):
    return read_response(lines_of_text(path.read_text(encoding="utf-8")))


def test_the_comment_of_a_published_response_is_suggested():
    """The example where it is there, else its fictional twin."""
    comments = [comment.text for comment in read(EXAMPLE if EXAMPLE.exists() else TWIN).comments]
    found = [each for comment in comments for each in suggestions(comment, SAID)]
    assert [each.quote.split()[:4] for each in found] == [["We", "will", "continue", "to"]]
    assert found[0].rhythm.every != Every.ONCE


def test_the_twins_narrative_makes_one_too():
    found = [each.quote for paragraph in read(TWIN).narrative for each in suggestions(paragraph, SAID)]
    assert [quote[:18] for quote in found] == ["We thank them for "]


DAYS = [
    ("I have asked for a report by early 2021.", "2021-03-31", "once"),
    ("I will report by mid-2021.", "2021-06-30", "once"),
    ("I will report in late 2021.", "2021-12-31", "once"),
    ("I will report in the first half of 2021.", "2021-06-30", "once"),
    ("I will look again in March.", "2021-03-31", "once"),
    ("I will look again in early March 2022.", "2022-03-31", "once"),
    ("I will look again by 31 October.", "2020-10-31", "once"),
    ("I will look again before the end of October 2020.", "2020-10-31", "once"),
    ("I will look again on 1/12/2020.", "2020-12-01", "once"),
    ("I will look again within three months.", "2020-12-09", "once"),
    ("I will look again in a year.", "2021-09-09", "once"),
    ("I will look again in six months’ time.", "2021-03-09", "once"),
    ("I will look again in spring.", "2021-05-31", "once"),
    ("I will look again in the autumn.", "2020-11-30", "once"),
    ("I will look again by the end of the summer of 2021.", "2021-08-31", "once"),
    ("I will look again this winter.", "2021-02-28", "once"),
    ("I will look again in winter 2023.", "2024-02-29", "once"),
    ("I will look again in the new year.", "2021-01-31", "once"),
    ("I will look again later this year.", "2020-12-31", "once"),
    ("I will look again next year.", "2021-12-31", "once"),
    ("I will look again in the next quarter.", "2020-12-31", "once"),
    ("I will look again next month.", "2020-10-31", "once"),
    ("I will look again by the end of this financial year.", "2021-03-31", "once"),
    ("I will look again during 2021.", "2021-12-31", "once"),
    ("I will look at it each March.", "2021-03-31", "year"),
    ("I will look at the results each quarter.", "2020-12-09", "quarter"),
    ("We have asked for figures every month.", "2020-10-09", "month"),
    ("We will read it twice a year.", "2021-03-09", "half_year"),
    ("We will say so in our yearly report.", "2021-09-09", "year"),
    ("We will ask every six months, first in January 2021.", "2021-01-31", "half_year"),
    ("We will continue to monitor this.", "2020-12-09", "quarter"),
    ("We will keep this under review.", "2020-12-09", "quarter"),
    ("We will publish it.", None, "once"),
    ("Since March 2019 this has worked, and we will watch it.", None, "once"),
    ("We will act as soon as possible.", None, "once"),
    ("We will immediately write.", None, "once"),
    ("We will look on 31 February 2021.", None, "once"),
]


@pytest.mark.parametrize(("sentence", "day", "every"), DAYS)
def test_when_it_is_checked_and_how_often(sentence, day, every):
    found = rhythm_of(sentence, SAID)
    assert (found.check_on and found.check_on.isoformat(), str(found.every)) == (day, every)
    assert rhythm_of(sentence, None).check_on is None


REPEATED = [each for each in Every if each != Every.ONCE]
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31))


@given(days, st.sampled_from(REPEATED), days)
def test_the_next_check_is_the_first_of_its_series_after_a_day(first, every, after):
    """Held against the series counted one by one."""
    expected = next(
        day for day in (months_after(first, n * every.months) for n in range(1, 1000)) if day > after and day > first
    )
    assert next_in_series(first, every, after) == expected


@given(days, st.integers(0, 600))
def test_months_keep_the_day_number_clamped_to_the_months_end(day, months):
    found = months_after(day, months)
    whole = day.year * 12 + day.month - 1 + months
    assert (found.year, found.month) == (whole // 12, whole % 12 + 1)
    assert found.day == day.day or (found + datetime.timedelta(days=1)).day == 1


def test_the_last_day_of_a_month_does_not_drift():
    day, found = datetime.date(2021, 1, 31), []
    for _ in range(3):
        day = next_in_series(datetime.date(2021, 1, 31), Every.MONTH, day)
        found.append(day.isoformat())
    assert found == ["2021-02-28", "2021-03-31", "2021-04-30"]
    assert next_in_series(day, Every.ONCE, day) is None
