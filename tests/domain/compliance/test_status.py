"""Where the response to each report stands on a London day, what it waits for, who has it; and a year's record."""

import datetime

import pytest
from django.utils import timezone

from recommendations.domain.compliance.status import compliance, record_of, waiting
from recommendations.domain.inspections.inspections import NewRecommendation, add_recommendation
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import InspectionKind, RecipientKind, ResponseStage
from recommendations.models import Copy, Inspection, Invitation, Recipient, Response
from recommendations.periods import calendar_year_of, financial_year_of, london_day, say
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_person
from tests.makers.action_plans import fire_inspection, fire_of_before
from tests.makers.responses import (
    SAID,
    comment_of_chief_officer,
    make_approved,
    make_draft,
    make_published,
    make_response,
    make_submitted,
    publish,
    write,
)
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
PUBLISHED = TODAY - 40 * DAY
LAST = PUBLISHED + 55 * DAY


@per_module
def report(westmarch, body):
    """A report of 40 days ago with two recommendations."""
    inspection = make_inspection(westmarch, published_on=PUBLISHED)
    for number in ("1", "2"):
        add_recommendation(inspection=inspection, new=NewRecommendation(text="Do.", number=number), by=None, at=AT)
    return inspection


def rows(on=TODAY):
    return compliance(Inspection.objects.all(), Response.objects.all(), on)


def row(on=TODAY):
    (found,) = rows(on)
    return found


def told(on=TODAY):
    found = row(on)
    return found.stage, found.waits_for, found.who


def invite(response, force, *, sent_on=TODAY - 10 * DAY, due_on=TODAY + 5 * DAY):
    with verb("invite", by=None, at=AT, subject=response) as act:
        sent = {"sent_on": sent_on, "sent_to": "Chief constable", "sent_how": "Email"}
        return act.save(Invitation(response=response, force=force, due_on=due_on, recorded_at=AT, **sent))


def recipient(name="HMICFRS", kind=RecipientKind.INSPECTORATE):
    with verb("keep", by=None, at=AT) as act:
        return act.save(Recipient(kind=kind, name=name))


def send(version, to, on=TODAY):
    with verb("send_copy", by=None, at=AT, subject=version) as act:
        act.save(Copy(of=version, recipient=to, sent_to=to.name, sent_on=on, recorded_at=AT))


# Days


@pytest.mark.parametrize(
    ("published", "last"),
    [("2022-12-01", "2023-01-25"), ("2019-01-15", "2019-03-11"), ("2020-07-16", "2020-09-09")],
)
def test_the_last_lawful_day_is_the_56th(westmarch, body, published, last):
    published, last = datetime.date.fromisoformat(published), datetime.date.fromisoformat(last)
    make_inspection(westmarch, published_on=published)
    assert row(last).last_day == last
    days = {on: (row(on).days_left, row(on).is_late) for on in (published, last - DAY, last, last + DAY)}
    assert days == {published: (55, False), last - DAY: (1, False), last: (0, False), last + DAY: (-1, True)}


@pytest.mark.parametrize(
    ("moment", "on", "left"),
    [
        ("2026-03-29T00:59+00:00", "2026-03-29", 10),  # a minute before the clocks go forward
        ("2026-03-29T01:00+00:00", "2026-03-29", 10),
        ("2026-03-29T23:30+00:00", "2026-03-30", 9),  # 00:30 in summer
        ("2026-10-24T23:30+00:00", "2026-10-25", 1),  # 00:30 in summer, on the day on which the clocks go back
        ("2026-10-25T00:30+00:00", "2026-10-25", 1),  # 01:30 for the first time
        ("2026-10-25T01:30+00:00", "2026-10-25", 1),  # and for the second
        ("2026-10-25T23:30+00:00", "2026-10-25", 1),
        ("2026-10-26T00:00+00:00", "2026-10-26", 0),
    ],
)
def test_days_are_counted_in_london(westmarch, body, moment, on, left):
    on = datetime.date.fromisoformat(on)
    last = datetime.date(2026, 4, 8) if on.month == 3 else datetime.date(2026, 10, 26)
    make_inspection(westmarch, published_on=last - 55 * DAY)
    today = london_day(datetime.datetime.fromisoformat(moment))
    assert (today, row(today).days_left) == (on, left)


def test_a_report_of_today_has_its_whole_time_and_one_of_tomorrow_is_not_there(westmarch, body):
    make_inspection(westmarch, published_on=TODAY)
    assert (row().days_left, rows(TODAY - DAY)) == (55, [])


