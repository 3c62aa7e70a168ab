"""What stands beside the view of a joint paper: the totals, each force's numbers, and the last joint paper's words."""

from recommendations.domain.papers.joint.context_panels import joint_context_panels, last_joint_paper
from recommendations.domain.papers.joint.papers import compile_joint
from recommendations.domain.papers.sections.author_text import write_words
from tests.makers.joint_papers import (
    FINALISED,
    LAST_END,
    LAST_START,
    PREPARED,
    finalised,
    joint_draft,
    make_force,
    registers,
)

SAID = "Both forces close what they can show. Neither has brought down what is longest overdue."


def boxes(paper, **typed):
    compiled = compile_joint(paper=paper, known_at=PREPARED)
    return joint_context_panels(compiled=compiled, last=last_joint_paper(paper), typed=typed)


def test_the_view_has_the_totals_and_each_forces_numbers(westmarch, eastvale, body, officer):
    # wording: each line is a figure in words
    registers(westmarch, eastvale)
    found = boxes(joint_draft(westmarch, eastvale, by=officer))
    assert set(found) == {"view_words"}
    assert found["view_words"].figures == (
        "Open: 4, and 4 on 30 June 2026.",
        "Overdue: 0, and 0 on 30 June 2026.",
        "Closed: 0.",
        "0 of 0 moves of a target in the period came after its day.",
        "0 of 4 open are from reports two years old or older.",
        "Eastvale Police: 2 open, 0 overdue, 0 of them without a recovery plan. No date set: 2.",
        "Westmarch Police: 2 open, 0 overdue, 0 of them without a recovery plan. No date set: 2.",
    )
    assert (found["view_words"].last, found["view_words"].alike) == ("", ())


def test_the_last_words_are_those_of_the_last_paper_on_the_same_forces(westmarch, eastvale, body, officer, approver):
    registers(westmarch, eastvale)
    earlier = joint_draft(westmarch, eastvale, by=officer, start=LAST_START, end=LAST_END)
    write_words(paper=earlier, version=0, by=officer, at=PREPARED, view="partly_assured", view_words=SAID)
    finalised(earlier, by=approver, at=FINALISED)
    paper = joint_draft(westmarch, eastvale, by=officer)
    assert last_joint_paper(paper).name == "The paper to 30 June 2026, issue 1"
    beside = boxes(paper, view_words=f"{SAID.split('.')[0]}. And more.")["view_words"]
    assert (beside.last, beside.alike) == (SAID, ("Both forces close what they can show.",))
    other = joint_draft(
        westmarch, make_force("Northshire", "NS"), by=officer, start=LAST_START, end=LAST_END.replace(day=29)
    )
    assert last_joint_paper(other).texts == {}
