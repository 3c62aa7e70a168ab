"""The page of a tracked recommendation: who reads it, what it says, and what it offers."""

import datetime
import re

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.register import closures, restrictions, voices
from recommendations.models import TrailEntry
from tests.conftest import make_tracked
from tests.views.hooks import number_of
from tests.views.register.tracked.said import DONE, text_of

# Reading


@pytest.mark.parametrize("person", ["officer", "approver", "force_lead"])
def test_who_may_read(sign_in, request, page, person):
    assert sign_in(request.getfixturevalue(person)).get(page).status_code == 200


@pytest.mark.parametrize(("person", "status"), [("member", 403), ("administrator", 403), ("other_force_lead", 404)])
def test_who_may_not_read(sign_in, request, page, tracked, person, status):
    response = sign_in(request.getfixturevalue(person)).get(page)
    assert response.status_code == status
    assert tracked.reference not in response.content.decode()


def test_nobody_is_sent_to_the_sign_in(client, page):
    assert client.get(page).status_code == 302


def test_the_page_says_the_words_the_dates_and_the_voices(sign_in, officer, inspection, force_lead):
    record = make_tracked(
        inspection,
        number="7",
        text="By 30 June 2026 the force should test bells. By 30 June 2026 it should say so.",
        parts=("each suite <daily>", "each cell"),
        addressees=("Chief constable", "College of Policing"),
        due_on=datetime.date(2026, 6, 30),
        deadline_words="By 30 June 2026",
    )
    voices.log_force_update(tracked=record, done=DONE, position="accepted", by=force_lead, at=timezone.now())
    response = sign_in(officer).get(record.get_absolute_url())
    words, body = text_of(response), response.content.decode()
    assert body.count("app-deadline-words") == 1
    assert '<mark class="app-deadline-words">By 30 June 2026</mark> the force should test bells. By 30 June' in body
    assert "each suite &lt;daily&gt;" in body
    assert "Directed to Chief constable; College of Policing." in words
    assert "Force position Accepted, in progress " + DONE in words
    assert "OPCC assurance Not assessed yet" in words
    assert "HMICFRS status No status yet" in words
    assert f"Counted from this: {(localdate() - datetime.date(2026, 6, 30)).days} days over" in words


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize("words", ["by 30 June 2026", "By 30 June  2026", ""])
def test_deadline_words_are_marked_only_letter_by_letter(sign_in, officer, inspection, words):
    record = make_tracked(
        inspection,
        number="7",
        text="By 30 June 2026 the force should test bells.",
        due_on=datetime.date(2026, 6, 30),
        deadline_words=words,
    )
    assert "app-deadline-words" not in sign_in(officer).get(record.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_whatever_happened(
    sign_in, tracked, officer, force_lead, approver, page, django_assert_num_queries
):
    """One query for the indicators, one more for the rechecks of closures, and one for a restriction."""
    client = sign_in(officer)
    client.get(page)
    with django_assert_num_queries(22):
        client.get(page)
    for number in range(3):
        for by in (officer, force_lead):
            voices.log_force_update(tracked=tracked, done=f"{number}", by=by, at=timezone.now())
        voices.record_assurance(tracked=tracked, view="assured", rationale="x", by=officer, at=timezone.now())
        voices.record_inspectorate_status(tracked=tracked, status="complete", by=officer, at=timezone.now())
        target = localdate() + datetime.timedelta(days=number)
        voices.set_target(tracked=tracked, target_on=target, reason="x", by=force_lead, at=timezone.now())
        closures.request_closure(tracked=tracked, outcome="implemented", reason="x", by=officer, at=timezone.now())
        closures.decline_closure(tracked=tracked, reason="x", by=approver, at=timezone.now())
    with django_assert_num_queries(23):
        client.get(page)
    restrictions.restrict(tracked=tracked, reason="x", by=officer, at=timezone.now())
    with django_assert_num_queries(24):
        client.get(page)


def test_the_timeline_is_filtered_and_counted(sign_in, tracked, officer, force_lead, page):
    voices.log_force_update(tracked=tracked, done=DONE, by=force_lead, at=timezone.now())
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen in June.", by=officer, at=timezone.now())
    client = sign_in(officer)
    for show, filters in {
        "": "Everything 3",
        "force": "Force 1",
        "opcc": "OPCC 1",
        "dates": "Dates and closure 1",
    }.items():
        response = client.get(page, {"show": show})
        assert re.search(rf'aria-current="true">{filters}<', response.content.decode())
    events = client.get(page, {"show": "opcc"}).context["events"]
    assert [shown.event.title for shown in events] == ["OPCC assurance: assured"]
    assert "Nothing of this kind has happened yet" in text_of(client.get(page, {"show": "hmicfrs"}))


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize("query", ["show=x", "page=x", "page=-1", "page=999", "form=x", "form=withdraw", "show=%00"])
def test_a_strange_address_shows_the_page(sign_in, officer, page, query):
    assert sign_in(officer).get(f"{page}?{query}").status_code == 200


@pytest.mark.soak
def test_a_long_timeline_comes_in_pages_or_whole(sign_in, tracked, officer, page):
    for number in range(60):
        voices.log_force_update(tracked=tracked, done=f"Week {number}.", by=officer, at=timezone.now())
    client = sign_in(officer)
    lengths = [len(client.get(page, {"page": number}).context["events"]) for number in ("1", "2", "all")]
    assert lengths == [50, 11, 61]
    assert "1 to 50 of 61" in text_of(client.get(page))


def test_a_withdrawn_entry_is_struck_with_its_reason(sign_in, tracked, officer, page):
    row = voices.log_force_update(tracked=tracked, done=DONE, by=officer, at=timezone.now())
    voices.withdraw(row=row, reason="The wrong line.", by=officer, at=timezone.now())
    response = sign_in(officer).get(page)
    assert f"<del><p>{DONE}</p></del>" in response.content.decode()
    assert "by Hannah Whitlock: The wrong line." in text_of(response)


# What is offered


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("officer", ["assurance", "closure", "delay", "edit", "force-update", "restrict", "risk", "status", "target"]),
        ("approver", ["assurance", "closure", "delay", "edit", "force-update", "restrict", "risk", "status", "target"]),
        ("force_lead", ["closure", "delay", "target"]),
    ],
)
def test_what_each_role_is_offered(sign_in, request, page, person, offered):
    body = sign_in(request.getfixturevalue(person)).get(page).content.decode()
    assert sorted(set(re.findall(r"\?form=([\w-]+)", body))) == offered


