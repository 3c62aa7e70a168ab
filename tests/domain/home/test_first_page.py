"""The first page: each number is exactly the rows behind its link, whatever the register holds and whoever looks."""

import datetime
import random
import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.disk_space import disks
from recommendations.domain.home.dashboard import force_page, office_page
from recommendations.domain.home.last_seen import last_looked_at, mark_seen
from recommendations.domain.home.lines import Ahead, FirstPage, HomeLinePart, Top
from recommendations.domain.home.other_roles import administrator_page
from recommendations.domain.home.register import count_register
from recommendations.domain.papers import papers
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.register.filters import choices_for
from recommendations.domain.register.listing import Listing
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.domain.webhooks.deliveries import PAUSES
from recommendations.enums import Stage
from recommendations.forms.register.query_string import read_query
from recommendations.models import Standing, Thresholds
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_person, make_tracked
from tests.domain.home.world import fill
from tests.makers.action_plans import fire_inspection
from tests.makers.committees import make_panel
from tests.makers.responses import make_approved, make_draft, make_published, make_response, make_submitted, write

DAY = datetime.timedelta(days=1)
RULE = Thresholds()
SINCE = AT - 7 * DAY
WHO = ("officer", "approver", "force_lead", "other_force_lead")


def page_of(user, since=SINCE, day=TODAY) -> FirstPage:
    make = force_page if user.force_id else office_page
    return make(user, day, count_register(user, day, since, RULE))


def links(page: FirstPage) -> list[tuple[str, str]]:
    """Every number on the page that leads to the register, with its address."""
    found = [*page.tops, *page.forces]
    for section in page.sections:
        for line in section.lines:
            found += [line, *getattr(line, "more", ())]
    return [(number_of(each), each.url) for each in found if urlsplit(each.url).path == reverse("register")]


def number_of(each) -> int:
    words = each.words if isinstance(each, HomeLinePart | Ahead) else each.number
    figures = [word for word in words.split() if word.replace(",", "").isdigit()]
    return int(figures[0].replace(",", ""))


def shown_by_the_register(url: str, user) -> int:
    words = {"stage": dict(Stage.choices), "risk": {}, "theme": {}}
    asked = read_query(QueryDict(urlsplit(url).query), choices_for(user), words, day=TODAY)
    return len(Listing(asked, user, RULE).ids)


@pytest.mark.on_postgresql
@pytest.mark.parametrize("mine", [False, True])
def test_what_is_counted_stands_in_the_index_for_counts(officer, mine):
    """So that no row need be read. The index is of those that are not withdrawn."""
    with CaptureQueriesContext(connection) as asked:
        count_register(officer, TODAY, SINCE, RULE, mine=mine)
    read = set(re.findall(r'"recommendations_standing"\."(\w+)"', asked[0]["sql"]))
    [index] = Standing._meta.indexes
    there = {Standing._meta.get_field(name).column for name in (*index.fields, *index.include)}
    assert read - there == {"withdrawn"}


@pytest.mark.on_postgresql
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 6))])
def test_each_number_counts_the_rows_behind_its_link(request, westmarch, eastvale, seed):
    persons = [request.getfixturevalue(name) for name in WHO]
    inspection = make_inspection([westmarch, eastvale])
    for number in range(20):
        make_tracked(inspection, number=str(number))
    fill(random.Random(seed), persons)
    wrong = [
        (person.name, url, number, shown_by_the_register(url, person))
        for person in persons
        for number, url in links(page_of(person))
        if number != shown_by_the_register(url, person)
    ]
    assert wrong == []
    assert sum(number > 0 for number, _ in links(page_of(persons[0]))) >= 20


def told(page: FirstPage, key: str) -> list[tuple]:
    return [(line.number, line.words) for line in page.section(key).lines]


def test_nothing_waits_in_an_empty_office(body, officer, force_lead):
    page = page_of(officer)
    assert [(section.key, section.nothing) for section in page.sections if not section.lines] == [
        ("waits", "Nothing waits for you."),
        ("changed", "Nothing has changed."),
        ("ahead", "Nothing in the next 28 days."),
    ]
    late = [("0", "recommendations overdue"), ("0", "without an update for 100 days")]
    assert told(page, "late") == [*late, ("0", "responses late")]
    assert told(page_of(force_lead), "late") == late
    assert [top.number for top in page.tops] == ["0"] * 5
    assert page.clock is None


