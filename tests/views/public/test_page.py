"""One response as the public reads it: the kept text, its versions, what replaced what, and what is left of it."""

import datetime
import re

import pytest
from django.urls import reverse

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import RecipientKind
from recommendations.models import Copy, Invitation, Recipient, Response
from recommendations.trail import verb
from tests.conftest import AT
from tests.makers.responses import make_draft, publish, write
from tests.views.hooks import lacking, links
from tests.views.public.makers import (
    DAY,
    FIELDS,
    begin_correction,
    file_of,
    make_report,
    page_of,
    publish_correction,
    text_of,
    version_of,
    withdraw,
    write_and_publish,
)


def test_it_reads_as_it_was_published(client, written):
    answer = client.get(page_of(written))
    text = text_of(answer)
    for words in (
        "HMICFRS: Custody in Westmarch (custody inspection)",
        written.body.name,
        "We welcome the report.",
        "Recommendation 7.1 The force should test bell 7.1 of Custody in Westmarch.",
        "OPCC comment Action proposed. We have asked for the figures each quarter.",
        "The force agrees. A. Rowe, Chief constable, 7 November 2026.",
        "Published 7 November 2026 Report published 15 January 2026 Deadline 11 March 2026: 241 days late",
        "Version 1 (only version) Forces Westmarch Police",
        "Download as PDF",
        "Plain text",
    ):
        assert words in text
    assert (answer.status_code, "Oversight" in text) == (200, False)
    assert 'id="recommendation-7.1"' in answer.content.decode()
    assert 'href="#recommendation-7.1"' in answer.content.decode()


def test_its_latest_version_has_two_addresses_and_one_is_canonical(client, written):
    first, second = client.get(page_of(written)).content, client.get(version_of(written, 1)).content
    assert first == second
    assert f'rel="canonical" href="http://127.0.0.1:8000{page_of(written)}"'.encode() in first


def test_markdown_is_shown_and_its_notes_lead_back(client, report, body, officer, approver):
    response = make_draft(report, body, by=officer)
    for key, text in FIELDS.items():
        write(response, key, text=text, by=officer)
    publish_draft(response, officer, approver)
    html = client.get(page_of(response)).content.decode()
    for words in (
        'We welcome <strong>this</strong> report<sup><a href="#note-1" id="mark-1" aria-label="Footnote 1">1</a></sup>',
        '<li id="note-1">See <a href="https://example.org/levels"',
        '<a href="#mark-1">',
        "</h2><p>We thank the <em>chief</em> constable.</p>",
    ):
        assert words in html


def publish_draft(response, officer, approver):
    approval_workflow.submit(response=response, by=officer, at=AT)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=AT)
    return publish(Response.objects.get(pk=response.pk), by=officer)


def test_one_that_was_brought_in_has_its_own_marks_and_its_files(client, brought_in):
    html = client.get(page_of(brought_in)).content.decode()
    for words in (
        'report<sup><a href="#note-1" id="mark-1" aria-label="Footnote 1">1</a></sup>. It matters²³ to us<sup>',
        '<a href="#note-2" id="mark-2" aria-label="Footnote 4">4</a></sup>.',
        'href="https://example.org/levels" rel="nofollow"',
        "also answers recommendation 2.",
        'Answered with <a href="#recommendation-1">Recommendation 1</a>.',
        "No comment",
        "<h2>OPCC comment</h2><p>Words on the whole.</p>",
        "9 September 2020: in time",
    ):
        assert words in html
    assert ("Download as PDF" in html, "Plain text" in html) == (True, True)
    assert client.get(file_of(brought_in, 1, "pdf")).status_code == 200


def test_nothing_internal_is_on_the_page_of_what_was_brought_in(client, brought_in):
    html = client.get(page_of(brought_in)).content.decode()
    assert [words for words in ("Agenda item 7", "custody.txt", "EV-0001", "command line") if words in html] == []


def test_what_the_register_says_later_does_not_reach_it(client, written, brought_in, body, officer, at):
    before = [client.get(page_of(each)).content for each in (written, brought_in)]
    for response in (written, brought_in):
        for answer in response.answers.all():
            for each in answer.inspection.recommendations.all():
                new = NewRecommendation(number=each.number, text="Other words entirely.")
                inspections.edit_recommendation(
                    recommendation=each, version=each.version, new=new, reason="Typo.", by=officer, at=at
                )
    with verb("rename", by=None, at=at) as act:
        body.comment_label = "Mayor’s comment"
        act.save(body)
    assert [client.get(page_of(each)).content for each in (written, brought_in)] == before


