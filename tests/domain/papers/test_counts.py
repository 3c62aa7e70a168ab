"""What papers count is what their figures say (test_stories.py, for any story), in a few queries."""

import datetime

import pytest
from django.db import models

from recommendations.domain.papers.joint.counts import count_joint, gaps_of
from recommendations.domain.papers.joint.data import add
from recommendations.domain.papers.joint.papers import compile_joint
from recommendations.domain.papers.sections.counts import count_papers
from recommendations.domain.register import restrictions, transfers, voices
from recommendations.models import ScrutinyReport
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, END, START, close, counts_agree, file_paper, moment, take_out, terms
from tests.makers.joint_papers import joint_draft, make_force, registers

MAY, JULY, AUGUST = datetime.date(2026, 5, 4), datetime.date(2026, 7, 10), datetime.date(2026, 8, 20)
OCTOBER = END + datetime.timedelta(days=1)
KNOWN = moment(datetime.date(2026, 11, 1))


def papers_of(*forces, closed=False) -> list[ScrutinyReport]:
    return [ScrutinyReport(force=force, start=START, end=END, closed=closed) for force in forces]


def lines_of(force, number: int) -> list:
    inspection = make_inspection(force, title=f"Report on {force.slug}", published_on=MAY, at=moment(MAY))
    return [make_tracked(inspection, number=str(each), at=moment(MAY)) for each in range(number)]


@pytest.mark.sqlite_alone
def test_each_line_counts_once_by_what_was_said_of_it_last(westmarch, eastvale, body, officer, approver):
    first, second, third, fourth = lines_of(westmarch, 4)
    lines_of(eastvale, 2)
    said = {"by": officer, "at": moment(JULY), "effective_on": JULY}
    voices.log_force_update(tracked=first, done="Begun.", stage="in_progress", forecast_on=AUGUST, **said)
    voices.set_target(tracked=first, target_on=JULY, reason="", **said)
    voices.log_force_update(tracked=second, done="No.", position="not_accepted", **said)
    voices.set_target(tracked=third, target_on=END, reason="", **said)
    later = {"by": officer, "at": moment(OCTOBER), "effective_on": OCTOBER}
    voices.log_force_update(tracked=third, done="Not yet so.", position="not_accepted", **later)
    close(fourth, officer, approver, AUGUST)
    counts = count_papers(papers_of(westmarch, eastvale), KNOWN)
    west = counts[westmarch.pk]
    assert terms(west.sum) == {"opening": 4, "closed": 1, "closing": 3}
    recommendations, *_ = west.by_colour
    assert [recommendations.of(colour) for colour in ("red", "grey", "green")] == [1, 1, 1]
    assert (west.unplanned, west.without_date) == (1, 0)
    assert terms(counts[eastvale.pk].sum) == {"opening": 2, "closing": 2}
    assert counts[eastvale.pk].without_date == 2
    counts_agree(papers_of(westmarch, eastvale), KNOWN)


def test_what_stood_otherwise_in_the_last_paper_is_looked_at_one_by_one(westmarch, eastvale, body, officer, approver):
    first, second, third, fourth, fifth = lines_of(westmarch, 5)
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    said = {"by": officer, "at": moment(AUGUST), "reason": "So."}
    transfers.transfer(tracked=first, to_force=eastvale, effective_on=AUGUST, **said)
    restrictions.restrict(tracked=second, effective_on=AUGUST, **said)
    take_out(third, officer, moment(AUGUST))
    close(fourth, officer, approver, MAY, at=moment(AUGUST))
    make_tracked(fifth.recommendation.inspection, number="late", at=moment(AUGUST))
    open_ones, closed_ones = papers_of(westmarch, eastvale), papers_of(westmarch, eastvale, closed=True)
    counts = count_papers(open_ones, KNOWN)
    assert terms(counts[westmarch.pk].sum) == {
        "opening": 5,
        "recorded_late": 1,
        "closed": 1,
        "withdrawn": 1,
        "transferred_out": 1,
        "to_other_paper": 1,
        "closing": 2,
    }
    assert counts[westmarch.pk].left_out == 1
    assert terms(counts[eastvale.pk].sum) == {"transferred_in": 1, "closing": 1}
    assert terms(count_papers(closed_ones, KNOWN)[westmarch.pk].sum) == {"from_other_paper": 1, "closing": 1}
    counts_agree(open_ones, KNOWN)
    counts_agree(closed_ones, KNOWN)


def test_a_last_paper_of_before_they_kept_ids_is_followed_all_the_same(westmarch, eastvale, body, officer, approver):
    first, second, _ = lines_of(westmarch, 3)
    lines_of(eastvale, 2)
    for force in (westmarch, eastvale):
        file_paper(force, officer, approver, moment(JULY), *BEFORE)
    paper = ScrutinyReport.objects.get(force=westmarch)
    del paper.figures["open_ids"]
    of_before = {"figures": paper.figures, "open_now": None, "overdue_now": None}
    models.QuerySet(ScrutinyReport).filter(pk=paper.pk).update(**of_before)
    paper.closing_lines.all().delete()
    close(first, officer, approver, MAY, at=moment(AUGUST))
    take_out(second, officer, moment(AUGUST))
    counts = count_papers(papers_of(westmarch, eastvale), KNOWN)
    assert terms(counts[westmarch.pk].sum) == {"opening": 3, "closed": 1, "withdrawn": 1, "closing": 1}
    counts_agree(papers_of(westmarch, eastvale), KNOWN)


def test_counting_costs_the_same_queries_for_one_force_as_for_two(
    westmarch, eastvale, body, officer, approver, django_assert_num_queries
):
    for force in (westmarch, eastvale):
        lines_of(force, 3)
    for papers in (papers_of(westmarch), papers_of(westmarch, eastvale)):
        with django_assert_num_queries(11):
            count_papers(papers, KNOWN)
    for force in (westmarch, eastvale):
        file_paper(force, officer, approver, moment(JULY), *BEFORE)
    for papers in (papers_of(westmarch), papers_of(westmarch, eastvale)):
        with django_assert_num_queries(9):
            count_papers(papers, KNOWN)


@pytest.mark.soak
def test_a_joint_draft_costs_the_same_queries_for_two_forces_as_for_three(
    westmarch, eastvale, body, officer, django_assert_num_queries
):
    three = [make_force(name, name[:2].upper()) for name in ("Alderton", "Birchley", "Cedarham")]
    for forces in ([westmarch, eastvale], three):
        registers(*forces)
        draft = joint_draft(*forces, by=officer)
        with django_assert_num_queries(18):
            counted = count_joint(paper=draft, known_at=KNOWN)
            gaps = gaps_of(counted, KNOWN)
        assert counted.figures.sum == add([counts.sum for _, counts in counted.parts])
        assert [counts.differences for _, counts in counted.parts] == [[] for _ in forces]
        assert list(gaps.values()) == [["2 open without a date", "the office’s view not written"]] * len(forces)


@pytest.mark.sqlite_alone
def test_a_joint_drafts_numbers_are_those_of_its_compiled_parts(westmarch, eastvale, body, officer):
    registers(westmarch, eastvale)
    draft = joint_draft(westmarch, eastvale, by=officer)
    assert count_joint(paper=draft, known_at=KNOWN).figures == compile_joint(paper=draft, known_at=KNOWN).figures
