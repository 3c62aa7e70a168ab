"""The office's sentences held against the figures that they lean on."""

import dataclasses
import datetime

import pytest

from recommendations.domain.papers.claims import CLAIMS, contradictions, shares_of, texts_by_place
from recommendations.domain.papers.data.charts import AgeBand
from recommendations.domain.papers.data.paper import Figures
from tests.documents.papers import samples


def paper_with(*, late: int, evidence: int, old: int) -> Figures:
    """Four moves, `late` of them after their day; four closures, `evidence` with evidence; `old` of sixteen open."""
    figures = samples.figures(20)
    day = datetime.date(2026, 8, 1)
    after, before = day + datetime.timedelta(days=1), day - datetime.timedelta(days=1)
    (move, *_), charts = figures.moved, figures.charts
    assert charts is not None
    moves = [dataclasses.replace(move, was_on=day, moved_on=after if n < late else before) for n in range(4)]
    closed = [
        dataclasses.replace(line, evidence=line.evidence if n < evidence else "")
        for n, line in enumerate(figures.closed)
    ]
    ages = [
        AgeBand(label=band.label, overdue=0, open=count)
        for band, count in zip(charts.ages, (16 - old, 0, 0, old, 0, 0), strict=True)
    ]
    shown = dataclasses.replace(charts, ages=tuple(ages))
    return dataclasses.replace(figures, moved=tuple(moves), closed=tuple(closed), charts=shown)


FIGURES = paper_with(late=0, evidence=2, old=1)


def contradicted(text: str, figures: Figures = FIGURES) -> list[str]:
    return [str(each.share) for each in contradictions([figures], {"Page 1": text})]


MOVED = "0 of 4 moves of a target in the period came after its day"
EVIDENCE = "2 of 4 closures in the period name their evidence"
OLD = "1 of 16 open are from reports two years old or older"


@pytest.mark.parametrize(
    ("sentence", "against"),
    [
        ("Targets are moved after their day has passed, and the reasons say nothing.", [MOVED]),
        ("Why are targets moved after their day has passed, and not before?", [MOVED]),
        ("What does a target mean, if it can move after its day?", [MOVED]),
        ("What the force closed, it closed with evidence that we looked at.", [EVIDENCE]),
        ("We looked at the evidence for what was closed, and it bears the closures out.", [EVIDENCE]),
        ("Age is no fault, and some of the oldest ask for change that takes years.", [OLD]),
        ("The oldest recommendations have nobody who drives them.", [OLD]),
        ("Most open recommendations are overdue.", ["4 of 16 open are overdue"]),
        ("Every open recommendation has been weighed.", ["5 of 16 open have a risk"]),
        ("We have assessed the risk of all open recommendations.", ["5 of 16 open have a risk"]),
        ("Most of what is amber has no date.", ["0 of 4 amber have no date"]),
        ("HMICFRS agrees with none of the closures.", ["4 of 4 closures in the period have the source’s agreement"]),
    ],
)
def test_what_a_figure_contradicts_is_found_with_the_figure(sentence, against):
    # wording: the sentence, its place and the figure are the promise
    assert contradicted(sentence) == against


@pytest.mark.parametrize(
    "sentence",
    [
        "No target is moved after its day.",
        "Not everything that was closed was closed with evidence.",
        "Will you read the evidence before a closure is decided?",
        "The oldest recommendation has a new lead.",
        "Every overdue recommendation has a lead.",
        "Most open recommendations are within date.",
        "The force names a lead for each recommendation.",
        "We ask for a date for each recommendation without one.",
        "HMICFRS agrees with all closures.",
        "",
    ],
)
def test_what_no_figure_contradicts_is_left_alone(sentence):
    # wording: the sentences are what is read
    assert contradicted(sentence) == []


def test_the_same_sentences_stand_where_the_figures_bear_them_out():
    text = (
        "Targets are moved after their day. What was closed, was closed with evidence. The oldest recommendations wait."
    )
    assert len(contradicted(text)) == 3
    assert contradicted(text, paper_with(late=1, evidence=4, old=2)) == []


def test_without_a_move_none_was_late():
    # wording: the sentence, its place and the figure are the promise
    assert contradicted("Targets move after their day.", dataclasses.replace(FIGURES, moved=())) == [
        "0 of 0 moves of a target in the period came after its day"
    ]


def test_the_parts_of_a_joint_paper_are_added_up():
    # wording: the sentence, its place and the figure are the promise
    assert str(shares_of([FIGURES, FIGURES])["evidence"]) == "4 of 8 closures in the period name their evidence"
    assert {claim.share for claim in CLAIMS} == set(shares_of([FIGURES]))
    assert shares_of([]) == {"moved_late": shares_of([])["moved_late"]}


def test_each_place_of_a_paper_is_named():
    front = dataclasses.replace(
        samples.figures(20).front, view_words="Targets move after their day.", questions=("Why?",), remark_ages="Old."
    )
    texts = texts_by_place(front)
    assert (texts["Page 2, questions"], texts["Remark on chart 3"]) == ("Why?", "Old.")
    (found,) = contradictions([FIGURES], {"Page 1, the office’s view": texts["Page 1, the office’s view"]})
    assert str(found) == f"Page 1, the office’s view: “Targets move after their day.” {MOVED}."
    assert texts_by_place(None) == {}
