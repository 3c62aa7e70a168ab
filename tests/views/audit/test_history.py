"""The history page: which kinds each role may read, pages, and words."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.forces.details import change_body_details, change_force_details
from recommendations.domain.papers import papers
from recommendations.domain.people import records as people
from recommendations.domain.register import voices
from recommendations.domain.responses.imported import PublishedResponse, record_published
from recommendations.domain.webhooks.webhooks import add_webhook
from recommendations.enums import PanelKind, RecipientKind, Vocabulary
from recommendations.enums.succession import SuccessionKind
from recommendations.enums.webhooks import CHOSEN
from recommendations.models import BankHoliday, Label, Oversight, Panel, RagRule, Recipient
from recommendations.views.audit.history import KINDS, kind_of
from tests.conftest import AT, PUBLISHED, make_inspection, make_tracked
from tests.domain.succession.plans import enter
from tests.makers import action_plans
from tests.makers.accountability import minuted, prepare_release
from tests.makers.actions import make_action
from tests.makers.commitments import make_commitment
from tests.makers.committees import make_request
from tests.makers.custody import make_suite, make_visit
from tests.makers.force_pages import prepared
from tests.makers.indicators import make_indicator
from tests.makers.inspections import grade, make_cycle, make_plan, stage
from tests.makers.layouts import layout_of_text, new_layout, remember
from tests.makers.legacy_reviews import start_review
from tests.makers.panels import make_channel, make_meeting, make_member
from tests.makers.sources import follow
from tests.per_module import per_module

FORCES = {"inspection", "recommendation", "tracked", "plan", "grade", "monitoring", "action"}
OFFICE = FORCES | {"response", "commitment", "paper", "force-page", "action-plan", "request", "meeting", "visit"}
OFFICE |= {"legacy-review", "indicator"}
OFFICE |= {"legacy-review", "accountability", "meeting-page"}

LAID_OUT = "Custody in Westmarch\n\nRecommendation 1\nThe force should test cell call bells daily.\n"


def page(kind: str, record) -> str:
    return reverse("history", args=[kind, record.pk])


def plan_of(force, officer):
    """A version of an action plan that waits."""
    follow("fire")
    make_tracked(action_plans.fire_inspection(force))
    return action_plans.prepared(force, by=officer)


def renamed(change, **record):
    """The former details that a change of name leaves."""
    named = change(from_day=PUBLISHED, name="Another name", reason="The order", by=None, at=AT, **record)
    return named.former_details.get()


@per_module
def records(westmarch, body, tracked, officer, administrator, at, today):
    inspection = tracked.recommendation.inspection
    published = PublishedResponse(
        title=inspection.title,
        short_name=inspection.short_name,
        kind=inspection.kind,
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
        narrative=("We will watch.",),
    )
    kept = [
        Panel(name="Joint audit committee", kind=PanelKind.AUDIT),
        Label(vocabulary=Vocabulary.STAGE, key="in_progress", words="Under way"),
        RagRule(since=today),
        Recipient(kind=RecipientKind.INSPECTORATE, name="The inspectorate"),
        BankHoliday(on=datetime.date(2030, 6, 3), name="A jubilee", source="The London Gazette"),
    ]
    panel, label, rule, recipient, holiday = [people.keep(record=record, by=None, at=at) for record in kept]
    channel, suite = make_channel(westmarch), make_suite(westmarch)
    held = minuted(westmarch, by=officer, at=at)
    response = record_published(published=published, force=westmarch, by=officer, at=at)
    return {
        "inspection": inspection,
        "recommendation": tracked.recommendation,
        "tracked": tracked,
        "response": response,
        "action": make_action(tracked, by=officer, at=at),
        "commitment": make_commitment(response.versions.get(), quote="We will watch.", by=officer, at=at),
        "paper": papers.prepare(force=westmarch, start=PUBLISHED, end=PUBLISHED, by=officer, at=at),
        "request": make_request(panel),
        "plan": make_plan(westmarch),
        "grade": grade(westmarch, make_cycle(), custody="good")[0],
        "monitoring": stage(westmarch),
        "cycle": make_cycle("PEEL 2021/22"),
        "force": westmarch,
        "body": body,
        "oversight": Oversight.objects.first(),
        "panel": panel,
        "member": make_member(channel),
        "meeting": make_meeting(channel),
        "suite": suite,
        "visit": make_visit(suite),
        "person": officer,
        "label": label,
        "rule": rule,
        "holiday": holiday,
        "recipient": recipient,
        "action-plan": plan_of(westmarch, officer),
        "force-page": prepared(westmarch, by=officer),
        "layout": remember(new_layout(layout_of_text(LAID_OUT), document_on=PUBLISHED), by=officer),
        "former-force": renamed(change_force_details, force=westmarch),
        "former-body": renamed(change_body_details, body=body),
        "change-ahead": enter(SuccessionKind.FORCE_DETAILS, [westmarch], by=administrator, chief_officer="Ann Lowe"),
        "legacy-review": start_review(westmarch, by=officer, at=at),
        "indicator": make_indicator(force=westmarch, by=officer),
        "accountability": held,
        "meeting-page": prepare_release(held, by=officer),
        "webhook": add_webhook(name="Tracker", url="https://a.example.org/", events=CHOSEN, by=None, at=at).webhook,
    }


@pytest.mark.suite(2, 4)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("officer", OFFICE),
        ("approver", OFFICE),
        ("force_lead", FORCES),
        ("member", set()),
        ("administrator", set(KINDS) - OFFICE),
    ],
)
def test_each_role_reads_the_histories_of_its_work(request, sign_in, records, who, may):
    assert set(records) == set(KINDS)
    client = sign_in(request.getfixturevalue(who))
    answers = {kind: client.get(page(kind, record)).status_code for kind, record in records.items()}
    assert answers == {kind: 200 if kind in may else 403 for kind in KINDS}


def test_another_forces_records_are_not_there(sign_in, eastvale, records, other_force_lead):
    client = sign_in(other_force_lead)
    assert [client.get(page(kind, records[kind])).status_code for kind in sorted(FORCES)] == [404] * 7


def test_a_kind_that_is_none_is_not_there(sign_in, officer):
    client = sign_in(officer)
    assert [client.get(f"/history/{kind}/1/").status_code for kind in ("nonsense", "tracked")] == [404, 404]


def test_nobody_reads_it_without_signing_in(client, tracked):
    answer = client.get(page("tracked", tracked))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_it_says_who_changed_what_and_where_it_belongs(sign_in, tracked, officer, force_lead, at):
    voices.log_force_update(tracked=tracked, done="Bells <b>are</b> tested.", by=force_lead, at=at)
    body = sign_in(officer).get(page("tracked", tracked)).content.decode()
    assert f'<a href="{tracked.get_absolute_url()}">WM-0001</a>' in body
    assert [
        words for words in ("Force update added", "by Callum Tranter", "7 November 2026, 10:00") if words not in body
    ] == []
    assert "Bells &lt;b&gt;are&lt;/b&gt; tested." in body
    assert "from <del>Awaiting allocation</del> to <ins>In progress</ins>" in body


@pytest.mark.soak
def test_a_long_history_has_pages(sign_in, tracked, officer, at):
    for number in range(30):
        voices.log_force_update(tracked=tracked, done=f"Step {number}.", by=officer, at=at)
    client = sign_in(officer)
    lines = [len(client.get(f"{page('tracked', tracked)}?page={number}").context["lines"]) for number in (1, 2, "x")]
    assert lines == [25, 6, 25]


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_asks_the_same_for_one_line_as_for_three(sign_in, westmarch, officer, at, number, django_assert_num_queries):
    tracked = make_tracked(make_inspection(westmarch))
    for _ in range(number):
        voices.log_force_update(tracked=tracked, done="Done.", by=officer, at=at)
    client = sign_in(officer)
    with django_assert_num_queries(16):
        client.get(page("tracked", tracked))


def test_each_model_has_its_word():
    assert {kind: kind_of(KINDS[kind].rows.model) for kind in KINDS} == {kind: kind for kind in KINDS}
