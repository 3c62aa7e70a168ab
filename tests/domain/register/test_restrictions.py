"""What is restricted stands in the closed paper and nowhere in the open one; what moves between them is counted."""

import datetime
import json
import re

import pytest

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.papers import factual_checks, papers
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.factual_checks import send_to_check
from recommendations.domain.papers.issuing import why_not_issued
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.register import closures, restrictions, voices
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ScrutinyReport
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, close, draft, figures_of, file_paper, moment, terms
from tests.per_module import per_module
from tests.refusals import refusal

JANUARY, JULY, AUGUST = (datetime.date(2026, month, 10) for month in (1, 7, 8))
OCTOBER = datetime.date(2026, 10, 5)
SECRET = "zqsecretwords"


@per_module
def three(westmarch, body):
    """Two plain recommendations, and one whose every word is told by its mark."""
    inspection = make_inspection(westmarch, published_on=datetime.date(2026, 1, 5), at=moment(JANUARY))
    made = [make_tracked(inspection, number=str(n), at=moment(JANUARY)) for n in (1, 2)]
    secret = {"number": SECRET[:8], "text": f"Watch {SECRET}.", "heading": SECRET, "at": moment(JANUARY)}
    made.append(make_tracked(inspection, due_on=datetime.date(2026, 3, 1), leads={"opcc_lead": SECRET}, **secret))
    return made


def restrict(tracked, officer, at, why="An operation runs.", **kwargs):
    return restrictions.restrict(tracked=tracked, reason=why, by=officer, at=at, **kwargs)


def speak(tracked, officer, approver):
    """Every list of a paper has something of it: overdue, moved, closed and reopened, and what happened since."""
    said = {"tracked": tracked, "by": officer}
    voices.log_force_update(done=SECRET, evidence=SECRET, at=moment(AUGUST), **said)
    voices.record_assurance(view="not_assured", rationale=SECRET, at=moment(AUGUST), **said)
    for day in (datetime.date(2026, 8, 20), datetime.date(2026, 9, 20)):
        voices.set_target(target_on=day, reason=SECRET, set_by=SECRET, at=moment(AUGUST), **said)
    close(tracked, officer, approver, datetime.date(2026, 9, 1))
    closures.reopen(reason=SECRET, at=moment(datetime.date(2026, 9, 2)), **said)
    voices.set_target(target_on=datetime.date(2026, 12, 1), reason=SECRET, at=moment(OCTOBER), **said)


def words_of(figures: Figures) -> str:
    """All that the figures hold and the document prints."""
    document = scrutiny_paper(figures, author="A", created_at=moment(OCTOBER))
    return json.dumps(figures.to_json()) + json.dumps([file.name for file in document.attachments])


def test_an_open_paper_says_how_many_are_left_out_and_nothing_else(westmarch, officer, approver, three):
    speak(three[2], officer, approver)
    assert SECRET in words_of(figures_of(westmarch))
    restrict(three[2], officer, moment(OCTOBER))
    figures = figures_of(westmarch)
    assert SECRET not in words_of(figures)
    assert "WM-0003" not in words_of(figures)
    assert figures.left_out_words == "1 restricted recommendation is left out; it is in the closed paper."
    assert (terms(figures.sum), figures.differences) == ({"opening": 2, "closing": 2}, [])
    assert (figures.marking, figures.restricted_only) == ("OFFICIAL", False)
    assert b"".join(file.content for file in scrutiny_attachments(figures)).find(SECRET.encode()) == -1


def scrutiny_attachments(figures):
    return scrutiny_paper(figures, author="A", created_at=moment(OCTOBER)).attachments


def test_a_closed_paper_holds_what_is_restricted_and_nothing_else(westmarch, officer, approver, three):
    speak(three[2], officer, approver)
    restrict(three[2], officer, moment(OCTOBER))
    figures = figures_of(westmarch, closed=True)
    assert [entry.reference for entry in figures.entries] == ["WM-0003"]
    assert terms(figures.sum) == {"opening": 1, "reopened": 1, "closed": 1, "closing": 1}
    assert figures.differences == []
    assert (figures.marking, figures.restricted_only, figures.left_out_words) == ("OFFICIAL-SENSITIVE", True, "")
    assert (figures.responses, figures.commitments, figures.said_of_force) == ((), (), None)
    assert [line.words for line in figures.since] == ["target moved to 1 December 2026"]


