"""Inspections and recommendations: what is refused, what follows a correction, and the statutory clock."""

import datetime
import json

import pytest

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.inspections.statutory_clock import clock, with_answer
from recommendations.domain.register import voices
from recommendations.domain.responses.imported import PublishedResponse, record_published
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.models import Force, Inspection, SearchEntry, TrackedRecommendation, TrailEntry
from recommendations.search_words import read_words
from tests.conftest import PUBLISHED, make_inspection, make_tracked

DAY = datetime.timedelta(days=1)


def facts_of(inspection) -> dict:
    return {name: getattr(inspection, name) for name in inspections.FACTS}


def edit(inspection, *, by=None, at, reason="The report says so.", **changes):
    forces = changes.pop("forces", None) or list(Force.objects.filter(covered_by__inspection=inspection))
    facts = facts_of(inspection) | changes
    return inspections.edit_inspection(
        inspection=inspection, version=inspection.version, forces=forces, reason=reason, by=by, at=at, **facts
    )


def correct(recommendation, new, *, at, by=None, reason="A slip of the pen.", cause=None, version=None):
    return inspections.edit_recommendation(
        recommendation=recommendation,
        version=version or recommendation.version,
        new=new,
        reason=reason,
        by=by,
        at=at,
        cause=cause,
    )


def refused(call) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.field, caught.value.code


def test_adding_is_one_entry_of_the_trail(westmarch, officer, at):
    inspection = make_inspection(westmarch, by=officer)
    entries = list(TrailEntry.objects.filter(verb="add_inspection").values_list("by_name", "subject_model", "about"))
    assert entries == [("Hannah Whitlock", "recommendations.inspection", "Custody in Westmarch")]
    assert [cover.force for cover in inspection.covers.all()] == [westmarch]


def test_impossible_facts_are_refused(westmarch, inspection, at, today):
    facts = facts_of(inspection) | {"title": "Another"}

    def add(forces=None, **changes):
        return lambda: inspections.add_inspection(
            forces=[westmarch] if forces is None else forces, by=None, at=at, **facts | changes
        )

    assert refused(add(published_on=today + DAY))[0] == "published_on"
    assert refused(add(forces=[])) == ("forces", "required")
    assert refused(add(needs_response=False)) == ("no_response_reason", "no-reason")
    assert refused(add(title=inspection.title))[0] == "title"
    assert Inspection.objects.count() == 1


def test_an_edit_needs_a_reason_and_the_version_that_was_read(inspection, officer, at):
    assert refused(lambda: edit(inspection, at=at, reason=" "))[0] == "reason"
    edit(Inspection.objects.get(), at=at, by=officer, short_name="Custody")
    with pytest.raises(Stale) as stale:
        edit(inspection, at=at, short_name="Cells")
    assert stale.value.theirs.short_name == "Custody"
    assert Inspection.objects.get().short_name == "Custody"


def test_an_edit_cannot_take_the_name_of_another_inspection(westmarch, inspection, at):
    other = make_inspection(westmarch, title="Vetting")
    assert refused(lambda: edit(other, at=at, title=inspection.title))[0] == "title"


def test_a_force_can_be_added_and_not_taken_off(westmarch, eastvale, tracked, at):
    inspection = tracked.recommendation.inspection
    make_tracked(inspection, number="2", directed_to_force=False)
    assert refused(lambda: edit(inspection, at=at, forces=[eastvale]))[0] == "forces"
    edit(Inspection.objects.get(), at=at, forces=[westmarch, eastvale])
    rows = TrackedRecommendation.objects.filter(force=eastvale).order_by("reference")
    assert [(row.reference, row.directed_to_force) for row in rows] == [("EV-0001", True), ("EV-0002", False)]


