"""A joint paper: its totals are the sum of its parts for any history, and it is finalised whole or not at all."""

import dataclasses
import datetime
import json
import re

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.audit import verification
from recommendations.domain.papers import factual_checks, issuing, papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.factual_check_status import why_not_yet
from recommendations.domain.papers.joint import papers as joint_papers
from recommendations.domain.papers.joint.data import JointFigures, line_of, totals
from recommendations.domain.papers.joint.papers import CompiledJoint, compile_joint
from recommendations.domain.papers.sections import author_text
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import FactualReply
from recommendations.models import ScrutinyReport, TrailEntry
from recommendations.trail import verb
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import EVENTS, apply, close, draft
from tests.examples import examples
from tests.makers.joint_papers import (
    END,
    FINALISED,
    LAST_END,
    LAST_START,
    PREPARED,
    START,
    finalised,
    joint_draft,
    make_force,
    moment,
    registers,
)
from tests.refusals import refusal

LATER = FINALISED + datetime.timedelta(days=1)


def part_of(paper: ScrutinyReport, force) -> ScrutinyReport:
    return ScrutinyReport.objects.get(part_of=paper, force=force)


def test_the_totals_are_the_sums_of_the_parts(westmarch, eastvale, officer, approver, body):
    first, *_ = registers(westmarch, eastvale)
    close(first, officer, approver, datetime.date(2026, 8, 1))
    compiled = compile_joint(paper=joint_draft(westmarch, eastvale, by=officer), known_at=FINALISED)
    figures = compiled.figures
    assert [line.force for line in figures.forces] == ["Eastvale Police", "Westmarch Police"]
    assert [line.cells for line in figures.forces] == [(2, 0, 0, 2, 0, 0), (2, 0, 1, 1, 0, 0)]
    assert figures.total == (4, 0, 1, 3, 0, 0)
    assert [(kind.kind, kind.sum.closing) for kind in figures.sums_by_kind if kind.sum.closing] == [
        ("Recommendations", 3)
    ]
    assert sum(colour.count for colour in figures.colours) == 3
    assert compiled.differences == []
    assert JointFigures.from_json(figures.to_json()) == figures
    assert figures.force == "Eastvale Police and Westmarch Police"
    assert figures.bodies == body.name


@pytest.mark.soak
@settings(max_examples=examples(8))
@given(stories=st.lists(EVENTS, min_size=1, max_size=3))
def test_any_stories_give_totals_that_reconcile(westmarch, eastvale, officer, approver, body, stories):
    """Two quarters of one to three forces; of one alone the totals are its own."""
    with transaction.atomic():
        forces = [westmarch, eastvale, make_force("Northshire", "NS")][: len(stories)]
        registered = []
        for force in forces:
            report = make_inspection(
                force, title=f"Custody in {force.short_name}", at=moment(datetime.date(2026, 1, 16))
            )
            days = [datetime.date(2026, 1, 16), datetime.date(2026, 4, 20), datetime.date(2026, 8, 3)]
            registered.append([make_tracked(report, number=str(n), at=moment(day)) for n, day in enumerate(days)])
        told = [(event, registered[n]) for n, events in enumerate(stories) for event in events]
        told.sort(key=lambda each: each[0][2] + each[0][3])
        closings = None
        for start, end in ((LAST_START, LAST_END), (START, END)):
            filed = moment(end + datetime.timedelta(days=14), hour=9)
            while told and datetime.date(2026, 1, 15) + datetime.timedelta(sum(told[0][0][2:])) < filed.date():
                event, its_register = told.pop(0)
                try:
                    with transaction.atomic():
                        apply(event, its_register, officer, approver)
                except Refusal:
                    continue
            closings = _filed(forces, start, end, officer, approver, filed, closings)
        transaction.set_rollback(True)