@pytest.mark.soak
def test_the_count_has_two_forms_and_none(westmarch, officer, three):
    assert figures_of(westmarch).left_out_words == ""
    for each in three[1:]:
        restrict(each, officer, moment(AUGUST))
    words = "2 restricted recommendations are left out; they are in the closed paper."
    assert figures_of(westmarch).left_out_words == words


def test_what_becomes_restricted_moves_to_the_closed_paper_and_back(westmarch, officer, approver, three):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    restrict(three[2], officer, moment(AUGUST))
    at = moment(OCTOBER)
    opened = figures_of(westmarch, known_at=at)
    assert terms(opened.sum) == {"opening": 3, "to_other_paper": 1, "closing": 2}
    assert opened.closed == ()
    closed = figures_of(westmarch, known_at=at, closed=True)
    assert terms(closed.sum) == {"from_other_paper": 1, "closing": 1}
    assert [line.how for line in closed.new] == ["Moved from the open paper"]
    for is_closed in (False, True):
        file_paper(westmarch, officer, approver, at, closed=is_closed)
    november, end = datetime.date(2026, 11, 2), datetime.date(2026, 12, 31)
    restrictions.lift_restriction(tracked=three[2], reason="It is over.", by=officer, at=moment(november))
    days = {"start": datetime.date(2026, 10, 1), "end": end, "known_at": moment(datetime.date(2027, 1, 10))}
    opened, closed = figures_of(westmarch, **days), figures_of(westmarch, **days, closed=True)
    assert terms(opened.sum) == {"opening": 2, "from_other_paper": 1, "closing": 3}
    assert [line.how for line in opened.new] == ["Moved from the closed paper"]
    assert terms(closed.sum) == {"opening": 1, "to_other_paper": 1}
    assert [(line.outcome, line.reason) for line in closed.closed] == [
        ("No longer restricted: moved to the open paper", "It is over.")
    ]
    assert opened.differences == closed.differences == []
    kinds = {kind.kind: terms(kind.sum) for kind in opened.sums_by_kind}
    assert kinds["Recommendations"] == terms(opened.sum)


@pytest.mark.soak
def test_the_terms_have_words_and_stand_only_where_they_count(westmarch, officer, approver, three):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    restrict(three[2], officer, moment(AUGUST))

    def printed(closed):
        document = scrutiny_paper(figures_of(westmarch, closed=closed), author="A", created_at=moment(OCTOBER))
        heads = [row.head for row in document.by_kind.rows]
        return [(term.sign, term.count, term.words) for term in document.terms], heads, document.title

    assert printed(False) == (
        [("+", 0, "new"), ("−", 0, "closed"), ("−", 1, "moved to the closed paper")],
        ["+ new", "− closed", "− moved to the closed paper"],
        "HMICFRS recommendations: Westmarch Police, Q2 2026/27, July to September 2026",
    )
    assert printed(True) == (
        [("+", 0, "new"), ("+", 1, "moved from the open paper"), ("−", 0, "closed")],
        ["+ new", "+ moved from the open paper", "− closed"],
        "Restricted HMICFRS recommendations: Westmarch Police, Q2 2026/27, July to September 2026",
    )


def test_what_is_restricted_and_then_taken_out_is_not_named_in_the_open_paper(westmarch, officer, approver, three):
    from tests.domain.papers.world import take_out

    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    restrict(three[2], officer, moment(AUGUST))
    take_out(three[2], officer, moment(AUGUST, 12), why=SECRET)
    figures = figures_of(westmarch)
    assert terms(figures.sum) == {"opening": 3, "to_other_paper": 1, "closing": 2}
    assert (figures.differences, SECRET in words_of(figures)) == ([], False)


def test_a_day_before_and_a_moment_before_say_what_stood_then(officer, three):
    tracked = three[0]
    restrict(tracked, officer, moment(AUGUST), effective_on=datetime.date(2026, 8, 1))
    restrictions.lift_restriction(tracked=tracked, reason="Over.", by=officer, at=moment(OCTOBER))

    def stood(day, known_at=None):
        return restrictions.restriction_of(tracked, day, known_at) is not None

    assert [stood(datetime.date(2026, 7, 31)), stood(datetime.date(2026, 8, 1)), stood(OCTOBER)] == [False, True, False]
    assert stood(OCTOBER, moment(datetime.date(2026, 9, 1)))
    assert not stood(datetime.date(2026, 8, 5), moment(datetime.date(2026, 8, 5)))