def test_deadlines_counted_from_publication_move_with_it(inspection, at):
    immediate = make_tracked(inspection, deadline_words="Immediately", deadline_kind="immediate", deadline_on=PUBLISHED)
    relative = make_tracked(
        inspection,
        number="2",
        deadline_words="within three months",
        deadline_kind="relative",
        deadline_on=datetime.date(2026, 4, 15),
    )
    corrected = make_tracked(
        inspection,
        number="3",
        deadline_words="within three months",
        deadline_kind="relative",
        deadline_on=datetime.date(2026, 5, 1),
    )
    edit(Inspection.objects.get(), at=at, published_on=PUBLISHED + 5 * DAY)
    days = []
    for row in (immediate, relative, corrected):
        row.refresh_from_db()
        row.recommendation.refresh_from_db()
        days.append((row.deadline_on, row.recommendation.deadline_on, row.tracked_on))
    assert days == [
        (datetime.date(2026, 1, 20), datetime.date(2026, 1, 20), datetime.date(2026, 1, 20)),
        (datetime.date(2026, 4, 20), datetime.date(2026, 4, 20), datetime.date(2026, 1, 20)),
        (datetime.date(2026, 5, 1), datetime.date(2026, 5, 1), datetime.date(2026, 1, 20)),
    ]


def test_publication_does_not_move_past_what_is_on_record(tracked, force_lead, at):
    june = datetime.date(2026, 6, 30)
    inspection = tracked.recommendation.inspection
    assert refused(lambda: edit(inspection, at=at, published_on=june + DAY))[0] == "published_on"
    march = datetime.date(2026, 3, 1)
    voices.log_force_update(tracked=tracked, done="Done.", effective_on=march, by=force_lead, at=at)
    assert refused(lambda: edit(inspection, at=at, published_on=march + DAY))[0] == "published_on"
    assert Inspection.objects.get().published_on == PUBLISHED


def test_a_number_is_used_once_for_a_kind(inspection, tracked, at):
    def add(number, kind="recommendation"):
        new = NewRecommendation(text="Do it.", number=number, kind=kind)
        return lambda: inspections.add_recommendation(inspection=inspection, new=new, by=None, at=at)

    assert refused(add("1"))[0] == "number"
    add("1", "area_for_improvement")()
    add("")()
    add("")()
    assert [rec.number for rec in inspection.recommendations.in_order()] == ["1", "1", "", ""]


def test_a_cause_carries_recommendations_of_its_own_inspection(westmarch, inspection, at):
    cause_text = NewRecommendation(text="People are held too long.", kind="cause_of_concern")
    cause = inspections.add_recommendation(inspection=inspection, new=cause_text, by=None, at=at)
    new = NewRecommendation(text="Review each detention.", number="1")
    carried = inspections.add_recommendation(inspection=inspection, new=new, cause=cause, by=None, at=at)
    other = make_inspection(westmarch, title="Vetting")

    def add(inspection, new, cause):
        return lambda: inspections.add_recommendation(inspection=inspection, new=new, cause=cause, by=None, at=at)

    assert refused(add(other, new, cause))[0] == "cause"
    assert refused(add(inspection, NewRecommendation(text="x", number="2"), carried))[0] == "cause"
    assert refused(add(inspection, NewRecommendation(text="x", kind="cause_of_concern"), cause))[0] == "cause"
    practice = NewRecommendation(text=cause.text, kind="innovative_practice")
    assert refused(lambda: correct(cause, practice, at=at))[0] == "kind"
    assert list(cause.carries.all()) == [carried]
    assert TrackedRecommendation.objects.count() == 1


def test_a_deadline_is_not_before_the_report(inspection, at):
    new = NewRecommendation(text="x", deadline_kind="date", deadline_on=PUBLISHED - DAY)
    add = lambda: inspections.add_recommendation(inspection=inspection, new=new, by=None, at=at)  # noqa: E731
    assert refused(add)[0] == "deadline_on"