def test_another_period_counts_its_own_days(westmarch, body):
    make_inspection(westmarch, published_on=TODAY - 27 * DAY, response_days=28)
    assert (row().days_left, row().last_day) == (0, TODAY)


def test_a_stated_day_is_never_derived(westmarch, body):
    stated = PUBLISHED + 100 * DAY
    make_inspection(westmarch, kind=InspectionKind.SUPER_COMPLAINT, published_on=PUBLISHED, respond_by=stated)
    assert (row().last_day, row().days_left) == (stated, 60)
    assert row().clock.second == f"Published on {say(PUBLISHED)}. The last day is stated, not counted from publication."


def test_where_no_day_is_stated_none_runs(westmarch, body):
    made = make_inspection(
        westmarch, kind=InspectionKind.SUPER_COMPLAINT, published_on=PUBLISHED - 300 * DAY, respond_by=TODAY
    )
    with verb("edit_inspection", by=None, at=AT, subject=made) as act:
        made.respond_by = None
        act.save(made)
    assert (row().last_day, row().days_left, row().is_late, row().waits) == (None, None, False, True)
    assert row().clock.headline == "No last day is stated"


# Stages


def test_nothing_is_begun(report):
    assert told() == (ResponseStage.WAITING, "a response to be started", ("Marches OPCC",))


def test_nobody_is_invited(report, body):
    make_response(report, body)
    words = "the chief constable of Westmarch to be invited; a draft"
    assert told() == (ResponseStage.WAITING, words, ("Marches OPCC",))


def test_the_chief_officer_is_invited(report, body, westmarch):
    invite(make_response(report, body), westmarch)
    words = "comments of the chief constable of Westmarch by 12 November 2026; a draft"
    assert told() == (ResponseStage.INVITED, words, ("Chief constable of Westmarch",))


def test_the_forces_inspection_lead_has_it(report, body, westmarch, force_lead, other_force_lead):
    invite(make_response(report, body), westmarch)
    assert row().who == ("Callum Tranter (Westmarch)",)


def test_the_day_for_comments_has_passed(report, body, westmarch):
    invite(make_response(report, body), westmarch, due_on=TODAY - DAY)
    assert told() == (ResponseStage.INVITED, "a draft", ("Marches OPCC",))


def test_the_comments_are_in(report, body, westmarch):
    comment_of_chief_officer(make_response(report, body), westmarch)
    assert told() == (ResponseStage.COMMENTS_IN, "a draft", ("Marches OPCC",))


def test_it_is_drafted(report, body, westmarch, officer):
    response = make_response(report, body)
    comment_of_chief_officer(response, westmarch)
    write(response, "narrative", text="We welcome it.", by=officer)
    assert told() == (ResponseStage.DRAFTING, "an answer to 2 of 2 recommendations", ("Hannah Whitlock",))
    write(response, f"recommendation-{report.recommendations.first().pk}", by=officer, **SAID)
    assert row().waits_for == "an answer to 1 of 2 recommendations"


def test_one_comment_answers_two(report, body, westmarch, officer):
    response = make_response(report, body)
    comment_of_chief_officer(response, westmarch)
    one, two = report.recommendations.in_order()
    write(response, f"recommendation-{one.pk}", by=officer, **SAID)
    write(response, f"recommendation-{two.pk}", by=officer, with_part=f"recommendation-{one.pk}")
    assert row().waits_for == "to be submitted"


def test_all_is_written(report, body, officer):
    make_draft(report, body, by=officer)
    assert told() == (ResponseStage.DRAFTING, "to be submitted", ("Hannah Whitlock",))


def test_it_waits_for_approval_by_others_than_its_writers(report, body, approver):
    make_person("Adaeze Bell", "approving_officer")
    make_submitted(report, body, by=approver)
    assert told() == (ResponseStage.SUBMITTED, "approval", ("Adaeze Bell",))


def test_nobody_is_left_who_may_approve(report, body, approver):
    make_submitted(report, body, by=approver)
    assert row().who == ("no one is left who may approve it",)


def test_it_is_approved(report, body, officer, approver):
    make_approved(report, body, by=officer, approver=approver)
    assert told() == (ResponseStage.APPROVED, "publication", ("Hannah Whitlock",))


def test_it_came_back(report, body, officer, approver):
    response = make_submitted(report, body, by=officer)
    approval_workflow.send_back(response=response, remarks="Say more.", by=approver, at=AT)
    assert row().stage == ResponseStage.DRAFTING


