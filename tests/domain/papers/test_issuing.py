"""A finalised paper goes to meetings: once to each, named for the clerk, withdrawn with a reason."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.papers import issuing, papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.issuing import (
    despatch_on,
    despatch_words,
    issue_paper,
    meeting_words,
    pack_name,
    withdraw_issue,
)
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import PaperIssue
from recommendations.trail import verb
from tests.conftest import AT, TODAY
from tests.makers.committees import make_panel
from tests.makers.factual_checks import make_draft, seat_on
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
MEETS = datetime.date(2026, 12, 3)
FACTS = {"meeting_on": MEETS, "item": " 7 ", "sent_how": "By courier."}


@per_module
def panel():
    return make_panel("Joint Audit Committee")


@per_module
def draft(westmarch, body, officer):
    return make_draft(westmarch, by=officer)


def file(paper, approver, at=AT):
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


def issue(paper, panel, officer=None, **facts) -> PaperIssue:
    return issue_paper(paper=paper, panel=panel, by=officer, at=AT + DAY, **FACTS | facts)


def test_a_paper_goes_to_a_meeting_as_an_item(draft, approver, panel, officer):
    made = issue(file(draft, approver), panel, officer)
    assert meeting_words(made) == "to the Joint Audit Committee on 3 December 2026, item 7"
    assert (made.issued_at, made.issued_by, made.sent_how) == (AT + DAY, officer, "By courier.")


def test_what_is_impossible_is_refused_at_its_field(draft, approver, panel):
    paper = file(draft, approver)
    issue(paper, panel)
    for facts, field, code in [
        ({"item": " "}, "item", "required"),
        ({"sent_how": ""}, "sent_how", "required"),
        (
            {"meeting_on": TODAY - DAY},
            "meeting_on",
            "before-finalised",
        ),
        ({}, "meeting_on", "issued-already"),
    ]:
        with pytest.raises(Refusal) as refused:
            issue(paper, panel, **facts)
        assert (refused.value.field, refused.value.code) == (field, code)


def test_a_draft_and_a_replaced_paper_go_to_no_meeting(draft, approver, panel, officer):
    with pytest.raises(Refusal, match=re.escape(issuing.DRAFT)):
        issue(draft, panel)
    first = file(draft, approver)
    second = papers.correct(paper=first, by=officer, at=AT)
    issue(first, panel)
    file(second, approver)
    with pytest.raises(Refusal, match="Issue 2"):
        issue(first, panel, meeting_on=MEETS + DAY)


def test_a_meeting_is_withdrawn_with_a_reason_and_can_then_be_recorded_again(draft, approver, panel, officer):
    paper = file(draft, approver)
    made = issue(paper, panel)
    for reason, code in ((" ", "no-reason"), ("Cancelled.", ""), ("x", "withdrawn")):
        if not code:
            withdraw_issue(issue=made, reason=reason, by=officer, at=AT + DAY)
            continue
        with refusal(code):
            withdraw_issue(issue=made, reason=reason, by=officer, at=AT + DAY)
    again = issue(paper, panel)
    assert list(PaperIssue.objects.all()) == [again]
    assert PaperIssue.on_file.count() == 2


def test_who_sees_a_paper_sees_its_meetings(draft, approver, panel, officer, member, force_lead, other_force_lead):
    issue(file(draft, approver), panel)
    seat_on(member, panel)
    seen = [PaperIssue.objects.visible_to(person).count() for person in (officer, member, force_lead, other_force_lead)]
    assert seen == [1, 1, 1, 0]


def test_a_clerk_can_file_it_by_its_name(draft, westmarch, body, officer, approver):
    assert pack_name(draft, datetime.date(2026, 7, 23)) == "2026-07-23-hmicfrs-westmarch-q1-2026-27.pdf"
    second = papers.correct(paper=file(draft, approver), by=officer, at=AT)
    assert pack_name(second, MEETS) == "2026-12-03-hmicfrs-westmarch-q1-2026-27-issue-2.pdf"
    other = make_draft(westmarch, end=datetime.date(2026, 5, 31))
    assert pack_name(other, MEETS) == "2026-12-03-hmicfrs-westmarch-2026-04-01-to-2026-05-31.pdf"


@pytest.mark.parametrize(
    ("meets", "despatch"),
    [((2026, 7, 23), (2026, 7, 15)), ((2026, 7, 20), (2026, 7, 10)), ((2026, 7, 26), (2026, 7, 17))],
)
def test_five_clear_working_days_lie_between_despatch_and_meeting(meets, despatch):
    assert despatch_on(datetime.date(*meets)) == datetime.date(*despatch)


def test_the_days_to_despatch_are_said():
    last = datetime.date(2026, 7, 15)
    said = [despatch_words(datetime.date(2026, 7, 23), last + days * DAY) for days in (-9, -1, 0, 1)]
    assert said == [
        "9 days until papers go out, by 15 July 2026",
        "1 day until papers go out, by 15 July 2026",
        "papers are due out today",
        "papers were due out on 15 July 2026",
    ]


@pytest.mark.on_postgresql
@pytest.mark.parametrize("facts", [{"item": ""}, {"sent_how": ""}, {"withdrawn_at": AT}, {}])
def test_the_database_refuses_half_a_meeting_and_the_same_one_twice(draft, approver, panel, facts):
    paper = file(draft, approver)
    issue(paper, panel)
    whole = FACTS | {"meeting_on": MEETS if not facts else MEETS + DAY}
    wrong = PaperIssue(paper=paper, panel=panel, issued_at=AT, **whole | facts)
    with pytest.raises(IntegrityError), transaction.atomic(), verb("break", by=None, at=AT) as act:
        act.save(wrong)
