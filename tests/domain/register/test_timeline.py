"""The timeline: everything that happened, once, in order, in words; and what the page says before it."""

import datetime

import pytest

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.people import records
from recommendations.domain.register import closures, notices, voices
from recommendations.domain.register.entries import entries_for
from recommendations.domain.register.timeline import counts, timeline
from recommendations.domain.responses import imported
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.models import Label, TrackedRecommendation
from tests.conftest import PUBLISHED, make_tracked


def day(number: int, month: int = 3) -> datetime.date:
    return datetime.date(2026, month, number)


@pytest.fixture
def told(tracked, today):
    """The record's timeline, as (day, group, tile, title, by, lines)."""

    def act(record=tracked):
        record = TrackedRecommendation.objects.with_record().get(pk=record.pk)
        return timeline(record, entries_for(record), list(record.closures.all()), Label.objects.words(), today)

    return act


@pytest.fixture
def noticed(tracked, today):
    def act():
        record = TrackedRecommendation.objects.with_record().get(pk=tracked.pk)
        rows, closed = entries_for(record), list(record.closures.all())
        found = notices.notices(record, rows, closed, Label.objects.words(), today, ["College of Policing"])
        return [(notice.title, notice.text) for notice in found]

    return act


def short(event):
    return event.on, event.group, event.tile, event.title, event.by, event.lines


BEGAN = (PUBLISHED, "dates", "", "Report published, tracking began", "", ())


def test_a_new_record_began(told):
    assert [short(event) for event in told()] == [BEGAN]


def test_an_update_says_what_it_changed(told, tracked, force_lead, officer, at):
    voices.log_force_update(
        tracked=tracked,
        done="Form written.",
        evidence="Board minute 4",
        position="accepted",
        forecast_on=day(30, 6),
        effective_on=day(1),
        said_by="Callum Tranter",
        by=force_lead,
        at=at,
    )
    voices.log_force_update(tracked=tracked, done="Form in use.", effective_on=day(2), by=force_lead, at=at)
    voices.log_force_update(
        tracked=tracked,
        done="Signed off by the board.",
        stage="pending_sign_off",
        forecast_on=None,
        effective_on=day(3),
        said_by="DCC Nair",
        by=officer,
        at=at,
    )
    assert [short(event) for event in told()] == [
        (
            day(3),
            "force",
            "force",
            "Force update",
            "by DCC Nair, recorded by Hannah Whitlock",
            ("Signed off by the board.", "Stage: pending sign-off. Forecast: none."),
        ),
        (
            day(2),
            "force",
            "force",
            "Force update",
            "recorded by Callum Tranter, force inspection lead",
            ("Form in use.",),
        ),
        (
            day(1),
            "force",
            "force",
            "Force update",
            "by Callum Tranter, force inspection lead",
            (
                "Form written.",
                "Evidence: Board minute 4",
                "Position: accepted. Stage: in progress. Forecast: 30 June 2026.",
            ),
        ),
        BEGAN,
    ]


def test_the_other_two_voices(told, tracked, officer, at):
    voices.record_assurance(
        tracked=tracked,
        view="not_assured",
        rationale="One audit is not a trend.",
        looked_at="August audit.",
        revisit_on=day(15, 12),
        effective_on=day(8),
        by=officer,
        at=at,
    )
    voices.record_inspectorate_status(
        tracked=tracked, status="being_progressed", source="Portal.", effective_on=day(9), by=officer, at=at
    )
    assert [short(event) for event in told()] == [
        (
            day(9),
            "hmicfrs",
            "hmi",
            "HMICFRS status: being progressed",
            "recorded by Hannah Whitlock, OPCC officer",
            ("Portal.",),
        ),
        (
            day(8),
            "opcc",
            "opcc",
            "OPCC assurance: not assured",
            "by Hannah Whitlock, OPCC officer",
            ("One audit is not a trend.", "Looked at: August audit. Look again on 15 December 2026."),
        ),
        BEGAN,
    ]


