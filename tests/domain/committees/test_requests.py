"""Committees' requests: recorded, answered in a draft, closed by the paper that is finalised, frozen in it."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.audit import verification
from recommendations.domain.committees import requests
from recommendations.domain.committees.paper_lines import PaperRequest
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.models import CommitteeRequest, RequestAnswer, ScrutinyReport
from tests.conftest import AT
from tests.makers.committees import ASKED, DUE, make_panel, make_request
from tests.makers.factual_checks import seat_on
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
FACTS = {"number": "26/14", "text": "Dates.", "owner": "The chief executive", "asked_on": ASKED, "due_on": DUE}


@per_module
def panel():
    return make_panel()


def draft(force, panel, officer, *, months=(7, 9), at=AT) -> ScrutinyReport:
    days = {"start": datetime.date(2026, months[0], 1), "end": datetime.date(2026, months[1], 30)}
    return papers.prepare(force=force, panel=panel, by=officer, at=at, **days)


def asked(paper, at=AT) -> list[tuple[str, str]]:
    return [(line.number, line.answer) for line in compile_figures(paper=paper, known_at=at).requests]


def answer(request, paper, officer, text="On page 2.", version=0, at=AT) -> RequestAnswer:
    return requests.answer_request(request=request, paper=paper, version=version, text=text, by=officer, at=at)


def file(paper, approver, at=AT) -> ScrutinyReport:
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"number": " "}, "number", "required"),
        ({"text": ""}, "text", "required"),
        ({"owner": ""}, "owner", "required"),
        ({"due_on": ASKED - DAY}, "due_on", "before-meeting"),
        ({"asked_on": AT.date() + DAY}, "asked_on", "in-the-future"),
        ({"number": "26/1"}, "number", "number-taken"),
    ],
)
def test_what_is_impossible_is_refused_at_its_field(panel, officer, facts, field, code):
    make_request(panel, "26/1")
    with pytest.raises(Refusal) as refused:
        requests.record_request(panel=panel, by=officer, at=AT, **FACTS | facts)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_two_committees_may_give_the_same_number(panel, officer):
    make_request(panel, "26/1")
    make_request(make_panel("Accountability board"), "26/1")
    assert CommitteeRequest.objects.count() == 2


def test_a_draft_is_asked_what_its_committee_asked_about_its_force(panel, westmarch, eastvale, officer):
    make_request(panel, "26/3", due_on=DUE + DAY)
    make_request(panel, "26/1", force=westmarch)
    make_request(panel, "26/2", force=eastvale)
    make_request(make_panel("Another"), "26/4")
    make_request(panel, "26/5", asked_on=AT.date(), at=AT + DAY)
    assert asked(draft(westmarch, panel, officer)) == [("26/1", ""), ("26/3", "")]
    assert asked(draft(westmarch, None, officer, months=(4, 6))) == []


def test_finalising_closes_what_the_paper_answers_and_leaves_the_rest(panel, westmarch, officer, approver):
    first, second = make_request(panel, "26/1"), make_request(panel, "26/2")
    paper = draft(westmarch, panel, officer, months=(4, 6))
    answer(first, paper, officer)
    assert CommitteeRequest.objects.waiting().count() == 2
    file(paper, approver)
    assert list(CommitteeRequest.objects.waiting()) == [second]
    assert asked(draft(westmarch, panel, officer)) == [("26/2", "")]
    with pytest.raises(Refusal, match=re.escape(requests.ANSWERED)):
        requests.change_request(request=first, version=1, by=officer, at=AT, **FACTS)
    with pytest.raises(Refusal, match=re.escape(requests.ANSWERED)):
        requests.withdraw_request(request=first, version=1, reason="No.", by=officer, at=AT)
    with pytest.raises(Refusal, match=re.escape(requests.FINALISED)):
        answer(second, paper, officer)


def seen(person) -> list[str]:
    return list(CommitteeRequest.on_file.visible_to(person).order_by("number").values_list("number", flat=True))


def test_who_reads_papers_sees_exactly_the_requests_that_they_print(
    panel, westmarch, eastvale, officer, approver, member, force_lead, other_force_lead
):
    """Each kind of reader, after each kind of paper: what their papers print, open or answered, and nothing else."""
    seat_on(member, panel)
    everywhere, here = make_request(panel, "26/1"), make_request(panel, "26/2", force=westmarch)
    make_request(panel, "26/3", force=eastvale)
    make_request(make_panel("Another"), "26/4")
    gone = make_request(panel, "26/5")
    requests.withdraw_request(request=gone, version=1, reason="Let go.", by=officer, at=AT)
    draft(westmarch, panel, officer, months=(4, 6))
    file(papers.prepare(**period(westmarch, 1), panel=panel, closed=True, by=officer, at=AT), approver)
    assert [seen(person) for person in (member, force_lead, other_force_lead)] == [[], [], []]
    theirs = draft(eastvale, panel, officer)
    answer(everywhere, theirs, officer)
    file(theirs, approver)
    assert [seen(person) for person in (member, force_lead, other_force_lead)] == [
        ["26/1", "26/3"],
        [],
        ["26/1", "26/3"],
    ]
    paper = file(draft(westmarch, panel, officer, at=AT + DAY), approver, at=AT + DAY)
    assert [line["number"] for line in paper.figures["requests"]] == ["26/2"]
    assert (seen(member), seen(force_lead)) == (["26/1", "26/2", "26/3"], ["26/2"])
    late = make_request(panel, "26/6", at=AT + 2 * DAY)
    assert (late.number in seen(member), late.number in seen(officer), len(seen(officer))) == (False, True, 6)
    requests.withdraw_request(request=here, version=1, reason="Let go.", by=officer, at=AT + 2 * DAY)
    assert (seen(member), seen(force_lead)) == (["26/1", "26/3"], [])


def period(force, month: int) -> dict:
    return {"force": force, "start": datetime.date(2026, month, 1), "end": datetime.date(2026, month, 28)}


def test_an_answer_that_was_emptied_answers_nothing(panel, westmarch, officer, approver):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    answer(request, paper, officer)
    answer(request, paper, officer, text=" ", version=1)
    file(paper, approver)
    assert CommitteeRequest.objects.waiting().count() == 1


def test_a_new_answer_needs_words(panel, westmarch, officer):
    with refusal("required"):
        answer(make_request(panel), draft(westmarch, panel, officer), officer, text=" ")
    assert RequestAnswer.objects.count() == 0


@pytest.mark.soak
def test_what_was_printed_stays_and_proves_itself(panel, westmarch, officer, approver):
    """The request is given another owner and the next paper answers another one: the filed figures are as they were."""
    first, second = make_request(panel, "26/1"), make_request(panel, "26/2", due_on=datetime.date(2026, 11, 1))
    paper = draft(westmarch, panel, officer)
    answer(first, paper, officer)
    file(paper, approver)
    kept = Figures.from_json(ScrutinyReport.objects.get(pk=paper.pk).figures).requests
    about = {"text": "A close-down date for every open item.", "asked_on": ASKED, "owner": "Head of assurance"}
    late = {"record": second.pk, "number": "26/2", "due_on": datetime.date(2026, 11, 1), "days_over": 6}
    assert kept == (
        PaperRequest(**late, **about),
        PaperRequest(record=first.pk, number="26/1", due_on=DUE, answer="On page 2.", **about),
    )
    assert kept[0].no_answer == "No answer yet: due by 1 November 2026, 6 days ago."
    requests.change_request(request=second, version=1, by=officer, at=AT + DAY, **FACTS)
    later = AT + 90 * DAY
    another = draft(westmarch, panel, officer, months=(10, 11), at=later)
    answer(second, another, officer, at=later)
    file(another, approver, at=later)
    assert [check.problems for check in check_papers()] == [[], []]
    assert verification.verify() == []


def test_figures_of_before_requests_still_load(panel, westmarch, officer):
    figures = compile_figures(paper=draft(westmarch, panel, officer), known_at=AT).to_json()
    del figures["requests"]
    assert Figures.from_json(figures).requests == ()


def test_a_correction_keeps_the_answers_and_may_change_them(panel, westmarch, officer, approver):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    answer(request, paper, officer)
    file(paper, approver)
    issue = papers.correct(paper=paper, by=officer, at=AT + DAY)
    assert asked(issue, AT + DAY) == [("26/14", "On page 2.")]
    answer(request, issue, officer, text="On page 3.", version=1, at=AT + DAY)
    file(issue, approver, at=AT + 2 * DAY)
    assert [check.problems for check in check_papers()] == [[], []]
    texts = RequestAnswer.objects.in_finalised_papers().order_by("paper__issue").values_list("text", flat=True)
    assert list(texts) == ["On page 2.", "On page 3."]


def test_an_answer_that_changes_while_the_file_is_made_is_not_lost(panel, westmarch, officer, approver):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    figures = compile_figures(paper=paper, known_at=AT)
    answer(request, paper, officer)
    with refusal("changed-meanwhile"):
        papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT)
    assert ScrutinyReport.objects.get().is_draft


def test_whoever_wrote_an_answer_does_not_finalise_the_paper(panel, westmarch, officer, approver):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    assert list(papers.to_finalise(ScrutinyReport.objects.all(), approver, AT.date())) == [paper]
    answer(request, paper, approver)
    assert list(papers.to_finalise(ScrutinyReport.objects.all(), approver, AT.date())) == []
    with pytest.raises(NotAllowed, match=re.escape(papers.ANSWERED)):
        file(paper, approver)


def test_of_two_who_write_at_once_the_second_is_told(panel, westmarch, officer, approver):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    answer(request, paper, officer)
    with pytest.raises(Stale):
        answer(request, paper, approver, text="On page 9.", version=0)
    requests.change_request(request=request, version=1, by=officer, at=AT, **FACTS)
    with pytest.raises(Stale):
        requests.change_request(request=request, version=1, by=approver, at=AT, **FACTS)


def test_a_withdrawn_request_is_asked_of_nobody_and_its_number_is_free(panel, westmarch, officer):
    request, paper = make_request(panel), draft(westmarch, panel, officer)
    gone = requests.withdraw_request(request=request, version=1, reason="Let go.", by=officer, at=AT)
    assert asked(paper) == []
    with pytest.raises(Refusal, match=r"withdrawn or answered\.$"):
        answer(gone, paper, officer)
    with pytest.raises(Refusal, match=re.escape(requests.WITHDRAWN)):
        requests.withdraw_request(request=request, version=2, reason="Again.", by=officer, at=AT)
    make_request(panel)
    assert (CommitteeRequest.objects.count(), CommitteeRequest.on_file.count()) == (1, 2)


@pytest.mark.on_postgresql
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"due_on": ASKED - DAY}, "committeerequest_days_in_order"),
        ({"owner": ""}, "committeerequest_says_what_and_who"),
        ({"number": "26/1"}, "committeerequest_number_once"),
        ({"withdrawn_why": "No."}, "committeerequest_withdrawn_says_why"),
    ],
)
def test_the_database_refuses_nonsense(panel, facts, name):
    from django.db.models import QuerySet

    make_request(panel, "26/1")
    row = CommitteeRequest(panel=panel, recorded_at=AT, **FACTS | facts)
    with pytest.raises(IntegrityError, match=name if "once" not in name else "(?i)unique"), transaction.atomic():
        QuerySet(CommitteeRequest).bulk_create([row])
