"""No update is lost: of those who save what they read, one wins, and each of the others is told and sees both texts."""

import datetime

import pytest
from django.db import connection

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register import closures, voices
from recommendations.domain.writing import records
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.models import Closure, ScrutinyReport, TrackedRecommendation, TrailEntry
from tests.conftest import AT, make_inspection, make_tracked

THREADS = 8
FIRST = datetime.date(2027, 1, 1)


@pytest.fixture
def tracked(shared_database, westmarch):
    return make_tracked(make_inspection(westmarch))


def edit_details(tracked):
    """Count one up in a field of the record, as somebody does who reads it, thinks, and saves."""
    count = str(int(tracked.business_lead or 0) + 1)
    inspections.edit_tracked(tracked=tracked, version=tracked.version, business_lead=count, by=None, at=AT)


def edit_recommendation(tracked):
    found = tracked.recommendation
    new = NewRecommendation(text=found.text, number=found.number, heading=str(int(found.heading or 0) + 1))
    about = {"recommendation": found, "version": found.version, "reason": "Counting."}
    inspections.edit_recommendation(new=new, by=None, at=AT, **about)


def edit_inspection(tracked):
    found = tracked.recommendation.inspection
    facts = {"joint_inspectorates": str(int(found.joint_inspectorates or 0) + 1)}
    about = {"inspection": found, "version": found.version, "forces": [tracked.force], "reason": "Counting."}
    inspections.edit_inspection(by=None, at=AT, **about, **facts)


def move_target(tracked):
    last = tracked.standing.target_on
    day = last + datetime.timedelta(days=1) if last else FIRST
    voices.set_target(tracked=tracked, target_on=day, reason="Counting.", version=tracked.version, by=None, at=AT)


# Each verb that is guarded by a version, and how the count is read back.
COUNTED = {
    edit_details: lambda tracked: int(tracked.business_lead),
    edit_recommendation: lambda tracked: int(tracked.recommendation.heading),
    edit_inspection: lambda tracked: int(tracked.recommendation.inspection.joint_inspectorates),
    move_target: lambda tracked: (tracked.standing.target_on - FIRST).days + 1,
}


def fresh() -> TrackedRecommendation:
    return TrackedRecommendation.objects.with_record().get()


def count_up(at_once, edit, edits: int) -> tuple[int, int]:
    """Everybody edits so many times; return how often it was saved, and how often refused as stale."""

    def work(place):
        saved = stale = 0
        for _ in range(edits):
            read = fresh()
            try:
                edit(read)
                saved += 1
            except Stale as refusal:
                stale += refusal.theirs.version > 1
        return saved, stale

    counts = at_once(THREADS, work)
    return sum(saved for saved, _ in counts), sum(stale for _, stale in counts)


@pytest.mark.parametrize(
    "edit",
    [pytest.param(edit, id=edit.__name__, marks=pytest.mark.soak if at else ()) for at, edit in enumerate(COUNTED)],
)
def test_what_was_saved_adds_up(at_once, tracked, edit):
    entries = TrailEntry.objects.count()
    saved, stale = count_up(at_once, edit, 6)
    assert saved + stale == THREADS * 6
    assert (COUNTED[edit](fresh()), TrailEntry.objects.count() - entries) == (saved, saved)
    assert verification.verify() == []


@pytest.mark.soak
def test_thousands_of_edits_add_up(at_once, tracked):
    edits = 12_000 if connection.vendor == "sqlite" else 3_000
    saved, stale = count_up(at_once, edit_details, edits // THREADS)
    assert stale > 0
    assert (saved + stale, int(fresh().business_lead), fresh().version) == (edits, saved, saved + 1)


@pytest.mark.sqlite_alone
def test_without_the_guard_updates_are_lost(at_once, tracked, monkeypatch):
    """The test above has teeth: with the version taken as read by the verb itself, counts go missing."""
    monkeypatch.setattr(inspections, "claim", lambda record, version: None)
    saved, _ = count_up(at_once, edit_details, 6)
    assert saved == THREADS * 6
    assert int(fresh().business_lead) < saved


def test_the_one_who_is_late_is_given_both_texts(shared_database, tracked):
    mine, theirs = fresh(), fresh()
    inspections.edit_tracked(tracked=theirs, version=theirs.version, business_lead="Theirs", by=None, at=AT)
    with pytest.raises(Stale) as stale:
        inspections.edit_tracked(tracked=mine, version=mine.version, business_lead="Mine", by=None, at=AT)
    assert stale.value.theirs.business_lead == "Theirs"
    inspections.edit_tracked(tracked=mine, version=stale.value.theirs.version, business_lead="Mine", by=None, at=AT)
    assert fresh().business_lead == "Mine"


def winners(at_once, act) -> int:
    """How many of those who do the same thing at one moment succeed."""

    def work(place):
        try:
            act()
        except Refusal:
            return 0
        return 1

    return sum(at_once(THREADS, work))


def test_of_many_who_ask_for_a_closure_and_decide_it_one_succeeds(at_once, tracked, officer, approver):
    asked = {"tracked": tracked, "outcome": "implemented", "reason": "Done.", "by": officer, "at": AT}
    assert winners(at_once, lambda: closures.request_closure(**asked)) == 1
    assert winners(at_once, lambda: closures.approve_closure(tracked=tracked, by=approver, at=AT)) == 1
    assert winners(at_once, lambda: closures.reopen(tracked=tracked, reason="Failed.", by=officer, at=AT)) == 1
    assert Closure.objects.count() == 1
    assert verification.verify() == []


def test_of_many_who_finalise_or_correct_a_paper_one_succeeds(at_once, shared_database, westmarch, officer, approver):
    days = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
    paper = papers.prepare(force=westmarch, by=officer, at=AT, **days)
    figures = compile_figures(paper=paper, known_at=AT)
    done = {"paper": paper, "figures": figures, "content": b"%PDF", "by": approver, "at": AT}
    assert winners(at_once, lambda: papers.finalise(**done)) == 1
    assert winners(at_once, lambda: papers.correct(paper=paper, by=officer, at=AT)) == 1
    assert ScrutinyReport.objects.count() == 2
    assert verification.verify() == []


def test_the_trail_is_verified_as_of_one_moment_while_others_write(at_once, tracked):
    def work(place):
        if place:
            for _ in range(8):
                voices.log_force_update(tracked=tracked, done="Seen to.", by=None, at=AT)
            return []
        return [problem for _ in range(6) for problem in verification.verify()]

    assert [problem for problems in at_once(3, work) for problem in problems] == []


def test_the_version_is_claimed_in_the_database_and_not_in_python(shared_database, tracked):
    one, other = fresh(), fresh()
    assert (type(one).objects.claim_version(one), type(other).objects.claim_version(other)) == (True, False)
    assert (one.version, other.version, fresh().version) == (2, 1, 2)
    with pytest.raises(Stale):
        records.claim(other, 1)