@pytest.mark.on_postgresql
def test_what_changed_counts_from_the_moment_of_looking(tracked, officer, force_lead):
    at = AT + DAY
    voices.log_force_update(tracked=tracked, done="Begun.", by=force_lead, at=at)
    voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=at)
    voices.set_target(tracked=tracked, target_on=TODAY + 9 * DAY, reason="First.", by=force_lead, at=at)
    voices.set_target(tracked=tracked, target_on=TODAY + 19 * DAY, reason="Later.", by=force_lead, at=at + DAY)
    day = TODAY + 3 * DAY
    words = [
        ("1", "with a new force update"),
        ("1", "with a target that moved"),
        ("1", "with a new HMICFRS status"),
        ("1", "new recommendation"),
    ]
    assert told(page_of(officer, AT - DAY, day), "changed") == words
    assert told(page_of(officer, AT, day), "changed") == words[:3]
    assert told(page_of(officer, at, day), "changed") == words[1:2]
    assert told(page_of(officer, at + DAY, day), "changed") == []


def test_a_first_target_has_not_moved(tracked, officer, force_lead):
    voices.set_target(tracked=tracked, target_on=TODAY, by=force_lead, at=AT)
    assert ("1", "with a target that moved") not in told(page_of(officer), "changed")


def test_closures_wait_for_whoever_may_decide_them(inspection, officer, approver, force_lead):
    theirs, own, declined = (make_tracked(inspection, number=number) for number in "123")
    for tracked, by in ((theirs, force_lead), (own, approver), (declined, force_lead)):
        closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=by, at=AT)
    closures.decline_closure(tracked=declined, reason="One audit only.", by=approver, at=AT)
    to_write, not_approved = ("1", "response to write"), ("1", "closure not approved")
    assert told(page_of(approver), "waits") == [("1", "closure to decide"), to_write, not_approved]
    (line, *_) = page_of(approver).section("waits").lines
    assert [part.words for part in line.more] == ["1 more that you asked for"]
    assert told(page_of(officer), "waits") == [to_write, not_approved]
    assert told(page_of(force_lead), "waits") == [not_approved]
    closures.request_closure(tracked=declined, outcome="implemented", reason="Two.", by=force_lead, at=AT + DAY)
    assert told(page_of(officer, day=TODAY + DAY), "waits") == [to_write]


def test_an_assurance_waits_from_its_day_until_a_new_one(tracked, officer):
    to_write, said = ("1", "response to write"), {"tracked": tracked, "view": "assured", "by": officer}
    voices.record_assurance(rationale="Seen.", revisit_on=TODAY + DAY, at=AT, **said)
    assert told(page_of(officer), "waits") == [to_write]
    assert [line.words for line in page_of(officer).section("ahead").lines] == ["1 assurance to revisit by then"]
    assert told(page_of(officer, day=TODAY + DAY), "waits") == [to_write, ("1", "assurance to revisit")]
    voices.record_assurance(rationale="Again.", at=AT + DAY, **said)
    assert told(page_of(officer, day=TODAY + 2 * DAY), "waits") == [to_write]


def test_the_clock_of_a_response_runs_and_ends(westmarch, officer):
    make_inspection(westmarch, title="Old", published_on=TODAY - 56 * DAY)
    make_inspection(westmarch, title="Running", short_name="Run 26", published_on=TODAY - 43 * DAY)
    page = page_of(officer)
    assert page.clock[:2] == (
        "Response 1 day late: Old",
        "Last lawful day was Friday 6 November. Next: Run 26, 12 days left.",
    )
    assert told(page, "waits") == [("2", "responses to write")]
    assert told(page, "late")[2] == ("1", "response late")
    assert [(line.short, line.words) for line in page.section("ahead").lines] == [
        ("Thu 19 Nov", "Last lawful day to respond: Run 26")
    ]


def test_the_next_clock_is_named_where_nothing_is_late(westmarch, officer):
    make_inspection(westmarch, title="Running", short_name="Run 26", published_on=TODAY - 43 * DAY)
    assert page_of(officer).clock[:2] == ("12 days left to publish: Running", "Last lawful day Thursday 19 November.")


def details(page: FirstPage) -> list[tuple]:
    """What waits, with what is named in each line and how long there is."""
    return [
        (line.number, line.words, [part.words for part in line.more], line.end) for line in page.section("waits").lines
    ]


@pytest.fixture
def report(westmarch):
    def make(title: str, days: int):
        return make_inspection(westmarch, title=title, short_name=f"{title} 26", published_on=TODAY - days * DAY)

    return make


def test_a_response_waits_for_whoever_can_do_the_next_step(report, body, officer, approver):
    make_submitted(report("Late", 80), body, by=officer)
    make_submitted(report("Soon", 46), body, by=officer)
    make_approved(report("Approved", 36), body, by=officer, approver=approver)
    make_response(report("Begun", 26), body, by=officer)
    report("Not begun", 16)
    to_approve = ("2", "responses to approve", ["Late 26"], "25 days late")
    others = [
        ("1", "response to publish", ["Approved 26"], "19 days left"),
        ("2", "responses to write", ["Begun 26"], "29 days left"),
    ]
    assert details(page_of(approver)) == [to_approve, *others]
    assert details(page_of(officer)) == others
    late = "Last lawful day was Tuesday 13 October. It waits for approval. Next: Soon 26, 9 days left."
    assert page_of(officer).clock[:2] == ("Response 25 days late: Late", late)


