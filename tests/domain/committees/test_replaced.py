"""A committee that ends and is replaced: its papers are read, and its requests answered, by the one that follows."""

import datetime

import pytest

from recommendations.domain.committees.queries import drafts_for, replacements_of
from recommendations.domain.committees.requests import answer_request
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.people import records
from recommendations.domain.people.effects import effects_of
from recommendations.enums import Role
from recommendations.models import CommitteeRequest, Panel, RequestAnswer, ScrutinyReport
from tests.conftest import AT, TODAY, make_person
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import Q1, issue_to, make_draft, make_filed, seat_on
from tests.per_module import per_module

ENDED = datetime.date(2026, 10, 31)  # before the tests' day, and before that of any machine
FAR = datetime.date(2399, 12, 31)  # the database says which day it is


@per_module
def old():
    # wording: a panel’s name
    return make_panel("Police and crime panel")


@per_module
def new():
    return make_panel("Mayoral scrutiny committee")


@per_module
def reader():
    """A member of the committee that follows."""
    person = make_person("Ravi Menon", Role.COMMITTEE_MEMBER)
    seat_on(person, Panel.objects.get(name="Mayoral scrutiny committee"))
    return person


def replace(old, new, until=ENDED) -> None:
    panel = Panel.objects.get(pk=old.pk)
    panel.until, panel.replaced_by = until, new
    records.keep(record=panel, by=None, at=AT)


def papers_of(person) -> set[ScrutinyReport]:
    return set(ScrutinyReport.objects.visible_to(person))


def test_the_members_of_the_following_committee_read_its_papers_and_no_others(
    westmarch, eastvale, old, new, reader, approver
):
    another = make_panel("Joint audit committee")
    other_reader = make_person("Wyn Ellis", Role.COMMITTEE_MEMBER)
    seat_on(other_reader, another)
    theirs = make_filed(westmarch, approver, panel=old)
    issued = make_filed(eastvale, approver, panel=another)
    issue_to(issued, panel=old, by=approver)
    assert papers_of(reader) == set()
    replace(old, new)
    assert papers_of(reader) == {theirs, issued}
    assert papers_of(other_reader) == {issued}


def test_nothing_is_read_before_the_committee_has_ended(westmarch, old, new, reader, approver):
    make_filed(westmarch, approver, panel=old)
    request = make_request(old, force=westmarch)
    replace(old, new, until=FAR)
    assert papers_of(reader) == set()
    assert not CommitteeRequest.objects.visible_to(reader).exists()
    draft = ScrutinyReport(force=westmarch, panel=new, prepared_at=AT, **Q1)
    assert compile_figures(paper=draft, known_at=AT).requests == ()
    assert replacements_of(Panel.objects.get(pk=old.pk), TODAY) == []
    assert drafts_for(request, approver, AT) == []


def test_a_committee_that_was_replaced_twice_is_read_by_the_last(westmarch, old, new, reader, approver):
    between = make_panel("Interim committee")
    filed = make_filed(westmarch, approver, panel=old)
    replace(between, new)
    replace(old, between)
    assert papers_of(reader) == {filed}
    assert replacements_of(Panel.objects.get(pk=old.pk), TODAY) == [between, new]


def test_closed_papers_stay_closed(westmarch, old, new, reader, approver):
    make_filed(westmarch, approver, panel=old, closed=True)
    replace(old, new)
    assert papers_of(reader) == set()


def test_an_open_request_is_answered_by_name_in_a_paper_for_the_following_committee(
    westmarch, eastvale, old, new, reader, officer, approver
):
    # wording: a panel’s name
    request = make_request(old, "26/14", force=westmarch)
    make_request(old, "26/15", force=eastvale)
    make_request(new, "26/14", force=westmarch)
    replace(old, new)
    draft = make_draft(westmarch, panel=new)
    assert drafts_for(CommitteeRequest.objects.get(pk=request.pk), officer, AT) == [draft]
    answer_request(request=request, paper=draft, version=0, text="On page 2.", by=officer, at=AT)
    figures = compile_figures(paper=draft, known_at=AT)
    assert [(each.number, each.answer) for each in figures.requests] == [
        ("26/14 (Police and crime panel)", "On page 2."),
        ("26/14", ""),
    ]
    papers.finalise(paper=draft, figures=figures, content=b"%PDF", by=approver, at=AT)
    assert RequestAnswer.objects.in_finalised_papers().get().request == request
    assert CommitteeRequest.objects.visible_to(reader).count() == 2
    assert [check.problems for check in check_papers()] == [[]]


def test_a_request_that_is_still_open_is_seen_by_who_reads_the_paper_that_prints_it(
    westmarch, old, new, reader, approver
):
    request = make_request(old, force=westmarch)
    replace(old, new)
    make_filed(westmarch, approver, panel=new)
    assert list(CommitteeRequest.objects.visible_to(reader)) == [request]


@pytest.mark.parametrize(("format", "number"), [(3, 0), (4, 1)])
def test_papers_filed_before_format_4_print_the_requests_of_their_own_committee(westmarch, old, new, format, number):
    make_request(old, force=westmarch)
    replace(old, new)
    paper = ScrutinyReport(force=westmarch, panel=new, prepared_at=AT, **Q1)
    assert len(compile_figures(paper=paper, known_at=AT, format=format).requests) == number


def test_the_administration_says_what_goes_to_the_following_committee(westmarch, old, new, reader, approver):
    make_filed(westmarch, approver, panel=old)
    make_request(old)
    panel = Panel.objects.get(pk=old.pk)
    panel.until, panel.replaced_by = ENDED, new
    assert effects_of(panel, old, TODAY) == [
        "Its 1 open request goes to Mayoral scrutiny committee on 1 November 2026.",
        "From 1 November 2026 1 member of Mayoral scrutiny committee can read its 1 filed paper.",
    ]
