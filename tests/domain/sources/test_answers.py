"""Answers that chief officers give, more time, stopped clocks, and what pages, calendars and reminders say of them."""

import datetime

import pytest

from recommendations.domain.inspections.statutory_clock import clock, unanswered_or_followed
from recommendations.domain.reminders.matters import responses
from recommendations.domain.sources import answers, extensions, sources
from recommendations.domain.sources.queries import basis_of
from recommendations.domain.sources.text import who_by_when
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Inspection
from recommendations.periods import Period
from tests.conftest import AT, TODAY
from tests.makers.sources import LAST, MADE, follow, from_iopc
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
ONE = {"by": None, "at": AT}


@pytest.fixture
def made(westmarch):
    follow("iopc", "coroner")
    return from_iopc(westmarch)


def on(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, 10, tzinfo=datetime.UTC)


def grant(made, asked_on=LAST, answered_on=LAST, new_day=LAST + 28 * DAY):
    asked = extensions.ask_extension(inspection=made, asked_on=asked_on, **ONE)
    said = {"answer": "granted", "answered_on": answered_on, "new_day": new_day}
    extensions.answer_extension(extension=asked, **said, **ONE)
    made.refresh_from_db()
    return asked


@pytest.mark.parametrize("answered_on", [MADE, LAST, LAST + DAY, TODAY])
def test_more_time_asked_for_within_the_period_is_granted_before_or_after_its_end(made, answered_on):
    asked_on = min(answered_on, LAST)
    asked = grant(made, asked_on=asked_on, answered_on=answered_on)
    assert made.last_day == LAST + 28 * DAY
    said = who_by_when(made, basis_of(made), TODAY)
    assert said.sentence == "The chief constable of Westmarch must answer the IOPC by 13 April 2026."
    assert "More time was given: the last day was 16 March 2026." in said.why
    extensions.withdraw_extension(extension=asked, reason="It was another letter.", **ONE)
    made.refresh_from_db()
    assert (made.last_day, made.extended_to) == (LAST, None)


def test_the_iopc_is_asked_within_the_period_and_a_coroner_at_any_time(made, westmarch):
    with pytest.raises(Refusal) as refused:
        extensions.ask_extension(inspection=made, asked_on=LAST + DAY, **ONE)
    assert refused.value.code == "too-late"
    other = from_iopc(westmarch, source="coroner", basis="coroner", title="Cells")
    grant(other, asked_on=LAST + DAY, answered_on=LAST + DAY)
    assert other.last_day == LAST + 28 * DAY


def test_a_refused_request_leaves_the_day(made):
    asked = extensions.ask_extension(inspection=made, asked_on=MADE, **ONE)
    with pytest.raises(Refusal) as twice:
        extensions.ask_extension(inspection=made, asked_on=MADE, **ONE)
    extensions.answer_extension(extension=asked, answer="refused", **ONE)
    made.refresh_from_db()
    assert (made.last_day, twice.value.field) == (LAST, "asked_on")


def test_a_new_day_is_later_than_the_one_there_is(made):
    with pytest.raises(Refusal) as refused:
        grant(made, new_day=LAST)
    assert (refused.value.field, made.last_day) == ("new_day", LAST)


def test_a_stopped_clock_runs_on_with_the_days_between(made):
    extensions.stop_clock(inspection=made, on=LAST, reason="Judicial review.", **ONE)
    made.refresh_from_db()
    assert (made.last_day, clock(made, None, LAST).headline) == (None, "The clock is stopped since 16 March 2026")
    assert "Stopped since 16 March 2026: judicial review." in who_by_when(made, basis_of(made), TODAY).why
    extensions.resume_clock(inspection=made, on=LAST + 10 * DAY, **ONE)
    made.refresh_from_db()
    assert made.last_day == LAST + 10 * DAY