@pytest.mark.parametrize(
    ("done", "code", "field"),
    [
        ({"reason": " "}, "no-reason", "reason"),
        ({"effective_on": datetime.date(2026, 9, 1)}, "in-the-future", "effective_on"),
        ({"effective_on": datetime.date(2026, 1, 4)}, "before-publication", "effective_on"),
    ],
)
def test_what_cannot_be_is_refused(officer, three, done, code, field):
    with pytest.raises(Refusal) as refused:
        restrictions.restrict(**{"tracked": three[0], "reason": "x", "by": officer, "at": moment(AUGUST)} | done)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_is_restricted_is_not_restricted_again_nor_lifted_twice_or_before(officer, three):
    lift = {"tracked": three[0], "reason": "Over.", "by": officer, "at": moment(OCTOBER)}
    with refusal("not-restricted"):
        restrictions.lift_restriction(**lift)
    restrict(three[0], officer, moment(AUGUST))
    with refusal("restricted-already"):
        restrict(three[0], officer, moment(AUGUST))
    with refusal("later-on-record", naming="10 August 2026"):
        restrictions.lift_restriction(**lift, effective_on=JULY)
    with refusal("no-reason"):
        restrictions.lift_restriction(**lift | {"reason": ""})


def test_a_force_and_a_period_have_one_paper_of_each_sort(westmarch, officer, approver, three):
    opened = file_paper(westmarch, officer, approver, moment(OCTOBER))
    closed = file_paper(westmarch, officer, approver, moment(OCTOBER), closed=True)
    assert (opened.file.name, closed.file.name) == (
        "scrutiny-report-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf",
        "closed-scrutiny-report-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf",
    )
    with refusal("period-taken", papers.TakenPeriod):
        draft(westmarch, officer, closed=True)
    assert papers.correct(paper=closed, by=officer, at=moment(OCTOBER, 12)).closed
    assert papers.why_not_compared(opened, closed) == papers.ONE_CLOSED


def test_a_closed_paper_goes_to_no_force_and_no_meeting(westmarch, officer, approver, three):
    paper = draft(westmarch, officer, closed=True)
    with pytest.raises(Refusal, match=re.escape(factual_checks.CLOSED)):
        send_to_check(
            paper=paper, due_on=datetime.date(2026, 11, 20), by=officer, at=moment(datetime.date(2026, 11, 2))
        )
    filed = file_paper(westmarch, officer, approver, moment(OCTOBER), *BEFORE, closed=True)
    assert why_not_issued(filed) == "This is a closed paper. It is not issued here: the office hands it over itself."


def test_who_sees_a_closed_paper(westmarch, officer, approver, force_lead, member, administrator, three):
    file_paper(westmarch, officer, approver, moment(OCTOBER), closed=True)
    seen = {person: ScrutinyReport.objects.visible_to(person).count() for person in (officer, approver)}
    assert set(seen.values()) == {1}
    for person in (force_lead, member, administrator):
        assert ScrutinyReport.objects.visible_to(person).count() == 0


def test_both_papers_are_proved_again_after_everything_changed(westmarch, officer, approver, three):
    speak(three[2], officer, approver)
    restrict(three[2], officer, moment(OCTOBER))
    for closed in (False, True):
        file_paper(westmarch, officer, approver, moment(OCTOBER, 14), closed=closed)
    restrictions.lift_restriction(tracked=three[2], reason="Over.", by=officer, at=moment(datetime.date(2026, 10, 9)))
    restrict(three[0], officer, moment(datetime.date(2026, 10, 9)))
    assert [(check.problems, check.late) for check in check_papers()] == [([], []), ([], [])]


def test_a_kept_paper_of_before_is_read_as_it_was(westmarch, officer, approver, three):
    kept = figures_of(westmarch).to_json()
    for name in ("restricted_only", "left_out", "open_ids"):
        kept.pop(name)
    for each in (kept["sum"], *(kind["sum"] for kind in kept["sums_by_kind"])):
        each.pop("from_other_paper"), each.pop("to_other_paper")
    read = Figures.from_json(kept)
    assert (read.reconciles, read.left_out_words, read.restricted_only, read.open_ids) == (True, "", False, None)