def days_of(answer) -> list[str]:
    """What the page says of days: of a correction four, of a first version three."""
    return [words for _, words in answer.context["days"]]


@pytest.mark.soak
def test_a_correction_is_late_or_in_time_as_the_first_version_was(client, westmarch, body, officer, approver):
    report = make_report(westmarch, published_on=datetime.date(2026, 10, 1))
    written = write_and_publish(report, body, by=officer, approver=approver)
    publish_correction(written, by=officer, approver=approver, at=AT + 100 * DAY)
    latest, first = (client.get(address) for address in (page_of(written), version_of(written, 1)))
    assert days_of(latest) == [
        "7 November 2026, in time",
        "15 February 2027",
        "1 October 2026",
        "25 November 2026",
    ]
    assert days_of(first) == [
        "7 November 2026",
        "1 October 2026",
        "25 November 2026: in time",
    ]


def test_a_correction_is_a_version_that_names_the_one_before(client, written, officer, approver):
    publish_correction(written, by=officer, approver=approver, at=AT + DAY)
    pages = [client.get(address) for address in (page_of(written), version_of(written, 1))]
    now, before = map(text_of, pages)
    assert lacking(pages[0], ".app-public__note", "Version 2", "8 November 2026", "A figure was wrong.") == []
    assert "We welcome the report warmly." in now
    assert days_of(pages[0]) == [
        "7 November 2026, 241 days late",
        "8 November 2026",
        "15 January 2026",
        "11 March 2026",
    ]
    assert "Version 2, the latest" in now
    facts = ("version 1", "8 November 2026", "version 2", "A figure was wrong.")
    assert lacking(pages[1], ".app-public__note", *facts) == []
    assert ("We welcome the report." in before, "warmly" in before) == (True, False)
    assert "Version 1, replaced on 8 November 2026" in before


@pytest.mark.soak
def test_a_version_that_was_replaced_twice_leads_to_the_next_and_the_latest(client, written, officer, approver):
    for days in (1, 2):
        words = {"narrative": f"We welcome it, {days}.", "correction": f"Figure {days} was wrong."}
        publish_correction(written, by=officer, approver=approver, at=AT + days * DAY, **words)
    first, second = (client.get(version_of(written, number)) for number in (1, 2))
    assert lacking(first, ".app-public__note", "8 November 2026", "version 2", "Figure 1 was wrong.") == []
    assert links(first, ".app-public__note a") == [version_of(written, 2), page_of(written)]
    assert links(second, ".app-public__note a") == [version_of(written, 3)]
    assert client.get(version_of(written, 4)).status_code == 404


def test_while_it_is_corrected_the_last_version_stands_and_no_draft_word_shows(client, written, officer):
    before = client.get(page_of(written)).content
    begin_correction(written, by=officer, at=AT + DAY, narrative="Secretly other.", correction="Secretly wrong.")
    assert client.get(page_of(written)).content == before
    assert b"Secretly" not in before


def test_of_a_withdrawn_one_the_address_the_day_and_the_reason_stay(client, written, officer, approver):
    publish_correction(written, by=officer, approver=approver, at=AT + DAY)
    withdraw(written, by=approver, at=AT + 2 * DAY)
    for address in (page_of(written), version_of(written, 1), version_of(written, 2)):
        answer = client.get(address)
        text = text_of(answer)
        assert answer.status_code == 200
        assert "HMICFRS: Custody in Westmarch (custody inspection)" in text
        assert lacking(answer, ".app-public__note", "9 November 2026", "It named a person.") == []
        assert [words for words in ("welcome", "bell 7.1", "quarter", "agrees") if words in text] == []
    for form in ("pdf", "txt"):
        answer = client.get(file_of(written, 1, form))
        assert (answer.status_code, answer["Content-Type"]) == (410, "text/html; charset=utf-8")
        assert "Cache-Control" not in answer


def test_what_was_never_published_has_no_page(client, report, westmarch, body, officer, approver):
    draft = make_draft(report, body, by=officer)
    assert draft.slug == ""
    for address in ("/published/2026/custody-in-westmarch/", "/published/2026/custody-in-westmarch/v1/response.pdf"):
        assert client.get(address).status_code == 404
    withdraw(draft, by=approver, at=AT + DAY, reason="Not needed.")
    assert client.get("/published/2026/custody-in-westmarch/").status_code == 404


