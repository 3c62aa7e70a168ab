"""What section 55 is about: one answer for each report, and sentences that agree with it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.statutory_clock import Clock, clock, last_day_name
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind
from recommendations.models import Inspection
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection
from tests.domain.inspections.test_inspections import edit

DAY = datetime.timedelta(days=1)
STATED, LAST = PUBLISHED + 90 * DAY, PUBLISHED + 55 * DAY
OUTSIDE = (InspectionKind.SUPER_COMPLAINT, InspectionKind.FIRE)
ASK = ("section_55", "required")


def report(kind: str, **facts) -> Inspection:
    """A report that nobody saves."""
    return Inspection(kind=kind, published_on=PUBLISHED, **facts)


@pytest.mark.parametrize("kind", [kind for kind in InspectionKind if kind != InspectionKind.OTHER])
def test_its_kind_says_whether_section_55_applies(kind):
    applies = kind not in OUTSIDE
    assert kind.section_55 is applies
    assert (report(kind).is_under_section_55, report(kind).last_day) == (applies, LAST if applies else None)


@pytest.mark.parametrize(("said", "last_day"), [(True, LAST), (False, None), (None, LAST)])
def test_other_is_asked_and_measured_until_somebody_says(said, last_day):
    other = report(InspectionKind.OTHER, section_55=said)
    assert InspectionKind.OTHER.section_55 is None
    assert (other.last_day, other.is_to_say_section_55) == (last_day, said is None)


@pytest.mark.parametrize("kind", InspectionKind)
def test_a_stated_day_is_another_procedures(kind):
    stated = report(kind, respond_by=STATED)
    assert (stated.is_under_section_55, stated.last_day, stated.is_to_say_section_55) == (False, STATED, False)


def test_nothing_is_asked_where_no_response_is_needed():
    letter = report(InspectionKind.OTHER, needs_response=False, no_response_reason="It thanks us.")
    assert letter.is_to_say_section_55 is False


def outside() -> list[Inspection]:
    none_stated = [report(kind) for kind in OUTSIDE]
    return [*none_stated, report(InspectionKind.OTHER, section_55=False)]


@pytest.mark.parametrize("made", outside(), ids=lambda made: made.kind)
def test_without_a_last_day_its_sentences_agree(made):
    published = "15 January 2026"
    assert last_day_name(made) == "Last day"
    assert clock(made, None, TODAY) == Clock(
        "running",
        "No last day is stated",
        f"Published on {published}. No last day is counted from publication.",
        "no last day stated",
    )
    assert clock(made, TODAY, TODAY) == Clock(
        "answered",
        "Answered on 7 November 2026",
        "The response was published on 7 November 2026. No last day is stated.",
        "answered",
    )


@pytest.mark.parametrize("made", outside(), ids=lambda made: made.kind)
def test_a_stated_day_runs_and_is_missed_as_what_it_is(made):
    made.respond_by = STATED
    assert last_day_name(made) == "Stated last day"
    before, after = clock(made, None, STATED - DAY), clock(made, None, STATED + 2 * DAY)
    assert (before.headline, before.second) == (
        "Stated last day 15 April 2026: 1 day left",
        "Published on 15 January 2026. The last day is stated, not counted from publication.",
    )
    assert (after.headline, after.second) == (
        "2 days late",
        "The stated last day was 15 April 2026. No response is on record.",
    )


def test_what_nobody_has_said_is_told_with_the_clock():
    asks = "No one has said whether section 55 applies to this report."
    made = report(InspectionKind.OTHER)
    running, late = clock(made, None, PUBLISHED), clock(made, None, TODAY)
    assert running.second == f"Published on 15 January 2026, which is day 1. Today is day 1 of 56. {asks}"
    assert late.second == f"The deadline was 11 March 2026. No response is on record. {asks}"
    made.section_55 = True
    assert asks not in clock(made, None, TODAY).second


def refused(act) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.field, caught.value.code


def test_whoever_records_a_report_of_another_kind_is_asked(westmarch):
    assert refused(lambda: make_inspection(westmarch, kind=InspectionKind.OTHER)) == ASK
    made = make_inspection(westmarch, kind=InspectionKind.OTHER, section_55=False)
    assert (made.section_55, made.last_day) == (False, None)


def test_the_answer_of_a_kind_that_says_it_is_not_kept(westmarch):
    made = make_inspection(westmarch, kind=InspectionKind.FIRE, section_55=True)
    assert (made.section_55, made.last_day) == (None, None)


def test_who_corrects_one_of_before_is_asked_and_the_answer_has_its_history(westmarch, officer):
    made = make_inspection(westmarch, kind=InspectionKind.OTHER, section_55=True)
    with verb("migrate", by=None, at=AT) as act:
        made.section_55 = None  # as migration 0036 leaves those that are on file
        act.save(made)
    assert refused(lambda: edit(made, at=AT)) == ASK
    edit(made, at=AT, by=officer, section_55=False)
    assert [(row.section_55, row.history_user) for row in Inspection.history.order_by("history_id")] == [
        (True, None),
        (None, None),
        (False, officer),
    ]


def test_a_kind_that_says_it_takes_the_answer_away(westmarch):
    made = make_inspection(westmarch, kind=InspectionKind.OTHER, section_55=False)
    edit(made, at=AT, kind=InspectionKind.CUSTODY)
    now = Inspection.objects.get()
    assert (now.section_55, now.last_day) == (None, LAST)


@pytest.mark.on_postgresql
def test_the_database_refuses_an_answer_beside_a_kind_that_says_it(westmarch):
    made = make_inspection(westmarch)
    made.section_55 = True
    with (
        pytest.raises(IntegrityError, match="inspection_section_55_by_kind"),
        transaction.atomic(),
        verb("edit", by=None, at=AT) as act,
    ):
        act.save(made)


def test_the_facts_of_a_report_name_the_answer():
    assert "section_55" in inspections.FACTS
