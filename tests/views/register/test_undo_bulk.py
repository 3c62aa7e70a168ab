"""HMICFRS status, an update, a stage and an assurance for many on screen, and undoing a change of many."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.register import voices
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.models import ForceUpdate, InspectorateStatus, Standing, TrackedRecommendation, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.per_module import per_module
from tests.views.hooks import wrong
from tests.views.register.page import now, recent_inspection, three_overdue
from tests.views.register.test_bulk import confirmed, done, lines, start

CHANGES = reverse("bulk_changes")
STATUS = {"status": "complete", "source": "The portal."}


@per_module
def three(westmarch):
    return three_overdue(recent_inspection(westmarch))


@pytest.fixture
def office(sign_in, officer, three):
    return sign_in(officer)


def versions(rows) -> dict[int, int]:
    return dict(TrackedRecommendation.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "version"))


def recorded(three, by) -> TrailEntry:
    bulk.record_status_of_many(versions=versions(three), status="complete", by=by, at=now())
    return TrailEntry.objects.order_by("sequence").last()


def page_of(entry) -> str:
    return reverse("bulk_change", args=[entry.pk])


def test_the_monthly_reading_of_the_portal(office, three):
    page = done(office, three, "status", STATUS | {"effective_on": "yesterday"})
    says = [str(message) for message in page.context["messages"]]
    assert says == [
        f'HMICFRS status of 3 recommendations recorded. <a class="govuk-link" href="{CHANGES}">Undo</a>',
    ]
    yesterday = localdate() - datetime.timedelta(days=1)
    said = InspectorateStatus.objects.values_list("status", "effective_on", "source")
    assert set(said) == {("complete", yesterday, "The portal.")}
    assert said.count() == 3


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("act", "typed", "now_says", "then_says"),
    [
        ("status", STATUS, "None recorded", "Complete, {today}"),
        ("update", {"done": "Begun."}, "No update yet", "Update {today}"),
        ("stage", {"stage": "pending_sign_off", "done": "Begun."}, "Awaiting allocation", "Pending sign-off"),
        ("assurance", {"view": "assured", "rationale": "Seen."}, "No view yet", "Assured, {today}"),
    ],
)
def test_each_row_says_now_and_then(office, three, act, typed, now_says, then_says):
    today = f"{localdate().day} {localdate():%b %Y}"
    page = confirmed(office, three[:1], act, typed)
    assert lines(page) == [("WM-0001", now_says, then_says.format(today=today))]


def test_a_row_that_is_refused_is_named_with_why(office, three, westmarch):
    # wording: the reason is what is promised
    late = make_tracked(make_inspection(westmarch, published_on=localdate(), at=now()), text="New.", at=now())
    page = confirmed(office, [three[0], late], "status", STATUS | {"effective_on": "yesterday"})
    day = f"{localdate().day} {localdate():%B %Y}"
    assert [each[2] for each in lines(page)][1] == f"Its report was published after that day, on {day}."


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("status", {"status": ""}, "status"),
        ("status", STATUS | {"effective_on": "tomorrow"}, "effective_on"),
        ("update", {"done": " "}, "done"),
        ("stage", {"stage": "", "done": "Begun."}, "stage"),
        ("assurance", {"view": "assured", "rationale": "Seen.", "revisit_on": "today"}, "revisit_on"),
    ],
)
def test_what_is_not_enough_is_asked_for(office, three, act, typed, field):
    page = confirmed(office, three, act, typed)
    assert list(page.context["form"].errors) == [field]
    assert wrong(page) == [field]


def test_a_change_is_undone_with_a_reason(office, officer, three):
    entry = recorded(three, officer)
    page = office.post(page_of(entry), {"reason": ""})
    assert wrong(page) == ["reason"]
    page = office.post(page_of(entry), {"reason": "The wrong list."}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "HMICFRS status recorded: 3 recommendations. This is undone."
    ]
    assert set(Standing.objects.now().values_list("inspectorate_status")) == {("",)}
    assert [(act.words, act.number, act.undone.by) for act in page.context["acts"]] == [
        ("HMICFRS status recorded", 3, officer)
    ]
    assert office.get(page_of(entry)).context["done"].undone.by == officer


def test_after_something_was_built_on_it_the_page_says_what(office, officer, three):
    # wording: the refusal names what was built on it
    entry = recorded(three, officer)
    voices.log_force_update(tracked=three[1], done="Seen to.", by=officer, at=now())
    today = f"{localdate().day} {localdate():%B %Y}"
    says = f"It cannot be undone, because more has been recorded since. WM-0002: force update added on {today}."
    assert office.get(page_of(entry)).context["why_not"] == says
    page = office.post(page_of(entry), {"reason": "Wrong."})
    assert page.context["form"].non_field_errors() == [says]
    assert ForceUpdate.objects.count() == 1


def test_the_other_side_and_who_may_not_are_refused(sign_in, officer, force_lead, member, three):
    entry = recorded(three, officer)
    assert sign_in(force_lead).get(page_of(entry)).status_code == 404
    assert sign_in(member).get(page_of(entry)).status_code == 403
    bulk.set_target_of_many(versions=versions(three), target_on=localdate(), by=force_lead, at=now())
    own = TrailEntry.objects.order_by("sequence").last()
    assert sign_in(officer).get(page_of(own)).status_code == 404
    page = sign_in(force_lead).post(page_of(own), {"reason": "Typed twice."}, follow=True)
    assert [act.entry for act in page.context["acts"]] == [own]


def test_an_entry_of_another_verb_is_no_change_of_many(office, three):
    assert office.get(page_of(TrailEntry.objects.first())).status_code == 404
    assert office.get(CHANGES).context["acts"] == []


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_costs_the_same_for_one_as_for_three(office, officer, three, number):
    for each in three[:number]:
        recorded([each], officer)
    office.get(CHANGES)
    with CaptureQueriesContext(connection) as asked:
        assert len(office.get(CHANGES).context["acts"]) == number
    assert len(asked) == 8


def test_the_register_leads_to_it(office, three):
    links = LexborHTMLParser(start(office, [], "").content.decode()).css("main a")
    assert [link.text() for link in links if link.attributes["href"] == CHANGES] == ["Bulk changes"]
