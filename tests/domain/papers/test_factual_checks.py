"""The force's check of a draft: asked, replied to once, answered; what it keeps up, and what the paper prints."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.audit import verification
from recommendations.domain.papers import factual_checks, papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.factual_check_status import check_sentences, state_of, why_not_yet
from recommendations.domain.papers.factual_checks import ForceCorrection
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.models import FactualCheck, FactualCorrection, ScrutinyReport
from recommendations.trail import verb
from tests.conftest import AT, TODAY
from tests.makers.factual_checks import DUE, WRONG, make_check, make_draft, reply
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
AFTER = AT + (DUE - TODAY) * 1 + DAY
NONE = "Checked for factual accuracy by the force, 7 November 2026: no correction."


@per_module
def paper(westmarch, body, officer):
    return make_draft(westmarch, by=officer)


def file(paper, approver, at=AT) -> ScrutinyReport:
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


def answer(correction, officer, said="accepted", why="", version=1) -> FactualCorrection:
    return factual_checks.answer_correction(
        correction=correction, version=version, answer=said, answer_why=why, by=officer, at=AT
    )


@pytest.mark.parametrize(
    ("facts", "due_on", "code"),
    [
        ({}, TODAY - DAY, "in-the-past"),
        ({"end": TODAY}, DUE, "period-running"),
    ],
)
def test_what_cannot_be_sent_is_refused(westmarch, body, officer, facts, due_on, code):
    with refusal(code):
        make_check(make_draft(westmarch, by=officer, **facts), due_on=due_on)


def test_a_draft_is_with_its_force_once_at_a_time_and_a_filed_paper_never(paper, officer, force_lead, approver):
    first = make_check(paper, by=officer)
    with refusal("sent-already"):
        make_check(paper, by=officer)
    reply(first, by=force_lead)
    reply(make_check(paper, by=officer), by=force_lead)
    assert check_sentences(paper, AT) == (NONE, NONE)
    file(paper, approver)
    with refusal("finalised"):
        make_check(paper, by=officer)


def test_a_reply_is_kept_and_given_once(paper, officer, force_lead):
    check = reply(make_check(paper), WRONG, ForceCorrection(" A ", "B", "C"), by=force_lead)
    assert (check.reply, check.replied_at, check.replied_by) == ("corrections", AT, force_lead)
    said = check.corrections.values_list("number", "line", "wrong", "should_say", "answer")
    assert list(said) == [
        (1, "Page 1, overdue", "It says 3 overdue.", "2 are overdue.", ""),
        (2, "A", "B", "C", ""),
    ]
    for again in (lambda: reply(check, by=force_lead), lambda: end(check, officer)):
        with pytest.raises(Refusal, match=re.escape(factual_checks.OVER)):
            again()


def end(check, officer, reason="The papers go out today.") -> FactualCheck:
    return factual_checks.end_check(check=check, reason=reason, by=officer, at=AT)


@pytest.mark.parametrize(
    ("said", "corrections", "field", "code"),
    [
        ("corrections", [], "line_1", "required"),
        ("none", [WRONG], "reply", "contradiction"),
        ("corrections", [ForceCorrection("", "x", "y")], "line_1", "required"),
        ("corrections", [WRONG, ForceCorrection("x", " ", "y")], "wrong_2", "required"),
        ("corrections", [ForceCorrection("x", "y", "")], "should_say_1", "required"),
    ],
)
def test_half_a_reply_is_refused_at_its_field(paper, force_lead, said, corrections, field, code):
    check = make_check(paper)
    with refusal(code) as refused:
        factual_checks.reply_to_check(check=check, reply=said, corrections=corrections, by=force_lead, at=AT)
    assert refused.value.field == field
    assert FactualCorrection.objects.count() == 0


def test_another_force_does_not_reply(paper, other_force_lead):
    with refusal("another-force", NotAllowed, naming="Westmarch Police"):
        reply(make_check(paper), by=other_force_lead)


def test_each_correction_is_answered_while_the_paper_is_a_draft(paper, officer, force_lead, approver):
    found = reply(make_check(paper), WRONG, by=force_lead).corrections.get()
    with pytest.raises(Refusal) as refused:
        answer(found, officer, "not_accepted")
    assert (refused.value.field, refused.value.code) == ("answer_why", "no-reason")
    answer(found, officer, "not_accepted", "3 is right.")
    with pytest.raises(Stale):
        answer(found, officer)
    answer(found, officer, version=2)
    found.refresh_from_db()
    assert (found.answer, found.answer_why, found.answered_by, found.wrong) == ("accepted", "", officer, WRONG.wrong)
    file(paper, approver)
    with refusal("finalised"):
        answer(found, officer, version=3)


def test_what_is_open_keeps_a_draft_from_being_finalised(paper, officer, force_lead, approver):
    with_force = "The force has until 1 December 2026 to check the facts. "
    wait = "Wait for its reply, or say why the office goes on without it."
    check = make_check(paper, by=officer)
    assert why_not_yet(paper, DUE) == with_force + wait
    with pytest.raises(Refusal) as refused:
        file(paper, approver)
    assert refused.value.message == with_force + wait
    drafts = ScrutinyReport.objects.all()
    assert list(papers.to_finalise(drafts, approver, TODAY)) == []
    assert list(papers.to_finalise(drafts, approver, DUE + DAY)) == [paper]
    reply(check, WRONG, WRONG, by=force_lead)
    first, second = check.corrections.all()
    assert why_not_yet(paper, TODAY) == "2 corrections of the force are not answered yet."
    answer(first, officer)
    assert why_not_yet(paper, TODAY) == "1 correction of the force is not answered yet."
    assert list(papers.to_finalise(drafts, approver, DUE + DAY)) == []
    answer(second, officer, "not_accepted", "No.")
    assert list(papers.to_finalise(drafts, approver, TODAY)) == [paper]
    file(paper, approver)


def test_a_late_force_keeps_nothing_up_and_the_paper_says_so(paper, officer, approver):
    check = make_check(paper, by=officer)
    assert state_of(check, DUE + DAY) == "Late: asked for by 1 December 2026"
    filed = file(paper, approver, at=AFTER)
    said = ("The force did not reply by 1 December 2026, its day to check the facts.",)
    assert Figures.from_json(filed.figures).checked == said
    with refusal("finalised"):
        reply(check)
    assert not FactualCheck.objects.running().exists()


def test_the_office_can_go_on_without_the_reply_and_the_paper_says_why(paper, officer, approver):
    check = make_check(paper, by=officer)
    with refusal("no-reason"):
        end(check, officer, " ")
    end(check, officer, "The papers go out today")
    said = "The office went on without its reply on 7 November 2026: The papers go out today."
    words = f"The force was asked to check the facts by 1 December 2026. {said}"
    assert Figures.from_json(file(paper, approver).figures).checked == (words,)


def test_what_a_paper_printed_of_its_check_stays_and_proves_itself(paper, officer, force_lead, approver):
    assert check_sentences(paper, AT) == ()
    check = make_check(paper, by=officer)
    assert check_sentences(paper, AT) == ("With the force for a check of its facts until 1 December 2026.",)
    first, second = reply(check, WRONG, WRONG, by=force_lead).corrections.all()
    words = "Checked for factual accuracy by the force, 7 November 2026: 2 corrections"
    answer(first, officer)
    assert check_sentences(paper, AT) == (f"{words}, 1 accepted, 1 not answered yet.",)
    answer(second, officer, "not_accepted", "No.")
    figures = compile_figures(paper=paper, known_at=AT)
    answer(second, officer, version=2)
    with refusal("changed-meanwhile"):
        papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT)
    answer(second, officer, "not_accepted", "No.", version=3)
    filed = file(paper, approver)
    assert Figures.from_json(filed.figures).checked == (f"{words}, 1 accepted, 1 not accepted.",)
    assert [each.problems for each in check_papers()] == [[]]
    assert verification.verify() == []


def test_a_force_sees_its_own_checks_and_nobody_else_any(paper, officer, force_lead, other_force_lead, member):
    check = make_check(paper)
    reply(check, WRONG, by=force_lead)
    seen = {
        person.role: (
            FactualCheck.objects.visible_to(person).count(),
            FactualCorrection.objects.visible_to(person).count(),
            ScrutinyReport.objects.visible_to(person).count(),
        )
        for person in (officer, force_lead, member)
    }
    assert seen == {
        "opcc_officer": (1, 1, 1),
        "force_inspection_lead": (1, 1, 0),
        "committee_member": (0, 0, 0),
    }
    assert FactualCheck.objects.visible_to(other_force_lead).count() == 0


MADE = {"due_on": DUE, "sent_at": AT}
BROKEN = {
    "factualcheck_reply_is_dated": {"reply": "none"},
    "factualcheck_ended_says_why": {"ended_at": AT},
    "factualcheck_replied_or_ended": {"reply": "none", "replied_at": AT, "ended_at": AT, "ended_why": "x"},
}
SAID = {"line": "x", "wrong": "y", "should_say": "z"}
WRONGLY = {
    "factualcorrection_says_what": {"line": ""},
    "factualcorrection_answer_is_whole": {"answer": "not_accepted", "answered_at": AT},
}


def refused_by(record) -> str:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), verb("break", by=None, at=AT) as act:
        act.save(record)
    return str(refused.value)


@pytest.mark.on_postgresql
@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_half_a_check(paper, westmarch, name):
    assert name in refused_by(FactualCheck(paper=paper, force=westmarch, **MADE | BROKEN[name]))


@pytest.mark.on_postgresql
@pytest.mark.parametrize("name", WRONGLY)
def test_the_database_refuses_half_a_correction(paper, name):
    check = make_check(paper)
    assert name in refused_by(FactualCorrection(of=check, number=1, **SAID | WRONGLY[name]))


@pytest.mark.on_postgresql
def test_the_database_refuses_two_at_once(paper, westmarch):
    check = make_check(paper)
    refused_by(FactualCheck(paper=paper, force=westmarch, **MADE))
    with verb("first", by=None, at=AT) as act:
        act.save(FactualCorrection(of=check, number=1, **SAID))
    refused_by(FactualCorrection(of=check, number=1, **SAID))
