"""The pages of committees' requests: the list, one of them, the forms, "You asked" in a paper, the first page."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.committees import requests
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.models import CommitteeRequest, RequestAnswer, TrailEntry
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import seat_on
from tests.makers.quarters import PASSED
from tests.per_module import per_module
from tests.views.hooks import lacking, wrong

DAY = datetime.timedelta(days=1)
LIST = reverse("committee_requests")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def panel(body):
    return make_panel()


@per_module
def draft(westmarch, panel, officer):
    at = timezone.now()
    return papers.prepare(force=westmarch, panel=panel, start=PASSED.start, end=PASSED.end, by=officer, at=at)


def due(panel, number: str, days: int, **facts) -> CommitteeRequest:
    """A request that is due in so many days, or was."""
    told = {"asked_on": localdate() - 60 * DAY, "due_on": localdate() + days * DAY, "at": timezone.now()}
    return make_request(panel, number, **told | facts)


def answered(request, paper, officer, approver):
    at = timezone.now()
    requests.answer_request(request=request, paper=paper, version=0, text="Each has one.", by=officer, at=at)
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=at)


def test_an_officer_records_changes_and_withdraws_one(client, panel, westmarch, officer):
    client.force_login(officer)
    assert "No request has been recorded yet." in client.get(LIST).text
    sent = {"panel": panel.pk, "number": "26/14", "text": "Dates.", "owner": "Head of assurance"}
    sent |= {"asked_on": "1/6/2026", "due_on": "1/9/2026", "force": westmarch.pk, "once": "a"}
    first, again = (client.post(reverse("record_request"), sent) for _ in range(2))
    found = CommitteeRequest.objects.get()
    assert first.url == again.url == found.get_absolute_url()
    assert TrailEntry.objects.filter(verb="record_request").count() == 1
    change = {name: sent[name] for name in ("number", "text", "owner", "asked_on", "due_on")} | {"version": 1}
    client.post(reverse("change_request", args=[found.pk]), change | {"owner": "The clerk", "reason": "A new owner."})
    found.refresh_from_db()
    assert (found.owner, found.force, found.version) == ("The clerk", None, 2)
    client.post(reverse("withdraw_request", args=[found.pk]), {"reason": "Let go.", "version": 2})
    page = client.get(found.get_absolute_url()).text
    assert ("Let go." in page, reverse("change_request", args=[found.pk]) in page) == (True, False)
    assert client.get(reverse("change_request", args=[found.pk])).url == found.get_absolute_url()


@pytest.mark.suite(1, 2)
@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ({"number": ""}, ()),
        ({"due_on": "31/2/2026"}, ("31 February 2026",)),
        ({"due_on": "1/5/2026"}, ("1 May 2026", "1 June 2026")),
        ({"panel": ""}, ()),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, panel, officer, typed, facts):
    client.force_login(officer)
    sent = {"panel": panel.pk, "number": "26/14", "text": "Dates & reasons.", "owner": "Head of assurance"}
    sent |= {"asked_on": "1/6/2026", "due_on": "1/9/2026"} | typed
    page = client.post(reverse("record_request"), sent)
    assert (page.status_code, wrong(page), lacking(page, ".govuk-error-summary", *facts)) == (422, [*typed], [])
    assert "Dates &amp; reasons." in page.text
    assert CommitteeRequest.objects.count() == 0


def test_notes_on_a_withdrawn_request_are_read_and_written(client, panel, officer):
    """Its page stays, and leads to them. Found by the soak."""
    request = make_request(panel)
    requests.withdraw_request(request=request, version=1, reason="Let go.", by=officer, at=timezone.now())
    client.force_login(officer)
    notes = reverse("record_notes", args=["request", request.pk])
    assert notes in client.get(request.get_absolute_url()).text
    assert client.post(notes, {"text": "They asked again."}).status_code == 302
    assert "They asked again." in client.get(notes).text


def test_two_who_change_it_at_once_see_both_texts(client, panel, officer, approver):
    found = due(panel, "26/14", 5)
    facts = {"number": "26/14", "text": "Dates.", "asked_on": found.asked_on, "due_on": found.due_on}
    requests.change_request(request=found, version=1, owner="The clerk", by=approver, at=timezone.now(), **facts)
    client.force_login(officer)
    days = {name: f"{facts[name]:%d/%m/%Y}" for name in ("asked_on", "due_on")}
    mine = facts | days | {"owner": "The chief executive", "version": 1}
    page = client.post(reverse("change_request", args=[found.pk]), mine)
    assert page.status_code == 422
    assert ("The clerk" in page.text, "The chief executive" in page.text) == (True, True)


def test_the_list_has_open_ones_first_and_marks_what_is_overdue(client, panel, draft, officer, approver):
    done = due(panel, "26/1", -9)
    answered(done, draft, officer, approver)
    due(panel, "26/3", 8)
    late = due(panel, "26/2", -1)
    gone = due(panel, "26/4", -20)
    requests.withdraw_request(request=gone, version=1, reason="Let go.", by=officer, at=timezone.now())
    client.force_login(officer)
    rows = client.get(LIST).context["rows"]
    assert [(row.request.number, row.is_late) for row in rows] == [
        ("26/2", True),
        ("26/3", False),
        ("26/1", False),
        ("26/4", False),
    ]
    assert [rows[0].state, rows[2].state, rows[3].state] == ["1 day overdue", "Answered", "Withdrawn"]
    only = client.get(f"{LIST}?state=overdue").context["rows"]
    assert [row.request for row in only] == [late]


def test_an_answer_is_written_in_the_draft_and_printed_when_it_is_filed(client, panel, draft, officer, approver):
    found = due(panel, "26/14", -3)
    client.force_login(officer)
    write = reverse("answer_request", args=[draft.pk, found.pk])
    assert write in client.get(draft.get_absolute_url()).text
    assert write in client.get(found.get_absolute_url()).text
    assert client.post(write, {"text": "Each <b>has</b> one."}).url == f"{draft.get_absolute_url()}#asked"
    page = client.get(draft.get_absolute_url()).text
    assert ("Each &lt;b&gt;has&lt;/b&gt; one." in page, "No answer yet" in page) == (True, False)
    too_long = client.post(write, {"text": "x" * 2001, "version": 1})
    assert (too_long.status_code, "2,000 or fewer." in too_long.text) == (422, True)
    answer = RequestAnswer.objects.get()
    requests.answer_request(request=found, paper=draft, version=1, text="Other.", by=approver, at=timezone.now())
    stale = client.post(write, {"text": "Mine.", "version": 1})
    assert (stale.status_code, "Other." in stale.text, "Mine." in stale.text) == (422, True, True)
    assert RequestAnswer.objects.get().pk == answer.pk


def test_a_member_reads_what_a_filed_paper_answers_and_nothing_else(
    client, panel, draft, officer, approver, member, force_lead, other_force_lead
):
    seat_on(member, panel)
    shared, waiting = due(panel, "26/14", -3), due(make_panel("Accountability board"), "26/15", 3)
    client.force_login(member)
    assert "No paper names a request yet." in client.get(LIST).text
    assert client.get(shared.get_absolute_url()).status_code == 404
    answered(shared, draft, officer, approver)
    for person, seen in ((member, 200), (force_lead, 200), (other_force_lead, 404)):
        client.force_login(person)
        assert client.get(shared.get_absolute_url()).status_code == seen
        assert client.get(waiting.get_absolute_url()).status_code == 404
        assert ("26/14" in client.get(LIST).text, "26/15" in client.get(LIST).text) == (seen == 200, False)
    client.force_login(member)
    page = client.get(shared.get_absolute_url()).text
    assert ("Each has one." in page, "Change" in page) == (True, False)
    paper = client.get(draft.get_absolute_url()).text
    assert ("You asked" in paper, "Write the answer" in paper, "Each has one." in paper) == (True, False, True)


def test_a_member_reads_the_open_requests_that_a_filed_paper_prints(
    client, panel, draft, officer, approver, member, force_lead, other_force_lead
):
    seat_on(member, panel)
    shared, waiting = due(panel, "26/14", -3), due(panel, "26/15", -2)
    answered(shared, draft, officer, approver)
    after = due(panel, "26/16", 9)
    for person, seen in ((member, ["26/15", "26/14"]), (force_lead, ["26/15", "26/14"]), (other_force_lead, [])):
        client.force_login(person)
        assert [row.request.number for row in client.get(LIST).context["rows"]] == seen
        assert client.get(waiting.get_absolute_url()).status_code == (200 if seen else 404)
        assert client.get(after.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert "26/15" in client.get(draft.get_absolute_url()).text
    page = client.get(waiting.get_absolute_url())
    assert (page.context["row"].state, page.context["may_change"]) == ("2 days overdue", False)
    assert [row.request.number for row in client.get(LIST, {"state": "overdue"}).context["rows"]] == ["26/15"]


def test_the_first_page_says_what_is_overdue_and_what_comes(client, panel, officer, member):
    # wording: an item is known by its words
    due(panel, "26/1", -2)
    due(panel, "26/2", -5)
    due(panel, "26/3", 6)
    due(panel, "26/4", 60)
    client.force_login(officer)
    page = client.get("/?whose=everyone").context["page"]
    late = [item for item in page.items if "committee" in item.what]
    assert [(item.number, item.day) for item in late] == [(2, localdate() - 5 * DAY)]
    assert len(client.get(late[0].url).context["rows"]) == 2
    ahead = [item for item in page.ahead if "committee" in item.what]
    assert [(item.day, item.number) for item in ahead] == [(localdate() + 6 * DAY, 1)]
    client.force_login(member)
    assert "of committees to answer" not in client.get(reverse("home")).text


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_costs_the_same_for_one_as_for_three(
    client, panel, westmarch, officer, approver, number, django_assert_num_queries
):
    for month in range(number):
        start = datetime.date(2024, 1 + month, 1)
        at = timezone.now()
        paper = papers.prepare(force=westmarch, panel=panel, start=start, end=start, by=officer, at=at)
        answered(due(panel, f"25/{month}", -9), paper, officer, approver)
        due(panel, f"26/{month}", -1, force=westmarch)
    client.force_login(officer)
    with django_assert_num_queries(8):
        assert len(client.get(LIST).context["rows"]) == 2 * number