def test_it_is_published_and_copies_are_sent(report, body, officer, approver):
    inspectorate, secretary = recipient(), recipient("Home Secretary", RecipientKind.HOME_SECRETARY)
    version = make_published(report, body, by=officer, approver=approver).versions.get()
    words = "copies to Home Secretary and HMICFRS"
    assert told() == (ResponseStage.PUBLISHED, words, ("Marches OPCC",))
    send(version, inspectorate)
    assert row().waits_for == "copies to Home Secretary"
    send(version, secretary)
    assert told() == (ResponseStage.COPIES_SENT, "", ())
    assert (row().answered_on, row().days_left, row().days_late, row().waits) == (TODAY, None, 0, False)


def test_a_published_one_without_recipients_says_so(report, body, officer, approver):
    make_published(report, body, by=officer, approver=approver)
    assert row().waits_for == "copies, and no recipients are set"


def test_one_that_is_corrected_stays_answered(report, body, officer, approver):
    recipient()
    response = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=AT)
    found = row()
    assert (found.stage, found.answered_on) == (ResponseStage.PUBLISHED, TODAY)
    assert found.waits_for == "its correction, which is being written; copies to HMICFRS"


def test_one_that_is_withdrawn_waits_again(report, body, officer, approver):
    response = make_published(report, body, by=officer, approver=approver)
    publishing.withdraw_response(response=response, reason="A wrong text.", by=approver, at=AT)
    assert told() == (ResponseStage.WITHDRAWN, "another response", ("Marches OPCC",))
    assert (row().waits, row().days_left, row().response) == (True, 15, None)
    make_response(report, body)
    assert row().stage == ResponseStage.WAITING


def test_one_that_is_not_needed_says_why(westmarch, body):
    make_inspection(westmarch, needs_response=False, no_response_reason="It is about airports.")
    found = row()
    assert (found.stage, found.clock.second, found.waits) == (ResponseStage.NOT_NEEDED, "It is about airports.", False)
    assert (found.waits_for, found.who, found.last_day, found.days_left) == ("", (), None, None)


def test_a_report_that_is_withdrawn_is_not_due(report, body):
    make_response(report, body)
    with verb("withdraw_inspection", by=None, at=AT, subject=report) as act:
        report.withdrawn_at, report.withdrawn_why = AT, "Not a report."
        act.save(report)
    assert rows() == []


def test_companions_share_a_response(report, westmarch, body, officer, approver):
    other = make_inspection(westmarch, title="The force’s own report", published_on=PUBLISHED + DAY)
    response = make_published([report, other], body, by=officer, approver=approver)
    assert [(each.inspection, each.response, each.answered_on) for each in rows()] == [
        (report, response, TODAY),
        (other, response, TODAY),
    ]


# States that other tests here go through on their way.
IN_THE_SOAK = [pytest.param(state, marks=pytest.mark.soak) for state in ("draft", "published")]


@pytest.mark.parametrize("state", ["begun", "submitted", "approved", "corrected", *IN_THE_SOAK])
def test_the_stage_agrees_with_the_state(report, body, officer, approver, state):
    """The stage is told from what is dated; the state is what the verbs keep."""
    people = {"by": officer, "approver": approver}
    response = {
        "begun": lambda: make_response(report, body),
        "draft": lambda: make_draft(report, body, by=officer),
        "submitted": lambda: make_submitted(report, body, by=officer),
        "approved": lambda: make_approved(report, body, **people),
        "published": lambda: make_published(report, body, **people),
        "corrected": lambda: make_published(report, body, **people),
    }[state]()
    if state == "corrected":
        publishing.correct(response=response, by=officer, at=AT)
    expected = {
        "begun": ResponseStage.WAITING,
        "draft": ResponseStage.DRAFTING,
        "submitted": ResponseStage.SUBMITTED,
        "approved": ResponseStage.APPROVED,
    }.get(state, ResponseStage.PUBLISHED)
    assert row().stage == expected


def test_an_edit_of_an_approved_one_drops_it_to_a_draft(report, body, officer, approver):
    response = make_approved(report, body, by=officer, approver=approver)
    write(response, "narrative", text="Another word.", by=officer)
    assert row().stage == ResponseStage.DRAFTING


# Other days


def test_a_past_day_reads_as_it_was(report, body, officer, approver):
    response = make_submitted(report, body, by=officer, at=AT - 5 * DAY)
    approval_workflow.approve(response=response, by=approver, at=AT - 3 * DAY)
    publish(Response.objects.get(), by=officer, at=AT - DAY)
    stages = {number: row(TODAY - number * DAY).stage for number in (6, 5, 4, 3, 2, 1, 0)}
    assert stages == {
        6: ResponseStage.WAITING,
        5: ResponseStage.SUBMITTED,
        4: ResponseStage.SUBMITTED,
        3: ResponseStage.APPROVED,
        2: ResponseStage.APPROVED,
        1: ResponseStage.PUBLISHED,
        0: ResponseStage.PUBLISHED,
    }
    assert [row(TODAY - number * DAY).answered_on for number in (2, 1)] == [None, TODAY - DAY]