def test_targets_set_and_moved(told, tracked, officer, at):
    voices.set_target(tracked=tracked, target_on=day(30, 6), effective_on=day(1), set_by="DCC Nair", by=None, at=at)
    voices.set_target(
        tracked=tracked, target_on=day(30, 9), effective_on=day(2), reason="Two posts are empty.", by=officer, at=at
    )
    events = told()
    assert [short(event) for event in events] == [
        (
            day(2),
            "dates",
            "",
            "Target moved: 30 June 2026 to 30 September 2026",
            "recorded by Hannah Whitlock, OPCC officer",
            ("Reason: Two posts are empty.",),
        ),
        (day(1), "dates", "", "Target set: 30 June 2026", "by DCC Nair", ()),
        BEGAN,
    ]
    assert [event.moved for event in events] == [True, False, False]


def test_a_withdrawn_row_is_told_with_its_reason_and_moves_nothing(told, tracked, officer, at):
    voices.set_target(tracked=tracked, target_on=day(30, 6), effective_on=day(1), by=officer, at=at)
    wrong = voices.set_target(tracked=tracked, target_on=day(30, 9), effective_on=day(2), reason="x", by=officer, at=at)
    voices.withdraw(row=wrong, reason="The wrong line.", by=officer, at=at)
    later = at + datetime.timedelta(minutes=1)
    voices.set_target(tracked=tracked, target_on=day(1, 7), effective_on=day(3), reason="y", by=officer, at=later)
    assert [(event.title, event.withdrawn, event.moved) for event in told()] == [
        ("Target moved: 30 June 2026 to 1 July 2026", "", True),
        (
            "Target moved: 30 June 2026 to 30 September 2026",
            "Withdrawn on 7 November 2026 by Hannah Whitlock: The wrong line.",
            False,
        ),
        ("Target set: 30 June 2026", "", False),
        ("Report published, tracking began", "", False),
    ]


def test_recorded_on_is_said_only_where_it_was_later(told, tracked, officer, at, today):
    voices.log_force_update(tracked=tracked, done="Late.", effective_on=day(1), by=officer, at=at)
    voices.log_force_update(tracked=tracked, done="Same day.", by=officer, at=at)
    assert [event.recorded_on for event in told()] == [None, today, today]


def test_a_closure_is_told_step_by_step(told, noticed, tracked, officer, approver, force_lead, at):
    voices.record_inspectorate_status(
        tracked=tracked, status="being_progressed", effective_on=day(1), by=officer, at=at
    )
    ask = {"tracked": tracked, "outcome": "implemented", "reason": "All done.", "by": force_lead}
    moments = [at + datetime.timedelta(minutes=minute) for minute in range(6)]
    closures.request_closure(**ask, at=moments[0])
    assert noticed() == [
        (
            "Closure waits for a decision.",
            "Asked for on 7 November 2026 by Callum Tranter, force inspection lead, as implemented.",
        )
    ]
    closures.decline_closure(tracked=tracked, reason="One audit only.", by=approver, at=moments[1])
    assert noticed() == []
    closures.request_closure(**ask, evidence="Second audit", at=moments[2])
    closures.approve_closure(tracked=tracked, by=approver, at=moments[3])
    assert noticed() == [
        (
            "Closed on 7 November 2026: implemented.",
            "Approved by Margaret Osei, approving officer. HMICFRS has not said that it agrees: "
            "its latest status is being progressed, 1 March 2026.",
        )
    ]
    closures.reopen(tracked=tracked, reason="Bells failed.", by=officer, at=moments[4])
    assert noticed() == [
        (
            "Reopened on 7 November 2026 by Hannah Whitlock, OPCC officer.",
            "Bells failed. It was closed as implemented from 7 November 2026.",
        )
    ]
    steps = [(event.title, event.tile, event.group, event.lines) for event in told() if event.said is None]
    assert steps == [
        ("Reopened", "opcc", "dates", ("Bells failed.",)),
        (
            "Closed: implemented",
            "opcc",
            "dates",
            ("HMICFRS has not said that it agrees: its latest status is being progressed, 1 March 2026.",),
        ),
        ("Closure requested: implemented", "force", "dates", ("All done.", "Evidence: Second audit")),
        (
            "Closure not approved",
            "opcc",
            "dates",
            ("One audit only.", "It was requested on 7 November 2026 as implemented."),
        ),
        ("Closure requested: implemented", "force", "dates", ("All done.",)),
        ("Report published, tracking began", "", "dates", ()),
    ]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (None, "HMICFRS has not said whether it agrees."),
        ("complete", "HMICFRS agrees: its latest status is complete, 7 November 2026."),
        ("no_further_action", "HMICFRS agrees: its latest status is no further action needed, 7 November 2026."),
        (
            "awaiting_review",
            "HMICFRS has not said that it agrees: its latest status is awaiting review, 7 November 2026.",
        ),
    ],
)
def test_each_closure_says_whether_hmicfrs_agrees(told, tracked, officer, approver, at, status, says):
    closures.request_closure(tracked=tracked, outcome="superseded", reason="x", by=officer, at=at)
    closures.approve_closure(tracked=tracked, by=approver, at=at)
    if status:
        voices.record_inspectorate_status(tracked=tracked, status=status, by=officer, at=at)
    assert [event.lines for event in told() if event.title == "Closed: superseded"] == [(says,)]


