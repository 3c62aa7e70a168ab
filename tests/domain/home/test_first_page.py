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
from recommendations.domain.home.first_page import Desk, HomeContext, items_of
from recommendations.domain.home.last_seen import last_looked_at, mark_seen
from recommendations.domain.home.lines import FEW_ITEMS, FirstPage, HomeItem, HomeList, Top, sorted_by_day
from recommendations.domain.home.other_roles import administrator_page
from recommendations.domain.home.register import count_register
from recommendations.domain.papers import papers
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.register.filters import choices_for
from recommendations.domain.register.listing import Listing
from recommendations.domain.webhooks import deliveries, webhooks
from recommendations.domain.webhooks.deliveries import PAUSES
from recommendations.enums import Stage
from recommendations.forms.register.query_string import read_query
from recommendations.models import Force, Standing, Thresholds, User
from tests.conftest import AT, TODAY, make_inspection, make_person, make_tracked
from tests.domain.home.world import fill
from tests.makers.committees import make_panel
from tests.makers.rounds import make_round
from tests.verb_cases.handing_over import mark as mark_handed_over

DAY = datetime.timedelta(days=1)
RULE = Thresholds()
SINCE = AT - 7 * DAY
WHO = ("officer", "approver", "force_lead", "other_force_lead")


def page_of(user, since=SINCE, day=TODAY, mine=False) -> FirstPage:
    if user.force_id:
        return force_page(user, day, count_register(user, day, since, RULE))
    return office_page(user, day, count_register(user, day, since, RULE, mine=mine), mine=mine)


def links(user, mine=False) -> list[tuple[str, int]]:
    """Every number for the page that leads to the register, with its address, and the days that it has no room for."""
    counts = count_register(user, TODAY, SINCE, RULE, mine=mine)
    page, desk = page_of(user, mine=mine), Desk.FORCE if user.force_id else Desk.OFFICE
    days = items_of(desk, "ahead", HomeContext(user, TODAY, SINCE, counts, mine=mine))
    found = [page.counts.open, *page.counts.colours, page.counts.no_update, *page.items, *page.changes, *days]
    return [(each.url, each.number) for each in found if urlsplit(each.url).path == reverse("register")]


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
        for mine in (False, True)
        for url, number in links(person, mine=mine and not person.force_id)
        if number != shown_by_the_register(url, person)
    ]
    assert wrong == []
    assert sum(number > 0 for _, number in links(persons[0])) >= 12


def todo(page: FirstPage) -> list[str]:
    return [item.what for item in page.items]


def details(page: FirstPage) -> list[tuple]:
    return [(item.what, item.detail, item.day and (item.day - TODAY).days) for item in page.items]


def changed(page: FirstPage) -> list[str]:
    return [item.what for item in page.changes]


def ahead(page: FirstPage) -> list[str]:
    return [item.what for item in page.ahead]


def test_nothing_waits_in_an_empty_office(body, officer, force_lead):
    for page in (page_of(officer), page_of(officer, mine=True), page_of(force_lead)):
        assert (page.lists, page.changes, page.ahead, page.clock) == ((), (), (), None)
        assert [top.number for top in (page.counts.open, *page.counts.colours, page.counts.no_update)] == [0] * 6
    assert [page_of(officer, mine=mine).nothing for mine in (True, False)] == [
        "Nothing waits for you.",
        "Nothing waits for the office.",
    ]


def test_nothing_waits_for_a_force_whose_register_went_to_another_office(tracked, officer, force_lead):
    make_round(tracked.force, by=officer, due_on=TODAY + DAY)
    waits = page_of(force_lead)
    assert (len(waits.lists), len(waits.ahead)) == (1, 1)
    mark_handed_over(tracked.force)
    page = page_of(User.objects.get(pk=force_lead.pk))
    assert (page.lists, page.ahead, page.counts.open.number) == ((), (), waits.counts.open.number)
    assert "Another office on 1 October 2026" in page.nothing


def test_an_office_counts_the_registers_that_it_still_has_and_waits_for_nothing_once_all_are_gone(
    tracked, officer, eastvale
):
    make_tracked(make_inspection(eastvale, title="Vetting in Eastvale"), number="1", due_on=TODAY - DAY)
    make_round(tracked.force, by=officer, due_on=TODAY + DAY)
    before = page_of(officer)
    mark_handed_over(tracked.force)
    page = page_of(officer)
    assert (before.counts.open.number, page.counts.open.number) == (5, 1)
    assert all(shown_by_the_register(url, officer) == number for url, number in links(officer))
    assert [each.what for each in page.ahead if "November" in each.what] == []
    mark_handed_over(eastvale)
    ended = Force(name="Vale Police", short_name="Vale", slug="vale", reference_prefix="VA", until=TODAY - DAY)
    records.keep(record=ended, by=None, at=AT)
    page = page_of(officer)
    assert (page.lists, page.ahead, page.clock) == ((), (), None)
    assert "handed over" in page.nothing


