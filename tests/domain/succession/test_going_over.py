"""What goes over when a force ends or a body is followed, counted for a rehearsal."""

import datetime

from recommendations.domain.people import records
from recommendations.domain.register.closures import request_closure
from recommendations.domain.rounds.rounds import ask_for_updates
from recommendations.domain.succession.going_over import absolute_url, going_over, leads_of, rounds_without_lead
from recommendations.enums import BodyKind, Role
from recommendations.models import PolicingBody, TrackedRecommendation
from recommendations.trail import verb
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.makers.accountability import plan
from tests.makers.chief_officers import make_invitation
from tests.makers.commitments import make_commitment, make_version
from tests.makers.committees import make_panel, make_request
from tests.makers.inspections import make_plan
from tests.makers.responses import make_response
from tests.makers.rounds import make_round

DAY = datetime.date(2027, 4, 1)
IN_FEBRUARY = datetime.date(2027, 2, 25)
LAST = datetime.date(2027, 4, 21)  # of 56 days
IN_MARCH = datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)


def without_meetings(words: dict[str, str]) -> dict[str, str]:
    return {duty: said for duty, said in words.items() if duty != "meetings"}


def words_of(**about) -> dict[str, str]:
    return {found.duty.value: found.words for found in going_over(**about)}


def appoint(tracked, name, by, at=AT):
    """Name the chief officer's lead of a recommendation."""
    with verb("edit_tracked", by=by, at=at, subject=tracked) as act:
        tracked.chief_officer_lead = name
        act.save(tracked)


def one_of_each(force, body, officer, approver):
    """One duty of each kind with this force, whose response is due on 21 April 2027."""
    at = IN_MARCH
    report = make_inspection(force, title=f"Vetting in {force}", published_on=IN_FEBRUARY, at=at)
    tracked = make_tracked(report, at=at)
    appoint(tracked, "ACC Bell", officer, at)
    request_closure(
        tracked=tracked, version=tracked.version, outcome="implemented", reason="It is done.", by=officer, at=at
    )
    response = make_response(report, body, by=officer, at=at)
    make_invitation(response, force, by=officer, due_on=DAY, at=at)
    ask_for_updates(force=force, tracked=[tracked], name="Spring", due_on=DAY, by=officer, at=at)
    make_commitment(make_version(body, force, title=f"Custody of {force}"), by=officer)
    make_request(make_panel(f"Committee on {force}"), force=force)
    make_plan(force)
    plan(force, by=officer, on=DAY)
    plan(force, by=officer, on=DAY - A_DAY)
    return tracked


def test_everything_of_the_force_goes_over_and_nothing_of_another(westmarch, eastvale, body, officer, approver):
    # wording: the kinds are the table of what goes over
    one_of_each(westmarch, body, officer, approver)
    one_of_each(eastvale, body, officer, approver)
    make_tracked(make_inspection(eastvale, title="Another of Eastvale"))
    assert words_of(forces=[westmarch], day=DAY) == {
        "recommendations": "3 recommendations",
        "closures": "1 closure that waits for a decision",
        "rounds": "1 running round",
        "reports": "1 response with 20 days left",
        "drafts": "1 draft response",
        "invitations": "1 invitation to comment",
        "commitments": "1 commitment",
        "requests": "1 request of a committee",
        "leads": "1 appointed lead",
        "plans": "1 planned inspection",
        "meetings": "1 accountability meeting",
    }


def test_a_body_gives_over_what_is_its_own(westmarch, eastvale, body, officer, approver):
    one_of_each(westmarch, body, officer, approver)
    other = records.keep(
        record=PolicingBody(name="Another body", slug="another", kind=BodyKind.MAYOR, office_name="Another"),
        by=None,
        at=AT,
    )
    both, own = [westmarch, eastvale], {"drafts", "commitments"}
    for forces in (both, [westmarch]):  # a meeting stays with its force
        assert words_of(forces=forces, body=body, day=DAY) == without_meetings(words_of(forces=forces, day=DAY))
    assert not own & words_of(forces=[eastvale], body=body, day=DAY).keys()
    assert not own & words_of(forces=both, body=other, day=DAY).keys()


def test_of_a_part_only_what_hangs_on_it_goes_over(westmarch, body, officer, approver):
    # wording: the kinds are the table of what goes over
    one_of_each(westmarch, body, officer, approver)
    part = TrackedRecommendation.objects.filter(round_lines__position=1)
    assert words_of(forces=[westmarch], tracked=part, day=DAY) == {
        "recommendations": "1 recommendation",
        "closures": "1 closure that waits for a decision",
        "rounds": "1 running round in part",
        "leads": "1 appointed lead",
    }


def test_the_days_left_are_those_of_the_day(westmarch, body):
    # wording: days left are said in words alone
    make_inspection(westmarch, title="Vetting", published_on=IN_FEBRUARY, at=IN_MARCH)
    said = {day: words_of(forces=[westmarch], day=day)["reports"] for day in (DAY, LAST, LAST + A_DAY)}
    assert said == {
        DAY: "1 response with 20 days left",
        LAST: "1 response on its last day",
        LAST + A_DAY: "1 response 1 day late by then",
    }
    make_inspection(westmarch, title="Custody", published_on=IN_FEBRUARY + A_DAY, at=IN_MARCH)
    assert words_of(forces=[westmarch], day=DAY)["reports"] == "2 responses (the first with 20 days left)"


def test_each_kind_is_one_query_and_its_rows_are_one_more(
    westmarch, body, officer, approver, django_assert_num_queries
):
    one_of_each(westmarch, body, officer, approver)
    with django_assert_num_queries(17):
        found = going_over(forces=[westmarch], day=DAY)
    listed = [each for each in found if each.rows is not None]
    with django_assert_num_queries(len(listed) - 1):  # the reports were read for their days
        pages = {each.duty: [(str(row), absolute_url(row)) for row in each.rows] for each in listed}
    assert all(url.startswith("/") for rows in pages.values() for _, url in rows)
    assert {duty: len(rows) for duty, rows in pages.items()} == {each.duty: each.count for each in listed}


def test_nothing_goes_over_from_a_force_with_nothing(westmarch, eastvale, body):
    make_tracked(make_inspection(westmarch))
    assert going_over(forces=[eastvale], day=DAY) == []


def test_the_leads_of_the_force_lose_the_register(westmarch, eastvale, force_lead, other_force_lead, officer):
    assert list(leads_of([westmarch])) == [force_lead]
    assert list(leads_of([westmarch, eastvale])) == [force_lead, other_force_lead]


def test_a_round_waits_for_a_lead_where_none_of_its_force_stays(westmarch, eastvale, force_lead, officer):
    second = make_person("Ada Moss", Role.FORCE_INSPECTION_LEAD, westmarch)
    round = make_round(westmarch, by=officer)
    other = make_round(eastvale, by=officer)
    assert list(rounds_without_lead([westmarch], [second])) == []
    assert list(rounds_without_lead([westmarch])) == [round]
    assert set(rounds_without_lead([westmarch, eastvale], [second])) == {other}


def test_the_leads_of_a_successor_on_record_answer_its_rounds(westmarch, eastvale, other_force_lead, officer):
    make_round(westmarch, by=officer)
    assert not rounds_without_lead([westmarch], successor=eastvale).exists()