def test_a_day_to_come_counts_its_days(report, body, westmarch):
    invite(make_response(report, body), westmarch)
    found = row(LAST + 3 * DAY)
    assert (found.days_left, found.stage, found.waits_for) == (-3, ResponseStage.INVITED, "a draft")


# The year


def answered(westmarch, body, officer, approver, title, *, published_on, at):
    inspection = make_inspection(westmarch, title=title, published_on=published_on)
    add_recommendation(inspection=inspection, new=NewRecommendation(text="Do."), by=None, at=AT)
    make_published(inspection, body, by=officer, approver=approver, at=at)
    return inspection


def test_the_years_record_adds_up(westmarch, body, officer, approver):
    people = (westmarch, body, officer, approver)
    answered(*people, "In time", published_on=TODAY - 55 * DAY, at=AT)
    answered(*people, "Late", published_on=TODAY - 60 * DAY, at=AT)
    unanswered = {"Not answered": TODAY - 100 * DAY, "To come": TODAY - DAY, "Last year's": datetime.date(2026, 2, 4)}
    for title, day in unanswered.items():
        make_inspection(westmarch, title=title, published_on=day)
    none = {"needs_response": False, "no_response_reason": "A letter."}
    make_inspection(westmarch, title="None", published_on=TODAY - DAY, **none)
    record = record_of(rows(), financial_year_of(TODAY))
    late = {"To come": 0, "In time": 0, "Late": 5, "Not answered": 45}
    assert [(each.inspection.title, each.days_late) for each in record.rows] == list(late.items())
    assert (record.in_time, record.late, record.not_answered, record.to_come) == (1, 1, 1, 1)
    assert [each.inspection.title for each in record.not_needed] == ["None"]
    assert [each.inspection.title for each in waiting(rows())] == ["Last year's", "Not answered", "To come"]


def test_what_has_no_last_day_is_no_part_of_the_years_sum(westmarch, body, officer, approver):
    make_published(fire_of_before(westmarch, published_on=TODAY - 90 * DAY), body, by=officer, approver=approver)
    make_inspection(westmarch, title="Other", published_on=TODAY - 80 * DAY, kind="other", section_55=False)
    fire_inspection(westmarch, title="Fire", published_on=TODAY - 70 * DAY)
    record = record_of(rows(), financial_year_of(TODAY))
    assert (record.rows, record.in_time, record.late, record.not_answered, record.to_come) == ([], 0, 0, 0, 0)
    apart = (*record.without_day, *record.not_needed)
    assert [each.inspection.title for each in apart] == ["Other", "Marches Fire and Rescue 2026", "Fire"]
    assert [(each.days_late, each.days_left) for each in rows()] == [(0, None)] * 3


@pytest.mark.parametrize(
    ("published", "financial", "calendar"),
    [("2026-02-04", 2025, 2026), ("2026-02-05", 2026, 2026), ("2026-11-06", 2026, 2026), ("2026-11-07", 2026, 2027)],
)
def test_a_year_is_that_of_the_last_day(westmarch, body, published, financial, calendar):
    """4 February is answered by 31 March; 6 November by 31 December."""
    make_inspection(westmarch, published_on=datetime.date.fromisoformat(published))
    years = [
        each for each in (2025, 2026, 2027) if record_of(rows(), financial_year_of(datetime.date(each, 4, 1))).rows
    ]
    assert years == [financial]
    years = [each for each in (2025, 2026, 2027) if record_of(rows(), calendar_year_of(datetime.date(each, 4, 1))).rows]
    assert years == [calendar]


def test_it_costs_the_same_for_one_as_for_three(
    westmarch, eastvale, body, officer, approver, django_assert_num_queries
):
    recipient()
    for number in range(3):
        published_on = TODAY - 20 * DAY
        answered(westmarch, body, officer, approver, f"A {number}", published_on=published_on, at=timezone.now())
        waits = make_inspection([westmarch, eastvale], title=f"W {number}", published_on=TODAY - DAY)
        invite(make_draft(waits, body, by=officer), westmarch, sent_on=TODAY)
        if number in (0, 2):
            with django_assert_num_queries(14):
                assert len(rows()) == 2 * number + 2