def test_what_an_approving_officer_submitted_or_wrote_waits_for_another(report, body, officer, approver):
    make_submitted(report("Own", 40), body, by=approver)
    written = make_draft(report("Written", 40), body, by=officer)
    write(written, "narrative", text="We welcome it.", by=approver)
    approval_workflow.submit(response=written, by=officer, at=AT)
    assert details(page_of(approver)) == []


def test_a_response_to_two_reports_is_approved_once(report, body, officer, approver):
    make_submitted([report("First", 40), report("Second", 30)], body, by=officer)
    assert details(page_of(approver)) == [("1", "response to approve", ["First 26"], "15 days left")]


def test_a_correction_waits_without_a_clock(report, body, officer, approver):
    response = make_published(report("Published", 80), body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=AT)
    write(response, "correction", text="A wrong number.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=AT)
    page = page_of(approver)
    assert (details(page), page.clock) == ([("1", "response to approve", ["Published 26"], "")], None)
    approval_workflow.approve(response=response, by=approver, at=AT)
    assert details(page_of(officer)) == [("1", "response to publish", ["Published 26"], "")]


def test_nothing_is_counted_for_a_report_without_a_stated_last_day(westmarch, officer):
    old = {"kind": "super_complaint", "published_on": TODAY - 90 * DAY, "respond_by": TODAY - 1 * DAY}
    made = make_inspection(westmarch, title="Super-complaint", short_name="Super 26", **old)
    with verb("edit", by=None, at=AT) as act:
        made.respond_by = None
        act.save(made)
    page = page_of(officer)
    assert (page.clock, page.section("ahead").lines) == (None, ())
    assert told(page, "waits") == [("1", "response without a stated last day")]
    assert told(page, "late")[2] == ("0", "responses late")


def test_what_section_55_is_not_about_is_never_late(westmarch, officer):
    facts = {"published_on": TODAY - 90 * DAY}
    fire_inspection(westmarch, **facts)
    make_inspection(westmarch, title="Other", short_name="Other 26", kind="other", section_55=False, **facts)
    page = page_of(officer)
    assert (page.clock, page.section("ahead").lines) == (None, ())
    assert told(page, "waits") == [("1", "response without a stated last day")]
    assert told(page, "late")[2] == ("0", "responses late")


def test_what_nobody_has_said_is_measured_and_asked(westmarch, officer):
    made = make_inspection(westmarch, kind="other", short_name="Other 26", section_55=True)
    with verb("migrate", by=None, at=AT) as act:
        made.section_55 = None
        act.save(made)
    page = page_of(officer)
    assert told(page, "waits") == [("1", "response to write"), ("1", "report to check: does section 55 apply?")]
    assert told(page, "late")[2] == ("1", "response late")


def test_a_stated_day_is_called_so(westmarch, officer):
    stated = {"kind": "super_complaint", "published_on": TODAY - DAY, "respond_by": TODAY + 12 * DAY}
    make_inspection(westmarch, title="Super-complaint", short_name="Super 26", **stated)
    page = page_of(officer)
    assert page.clock[1] == "Stated last day Thursday 19 November."
    assert [line.words for line in page.section("ahead").lines] == ["Stated last day to respond: Super 26"]


def test_a_paper_waits_for_an_approving_officer_who_did_not_prepare_it(westmarch, body, officer, approver):
    for by, month in ((officer, 4), (approver, 7)):
        start, end = datetime.date(2026, month, 1), datetime.date(2026, month + 1, 30)
        papers.prepare(force=westmarch, start=start, end=end, by=by, at=AT)
    papers.prepare(force=westmarch, start=TODAY - DAY, end=TODAY, by=officer, at=AT)
    (line,) = page_of(approver).section("waits").lines
    assert (line.number, line.words, [part.words for part in line.more]) == (
        "1",
        "paper to finalise",
        ["3 drafts in all"],
    )
    assert told(page_of(officer), "waits") == [("3", "drafts of papers")]


def test_an_administrator_of_a_new_office_sees_that_it_has_no_force_and_no_body(administrator):
    # wording: a line is known by its words
    assert told(administrator_page(administrator, TODAY, AT), "waits") == [
        ("0", "policing bodies"),
        ("0", "forces: reports, recommendations and papers are about a force"),
        ("0", "committees or boards to send papers to"),
        ("1", "administrator: no one can confirm what you ask for"),
        ("0", "approving officers: no one can decide closures or finalise papers"),
        ("0", "officers: no one can add reports or write papers"),
    ]


def test_nothing_is_missing_once_two_people_of_each_kind_a_force_and_a_committee_are_there(
    body, westmarch, administrator, force_lead, other_force_lead, officer, approver
):
    make_panel()
    make_person("Sue Marsh", "administrator")
    assert told(administrator_page(administrator, TODAY, AT), "waits") == []


def test_a_body_that_has_no_name_but_its_offices_is_missing_one(body, administrator):
    # wording: a line is known by its words
    body.name = body.office_name
    records.keep(record=body, by=None, at=AT)
    waits = administrator_page(administrator, TODAY, AT).section("waits").lines
    (line,) = [each for each in waits if "name of its office" in each.words]
    assert line.url == f"{reverse('admin:recommendations_policingbody_changelist')}?id__in={body.pk}"


def test_an_administrator_sees_what_is_missing(body, westmarch, administrator, officer, force_lead):
    # wording: a line is known by its words
    make_panel()
    make_person("Sue Marsh", "administrator")
    page = administrator_page(administrator, TODAY, AT)
    assert told(page, "waits") == [
        ("1", "force without an inspection lead"),
        ("0", "approving officers: no one can decide closures or finalise papers"),
    ]
    new = records.add_person(email="new@example.org", name="New Person", role="approving_officer", by=None, at=AT + DAY)
    page = administrator_page(administrator, TODAY, AT)
    assert told(page, "waits")[1:] == [("1", "person who has set no password yet")]
    assert told(page, "changed") == [("1", "person added or changed")]
    assert page.section("changed").lines[0].url == f"{reverse('people_access')}?id={new.pk}"


def test_an_administrator_is_told_of_messages_that_a_receiver_did_not_take(body, approver, administrator):
    before = told(administrator_page(administrator, TODAY, AT), "waits")
    facts = {"name": "Tracker", "url": "https://tracker.example.org/", "events": ["paper.issued"]}
    webhook = webhooks.add_webhook(**facts, by=administrator, at=AT).webhook
    for event, about in (("paper.issued", ("paper", 1)), ("test", ())):
        message = webhooks.new_delivery(webhook, event, AT, *about)
        message.attempts = len(PAUSES)
        message.save()
        deliveries.claim(message, at=AT)
        deliveries.mark_failed(message, "It answered 500.", at=AT)
    found = told(administrator_page(administrator, TODAY, AT), "waits")
    assert [each for each in found if each not in before] == [("1", "message that a webhook’s receiver did not take")]


def test_words_of_records_by_a_webhook_wait_for_an_approving_officer(body, officer, approver, administrator):
    facts = {"name": "Tracker", "url": "https://tracker.example.org/", "events": ["paper.issued"], "with_text": True}
    webhook = webhooks.add_webhook(**facts, by=administrator, at=AT).webhook
    line = ("1", "webhook that asks to send words of records: Tracker")
    waits = told(administrator_page(administrator, TODAY, AT), "waits")
    assert ("1", "webhook whose words of records an approving officer has not confirmed") in waits
    assert [line in told(page_of(each), "waits") for each in (approver, officer)] == [True, False]
    webhooks.decide_words(webhook=webhook, send=True, by=approver, at=AT)
    assert line not in told(page_of(approver), "waits")


def test_an_administrator_is_told_of_each_disk_with_little_room(body, approver, administrator, settings):
    told_before = told(administrator_page(administrator, TODAY, AT), "waits")
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (10**12, 0)}  # more than there is
    lines = administrator_page(administrator, TODAY, AT).section("waits").lines[len(told_before) :]
    expected = [rf"Little room on the server: [0-9.,]+ [GM]B left for {re.escape(disk.what)}" for disk in disks()]
    assert expected
    assert all(re.fullmatch(pattern, line.words) for pattern, line in zip(expected, lines, strict=True))


def test_a_look_never_goes_back_and_never_ahead(officer):
    assert last_looked_at(officer) is None
    mark_seen(person=officer, until=AT, at=AT + DAY)
    mark_seen(person=officer, until=AT - DAY, at=AT + DAY)
    assert last_looked_at(officer) == AT
    mark_seen(person=officer, until=AT + 9 * DAY, at=AT + DAY)
    assert last_looked_at(officer) == AT + DAY


def test_another_force_is_in_no_number(westmarch, eastvale, force_lead, other_force_lead):
    make_tracked(make_inspection(eastvale), due_on=TODAY - DAY)
    assert {number for number, _ in links(page_of(force_lead))} == {0}
    assert page_of(other_force_lead).tops[0] == Top("1", "open", f"{reverse('register')}?show=open")


def test_the_office_has_each_force_named(westmarch, eastvale, officer, force_lead):
    make_tracked(make_inspection([westmarch, eastvale]))
    assert [part.words for part in page_of(officer).forces] == ["Eastvale 1", "Westmarch 1"]
    assert page_of(force_lead).forces == ()