def test_what_is_offered_follows_the_state(sign_in, officer, approver, force_lead, page, asked):
    def offered(person):
        body = sign_in(person).get(page).content.decode()
        return set(re.findall(r"\?form=(closure|decide|reopen|target)", body))

    assert offered(officer) == {"target"}
    assert offered(force_lead) == {"target"}
    assert "Approve closure" in text_of(sign_in(approver).get(page))
    closures.approve_closure(tracked=asked.tracked, by=approver, at=timezone.now())
    assert offered(officer) == {"reopen"}
    assert offered(force_lead) == set()


@pytest.mark.parametrize("form", ["assurance", "status", "edit", "reopen", "decide"])
def test_a_form_without_the_permission_is_refused(sign_in, force_lead, page, form):
    assert sign_in(force_lead).get(page, {"form": form}).status_code == 403


@pytest.mark.parametrize("form", ["decide", "reopen"])
def test_a_form_that_the_state_does_not_allow_says_why(sign_in, approver, page, form):
    client = sign_in(approver)
    response = client.get(page, {"form": form})
    assert text_of(response) != text_of(client.get(page))
    assert response.content.decode().count('method="post"') == 0


def test_closed_records_keep_their_voices(sign_in, officer, page, closed):
    client = sign_in(officer)
    assert "Closure was" not in text_of(client.get(page))
    forms = [
        number_of(client.get(page, {"form": form}), "main form textarea") for form in ("closure", "target", "reopen")
    ]
    assert forms == [0, 0, 1]


NAMES = {
    "log_force_update": "force-update",
    "record_assurance": "assurance",
    "record_inspectorate_status": "status",
    "set_target": "target",
    "request_closure": "closure",
    "approve_closure": "decide",
    "decline_closure": "decide",
    "reopen": "reopen",
    "edit_tracked": "edit",
}
FORCES_OWN = {"log_force_update", "set_target", "request_closure"}
APPROVERS_OWN = {"approve_closure", "decline_closure"}


@pytest.mark.suite(0, 4, 8)
@pytest.mark.parametrize("name", NAMES)
def test_each_address_shows_its_form_when_it_is_only_read(sign_in, approver, page, address, name):
    response = sign_in(approver).get(address(name))
    assert (response.status_code, response["Location"]) == (302, f"{page}?form={NAMES[name]}#form")


@pytest.mark.parametrize("name", NAMES)
def test_who_may_send_each_form(sign_in, request, address, name):
    lacking = {"member": 403, "administrator": 403}
    lacking |= {} if name in FORCES_OWN else {"force_lead": 403, "other_force_lead": 403}
    lacking |= {"officer": 403} if name in APPROVERS_OWN else {}
    lacking |= {"other_force_lead": 404} if name in FORCES_OWN else {}
    for person, status in lacking.items():
        assert sign_in(request.getfixturevalue(person)).post(address(name), {}).status_code == status, person
    assert not TrailEntry.objects.filter(verb=name).exists()
