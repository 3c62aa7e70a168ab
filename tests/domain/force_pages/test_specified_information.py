"""What a force's page says because the Specified Information Order asks for it, and answers by the chief officer."""

import datetime

import pytest

from recommendations.domain.force_pages.changes import statements
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageChoices, PageFacts
from recommendations.domain.force_pages.missing import missing
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.domain.people import records
from recommendations.domain.register import closures, restrictions, voices
from recommendations.domain.sources.answers import record_answer_step
from recommendations.models import Force
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.sources import LAST, MADE, follow, from_iopc
from tests.per_module import per_module

SENT = LAST + datetime.timedelta(days=3)
WHY = "We hold that the guidance covers it."
WORDS = {
    "priorities_contribution": "Homicide fell.",
    "priorities_applicability": "All six apply.",
    "complaints_data_link": "https://example.org/data",
    "complaints_statistics_link": "https://example.org/statistics",
    "complaints_words": "We meet each month.",
}


@per_module
def letter(westmarch):
    follow("iopc")
    return from_iopc(westmarch)


@per_module
def on_complaints(letter, westmarch, officer, approver):
    """Closed, not accepted, and one of another source that is of no concern here."""
    done = make_tracked(letter, number="1", text="The force should review complaints.")
    closures.request_closure(tracked=done, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=done, by=approver, at=AT)
    refused = make_tracked(make_inspection(westmarch), number="2", text="The force should write within ten days.")
    voices.log_force_update(tracked=refused, done=WHY, position="not_accepted", effective_on=TODAY, by=None, at=AT)
    return done, refused


def compiled(force, **chosen) -> PageFacts:
    return compile_page(force=force, choices=PageChoices(**chosen), on=TODAY)


def test_what_became_of_each_is_said_and_of_one_not_accepted_why(westmarch, on_complaints):
    facts = compiled(westmarch, complaints_recommendations=tuple(each.pk for each in on_complaints))
    assert facts.complaints
    said = [(each.reference, each.source, each.word, each.on, each.explanation) for each in facts.complaints.outcomes]
    assert said == [
        ("WM-0001", "IOPC", "Closed: implemented", TODAY, ""),
        ("WM-0002", "HMICFRS", "Not accepted", TODAY, WHY),
    ]
    assert PageFacts.from_json(facts.to_json()) == facts
    named = "Complaints: WM-0002, The force should write within ten days."
    assert statements(facts)[named] == f"Not accepted, 7 November 2026. {WHY}"


def test_a_restricted_one_is_left_out_and_afterwards_named(westmarch, on_complaints, officer):
    chosen = {"complaints_recommendations": tuple(each.pk for each in on_complaints)}
    before = compiled(westmarch, **chosen)
    restrictions.restrict(tracked=on_complaints[1], reason="An operation.", effective_on=None, by=officer, at=AT)
    after = compiled(westmarch, **chosen).complaints
    assert after is not None
    assert [each.reference for each in after.outcomes] == ["WM-0001"]
    assert [words.split()[0] for words in no_longer_public(before, westmarch)] == ["WM-0002"]


def test_one_of_another_force_is_not_shown(eastvale, on_complaints):
    assert compiled(eastvale, complaints_recommendations=(on_complaints[0].pk,)).complaints is None


def test_what_the_order_asks_for_is_missing_until_it_is_said(westmarch):
    lacking = [words for words in missing(compiled(westmarch)) if "7A" in words or "7C" in words]
    assert len(lacking) == 5
    facts = compiled(westmarch, **WORDS)
    assert [words for words in missing(facts) if words in lacking] == []
    said = statements(facts)
    assert said["National priorities, contribution"] == "Homicide fell."
    assert said["Complaints, IOPC’s quarterly data"] == "https://example.org/data"


@pytest.mark.django_db
def test_of_a_fire_and_rescue_service_it_asks_neither():
    facts = {"name": "Marches Fire", "short_name": "Fire", "slug": "fire", "reference_prefix": "FR"}
    fire = records.keep(record=Force(chief_officer_title="Chief fire officer", **facts), by=None, at=AT)
    facts = compiled(fire, **WORDS)
    assert (facts.priorities, facts.complaints, facts.is_police) == (None, None, False)
    assert not any("7A" in words or "7C" in words for words in missing(facts))


def test_an_answer_by_the_chief_officer_is_shown_if_chosen_with_when_it_was_sent(westmarch, letter):
    assert compiled(westmarch).other_answers == ()
    (late,) = compiled(westmarch, other_answers=(letter.pk,)).other_answers
    assert (late.published_on, late.last_day, late.sent_on, late.days_late) == (MADE, LAST, None, (TODAY - LAST).days)
    record_answer_step(inspection=letter, step="sent", effective_on=SENT, by=None, at=AT)
    link = "https://example.org/answer"
    record_answer_step(inspection=letter, step="published", effective_on=SENT, link=link, by=None, at=AT)
    facts = compiled(westmarch, other_answers=(letter.pk,))
    (sent,) = facts.other_answers
    assert (sent.sent_on, sent.days_late, sent.link, sent.answerer) == (SENT, 3, link, "Chief constable of Westmarch")
    words = "by 16 March 2026; sent on 19 March 2026, 3 days late"
    assert statements(facts)["Answer to Searches of children, 20 January 2026"] == words
