"""Custody visits: what can be recorded, answered and withdrawn, the counts that cannot be, and coverage."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.custody import visits
from recommendations.domain.custody.queries import custody_coverage
from recommendations.domain.evidence.queries import evidence_of_commitment
from recommendations.domain.people import records
from recommendations.domain.writing.refusals import Stale
from recommendations.models import CustodySuite, CustodyVisit
from recommendations.models.panels.custody import NO_DETAINEES
from recommendations.periods import Period
from recommendations.trail import verb
from tests.conftest import AT, TODAY
from tests.makers.commitments import make_commitment, make_version
from tests.makers.custody import COUNTS, VISITED, make_suite, make_visit
from tests.makers.evidence import point
from tests.per_module import per_module
from tests.refusals import refusal_of

DAY = datetime.timedelta(days=1)
NOVEMBER = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))


@per_module
def suite(westmarch):
    return make_suite(westmarch)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"visitors": 0, "tact_trained": 0}, ("required", "visitors")),
        ({"tact_trained": 3}, ("more-than-whole", "tact_trained")),
        ({"offered": 13}, ("more-than-whole", "offered")),
        ({"seen": 10}, ("more-than-whole", "seen")),
        ({"held": -1}, ("out-of-range", "held")),
        ({"held": 1000}, ("out-of-range", "held")),
        ({"on": TODAY + DAY}, ("in-the-future", "on")),
        ({"end": datetime.time(9)}, ("ends-before-start", "end")),
    ],
)
def test_a_visit_that_cannot_be_is_refused(suite, wrong, said):
    assert refusal_of(lambda: make_visit(suite, **wrong)) == said
    assert CustodyVisit.on_file.count() == 0


def test_a_visit_is_within_the_days_of_its_suite_and_there_once(westmarch):
    suite = make_suite(westmarch, since=VISITED, until=VISITED + DAY)
    make_visit(suite)
    assert refusal_of(lambda: make_visit(suite, VISITED - DAY)) == ("before-start", "on")
    assert refusal_of(lambda: make_visit(suite, VISITED + 2 * DAY)) == ("after-end", "on")
    assert refusal_of(lambda: make_visit(suite)) == (
        "recorded-already",
        "start",
    )


def test_nobody_held_is_a_visit_too(suite):
    visit = make_visit(suite, held=0, offered=0, seen=0, refused=0)
    assert visit.counts_words == "0 held, 0 offered a visit, 0 seen, 0 refused"


def test_the_force_answers_and_the_answer_is_corrected(suite, officer):
    visit, by = make_visit(suite), {"by": officer, "at": AT}
    said = {"answer": "It was replaced.", "answered_on": TODAY}
    assert refusal_of(lambda: visits.answer_visit(visit=visit, version=1, **said | {"answer": " "}, **by)) == (
        "required",
        "answer",
    )
    early = said | {"answered_on": VISITED - DAY}
    assert refusal_of(lambda: visits.answer_visit(visit=visit, version=1, **early, **by)) == (
        "before-visit",
        "answered_on",
    )
    late = said | {"answered_on": TODAY + DAY}
    assert refusal_of(lambda: visits.answer_visit(visit=visit, version=1, **late, **by))[1] == "answered_on"
    visits.answer_visit(visit=visit, version=1, **said, **by)
    with pytest.raises(Stale):
        visits.answer_visit(visit=visit, version=1, **said, **by)
    corrected = visits.answer_visit(visit=visit, version=2, answer="Both were.", answered_on=TODAY, **by)
    assert (corrected.answer, corrected.answered_on, corrected.version) == ("Both were.", TODAY, 3)


def test_a_withdrawn_visit_stays_on_file_and_counts_no_more(suite, officer):
    visit, by = make_visit(suite), {"by": officer, "at": AT}
    assert refusal_of(lambda: visits.withdraw_visit(visit=visit, version=1, reason="", **by)) == (
        "no-reason",
        "reason",
    )
    visits.withdraw_visit(visit=visit, version=1, reason="Twice.", **by)
    again = refusal_of(lambda: visits.withdraw_visit(visit=visit, version=2, reason="Again.", **by))
    assert again[0] == "withdrawn"
    assert (CustodyVisit.objects.count(), CustodyVisit.on_file.get().withdrawn_why) == (0, "Twice.")
    make_visit(suite)


@pytest.mark.on_postgresql
def test_the_database_refuses_nonsense(suite):
    cases = {
        "custodyvisit_times_in_order": {"end": datetime.time(8)},
        "custodyvisit_trained_among_visitors": {"tact_trained": 3},
        "custodyvisit_offered_among_held": {"offered": 13},
        "custodyvisit_seen_and_refused_among_offered": {"refused": 3},
        "custodyvisit_answer_has_its_day": {"answer": "Yes."},
        "custodyvisit_withdrawn_says_why": {"withdrawn_at": AT},
    }
    given = COUNTS | {"suite": suite, "on": VISITED, "start": datetime.time(9), "recorded_at": AT}
    for name, wrong in cases.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), verb("x", by=None, at=AT) as act:
            act.save(CustodyVisit(**given | wrong))


def test_a_suite_stays_with_its_force_and_keeps_its_visits(suite, eastvale):
    make_visit(suite)
    keep = {"by": None, "at": AT}
    for facts, said in (
        ({"until": VISITED - DAY}, ("later-on-record", "until")),
        (
            {"since": VISITED + DAY},
            ("earlier-on-record", "since"),
        ),
        ({"force": eastvale}, ("another-force", "force")),
    ):
        record = CustodySuite.objects.get(pk=suite.pk)
        for name, value in facts.items():
            setattr(record, name, value)
        assert refusal_of(lambda record=record: records.keep(record=record, **keep)) == said


@pytest.mark.on_postgresql
def test_coverage_by_suite_weekday_and_time_of_day(suite, westmarch, officer):
    other = make_suite(westmarch, "Belford custody")
    make_suite(westmarch, "Closed custody", until=datetime.date(2026, 10, 31))
    make_visit(suite)
    make_visit(suite, start=23, tact_trained=0)
    make_visit(suite, VISITED + DAY, start=0)
    make_visit(suite, datetime.date(2026, 10, 31))
    found = custody_coverage(officer, NOVEMBER)
    assert [(each.name, each.visits, each.weekdays, each.times) for each in found.suites] == [
        ("Aldford custody", 3, (2, 1, 0, 0, 0, 0, 0), (1, 1, 0, 1)),
        ("Belford custody", 0, (0,) * 7, (0,) * 4),
    ]
    all_of_them = found.totals
    assert (all_of_them.visits, all_of_them.with_trained, all_of_them.held, all_of_them.seen) == (3, 2, 36, 24)
    assert [each.name for each in custody_coverage(officer, NOVEMBER, other).suites] == ["Belford custody"]


def test_coverage_is_the_offices(suite, officer, force_lead, member, administrator, django_assert_num_queries):
    make_visit(suite)
    for person in (force_lead, member, administrator):
        assert custody_coverage(person, NOVEMBER).totals.visits == 0
    with django_assert_num_queries(2):
        assert custody_coverage(officer, NOVEMBER).totals.visits == 1


def test_a_visit_is_evidence(suite, body, westmarch, eastvale, officer):
    promised, visit = make_commitment(make_version(body, westmarch)), make_visit(suite)
    point(promised, visit)
    (row,) = evidence_of_commitment(promised, officer, TODAY)
    assert row.short == ("Visit to Aldford custody: 2 November 2026: 12 held, 10 offered a visit, 8 seen, 1 refused")
    theirs = make_visit(make_suite(eastvale, "Eastvale custody"))
    assert refusal_of(lambda: point(promised, theirs)) == (
        "another-force",
        "source",
    )
    measure = refusal_of(lambda: point(promised, make_visit(suite, start=11), measure=True))
    assert measure == ("wrong-measure", "measure")
    visits.withdraw_visit(visit=visit, version=1, reason="Twice.", by=officer, at=AT)
    assert evidence_of_commitment(promised, officer, TODAY)[0].figure == "2 November 2026: the visit is withdrawn"
    assert refusal_of(lambda: point(promised, visit)) == ("withdrawn", "source")


def test_no_field_holds_anything_about_a_detainee():
    """Counts, findings in words with their warning, and every record’s machinery; look at a new field here."""
    names = {each.name for each in CustodyVisit._meta.concrete_fields}
    assert names == {
        *("id", "suite", "on", "start", "end", "visitors", "tact_trained", "held", "offered", "seen", "refused"),
        *("findings", "answer", "answered_on", "recorded_at", "recorded_by", "version"),
        *("withdrawn_at", "withdrawn_by", "withdrawn_why"),
    }
    for name in ("findings", "answer"):
        assert CustodyVisit._meta.get_field(name).help_text.startswith(NO_DETAINEES)