def _filed(forces, start, end, officer, approver, filed, before):
    """The closing of each force, of a paper whose totals are held against its parts."""
    if len(forces) == 1:
        figures = compile_figures(paper=draft(forces[0], officer, start, end, at=filed), known_at=filed)
        assert totals((line_of(figures, "one"),))["sum"] == figures.sum
        return None
    paper = joint_draft(*forces, by=officer, start=start, end=end, at=filed)
    compiled = compile_joint(paper=paper, known_at=filed)
    assert compiled.differences == []
    of_parts = [figures for _, figures in compiled.parts]
    for field in dataclasses.fields(type(compiled.figures.sum)):
        assert getattr(compiled.figures.sum, field.name) == sum(getattr(each.sum, field.name) for each in of_parts)
    assert before in (None, [figures.sum.opening for figures in of_parts])
    kept = finalised(paper, by=approver, at=filed)
    assert JointFigures.from_json(kept.figures) == compiled.figures
    return [figures.sum.closing for figures in of_parts]


def test_it_is_called_after_its_forces(westmarch, eastvale, officer, body):
    two = joint_draft(westmarch, eastvale, by=officer)
    three = joint_draft(
        *(make_force(name, name[:2].upper()) for name in ("Cedarham", "Alderton", "Birchley")), by=officer
    )
    assert two.about == "Eastvale Police and Westmarch Police"
    assert three.about == "Alderton Police, Birchley Police and Cedarham Police"
    assert ScrutinyReport(start=START, end=END).about == "no force"
    with_parts = ScrutinyReport.objects.with_forces().get(pk=three.pk)
    assert with_parts.about == three.about