def test_what_is_late_comes_first_and_what_has_no_day_after_a_week():
    days = {"late": -3, "tomorrow": 1, "in a week": 7, "in a month": 30}
    dated = [HomeItem(what, "/", day=TODAY + by * DAY) for what, by in days.items()]
    found = sorted_by_day([*reversed(dated), HomeItem("undated", "/")], TODAY)
    assert [each.what for each in found] == ["late", "tomorrow", "in a week", "undated", "in a month"]


@pytest.mark.parametrize(("number", "folded"), [(FEW_ITEMS, 0), (FEW_ITEMS + 1, 0), (FEW_ITEMS + 2, 2)])
def test_a_long_list_is_folded(number, folded):
    shown = HomeList("To do", tuple(HomeItem(str(each), "/") for each in range(number)))
    assert (len(shown.rest), shown.first + shown.rest) == (folded, shown.items)


@pytest.mark.on_postgresql
def test_what_changed_counts_from_the_moment_of_looking(tracked, officer, force_lead):
    at = AT + DAY
    voices.log_force_update(tracked=tracked, done="Begun.", by=force_lead, at=at)
    voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=at)
    voices.set_target(tracked=tracked, target_on=TODAY + 9 * DAY, reason="First.", by=force_lead, at=at)
    voices.set_target(tracked=tracked, target_on=TODAY + 19 * DAY, reason="Later.", by=force_lead, at=at + DAY)
    day = TODAY + 3 * DAY
    words = [
        "1 recommendation with a new force update",
        "1 recommendation with a target that moved",
        "1 recommendation with a new HMICFRS status",
        "1 new recommendation",
    ]
    assert changed(page_of(officer, AT - DAY, day)) == words
    assert changed(page_of(officer, AT, day)) == words[:3]
    assert changed(page_of(officer, at, day)) == words[1:2]
    assert changed(page_of(officer, at + DAY, day)) == []


def test_a_first_target_has_not_moved(tracked, officer, force_lead):
    voices.set_target(tracked=tracked, target_on=TODAY, by=force_lead, at=AT)
    assert changed(page_of(officer)) == ["1 new recommendation"]


def test_closures_wait_for_whoever_may_decide_them(inspection, officer, approver, force_lead):
    theirs, own, declined = (make_tracked(inspection, number=number) for number in "123")
    for tracked, by in ((theirs, force_lead), (own, approver), (declined, force_lead)):
        closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=by, at=AT)
    closures.decline_closure(tracked=declined, reason="One audit only.", by=approver, at=AT)
    not_approved = "See why 1 closure was not approved"
    page = page_of(approver)
    assert [(each.title, [item.what for item in each.items]) for each in page.lists] == [
        ("Only you can", ["Decide 1 closure"]),
        ("Waiting for the office", [not_approved]),
    ]
    assert page.items[0].detail == "1 more waits for someone else: you asked for it."
    assert todo(page_of(officer)) == todo(page_of(force_lead)) == [not_approved]
    assert [todo(page_of(each, mine=True)) for each in (officer, approver)] == [[], ["Decide 1 closure"]]
    closures.request_closure(tracked=declined, outcome="implemented", reason="Two.", by=force_lead, at=AT + DAY)
    assert todo(page_of(officer, day=TODAY + DAY)) == []


def test_an_assurance_waits_from_its_day_until_a_new_one(tracked, officer):
    said = {"tracked": tracked, "view": "assured", "by": officer}
    voices.record_assurance(rationale="Seen.", revisit_on=TODAY + DAY, at=AT, **said)
    assert (todo(page_of(officer)), ahead(page_of(officer))) == ([], ["1 OPCC view to look at again by then"])
    assert todo(page_of(officer, day=TODAY + DAY)) == ["Look again at 1 OPCC view"]
    voices.record_assurance(rationale="Again.", at=AT + DAY, **said)
    assert todo(page_of(officer, day=TODAY + 2 * DAY)) == []


def test_a_paper_waits_for_an_approving_officer_who_did_not_prepare_it(westmarch, body, officer, approver):
    for by, month in ((officer, 4), (approver, 7)):
        start, end = datetime.date(2026, month, 1), datetime.date(2026, month + 1, 30)
        papers.prepare(force=westmarch, start=start, end=end, by=by, at=AT)
    papers.prepare(force=westmarch, start=TODAY - DAY, end=TODAY, by=officer, at=AT)
    assert [(each.title, [item.what for item in each.items]) for each in page_of(approver).lists] == [
        ("Only you can", ["Finalise 1 paper"]),
        ("Waiting for the office", ["Finish 3 draft papers"]),
    ]
    assert todo(page_of(officer)) == ["Finish 3 draft papers"]
    assert details(page_of(officer, mine=True))[0][:2] == (
        "Finish the draft paper on Westmarch Police",
        "6 November 2026 to 7 November 2026",
    )


def test_an_administrator_of_a_new_office_sees_that_it_has_no_force_and_no_body(administrator):
    # wording: an item is known by its words
    assert todo(administrator_page(administrator, TODAY, AT)) == [
        "No policing body",
        "No force",
        "No committee",
        "No second administrator",
        "No approving officer",
        "No officer",
    ]