def test_an_answer_is_followed_until_it_is_sent(made):
    assert clock(made, None, LAST - DAY).headline == "Deadline 16 March 2026: 1 day left"
    assert clock(made, None, LAST + DAY).headline == "Reply 1 day late"
    seen = answers.record_answer_step(inspection=made, step="seen", effective_on=MADE, **ONE)
    assert list(unanswered_or_followed(Inspection.objects.all())) == [made]
    sent = answers.record_answer_step(inspection=made, step="sent", effective_on=LAST + DAY, **ONE)
    made.refresh_from_db()
    assert (made.answer_sent_on, list(unanswered_or_followed(Inspection.objects.all()))) == (LAST + DAY, [])
    assert clock(made, None, TODAY).headline == "Reply sent on 17 March 2026: 1 day late"
    answers.withdraw_answer_step(step=sent, reason="Not sent.", **ONE)
    answers.withdraw_answer_step(step=seen, reason="Not seen.", **ONE)
    made.refresh_from_db()
    assert (made.answer_sent_on, list(unanswered_or_followed(Inspection.objects.all()))) == (None, [made])


def test_a_step_is_corrected_and_the_day_that_counts_follows(made):
    sent = answers.record_answer_step(inspection=made, step="sent", effective_on=LAST + DAY, **ONE)
    with refusal("no-reason"):
        answers.correct_answer_step(step=sent, effective_on=LAST, reason="", **ONE)
    with refusal("in-the-future"):
        answers.correct_answer_step(step=sent, effective_on=TODAY + DAY, reason="A slip.", **ONE)
    answers.correct_answer_step(step=sent, effective_on=LAST, note="By post.", reason="A slip.", **ONE)
    made.refresh_from_db()
    assert made.answer_sent_on == LAST
    assert [(row.step, row.effective_on, row.note) for row in made.answer_steps.filter(withdrawn_at=None)] == [
        ("sent", LAST, "By post.")
    ]


@pytest.mark.parametrize(
    ("sent_on", "sentence"),
    [(LAST, "Answered in time, on 16 March 2026."), (LAST + DAY, "Answered 1 day late, on 17 March 2026.")],
)
def test_once_sent_nobody_must_answer(made, sent_on, sentence):
    # wording: whether a legal duty is met
    assert who_by_when(made, basis_of(made), LAST + DAY).left == "1 day late"
    answers.record_answer_step(inspection=made, step="sent", effective_on=sent_on, **ONE)
    made.refresh_from_db()
    law = who_by_when(made, basis_of(made), TODAY)
    assert (law.sentence, law.left, law.is_answered) == (sentence, "", True)
    assert law.why == (
        "The last day was 16 March 2026. 56 days beginning with 20 January 2026, "
        "Police Reform Act 2002, Schedule 3, paragraph 28B."
    )


def test_reminders_are_of_the_day_of_its_own_rule(made):
    about = Period(LAST, LAST)
    assert [each.about_on for each in responses(LAST - 7 * DAY, about)] == [LAST]
    answers.record_answer_step(inspection=made, step="sent", effective_on=LAST, **ONE)
    assert [each.about_on for each in responses(LAST - 7 * DAY, about)] == [LAST]
    assert list(responses(LAST, about)) == []


def test_under_section_55_nothing_of_this_can_be_recorded(inspection):
    for act, code in (
        (lambda: extensions.ask_extension(inspection=inspection, **ONE), "no-more-time"),
        (lambda: extensions.stop_clock(inspection=inspection, reason="x", **ONE), "no-pause"),
        (lambda: answers.record_answer_step(inspection=inspection, step="sent", **ONE), "not-asked"),
    ):
        with refusal(code):
            act()


def test_a_rule_is_confirmed_once_and_for_what_was_recorded_before(made, westmarch, administrator):
    report = from_iopc(westmarch, source="coroner", basis="coroner", title="Cells")
    assert basis_of(report).is_to_confirm
    sources.confirm_basis(key="coroner", by=administrator, at=AT)
    assert not basis_of(report).is_to_confirm
    with pytest.raises(Refusal):
        sources.confirm_basis(key="coroner", by=administrator, at=AT)


@pytest.mark.parametrize(
    ("key", "facts", "field"),
    [
        ("section-55", {"days": 28}, None),
        ("iopc-28a", {"section_55": True}, None),
        ("iopc-28a", {"days": None}, "days"),
        ("audit", {"days": 5}, "days"),
        ("new", {"source": "nowhere"}, "source"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(db, key, facts, field):
    with pytest.raises(Refusal) as refused:
        sources.set_basis(key=key, since=TODAY, **facts, **ONE)
    assert refused.value.field == field


def test_hmicfrs_is_always_followed(db):
    with pytest.raises(Refusal):
        sources.set_source(key="hmicfrs", in_use=False, **ONE)
