"""A request of a committee that a reply, a letter, a file or a meeting answers: in lists, papers and agendas."""

import datetime

import pytest

from recommendations.domain.accountability.log import log_rows, open_points, requests_about
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.audit import verification
from recommendations.domain.committees.proofs import NewProof, close_request, reopen_request
from recommendations.domain.committees.requests import why_closed
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.public.meetings import compile_meeting
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import PanelKind
from recommendations.models import AgendaItem, CommitteeRequest, RequestProof
from recommendations.periods import london_day
from tests.conftest import AT
from tests.makers.accountability import confirm, make_ready, plan, write
from tests.makers.committees import ASKED, make_panel, make_request
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
LETTER = NewProof(kind="letter", words="It came with the dates.")


@per_module
def panel():
    return make_panel()


def closed(request, officer, proof=LETTER, at=AT) -> RequestProof:
    request.refresh_from_db()
    return close_request(request=request, version=request.version, proof=proof, by=officer, at=at)


def asked(force, panel, officer, *, start, end, at) -> list[tuple[str, str]]:
    paper = papers.prepare(force=force, panel=panel, by=officer, at=at, start=start, end=end)
    return [(line.number, line.answer) for line in compile_figures(paper=paper, known_at=at).requests]


@pytest.mark.parametrize(
    ("proof", "field", "code"),
    [
        (NewProof(kind="", words="It came."), "kind", "required"),
        (NewProof(kind="paper", words="Item 4."), "kind", "required"),
        (NewProof(kind="letter", words=" "), "words", "required"),
        (NewProof(kind="letter", words="It came.", effective_on=AT.date() + DAY), "effective_on", "in-the-future"),
        (NewProof(kind="letter", words="It came.", effective_on=ASKED - DAY), "effective_on", "before-asked"),
    ],
)
def test_what_shows_nothing_is_refused_at_its_field(panel, officer, proof, field, code):
    request = make_request(panel)
    with pytest.raises(Refusal) as refused:
        closed(request, officer, proof)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert CommitteeRequest.objects.waiting().get() == request


def test_a_letter_closes_a_request_until_somebody_opens_it_again(panel, officer):
    request = make_request(panel)
    proof = closed(request, officer)
    assert not CommitteeRequest.objects.waiting().exists()
    assert why_closed(request)
    with refusal("closed"):
        closed(request, officer)
    with pytest.raises(Stale):
        reopen_request(request=request, version=1, reason="Another one.", by=officer, at=AT)
    with refusal("no-reason"):
        reopen_request(request=request, version=2, reason=" ", by=officer, at=AT)
    reopen_request(request=request, version=2, reason="It was about another one.", by=officer, at=AT)
    assert CommitteeRequest.objects.waiting().get() == request
    proof.refresh_from_db()
    assert (proof.withdrawn_by, proof.withdrawn_why) == (officer, "It was about another one.")
    with refusal("not-closed"):
        reopen_request(request=request, version=3, reason="Again.", by=officer, at=AT)
    assert closed(request, officer).pk != proof.pk
    assert verification.verify() == []


def test_the_paper_of_the_period_prints_what_answered_it_and_later_ones_leave_it_out(
    panel, westmarch, officer, approver
):
    """A paper that was filed while it was open verifies as it was, and one that printed the letter as well."""
    request = make_request(panel, "26/14")
    third = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
    open_then = papers.prepare(force=westmarch, panel=panel, by=officer, at=AT, **third)
    papers.finalise(
        paper=open_then,
        figures=compile_figures(paper=open_then, known_at=AT),
        content=b"%PDF",
        by=approver,
        at=AT,
    )
    later = AT + 9 * DAY
    proof = closed(request, officer, at=later)
    words = f"A letter, {proof.effective_on:%-d %B %Y}: It came with the dates."
    fourth = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 12, 31)}
    at = datetime.datetime(2027, 1, 8, 9, tzinfo=datetime.UTC)
    answered = papers.prepare(force=westmarch, panel=panel, by=officer, at=at, **fourth)
    figures = compile_figures(paper=answered, known_at=at)
    assert [(line.number, line.answer) for line in figures.requests] == [("26/14", words)]
    papers.finalise(paper=answered, figures=figures, content=b"%PDF", by=approver, at=at)
    after = at + 90 * DAY
    assert (
        asked(westmarch, panel, officer, start=datetime.date(2027, 1, 1), end=datetime.date(2027, 3, 31), at=after)
        == []
    )
    assert [check.problems for check in check_papers()] == [[], []]


def test_open_requests_stand_on_the_next_agenda_the_late_first(westmarch, eastvale, officer):
    """What a police and crime panel asked may be public; another committee's is not, unless somebody says so."""
    audit = make_panel()
    public = make_panel("Police and crime panel", kind=PanelKind.POLICE_AND_CRIME)
    make_request(audit, "26/1", due_on=AT.date() + 9 * DAY, force=westmarch, text="Zebras of the audit committee.")
    late = make_request(public, "26/2", due_on=AT.date() - DAY, force=westmarch, text="Okapis of the panel.")
    make_request(public, "26/3", force=eastvale)
    make_request(public, "26/4", text="About no one force: it goes on an agenda by hand.")
    meeting = make_ready(plan(westmarch, by=officer), by=officer)
    items = list(AgendaItem.objects.filter(meeting=meeting))
    assert [(item.request.number, item.carried, item.restricted) for item in items] == [
        ("26/2", True, False),
        ("26/1", True, True),
    ]
    assert open_points(westmarch, london_day(AT))[0].record == late
    reply = NewProof(kind="meeting", words="The chief constable gave the dates.")
    write(meeting, ItemNotes(item=items[0], answered="By May.", proof=reply), by=officer)
    confirm(meeting, by=officer)
    assert [each.record.number for each in open_points(westmarch, london_day(AT))] == ["26/1"]
    rows = log_rows(westmarch, AT.date(), AT.date() - DAY, requests_about(westmarch, AT.date()))
    assert [(row.record.number, row.line.state, row.is_open) for row in rows] == [
        ("26/1", "Open", True),
        ("26/4", "Open", True),
        ("26/2", "Answered", False),
    ]
    meeting.refresh_from_db()
    facts = compile_meeting(meeting=meeting, user=officer, on=AT.date())
    assert (len(facts.items), facts.left_out) == (1, 1)
    assert "gave the dates" in facts.items[0].done
    assert "Zebras" not in str(facts)
