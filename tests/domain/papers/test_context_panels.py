"""What stands beside each box of a paper's author: figures as the paper counts them, and the last paper's words."""

import datetime

import pytest

from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.sections.author_text import MATTERS, REMARKS, words_of, write_words
from recommendations.domain.papers.sections.context_panels import (
    LastPaper,
    alike,
    context_panels,
    last_paper,
    sentences,
)
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import close, draft, moment
from tests.makers.builds import finalise, kept_alone
from tests.per_module import per_module

EARLY, KNOWN = moment(datetime.date(2026, 2, 1)), moment(datetime.date(2026, 11, 1))
SPRING = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)
SAID = {
    "view": "partly_assured",
    "view_words": "More was closed than in any quarter before. Half of what is overdue has no plan.",
    "matter_1": "own",
    "matter_1_words": "The budget was cut.",
    "questions": ("When will it end?", "Who says so?"),
    "remark_ages": "One is old.",
}


@per_module
def overdue(westmarch, body, officer, approver):
    """One that is overdue, one without a date, and one that was closed in the summer."""
    inspection = make_inspection(westmarch, at=EARLY)
    dues = (datetime.date(2026, 6, 30), None, datetime.date(2027, 1, 31))
    made = [make_tracked(inspection, number=str(n), due_on=due, at=EARLY) for n, due in enumerate(dues, start=1)]
    close(made[2], officer, approver, datetime.date(2026, 8, 1))
    return made


@per_module
def summer(overdue, westmarch, officer):
    return draft(westmarch, officer)


@per_module
def spring(summer, westmarch, officer, approver):
    """The paper before it, filed with its author's words."""
    paper = draft(westmarch, officer, *SPRING)
    write_words(paper=paper, version=0, by=officer, at=KNOWN, **SAID)
    return finalise(paper, by=approver, at=KNOWN, render=kept_alone)


def boxes(paper, **typed):
    figures = compile_figures(paper=paper, known_at=KNOWN)
    return context_panels(figures=figures, words=words_of(paper), last=last_paper(paper), typed=typed)


def test_each_box_has_the_figures_that_its_sentence_leans_on(summer, overdue):
    found = boxes(summer)
    assert set(found) == {"view_words", "questions", *REMARKS, *(name for name in MATTERS if name.endswith("_words"))}
    assert found["view_words"].figures == (
        "Open: 2, and 3 on 30 June 2026.",
        "Overdue: 1, and 0 on 30 June 2026.",
        "Overdue without a recovery plan: 1.",
        "No date set: 1.",
        "Closed: 1. HMICFRS: agrees 0, has not said 1.",
        "0 of 1 closures in the period name their evidence.",
        "0 of 0 moves of a target in the period came after its day.",
        "0 of 2 open are from reports two years old or older.",
    )
    assert found["questions"].figures == (
        f"{overdue[0].reference}: 92 days over, not moved, no forecast.",
        "Targets moved in the period: 0.",
        "0 of 0 moves of a target in the period came after its day.",
        "0 of 2 open are from reports two years old or older.",
        "1 of 1 overdue have no forecast that is still to come.",
    )
    assert found["remark_colours"].figures[-1] == "With no date at all: 1 of 1 that are amber."
    assert found["remark_quarters"].figures[-1] == "Jul–Sep 2026: 0 opened, 1 closed, 2 open."
    assert found["remark_ages"].figures == (
        "6 to 12 months: 2 open, 1 of them overdue.",
        "0 of 2 open are from reports two years old or older.",
    )


def test_a_matter_has_the_sentence_that_the_figures_give_for_what_it_rests_on(summer, officer):
    write_words(paper=summer, version=0, by=officer, at=KNOWN, matter_1="no_date", matter_2="own", matter_2_words="So.")
    found = boxes(summer)
    assert [found[f"matter_{slot}_words"].figures for slot in (1, 2, 3)] == [
        ("1 of 2 open has no deadline and no target. No date set: 1.",),
        (),
        ("1 of 1 overdue has no forecast later than 30 September 2026. Overdue without a recovery plan: 1.",),
    ]


def test_each_box_has_what_the_last_paper_said_there(summer, spring):
    found = boxes(summer)
    assert last_paper(summer).name == "The paper to 30 June 2026, issue 1"
    assert found["view_words"].last == SAID["view_words"]
    assert found["matter_1_words"].last == "The budget was cut."
    assert found["questions"].last == "When will it end?\nWho says so?"
    assert (found["remark_ages"].last, found["remark_colours"].last) == ("One is old.", "")


def test_alike_words_are_pointed_out_in_whichever_place_they_stood(summer, spring):
    view = "Half of it is done. More was closed than in any quarter before!"
    found = boxes(summer, view_words=view, questions="Why?\nWho says so?", matter_2_words="The budget was cut again.")
    assert found["view_words"].alike == ("More was closed than in any quarter before!",)
    assert found["questions"].alike == ("Who says so?",)
    assert found["matter_2_words"].alike == ("The budget was cut again.",)
    assert found["remark_ages"].alike == ()


def test_a_sentence_that_a_figure_contradicts_is_said_so_beside_its_box(summer):
    # wording: the sentence, its place and the figure are the promise
    found = boxes(summer, view_words="What was closed, was closed on evidence. More to come.", questions="Why?")
    (only,) = found["view_words"].contradictions
    assert (only.sentence, str(only.share)) == (
        "What was closed, was closed on evidence.",
        "0 of 1 closures in the period name their evidence",
    )
    assert [name for name, panel in found.items() if panel.contradictions] == ["view_words"]


def test_without_a_last_paper_there_are_its_figures_only(spring, summer):
    assert last_paper(spring) == LastPaper(texts={})
    assert {box.last for box in boxes(spring, view_words=SAID["view_words"]).values()} == {""}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5 of 8 overdue have no forecast.", "6 of 8 overdue have no forecast.", True),
        ("Why are targets moved after their day?", "why are targets moved after their day", True),
        ("Why?", "When?", False),
        ("Nothing was closed.", "The budget was cut.", False),
        ("…", "…", False),
    ],
)
def test_sentences_are_alike_where_nearly_all_their_words_are(one, other, same):
    assert alike(one, other) is same


def test_a_text_is_its_sentences_and_lines():
    assert sentences("One. Two?\nThree\n\n 4.5 is four! ") == ["One.", "Two?", "Three", "4.5 is four!"]