def test_the_office_holder_and_copies_of_the_law_are_told(client, report, body, officer, approver):
    with verb("elect", by=None, at=AT) as act:
        body.holder = "Ada Marsh"
        act.save(body)
    response = write_and_publish(report, body, by=officer, approver=approver)
    send_copies(response, {"inspectorate": DAY, "home_secretary": DAY, "other": DAY})
    text = text_of(client.get(page_of(response)))
    assert "Office holder Ada Marsh" in text
    # wording: to whom the law has copies go, and on which day they went
    assert "Copies went to the inspectorate and to the Home Secretary on 8 November 2026." in text
    assert "Recipient other" not in text


def test_copies_of_two_days_are_told_apart(client, written):
    send_copies(written, {"home_secretary": 2 * DAY, "inspectorate": DAY})
    text = text_of(client.get(page_of(written)))
    # wording: to whom the law has copies go, and on which day they went
    words = "Copies went to the inspectorate on 8 November 2026, and to the Home Secretary on 9 November 2026."
    assert words in text


def send_copies(response, days: dict[str, datetime.timedelta]) -> None:
    with verb("send_copies", by=None, at=AT) as act:
        for kind, after in days.items():
            recipient = act.save(Recipient(kind=RecipientKind(kind), name=f"Recipient {kind}"))
            sent = {"sent_to": "Recipient", "sent_on": (AT + after).date(), "recorded_at": AT}
            act.save(Copy(of=response.versions.get(), recipient=recipient, **sent))


@pytest.mark.soak
def test_a_chief_officer_who_said_nothing_is_told_so(client, report, westmarch, body, officer, approver):
    response = make_draft(report, body, by=officer)
    with verb("invite", by=None, at=AT) as act:
        comments = response.chief_officers.get()
        comments.withdrawn_at, comments.withdrawn_why = AT, "Of another report."
        act.save(comments)
        days = {"due_on": AT.date() - DAY, "sent_on": AT.date() - 20 * DAY}
        sent = {"sent_to": "The chief constable", "sent_how": "email", "recorded_at": AT}
        act.save(Invitation(response=response, force=westmarch, **days, **sent))
    publish_draft(response, officer, approver)
    text = text_of(client.get(page_of(response)))
    assert "The chief constable was invited on 18 October 2026 to comment by 6 November 2026. No comments were" in text


@pytest.mark.suite(0)
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("1",), tuple(map(str, range(1, 13)))])
def test_it_costs_five_queries_for_one_recommendation_as_for_many(
    client, westmarch, body, officer, approver, numbers, django_assert_num_queries
):
    report = make_report(westmarch, numbers=numbers)
    response = write_and_publish(report, body, by=officer, approver=approver)
    send_copies(response, {"inspectorate": DAY, "home_secretary": DAY})
    for address in (page_of(response), version_of(response, 1)):
        with django_assert_num_queries(5):
            client.get(address)
    withdraw(response, by=approver, at=AT + DAY)
    address = page_of(response)
    with django_assert_num_queries(3):
        client.get(address)


def test_the_offices_own_pages_lead_here(sign_in, officer, client, brought_in, written):
    page = sign_in(officer).get(brought_in.get_absolute_url()).content.decode()
    assert f'<a href="{page_of(brought_in)}">Its public page</a>' in page
    page = sign_in(officer).get(reverse("responses")).content.decode()
    assert f'href="{reverse("public_responses")}">Published responses</a>' in page


@pytest.mark.soak
def test_two_reports_share_one_page(client, westmarch, body, officer, approver):
    force = make_report(westmarch, title="Custody in Westmarch")
    national = make_report(westmarch, title="Custody everywhere", short_name="National")
    response = write_and_publish([force, national], body, by=officer, approver=approver)
    answer = client.get(page_of(response))
    text = text_of(answer)
    assert "Recommendation 7.1 (Custody 26) The force should test bell 7.1 of Custody in Westmarch." in text
    assert "Recommendation 7.1 (National) The force should test bell 7.1 of Custody everywhere." in text
    ids = re.findall(r' id="([^"]+)"', answer.content.decode())
    assert [each for each in ids if ids.count(each) > 1] == []


@pytest.mark.soak
def test_parts_with_signs_of_their_own_get_no_bullets(client, westmarch, body, officer, approver):
    made = make_report(westmarch, numbers=())
    for number, parts in (("1", ("(a) bells", "(b) lights")), ("2", ("bells", "lights"))):
        new = NewRecommendation(text="Test these:", number=number, parts=parts)
        inspections.add_recommendation(inspection=made, new=new, by=None, at=AT)
    html = client.get(page_of(write_and_publish(made, body, by=officer, approver=approver))).content.decode()
    assert '<ul class="app-public__signed"><li>(a) bells</li><li>(b) lights</li></ul>' in html
    assert "<ul><li>bells</li><li>lights</li></ul>" in html