def test_nothing_is_missing_once_two_people_of_each_kind_a_force_and_a_committee_are_there(
    body, westmarch, administrator, force_lead, other_force_lead, officer, approver
):
    make_panel()
    make_person("Sue Marsh", "administrator")
    assert todo(administrator_page(administrator, TODAY, AT)) == []


def test_a_body_that_has_no_name_but_its_offices_is_missing_one(body, administrator):
    # wording: a line is known by its words
    body.name = body.office_name
    records.keep(record=body, by=None, at=AT)
    (missing,) = administrator_page(administrator, TODAY, AT).lists
    (item,) = [each for each in missing.items if "name of its office" in each.what]
    assert item.url == f"{reverse('admin:recommendations_policingbody_changelist')}?id__in={body.pk}"


def test_an_administrator_sees_what_is_missing(body, westmarch, administrator, officer, force_lead):
    # wording: a line is known by its words
    make_panel()
    make_person("Sue Marsh", "administrator")
    page = administrator_page(administrator, TODAY, AT)
    assert todo(page) == ["1 force without an inspection lead", "No approving officer"]
    new = records.add_person(email="new@example.org", name="New Person", role="approving_officer", by=None, at=AT + DAY)
    page = administrator_page(administrator, TODAY, AT)
    assert todo(page)[1:] == ["1 person who has set no password yet"]
    assert changed(page) == ["1 person added or changed"]
    assert page.changes[0].url == f"{reverse('people_access')}?id={new.pk}"


def test_an_administrator_is_told_of_messages_that_a_receiver_did_not_take(body, approver, administrator):
    before = todo(administrator_page(administrator, TODAY, AT))
    facts = {"name": "Tracker", "url": "https://tracker.example.org/", "events": ["paper.issued"]}
    webhook = webhooks.add_webhook(**facts, by=administrator, at=AT).webhook
    for event, about in (("paper.issued", ("paper", 1)), ("test", ())):
        message = webhooks.new_delivery(webhook, event, AT, *about)
        message.attempts = len(PAUSES)
        message.save()
        deliveries.claim(message, at=AT)
        deliveries.mark_failed(message, "It answered 500.", at=AT)
    found = todo(administrator_page(administrator, TODAY, AT))
    assert [each for each in found if each not in before] == ["1 message that a webhook’s receiver did not take"]


def test_words_of_records_by_a_webhook_wait_for_an_approving_officer(body, officer, approver, administrator):
    facts = {"name": "Tracker", "url": "https://tracker.example.org/", "events": ["paper.issued"], "with_text": True}
    webhook = webhooks.add_webhook(**facts, by=administrator, at=AT).webhook
    line = "Decide whether the webhook “Tracker” sends words of records"
    waits = todo(administrator_page(administrator, TODAY, AT))
    assert "1 webhook whose words of records an approving officer has not confirmed" in waits
    assert [line in todo(page_of(each)) for each in (approver, officer)] == [True, False]
    webhooks.decide_words(webhook=webhook, send=True, by=approver, at=AT)
    assert line not in todo(page_of(approver))


def test_an_administrator_is_told_of_each_disk_with_little_room(body, approver, administrator, settings):
    told_before = todo(administrator_page(administrator, TODAY, AT))
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (10**12, 0)}  # more than there is
    lines = administrator_page(administrator, TODAY, AT).items[len(told_before) :]
    expected = [rf"Little room on the server: [0-9.,]+ [GM]B left for {re.escape(disk.what)}" for disk in disks()]
    assert expected
    assert all(re.fullmatch(pattern, line.what) for pattern, line in zip(expected, lines, strict=True))


def test_a_look_never_goes_back_and_never_ahead(officer):
    assert last_looked_at(officer) is None
    mark_seen(person=officer, until=AT, at=AT + DAY)
    mark_seen(person=officer, until=AT - DAY, at=AT + DAY)
    assert last_looked_at(officer) == AT
    mark_seen(person=officer, until=AT + 9 * DAY, at=AT + DAY)
    assert last_looked_at(officer) == AT + DAY


def test_another_force_is_in_no_number(westmarch, eastvale, force_lead, other_force_lead):
    make_tracked(make_inspection(eastvale), due_on=TODAY - DAY)
    assert {number for _, number in links(force_lead)} == {0}
    assert page_of(other_force_lead).counts.open == Top(1, "open", f"{reverse('register')}?show=open")


def test_who_leads_none_has_the_counts_of_the_office(westmarch, officer, approver):
    inspection = make_inspection(westmarch)
    make_tracked(inspection, number="1", leads={"opcc_lead": officer.name})
    make_tracked(inspection, number="2")
    counts = {person: page_of(person, mine=True).counts for person in (officer, approver)}
    assert [(each.whose, each.open.number, each.open.url) for each in counts.values()] == [
        ("Your", 1, "/register/?show=open&whose=mine"),
        ("The office’s", 2, "/register/?show=open"),
    ]
    assert page_of(officer).counts.whose == ""