def test_a_correction_keeps_the_old_text_and_says_why(tracked, officer, at):
    recommendation = tracked.recommendation
    words = {"parts": ("Test each bell.", "Write it down."), "addressees": ("Chief constables",)}
    new = NewRecommendation(text="The force must test bells.", number="1", heading="Bells", **words)
    correct(recommendation, new, at=at, by=officer)
    recommendation.refresh_from_db()
    tracked.refresh_from_db()
    assert (recommendation.text, tracked.deadline_on, tracked.deadline_kind) == (new.text, None, "none")
    assert [found.title for found in SearchEntry.objects.matching(read_words("bell"))] == ["WM-0001, recommendation 1"]
    texts = list(recommendation.history.order_by("history_id").values_list("text", "history_change_reason"))
    assert texts == [
        ("The force should test cell call bells daily.", None),
        ("The force must test bells.", "A slip of the pen."),
    ]
    entry = TrailEntry.objects.get(verb="edit_recommendation")
    assert (entry.by, entry.reason, entry.subject_id) == (officer, "A slip of the pen.", recommendation.pk)
    assert sorted(json.loads(entry.changes)[0]["fields"]) == ["deadline_kind", "deadline_on", "heading", "text"]


def test_lines_are_reworded_and_added_and_not_taken_off(inspection, at):
    first = NewRecommendation(text="x", number="1", parts=("a", "b"), addressees=("Chief constables",))
    recommendation = inspections.add_recommendation(inspection=inspection, new=first, by=None, at=at)
    fewer = NewRecommendation(text="x", number="1", parts=("a",), addressees=("Chief constables",))
    assert refused(lambda: correct(recommendation, fewer, at=at))[0] == "parts"
    more = NewRecommendation(text="x", number="1", parts=("a", "c", "d"), addressees=("NPCC leads",))
    correct(recommendation, more, at=at)
    assert [(part.position, part.text) for part in recommendation.parts.all()] == [(1, "a"), (2, "c"), (3, "d")]
    assert [one.name for one in recommendation.addressees.all()] == ["NPCC leads"]


def test_a_correction_needs_a_reason_and_the_version_that_was_read(tracked, at):
    recommendation = tracked.recommendation
    new = NewRecommendation(text="Other.", number="1")
    assert refused(lambda: correct(recommendation, new, at=at, reason=""))[0] == "reason"
    with pytest.raises(Stale):
        correct(recommendation, new, at=at, version=7)
    assert correct(recommendation, new, at=at).version == 2


@pytest.mark.parametrize(
    ("today", "state", "headline", "short"),
    [
        ("2026-01-15", "running", "Deadline 11 March 2026: 55 days left", "55 days left"),
        ("2026-03-10", "running", "Deadline 11 March 2026: 1 day left", "1 day left"),
        ("2026-03-11", "running", "Deadline 11 March 2026: today", "last day today"),
        ("2026-03-12", "late", "1 day late", "1 day late"),
        ("2026-11-07", "late", "241 days late", "241 days late"),
    ],
)
def test_the_clock_runs(inspection, today, state, headline, short):
    now = clock(inspection, None, datetime.date.fromisoformat(today))
    assert (now.state, now.headline, now.short) == (state, headline, short)


@pytest.mark.parametrize(
    ("days", "state", "headline", "short"),
    [
        (36, "answered", "Answered on day 37 of 56", "answered on day 37 of 56"),
        (55, "answered", "Answered on day 56 of 56", "answered on day 56 of 56"),
        (58, "answered_late", "Answered on day 59 of 56: 3 days late", "answered 3 days late"),
    ],
)
def test_the_clock_stops_with_the_first_response(inspection, westmarch, body, at, today, days, state, headline, short):
    published = PublishedResponse(
        title=inspection.title,
        short_name=inspection.short_name,
        kind=inspection.kind,
        body=body,
        body_name=body.name,
        published_on=inspection.published_on,
        responded_on=PUBLISHED + days * DAY,
    )
    record_published(published=published, force=westmarch, by=None, at=at)
    found = with_answer(Inspection.objects.all()).get()
    now = clock(found, found.answered_on, today)
    assert (now.state, now.headline, now.short) == (state, headline, short)


def test_no_response_needed_says_why(westmarch, today):
    letter = make_inspection(westmarch, needs_response=False, no_response_reason="A progress letter.")
    now = clock(letter, None, today)
    assert (now.state, now.headline, now.second) == ("not_needed", "No response needed", "A progress letter.")