def test_grey_lines_say_why(noticed, tracked, officer, at):
    from recommendations.domain.inspections import inspections

    voices.log_force_update(tracked=tracked, done="No.", position="not_accepted", by=officer, at=at)
    record = TrackedRecommendation.objects.get(pk=tracked.pk)
    inspections.edit_tracked(tracked=record, version=record.version, directed_to_force=False, by=officer, at=at)
    assert noticed() == [
        (
            "The force does not accept this.",
            "That is a lawful answer: a recommendation is not an order. It stays listed until it is closed.",
        ),
        (
            "Not directed to this force.",
            "It is directed to: College of Policing. It is listed, and does not count as overdue.",
        ),
    ]


def test_a_comment_that_answers_is_told_once_and_others_are_not(told, inspection, body, westmarch, officer, at, today):
    record = make_tracked(inspection, number="9", text="Do the ninth thing.")
    published = PublishedResponse(
        title=inspection.title,
        short_name="x",
        kind="custody",
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=day(1, 2),
        recommendations=(
            NewRecommendation(number="9", text="Do the ninth thing."),
            NewRecommendation(number="10", text="Do the tenth thing."),
        ),
        comments=(NewComment("We will watch this.", (0, 1)), NewComment("Not about the ninth.", (1,))),
    )
    imported.record_published(published=published, force=westmarch, by=officer, at=at)
    found = [event for event in told(record) if event.response]
    assert [(event.title, event.where, event.lines, event.on, event.recorded_on, event.group) for event in found] == [
        ("Comment published", "the response", ("“We will watch this.”",), day(1, 2), today, "opcc")
    ]


def test_counts_add_up(told, tracked, officer, at):
    voices.log_force_update(tracked=tracked, done="x", by=officer, at=at)
    voices.record_assurance(tracked=tracked, view="assured", rationale="x", by=officer, at=at)
    voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=at)
    voices.set_target(tracked=tracked, target_on=day(30, 12), by=officer, at=at)
    assert counts(told()) == {"force": 1, "opcc": 1, "hmicfrs": 1, "dates": 2}


def test_the_offices_words_are_used(told, tracked, officer, at):
    records.keep(record=Label(vocabulary="inspectorate_status", key="complete", words="Signed off"), by=None, at=at)
    voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=at)
    assert told()[0].title == "HMICFRS status: signed off"


def test_everything_said_is_read_in_two_queries(tracked, officer, at, django_assert_num_queries):
    for _ in range(3):
        voices.log_force_update(tracked=tracked, done="x", by=officer, at=at)
        voices.record_assurance(tracked=tracked, view="assured", rationale="x", by=officer, at=at)
    with django_assert_num_queries(2):
        assert len(entries_for(tracked)) == 6
