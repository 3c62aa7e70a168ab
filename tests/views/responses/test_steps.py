"""The six steps above a response: their states, days and people, from the draft to the copies."""

import datetime

from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import Copy, Invitation, Recipient
from recommendations.trail import verb
from recommendations.views.responses.status import Life
from tests.conftest import AT, TODAY, make_person
from tests.makers.responses import (
    LATER,
    comment_of_chief_officer,
    make_approved,
    make_published,
    make_response,
    make_submitted,
    write,
)
from tests.views.responses.conftest import now

DAY = datetime.timedelta(days=1)


def steps(response, user, at=AT) -> list[tuple[str, str]]:
    return [(step.words, step.style) for step in Life(now(response), user, at).steps]


def save(record):
    with verb("keep", by=None, at=AT) as act:
        return act.save(record)


def invite(response, force, **facts):
    facts = {"due_on": TODAY + 14 * DAY, "recorded_at": AT} | facts
    return save(Invitation(response=response, force=force, **facts))


def test_of_a_draft_that_nobody_has_begun(report, body, officer, approver):
    response = make_response(report, body, by=officer)
    assert steps(response, officer) == [
        ("not yet, with Marches OPCC", ""),
        ("not asked yet: Westmarch", ""),
        ("now, not started", "now"),  # nobody's name
        ("Margaret Osei", ""),
        ("late since 11 March", ""),
        ("no recipients set", ""),
    ]


def test_of_an_invitation_that_was_sent_answered_or_passed(report, body, officer, westmarch):
    response = make_response(report, body, by=officer)
    invite(response, westmarch, sent_on=TODAY - DAY, sent_to="The chief constable", sent_how="Email")
    assert steps(response, officer)[:2] == [("sent 6 November", "done"), ("by 21 November, with Westmarch", "")]
    assert steps(response, officer, AT + 15 * DAY)[1] == ("none received", "done")
    comment_of_chief_officer(response, westmarch)
    assert steps(response, officer)[1] == ("done 7 November", "done")


def test_of_each_state(report, body, officer, approver):
    submitted = make_submitted(report, body, by=officer)
    assert steps(submitted, officer)[2:4] == [("done 7 November", "done"), ("now, with Margaret Osei", "now")]
    approval_workflow.approve(response=submitted, by=approver, at=LATER)
    assert steps(submitted, officer)[3:5] == [("done 7 November", "done"), ("late since 11 March", "now")]


def test_who_writes_last_has_it_and_who_wrote_does_not_approve(report, body, officer, approver):
    response = make_response(report, body, by=officer)
    write(response, "narrative", text="Words.", by=approver)
    other = make_person("Bo Lindqvist", "approving_officer")
    assert steps(response, officer)[2:4] == [("now, with Margaret Osei", "now"), ("Bo Lindqvist", "")]
    write(response, "reply", text="Words.", by=other)
    words, style = steps(response, officer)[3]
    assert (["Margaret Osei" in words, "Bo Lindqvist" in words], style) == ([False, False], "")


def test_of_the_copies(report, body, officer, approver):
    first, second = (save(Recipient(kind=kind, name=kind)) for kind in ("inspectorate", "home_secretary"))
    save(Recipient(kind="other", name="Gone", until=TODAY - DAY))
    response = make_published(report, body, by=officer, approver=approver)
    version = response.versions.get()
    assert steps(response, officer)[4:] == [("done 7 November", "done"), ("2 to send", "now")]
    for recipient in (first, second):
        save(Copy(of=version, recipient=recipient, sent_to="x", sent_on=TODAY, recorded_at=AT))
    assert steps(response, officer)[5] == ("done 7 November", "done")


def test_of_a_correction_the_published_version_stands(report, body, officer, approver):
    response = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=LATER)
    draft, approve, publish = steps(response, officer)[2:5]
    assert (draft[1], approve, publish[1]) == ("now", ("Margaret Osei", ""), "")
    assert publish[0].startswith("version 1 ")


def test_days_of_another_year_say_which(report, body, officer, approver):
    response = make_approved(report, body, by=officer, approver=approver)
    assert steps(response, officer, AT + 365 * DAY)[2] == ("done 7 November 2026", "done")
