"""One's own: the same on the first page, in the register and in the calendar, and what a person was given."""

import datetime

from recommendations.domain.calendar.calendar import ahead_and_late
from recommendations.domain.home.dashboard import office_page
from recommendations.domain.home.register import count_register
from recommendations.domain.notes.notes import add_note, withdraw_note
from recommendations.domain.ownership.keepers import give_response, give_round
from recommendations.domain.people import records
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.filters import ChangedFilter
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.responses.companions import begin_response
from recommendations.enums import PanelKind
from recommendations.models import Panel, RagRule, TrackedRecommendation
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.commitments import make_commitment, make_version
from tests.makers.committees import make_request
from tests.makers.rounds import make_round
from tests.per_module import per_module

LATER = AT + datetime.timedelta(hours=1)
SINCE = AT + datetime.timedelta(minutes=30)


@per_module
def things(westmarch, body, officer, approver):
    """Two recommendations of the officer and one of nobody; a commitment, a round and a response of each of two."""
    inspection = make_inspection(westmarch)
    own = [make_tracked(inspection, number=str(n), leads={"opcc_lead": officer.name}) for n in (1, 2)]
    rest = make_tracked(inspection, number="3")
    version = make_version(body, westmarch, title="Fraud")
    make_commitment(version)
    make_commitment(version, quote="I have asked for a report by early 2027.", keeper=approver.name)
    rounds = [make_round(westmarch, by=by, title=by.name) for by in (officer, approver)]
    reports = [make_inspection(westmarch, title=by.name) for by in (officer, approver)]
    answers = [begin_response(inspection=of, by=by, at=AT) for of, by in zip(reports, (officer, approver), strict=True)]
    return {"own": own, "rest": rest, "rounds": rounds, "responses": answers}


def page(user, mine, since=AT):
    found = count_register(user, TODAY, since, RagRule.objects.on(TODAY), mine=mine)
    return office_page(user, TODAY, found, mine=mine)


def todo(user, mine=True, since=AT) -> list[str]:
    return [each.what for each in page(user, mine, since).items]


def test_the_first_page_of_ones_own_has_what_one_leads_and_keeps(things, officer, approver):
    own = page(officer, mine=True)
    assert (own.counts.open.number, own.counts.open.url) == (2, "/register/?show=open&whose=mine")
    assert page(officer, mine=False).counts.open.number == TrackedRecommendation.objects.count()
    assert "Check 2 commitments" in todo(officer, mine=False)
    assert [item.url for item in own.items if item.what == "Check 1 commitment"] == [
        "/commitments/?state=overdue&keeper=Hannah+Whitlock"
    ]
    to_write = {item.detail for item in own.items if "response" in item.what}  # and those that no one has started
    assert (officer.name in to_write, approver.name in to_write) == (True, False)


def test_the_register_and_the_calendar_of_ones_own_have_the_same(things, officer, approver):
    query = RegisterQuery(day=TODAY, mine=True)
    rows = Listing(query, officer, RagRule.objects.on(TODAY))
    assert (sorted(rows.ids), rows.count(), rows.shows["open"]) == (sorted(each.pk for each in things["own"]), 2, 2)
    assert Listing(query, approver, RagRule.objects.on(TODAY)).ids == ()
    for user, asked, response in zip((officer, approver), things["rounds"], things["responses"], strict=True):
        found = {(each.kind.key, each.pk) for each in ahead_and_late(user, TODAY, 92, mine=True)}
        report = response.answers.get().inspection_id
        assert {pair for pair in found if pair[0] != "commitment"} == {("round", asked.pk), ("response", report)}
        assert len([kind for kind, _ in found if kind == "commitment"]) == 1


def test_what_one_is_given_is_told_until_one_looked_or_it_is_somebody_elses(things, officer, approver):
    mine = things["rounds"][0]
    rows = TrackedRecommendation.objects.filter(pk__in=[each.pk for each in things["own"]])
    bulk.give_leads_to_many(
        versions=dict(rows.values_list("pk", "version")), leads={"opcc_lead": approver.name}, by=officer, at=LATER
    )
    give_round(round=mine, version=mine.version, keeper=approver, by=officer, at=LATER)
    response = things["responses"][0]
    give_response(response=response, version=response.version, keeper=approver, by=officer, at=LATER)
    note = add_note(record=things["rest"], text="@Margaret Osei, look at this.", by=officer, at=LATER)
    given = [
        "2 recommendations were given to you",
        "Response given to you by Hannah Whitlock",
        "Update round given to you by Hannah Whitlock",
    ]
    for since, items in ((SINCE, [*given, "Read 1 note that names you"]), (LATER, [])):
        assert [each for each in todo(approver, mine=False, since=since) if "you" in each] == items
    asked = {"changed": ChangedFilter.GIVEN, "since": SINCE, "show": "all"}
    assert set(Listing(RegisterQuery(day=TODAY, **asked), approver, RagRule.objects.on(TODAY)).ids) == {
        each.pk for each in things["own"]
    }
    assert [each for each in todo(officer, mine=False, since=SINCE) if "you" in each] == []
    give_round(round=mine, version=mine.version + 1, keeper=officer, by=approver, at=LATER)
    withdraw_note(note=note, reason="Wrong.", by=officer, at=LATER)
    assert [each for each in todo(approver, mine=False, since=SINCE) if "you" in each] == given[:2]


def test_a_request_is_its_owners_by_name(westmarch, officer, approver):
    panel = records.keep(record=Panel(name="Audit committee", kind=PanelKind.AUDIT), by=None, at=AT)
    make_request(panel, "26/1", text="Dates.", owner=officer.name, by=officer, at=AT)
    ahead = [each.what for each in page(officer, mine=True).ahead]
    assert "1 request of a committee to answer" in ahead
    assert "1 request of a committee to answer" not in [each.what for each in page(approver, mine=True).ahead]