def test_it_is_kept_whole_in_one_entry_and_proves_itself(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = finalised(joint_draft(westmarch, eastvale, by=officer), by=approver)
    entries = TrailEntry.objects.filter(verb="finalise_paper")
    assert [entry.subject_id for entry in entries] == [paper.pk]
    parts = list(paper.parts.order_by("force__name"))
    assert [(part.state, part.known_at) for part in parts] == [("finalised", FINALISED)] * 2
    assert bytes(paper.file.content) == b"%PDF joint"
    assert bytes(parts[0].file.content) == b"%PDF eastvale"
    assert paper.file.name == "scrutiny-report-joint-eastvale-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf"
    assert Figures.from_json(parts[1].figures).sum.closing == 2
    assert [check.problems for check in check_papers()] == [[], [], []]
    assert verification.verify() == []


@pytest.mark.on_postgresql
def test_what_is_changed_in_a_part_is_found(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = finalised(joint_draft(westmarch, eastvale, by=officer), by=approver)
    part = part_of(paper, westmarch)
    wrong = part.figures | {"sum": part.figures["sum"] | {"closing": 9}}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE recommendations_scrutinyreport SET figures = %s WHERE id = %s", [json.dumps(wrong), part.pk]
        )
    checks = {check.title.partition(",")[0]: check.problems for check in check_papers()}
    assert checks["Eastvale Police"] == []
    assert checks["Westmarch Police"] != []
    assert checks["Eastvale Police and Westmarch Police"] != []


def test_the_openings_chain_for_each_force(westmarch, eastvale, officer, approver, body):
    first, *_ = registers(westmarch, eastvale)
    before = joint_draft(westmarch, eastvale, by=officer, start=LAST_START, end=LAST_END, at=moment(LAST_END))
    finalised(before, by=approver, at=moment(datetime.date(2026, 7, 10)))
    close(first, officer, approver, datetime.date(2026, 6, 20), at=moment(datetime.date(2026, 8, 1)))
    parts = compile_joint(paper=joint_draft(westmarch, eastvale, by=officer), known_at=FINALISED).parts
    assert [figures.opening_agrees_with for _, figures in parts] == ["the paper to 30 June 2026, issue 1"] * 2
    assert [(figures.sum.opening, figures.sum.closed) for _, figures in parts] == [(2, 0), (2, 1)]


def test_one_part_that_does_not_reconcile_keeps_up_the_whole(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    compiled = compile_joint(paper=paper, known_at=FINALISED)
    (eastvale_part, figures), westmarch_part = compiled.parts
    wrong = dataclasses.replace(figures, sum=dataclasses.replace(figures.sum, new=1))
    parts = (joint_papers.JointPart(eastvale_part, wrong), westmarch_part)
    said = {"content": b"%PDF", "extracts": [b"%PDF", b"%PDF"], "by": approver, "at": FINALISED}
    with refusal("cannot-be-finalised", naming="Eastvale Police: ") as refused:
        joint_papers.finalise_joint(paper=paper, compiled=CompiledJoint(compiled.figures, parts), **said)
    assert [each for each in wrong.differences if each not in refused.value.message] == []
    assert not ScrutinyReport.objects.filter(state="finalised").exists()


def test_the_totals_are_held_to_the_parts(westmarch, eastvale, officer, body):
    registers(westmarch, eastvale)
    figures = compile_joint(paper=joint_draft(westmarch, eastvale, by=officer), known_at=FINALISED).figures
    wrong = dataclasses.replace(figures, sum=dataclasses.replace(figures.sum, opening=3, closing=3))
    assert wrong.differences == [
        "Over all forces, opening adds up to 4, not 3.",
        "Over all forces, closing adds up to 4, not 3.",
        "By kind, opening adds up to 4 over all forces, not 3.",
        "By kind, closing adds up to 4 over all forces, not 3.",
    ]


def test_a_check_by_one_force_keeps_up_the_whole_and_names_it(westmarch, eastvale, officer, approver, body, force_lead):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    with pytest.raises(Refusal, match=re.escape(factual_checks.JOINT)):
        factual_checks.send_to_check(paper=paper, due_on=FINALISED.date(), by=officer, at=PREPARED)
    due = FINALISED.date() + datetime.timedelta(days=5)
    part = part_of(paper, westmarch)
    check = factual_checks.send_to_check(paper=part, due_on=due, by=officer, at=PREPARED)
    drafts = ScrutinyReport.objects.all()
    assert list(papers.to_finalise(drafts, approver, FINALISED.date())) == []
    with pytest.raises(Refusal) as refused:
        finalised(paper, by=approver)
    assert refused.value.message == f"Westmarch Police: {why_not_yet(part, FINALISED.date())}"
    factual_checks.reply_to_check(check=check, reply=FactualReply.NONE, by=force_lead, at=PREPARED)
    assert list(papers.to_finalise(drafts, approver, FINALISED.date())) == [paper]
    assert finalised(paper, by=approver).figures["sum"]["closing"] == 4


def test_a_part_goes_nowhere_alone(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    part = part_of(paper, westmarch)
    figures = compile_figures(paper=part, known_at=FINALISED)
    with pytest.raises(Refusal, match=re.escape(papers.PART)):
        papers.finalise(paper=part, figures=figures, content=b"%PDF", by=approver, at=FINALISED)
    finalised(paper, by=approver)
    part.refresh_from_db()
    with refusal("part-of-joint"):
        papers.correct(paper=part, by=officer, at=LATER)
    assert issuing.why_not_issued(part) == issuing.PART
    paper.refresh_from_db()
    assert issuing.pack_name(paper, datetime.date(2026, 11, 20)) == (
        "2026-11-20-hmicfrs-joint-eastvale-westmarch-q2-2026-27.pdf"
    )


def test_whoever_wrote_a_part_does_not_finalise_the_whole(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    words = {"view": "assured", "view_words": "It did what it said."}
    author_text.write_words(paper=part_of(paper, eastvale), version=0, **words, by=approver, at=PREPARED)
    assert list(papers.to_finalise(ScrutinyReport.objects.all(), approver, FINALISED.date())) == []
    with pytest.raises(NotAllowed, match=re.escape(papers.WROTE)):
        finalised(paper, by=approver)


@pytest.mark.soak
def test_words_of_whole_and_part_are_kept_as_they_were_read(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    meets_on = datetime.date(2026, 11, 20)
    author_text.write_words(paper=paper, version=0, meets_on=meets_on, item="7", by=officer, at=PREPARED)
    compiled = compile_joint(paper=paper, known_at=FINALISED)
    assert [(figures.meets_on, figures.front.item) for _, figures in compiled.parts] == [(meets_on, "7")] * 2
    assert compiled.figures.front.asked == (author_text.NOTE,)
    said = {"version": 0, "questions": ("When?",), "by": officer, "at": PREPARED}
    author_text.write_words(paper=part_of(paper, eastvale), **said)
    extracts = {"content": b"%PDF", "extracts": [b"%PDF", b"%PDF"]}
    with refusal("changed-meanwhile", naming="Eastvale Police"):
        joint_papers.finalise_joint(paper=paper, compiled=compiled, **extracts, by=approver, at=FINALISED)
    asked = compile_joint(paper=paper, known_at=FINALISED).figures.front.asked
    assert asked == author_text.joint_asks(True)


def test_a_corrected_issue_has_new_parts_that_name_the_old(westmarch, eastvale, officer, approver, body):
    registers(westmarch, eastvale)
    paper = finalised(joint_draft(westmarch, eastvale, by=officer), by=approver)
    second = papers.correct(paper=paper, by=officer, at=LATER)
    assert (second.issue, second.replaces_id, second.is_joint) == (2, paper.pk, True)
    old = {part.force_id: part.pk for part in paper.parts.all()}
    assert {part.force_id: part.replaces_id for part in second.parts.all()} == old
    again = finalised(second, by=approver, at=LATER)
    assert again.figures["replaces"] == "Replaces issue 1, finalised on 7 November 2026."
    assert [check.problems for check in check_papers()] == [[]] * 6


def test_a_force_has_one_paper_for_a_period(westmarch, eastvale, officer, body):
    northshire = make_force("Northshire", "NS")
    alone = draft(westmarch, officer)
    with pytest.raises(papers.TakenPeriod) as refused:
        joint_draft(westmarch, eastvale, by=officer)
    assert ("Westmarch Police" in refused.value.message, refused.value.paper) == (True, alone)
    joint = joint_draft(eastvale, northshire, by=officer)
    with pytest.raises(papers.TakenPeriod) as refused:
        draft(eastvale, officer)
    assert refused.value.paper == joint
    with pytest.raises(papers.TakenPeriod) as refused:
        joint_draft(northshire, eastvale, by=officer)
    assert refused.value.paper == joint
    with refusal("too-few"):
        joint_draft(westmarch, westmarch, by=officer)


@pytest.mark.soak
def test_an_empty_force_and_a_body_of_its_own(westmarch, officer, approver, body):
    northshire = make_force("Northshire", "NS")
    registers(westmarch)
    compiled = compile_joint(paper=joint_draft(westmarch, northshire, by=officer), known_at=FINALISED)
    assert [(line.force, line.body, line.sum.closing) for line in compiled.figures.forces] == [
        ("Northshire Police", "", 0),
        ("Westmarch Police", body.name, 2),
    ]
    assert compiled.differences == []


@pytest.mark.on_postgresql
def test_the_database_refuses_a_part_without_a_force_and_one_force_twice(westmarch, eastvale, officer, body):
    paper = joint_draft(westmarch, eastvale, by=officer)
    part = part_of(paper, westmarch)
    with pytest.raises(IntegrityError, match=r"paper_part_has_a_force|CHECK"), transaction.atomic():
        _insert(force=None, part_of=paper, start=START, end=END)
    with pytest.raises(IntegrityError, match=r"paper_one_part_for_each_force|UNIQUE"), transaction.atomic():
        _insert(force=part.force, part_of=paper, start=LAST_START, end=LAST_END)


def _insert(**facts):
    with verb("prepare_paper", by=None, at=PREPARED) as act:
        act.subject = act.save(ScrutinyReport(prepared_at=PREPARED, **facts))


def test_who_sees_what(westmarch, eastvale, officer, approver, body, force_lead, member):
    registers(westmarch, eastvale)
    paper = joint_draft(westmarch, eastvale, by=officer)
    for person in (force_lead, member):
        assert list(ScrutinyReport.objects.visible_to(person)) == []
    finalised(paper, by=approver)
    part = part_of(paper, westmarch)
    assert list(ScrutinyReport.objects.visible_to(force_lead)) == [part]
    assert list(ScrutinyReport.objects.listed_for(force_lead)) == [part]
    assert list(ScrutinyReport.objects.listed_for(member)) == [paper]
    assert list(ScrutinyReport.objects.listed_for(officer)) == [paper]
