"""Pointing at evidence: what can be a source of what, once, and withdrawn with a reason; and the latest figure."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.evidence import evidence
from recommendations.domain.evidence.queries import evidence_of_commitment, evidence_of_recommendation
from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.enums import PanelKind
from recommendations.models import Evidence, Panel, TrackedRecommendation
from recommendations.sections import reading_once
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.commitments import ASKED, make_commitment, make_version
from tests.makers.evidence import THIRD_QUARTER, point, watched_panel
from tests.makers.panels import make_channel, make_meeting
from tests.per_module import per_module
from tests.refusals import refusal_of

FIGURE = "Force present at 5 of 6 meetings, a decision maker at 3, to 7 November 2026"


@per_module
def panel(westmarch):
    return watched_panel(westmarch)


@per_module
def promised(body, westmarch):
    return make_commitment(make_version(body, westmarch, title="Bells in Westmarch"))


@per_module
def assured(tracked, officer):
    return voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", by=officer, at=AT)


@pytest.mark.on_postgresql
def test_each_subject_shows_its_evidence_with_the_latest_figure(promised, assured, tracked, panel, westmarch, officer):
    meeting = panel.meetings.get(on=THIRD_QUARTER[1])
    point(promised, westmarch, measure=True)
    point(promised, meeting, note="Nobody came.")
    point(assured, panel)
    point(tracked, panel)
    rows = evidence_of_commitment(promised, officer, TODAY)
    assert [(row.title, row.figure) for row in rows] == [
        ("Attendance at Channel panels, Westmarch Police", FIGURE),
        ("Meeting of Aldford Channel panel", "14 August 2026: Not represented"),
    ]
    about = evidence_of_recommendation(tracked, officer, TODAY)
    assert [(row.title, row.figure, row.of) for row in about] == [
        ("Attendance at Aldford Channel panel", FIGURE, "for the assurance of 7 November 2026"),
        ("Attendance at Aldford Channel panel", FIGURE, ""),
    ]


def test_a_commitments_measure_shows_on_the_recommendation_that_its_comment_answers(promised, panel, officer):
    point(promised, panel, measure=True)
    answered = TrackedRecommendation.objects.get(recommendation__answers__comment=promised.comment)
    (row,) = evidence_of_recommendation(answered, officer, TODAY)
    assert row.of == "measure of the commitment “We will watch the bells each quarter.”"
    other = TrackedRecommendation.objects.exclude(pk=answered.pk).get()
    assert evidence_of_recommendation(other, officer, TODAY) == []


def test_only_the_office_sees_it(promised, tracked, panel, force_lead, member, administrator, approver):
    point(tracked, panel, note="Ours.")
    assert [evidence_of_recommendation(tracked, who, TODAY) for who in (force_lead, member, administrator)] == [
        [],
        [],
        [],
    ]
    assert len(evidence_of_recommendation(tracked, approver, TODAY)) == 1


@pytest.mark.on_postgresql
def test_queries_stay_the_same_with_more(promised, panel, westmarch, officer, django_assert_num_queries):
    point(promised, westmarch, measure=True)
    with reading_once(), django_assert_num_queries(4):
        evidence_of_commitment(promised, officer, TODAY)
    other = make_channel(westmarch, "Belford Channel panel")
    for source in (panel, other, *panel.meetings.order_by("on")[:2]):
        point(promised, source)
    with reading_once(), django_assert_num_queries(4):
        assert len(evidence_of_commitment(promised, officer, TODAY)) == 5


def test_without_a_meeting_the_figure_says_so(promised, westmarch, officer):
    point(promised, westmarch)
    (row,) = evidence_of_commitment(promised, officer, TODAY)
    assert row.figure == "No meeting recorded, to 7 November 2026"


def test_a_gap_and_a_meeting_without_attendance_are_said(tracked, westmarch, officer):
    panel = watched_panel(westmarch)
    make_meeting(panel, datetime.date(2026, 10, 14))
    point(tracked, panel)
    (row,) = evidence_of_recommendation(tracked, officer, TODAY)
    assert row.figure == (
        "Force present at 5 of 6 meetings, a decision maker at 3, 1 not recorded yet, to 7 November 2026"
    )


def test_what_cannot_be_evidence_is_refused(promised, assured, tracked, panel, westmarch, eastvale, officer):
    planned, theirs = make_meeting(panel, datetime.date(2026, 12, 1)), make_channel(eastvale, "Eastvale Channel panel")
    point(promised, panel)
    audit = records.keep(record=Panel(name="Joint audit committee", kind=PanelKind.AUDIT), by=None, at=AT)
    cases = [
        (promised, None, False, ("required", "source")),
        (promised, panel, False, ("linked-already", "source")),
        (promised, theirs, False, ("another-force", "source")),
        (tracked, eastvale, False, ("another-force", "source")),
        (assured, theirs, False, ("another-force", "source")),
        (tracked, westmarch, True, ("no-measure", "measure")),
        (promised, audit, True, ("wrong-measure", "measure")),
    ]
    for subject, source, measure, said in cases:
        assert refusal_of(lambda s=subject, o=source, m=measure: point(s, o, measure=m)) == said
    assert refusal_of(lambda: point(tracked, planned)) == (
        "no-attendance",
        "source",
    )
    voices.withdraw(row=assured, reason="Wrong.", by=officer, at=AT)
    assert refusal_of(lambda: point(assured, panel))[0] == "withdrawn"
    assert refusal_of(lambda: point(tracked, panel, note="x" * 301)) == (
        "too-long",
        "note",
    )


def test_one_measure_at_a_time(promised, panel, westmarch, officer):
    first = point(promised, panel, measure=True)
    again = refusal_of(lambda: point(promised, westmarch, measure=True))
    assert again == ("measured-already", "measure")
    evidence.withdraw_evidence(evidence=first, reason="Too narrow.", by=officer, at=AT)
    point(promised, westmarch, measure=True)
    assert [row.title for row in evidence_of_commitment(promised, officer, TODAY)] == [
        "Attendance at Channel panels, Westmarch Police"
    ]


def test_withdrawing_needs_a_reason_and_happens_once(promised, panel, officer):
    made = point(promised, panel)
    no_reason = refusal_of(lambda: evidence.withdraw_evidence(evidence=made, reason=" ", by=officer, at=AT))
    assert no_reason == ("no-reason", "reason")
    gone = evidence.withdraw_evidence(evidence=made, reason="Wrong panel.", by=officer, at=AT)
    assert (gone.withdrawn_why, gone.withdrawn_by, gone.withdrawn_at) == ("Wrong panel.", officer, AT)
    again = refusal_of(lambda: evidence.withdraw_evidence(evidence=made, reason="Again.", by=officer, at=AT))
    assert again[0] == "withdrawn"
    assert Evidence.on_file.get().history.count() == 2


@pytest.mark.on_postgresql
def test_the_database_refuses_nonsense(promised, tracked, panel, westmarch):
    second = make_commitment(promised.of, quote=ASKED)
    cases = {
        "evidence_has_one_source": {"panel": panel, "channel_of": westmarch, "tracked": tracked},
        "evidence_has_one_subject": {"panel": panel, "tracked": tracked, "commitment": second},
        "evidence_measure_is_a_series": {"panel": panel, "tracked": tracked, "measure": True},
        "evidence_withdrawn_says_why": {"panel": panel, "tracked": tracked, "withdrawn_at": AT},
    }
    for name, facts in cases.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), verb("point_at", by=None, at=AT) as act:
            act.save(Evidence(recorded_at=AT, **facts))
    with pytest.raises(IntegrityError, match="has_one_source"), verb("point_at", by=None, at=AT) as act:
        act.save(Evidence(recorded_at=AT, tracked=tracked))


@pytest.mark.on_postgresql
def test_two_measures_cannot_stand(promised, panel, westmarch):
    point(promised, panel, measure=True)
    with pytest.raises(IntegrityError), verb("point_at", by=None, at=AT) as act:
        act.save(Evidence(recorded_at=AT, commitment=promised, channel_of=westmarch, measure=True))


def test_evidence_of_another_forces_line_stays_there(promised, panel, eastvale, officer):
    """The measure is of Westmarch's panels: the line of Eastvale that follows the same text does not show it."""
    point(promised, panel, measure=True)
    line = make_tracked(make_inspection(eastvale, title="Custody in Eastvale"))
    assert evidence_of_recommendation(line, officer, TODAY) == []
