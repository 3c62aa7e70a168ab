"""The pages of a meeting: who came, in one grid; changing, cancelling and withdrawing it; its files."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.panels import meetings
from recommendations.domain.panels.attendance import AttendanceEntry, member_entry
from recommendations.domain.panels.panels import withdraw_member
from recommendations.domain.papers.issuing import withdraw_issue
from recommendations.models import Attendance, Meeting, MeetingFile
from tests.conftest import AT
from tests.makers.committees import make_panel, make_request
from tests.makers.factual_checks import issue_to, make_filed
from tests.makers.joint_papers import FINALISED, finalised, joint_draft
from tests.makers.panels import HELD_ON, make_channel, make_meeting, make_member, record
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, wrong

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def panel(westmarch):
    return make_channel(westmarch)


@per_module
def police(panel):
    return make_member(panel, "Ruth D’Arcy", of_force=True, rank="Supt", decision_maker=True)


@per_module
def chair(panel):
    return make_member(panel, "Siân O’Neill")


@per_module
def meeting(panel, police, chair):
    return make_meeting(panel)


def at(name: str, meeting, *more) -> str:
    return reverse(name, args=[meeting.pk, *more])


@pytest.fixture
def send(client, officer, meeting, police, chair):
    """Send the grid as a browser does: `police` and `chair` are how the two members attended."""
    client.force_login(officer)

    def act(*, police_was="present", chair_was="present", version=None, **typed):
        meeting.refresh_from_db()
        sent = {f"m{police.pk}-how": police_was, f"m{chair.pk}-how": chair_was, "others": "2"}
        sent |= {name.replace("__", "-"): value for name, value in typed.items()}
        return client.post(at("record_attendance", meeting), sent | {"version": version or meeting.version})

    return act


def recorded() -> dict[str, str]:
    return dict(Attendance.objects.values_list("name", "how"))


def summary(answer) -> list[str]:
    return [each.text().strip() for each in LexborHTMLParser(answer.text).css(".govuk-error-summary__list li")]


def test_the_whole_grid_is_saved_at_once(client, send, meeting, police):
    guest = {"p0__name": "Lee Watts", "p0__body": "Westmarch Police", "p0__rank": "Sgt", "p0__of_force": "on"}
    sent = send(police_was="apologies", p0__how="substitute", p0__substitute_for=police.pk, **guest)
    assert sent.url == meeting.get_absolute_url()
    assert recorded() == {"Ruth D’Arcy": "apologies", "Siân O’Neill": "present", "Lee Watts": "substitute"}
    page = LexborHTMLParser(client.get(sent.url).text)
    assert lacking(page, ".app-record__line", "Westmarch", "not by", "Lee Watts") == []
    assert "Substitute for Ruth D’Arcy" in page.css_first("table").text()


def test_a_withdrawn_member_is_among_the_others_of_the_grid_as_they_were_recorded(client, send, meeting, police, chair):
    send(police_was="absent")
    withdraw_member(member=police, reason="Of another panel.", by=None, at=AT)
    form = client.get(at("record_attendance", meeting)).context["form"]
    assert [row.member for row in form.members] == [chair]
    kept = form.other_rows[0]
    shown = [kept[name].value() for name in ("name", "rank", "of_force", "how")]
    assert shown == ["Ruth D’Arcy", "Supt", True, "absent"]
    whom = [label for _, label in kept.fields["substitute_for"].choices]
    assert whom == ["Nobody", "Siân O’Neill, Aldford Council"]
    taken = {"p0__name": "Ruth D’Arcy", "p0__body": "Westmarch Police", "p0__role": "Head", "p0__how": "absent"}
    row = Attendance.objects.get(name="Ruth D’Arcy")
    assert send(**taken).url == meeting.get_absolute_url()
    again = Attendance.objects.get(name="Ruth D’Arcy")
    assert (again.pk, again.how, again.member) == (row.pk, "absent", None)


def test_the_grid_shows_what_was_recorded_and_an_emptied_row_takes_the_person_out(client, send, meeting):
    send(p0__name="Lee Watts", p0__body="Police", p0__how="observer")
    page = LexborHTMLParser(client.get(at("record_attendance", meeting)).text)
    checked = [each.attributes["value"] for each in page.css("input[type=radio][checked]")]
    assert checked == ["present", "present", "observer"]
    assert page.css_first("[name=others]").attributes["value"] == "3"
    send(p0__name="", p0__body="")
    assert recorded() == {"Ruth D’Arcy": "present", "Siân O’Neill": "present"}


def test_a_part_has_times_and_times_that_were_left_do_not_count(send, police):
    refused = send(police_was="part", **{f"m{police.pk}__part_from": "9:30", f"m{police.pk}__part_to": "11:00"})
    assert (refused.status_code, wrong(refused)) == (422, [f"m{police.pk}-part_from"])
    assert lacking(refused, ".govuk-error-summary", "10:00") == []
    assert 'value="9:30"' in refused.text
    assert send(**{f"m{police.pk}__part_from": "10:30"}).status_code == 302
    assert Attendance.objects.get(member=police).part_from is None


def test_every_row_says_what_is_wrong_and_nothing_typed_is_lost(send, chair):
    answer = send(chair_was="", p0__name="Siân O'Neill", p0__body="Council", p0__how="present", p1__name="<b>Bo</b>")
    assert answer.status_code == 422
    assert wrong(answer) == [f"m{chair.pk}-how", "p1-body", "p1-how"]
    page = LexborHTMLParser(answer.text)
    assert [page.css_first(f"[name=p{place}-name]").attributes["value"] for place in (0, 1)] == [
        "Siân O'Neill",
        "<b>Bo</b>",
    ]
    links = [each.attributes["href"][1:] for each in page.css(".govuk-error-summary__list a")]
    assert [page.css_first(f"[id='{link}']") is not None for link in links] == [True, True, True]
    twice = send(p0__name="Siân O'Neill", p0__body="Council", p0__how="present")
    assert wrong(twice) == [f"m{chair.pk}-how", "p0-name"]
    assert lacking(twice, ".govuk-error-summary", "Siân O’Neill", "Siân O'Neill") == []
    assert recorded() == {}


def test_more_rows_come_without_anything_being_checked_or_lost(send):
    answer = send(chair_was="", p0__name="Lee", more="1")
    page = LexborHTMLParser(answer.text)
    assert (answer.status_code, summary(answer), len(page.css("[name$=-name]"))) == (200, [], 5)
    assert page.css_first("[name=p0-name]").attributes["value"] == "Lee"
    assert recorded() == {}


def test_two_people_in_one_grid_are_shown_both(send, meeting):
    version = meeting.version
    send(police_was="absent")
    answer = send(police_was="remote", version=version)
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.text)
    assert [" ".join(row.text(separator=" ").split()) for row in page.css(".app-diff tbody tr")] == [
        "Ruth D’Arcy Absent Remote"
    ]
    assert recorded()["Ruth D’Arcy"] == "absent"
    current = page.css_first("[name=version]").attributes["value"]
    assert send(police_was="remote", version=current).status_code == 302


def test_a_meeting_to_come_has_no_grid(client, panel, officer):
    client.force_login(officer)
    ahead = make_meeting(panel, datetime.date(2099, 1, 6))
    answer = client.get(at("record_attendance", ahead), follow=True)
    assert (flashes(answer), lacking(answer, ".app-flash", "6 January 2099")) == (["error"], [])


def test_a_meeting_is_moved_cancelled_and_withdrawn(client, meeting, officer):
    client.force_login(officer)
    same = {"start": "10:00", "end": "12:00", "place": "Guildhall", "note": "Room 2."}
    refused = client.post(at("change_meeting", meeting), same | {"on": "14/10/2026", "version": 1})
    assert wrong(refused) == ["reason"]
    client.post(at("change_meeting", meeting), same | {"on": "14/10/2026", "reason": "Ill.", "version": 1})
    moved = Meeting.objects.get()
    assert (moved.on, moved.moved_from, moved.note) == (datetime.date(2026, 10, 14), HELD_ON, "Room 2.")
    stale = client.post(at("cancel_meeting", meeting), {"why": "No case.", "version": 1})
    assert wrong(stale) == [""]
    client.post(at("cancel_meeting", meeting), {"why": "No case.", "version": moved.version})
    page = client.get(meeting.get_absolute_url()).text
    assert "No case." in page
    assert "Record who came" not in page


def test_minutes_are_attached_saved_and_withdrawn(client, meeting, officer):
    client.force_login(officer)
    file = SimpleUploadedFile("Minutes – Oct.txt", b"The panel met.")
    client.post(at("attach_meeting_file", meeting), {"kind": "minutes", "document": file})
    kept = MeetingFile.objects.get()
    answer = client.get(at("meeting_file", meeting, kept.pk))
    assert (answer.content, answer["X-Content-Type-Options"]) == (b"The panel met.", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert summary(client.post(at("attach_meeting_file", meeting), {"kind": "minutes"})) == ["Choose a file."]
    client.post(at("withdraw_meeting_file", meeting, kept.pk), {"reason": "Of another meeting."})
    assert client.get(at("meeting_file", meeting, kept.pk)).status_code == 404


def test_the_page_names_the_requests_that_were_minuted(client, meeting, panel, officer):
    client.force_login(officer)
    make_request(panel, "26/31", asked_on=HELD_ON)
    assert "26/31" in client.get(meeting.get_absolute_url()).text


def test_a_force_reads_how_its_own_people_attended(client, meeting, police, chair, force_lead, other_force_lead):
    guest = AttendanceEntry(name="Bo Council", body="Council", how="observer")
    record(meeting, member_entry(police, "present"), member_entry(chair, "present"), guest)
    client.force_login(force_lead)
    html = client.get(meeting.get_absolute_url()).text
    assert lacking(html, ".app-record__line", "Westmarch", "Ruth D’Arcy") == []
    assert [name in html for name in ("Siân O’Neill", "Bo Council", "Correct the attendance", "History")] == [False] * 4
    assert client.get(at("record_attendance", meeting)).status_code == 403
    client.force_login(other_force_lead)
    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_a_force_is_not_told_for_whom_of_another_body_its_people_came(
    client, meeting, police, chair, officer, force_lead
):
    stand_in = AttendanceEntry(
        name="Lee Watts", body="Westmarch Police", how="substitute", of_force=True, substitute_for=chair
    )
    record(meeting, member_entry(police, "present"), member_entry(chair, "apologies"), stand_in)
    for person, told in ((officer, True), (force_lead, False)):
        client.force_login(person)
        html = client.get(meeting.get_absolute_url()).text
        assert ("Lee Watts" in html, "Siân O’Neill" in html) == (True, told)


@per_module
def committee():
    return make_panel("Joint Audit Committee")


def tabled(client, meeting) -> list[str]:
    page = LexborHTMLParser(client.get(meeting.get_absolute_url()).text)
    return [" ".join(each.text().split()) for each in page.css("#tabled + ul li")]


def test_a_paper_that_is_issued_to_a_meeting_is_tabled_at_it(
    client, westmarch, eastvale, body, committee, officer, approver, force_lead
):
    client.force_login(officer)
    day = datetime.date(2026, 12, 3)
    planned = make_meeting(committee, day)
    first = issue_to(make_filed(westmarch, approver), panel=committee, meeting_on=day, item="7")
    assert (first.meeting, tabled(client, planned)) == (planned, ["Westmarch Police, 1 Apr 2026 to 30 Jun 2026 item 7"])
    issue_to(make_filed(eastvale, approver), panel=committee, meeting_on=day, item="8")
    issue_to(make_filed(eastvale, approver, end=day.replace(month=9)), panel=committee, meeting_on=day + DAY)
    assert [each.split(",")[0] for each in tabled(client, planned)] == ["Westmarch Police", "Eastvale Police"]
    later = make_meeting(committee, day + DAY)
    assert tabled(client, later) == ["Eastvale Police, 1 Apr 2026 to 3 Sep 2026 item 7"]
    withdraw_issue(issue=first, reason="Put off.", by=officer, at=AT)
    assert [each.split(",")[0] for each in tabled(client, planned)] == ["Eastvale Police"]
    client.force_login(force_lead)
    assert client.get(planned.get_absolute_url()).status_code == 404


@pytest.mark.soak
def test_a_cancelled_meeting_is_given_no_paper(committee, westmarch, body, approver):
    meeting = make_meeting(committee, datetime.date(2026, 12, 3))
    meetings.cancel_meeting(meeting=meeting, version=1, why="No quorum.", by=None, at=AT)
    assert issue_to(make_filed(westmarch, approver), panel=committee).meeting is None


@pytest.mark.soak
@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_a_meeting_asks_the_same_for_one_paper_as_for_three(
    client, westmarch, eastvale, body, committee, officer, approver, django_assert_num_queries, number
):
    client.force_login(officer)
    meeting = make_meeting(committee, datetime.date(2026, 12, 3))
    for month in range(1, number + 1):
        days = {"start": datetime.date(2026, month, 1), "end": datetime.date(2026, month, 28)}
        joint = finalised(joint_draft(westmarch, eastvale, by=officer, **days), by=approver)
        issue_to(joint, panel=committee, at=FINALISED)
    with django_assert_num_queries(14):
        client.get(meeting.get_absolute_url())


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_a_meeting_asks_the_same_for_one_person_as_for_three(
    client, meeting, police, officer, django_assert_num_queries, number
):
    client.force_login(officer)
    guests = [AttendanceEntry(name=f"Person {place}", body="Council", how="present") for place in range(number)]
    record(meeting, member_entry(police, "present"), *guests)
    with django_assert_num_queries(11):
        client.get(meeting.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(at("record_attendance", meeting))
