"""The letters as files: named by what they are and of which day, in the trail; and a page where there is none yet."""

import datetime
import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.people import records
from recommendations.domain.responses import copies, publishing
from recommendations.domain.responses.chief_officers import invitations
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import IssuedFile, Recipient, Response, TrailEntry
from recommendations.periods import london_day
from tests.conftest import make_inspection, make_tracked
from tests.makers.responses import make_published, make_response
from tests.per_module import per_module
from tests.views.hooks import links
from tests.views.responses.conftest import words

DAY = datetime.timedelta(days=1)
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


@pytest.fixture(scope="session")
def at():
    """The pages read the clock, so what they are of is of now."""
    return timezone.now()


@pytest.fixture(scope="session")
def today(at):
    return london_day(at)


@per_module
def asked(westmarch, body, officer, at, today):
    report = make_inspection(westmarch, published_on=today - 30 * DAY, at=at)
    make_tracked(report, heading="Bells", at=at)
    return make_response(report, body, by=officer, at=at)


@per_module
def invitation(asked, westmarch, officer, at, today):
    return invitations.invite(response=asked, force=westmarch, due_on=today + 14 * DAY, by=officer, at=at)


@per_module
def published(westmarch, body, officer, approver, at, today):
    report = make_inspection(westmarch, title="Cells", published_on=today - 30 * DAY, at=at)
    make_tracked(report, at=at)
    return make_published(report, body, by=officer, approver=approver, at=at)


@pytest.fixture
def recipient(at):
    record = Recipient(kind="inspectorate", name="His Majesty’s Inspectorate", address="1 Lower Street")
    return records.keep(record=record, by=None, at=at)


def invite_address(response, form="pdf", force="westmarch"):
    return reverse("invitation_letter", args=[response.pk, force, form])


def copy_address(response, recipient, form="pdf"):
    return reverse("covering_letter", args=[response.pk, recipient.pk, form])


def name_of(answer) -> str:
    return answer["Content-Disposition"]


def taken() -> list[tuple]:
    return list(TrailEntry.objects.filter(verb="export_letter").order_by("sequence").values_list("about", "by_name"))


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("form", TYPES)
def test_the_invitation_is_a_file_named_by_force_and_day(sign_in, officer, asked, invitation, today, form):
    answer = sign_in(officer).get(invite_address(asked, form))
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[form])
    assert name_of(answer) == f'attachment; filename="invitation-westmarch-{today}.{form}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert taken() == [(f"invitation-westmarch-{today}.{form}", "Hannah Whitlock")]


def test_each_form_has_the_same_words(sign_in, officer, force_lead, asked, invitation, settings):
    settings.ORIGIN = "https://oversight.example"
    client = sign_in(officer)
    subject = f"HMICFRS: Custody in Westmarch. Your comments, please, by {invitation.due_on:%-d %B %Y}"
    form = f"https://oversight.example{reverse('write_comments', args=[invitation.pk])}"
    text = client.get(invite_address(asked, "txt")).content.decode()
    document = docx.Document(io.BytesIO(client.get(invite_address(asked, "docx")).content))
    assert text.startswith(f"Subject: {subject}\n\nOFFICIAL\n\nDear Chief Constable,\n\n")
    assert [form in line for line in text.splitlines() if "Callum Tranter" in line] == [True]
    paragraphs = [each.text for each in document.paragraphs]
    assert subject in paragraphs
    assert form in "\n".join(paragraphs)
    assert client.get(invite_address(asked)).content.startswith(b"%PDF-")


def test_a_letter_that_was_sent_has_the_day_of_the_sending(sign_in, officer, asked, invitation, at, today):
    sent = {"sent_on": today - 2 * DAY, "sent_to": "A. Rowe"}
    invitations.record_sent(invitation=invitation, by=officer, at=at, **sent)
    assert f"invitation-westmarch-{today - 2 * DAY}.txt" in name_of(sign_in(officer).get(invite_address(asked, "txt")))


def test_there_is_no_invitation_yet(sign_in, officer, asked):
    answer = sign_in(officer).get(invite_address(asked))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert links(html, ".app-message .govuk-body a") == [reverse("response_comments", args=[asked.pk])]
    assert taken() == []


@pytest.mark.soak
def test_what_is_not_there_is_404(sign_in, officer, eastvale, asked, invitation, published, recipient):
    client = sign_in(officer)
    addresses = [
        invite_address(asked, "exe"),
        invite_address(asked, force=eastvale.slug),
        invite_address(asked, force="nowhere"),
        reverse("invitation_letter", args=[asked.pk + 1000, "westmarch", "pdf"]),
        copy_address(published, recipient, "html"),
        reverse("covering_letter", args=[published.pk, recipient.pk + 1000, "pdf"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert taken() == []


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("form", TYPES)
def test_the_covering_letter_is_a_file_named_by_recipient_and_day(sign_in, officer, published, recipient, today, form):
    answer = sign_in(officer).get(copy_address(published, recipient, form))
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[form])
    assert name_of(answer) == f'attachment; filename="copy-his-majestys-inspectorate-{today}.{form}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert taken() == [(f"copy-his-majestys-inspectorate-{today}.{form}", "Hannah Whitlock")]


def test_the_covering_letter_names_the_public_address_and_the_files(sign_in, officer, published, recipient, settings):
    settings.ORIGIN = "https://oversight.example"
    text = sign_in(officer).get(copy_address(published, recipient, "txt")).content.decode()
    assert f" https://oversight.example{published.get_public_url()}." in text
    names = IssuedFile.objects.order_by("pk").values_list("name", flat=True)
    assert [line.partition(":")[0] for line in text.splitlines() if line.startswith("- ")] == [
        f"- {name}" for name in names
    ]


def test_a_copy_that_was_sent_has_the_day_of_the_sending(sign_in, officer, published, recipient, at, today):
    copies.record_copy(version=published.versions.get(), recipient=recipient, sent_on=today, by=officer, at=at)
    assert f"-{today}.txt" in name_of(sign_in(officer).get(copy_address(published, recipient, "txt")))


def test_nothing_is_published_yet(sign_in, officer, asked, recipient):
    answer = sign_in(officer).get(copy_address(asked, recipient))
    assert (answer.status_code, taken()) == (409, [])
    assert links(answer, ".app-message .govuk-body a") == [reverse("response_copies", args=[asked.pk])]


def test_a_withdrawn_response_has_no_covering_letter(sign_in, officer, approver, published, recipient, at):
    publishing.withdraw_response(response=published, reason="Wrong report.", by=approver, at=at)
    answer = sign_in(officer).get(copy_address(published, recipient))
    assert (answer.status_code, taken()) == (409, [])


def test_a_correction_that_is_written_changes_no_letter(sign_in, officer, published, recipient, at):
    before = sign_in(officer).get(copy_address(published, recipient, "txt")).content
    publishing.correct(response=published, by=officer, at=at)
    draft = Response.objects.get(pk=published.pk)
    part = next(each for each in approval_workflow.parts_of(draft) if each.name == "correction")
    approval_workflow.save_part(
        response=draft, part=part, values={"text": "zqdraft"}, version=part.version, by=officer, at=at
    )
    assert sign_in(officer).get(copy_address(published, recipient, "txt")).content == before


def test_a_head_makes_nothing_and_leaves_no_entry(sign_in, officer, asked, invitation):
    answer = sign_in(officer).head(invite_address(asked))
    assert (answer.status_code, answer.content) == (200, b"")
    assert taken() == []


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_nobody_else_takes_a_letter(request, sign_in, asked, invitation, who):
    assert sign_in(request.getfixturevalue(who)).get(invite_address(asked)).status_code == 403


def test_a_force_named_in_letters_that_no_font_has_gets_its_letter(sign_in, officer, westmarch, asked, invitation, at):
    westmarch.chief_officer, westmarch.address = "警察 " + "W" * 100, "→\n" * 30
    records.keep(record=westmarch, by=None, at=at)
    assert sign_in(officer).get(invite_address(asked)).content.startswith(b"%PDF-")


@pytest.mark.suite(0)
@pytest.mark.parametrize("count", [3, 1])
def test_an_invitation_costs_the_same_for_one_thing_asked_as_for_three(
    sign_in, officer, asked, invitation, count, django_assert_num_queries
):
    for number in range(1, count):
        make_tracked(asked.answers.get().inspection, number=str(number + 1))
    client = sign_in(officer)
    client.get(invite_address(asked, "txt"))
    with django_assert_num_queries(20):
        client.get(invite_address(asked, "txt"))


@pytest.mark.suite(0)
@pytest.mark.parametrize("count", [3, 1])
def test_a_covering_letter_costs_the_same_for_one_recipient_as_for_three(
    sign_in, officer, published, recipient, at, count, django_assert_num_queries
):
    for number in range(1, count):
        records.keep(record=Recipient(kind="other", name=f"Other {number}"), by=None, at=at)
    client = sign_in(officer)
    client.get(copy_address(published, recipient, "txt"))
    with django_assert_num_queries(18):
        client.get(copy_address(published, recipient, "txt"))


def test_each_page_has_the_links(sign_in, officer, asked, invitation, published, recipient):
    client = sign_in(officer)
    html = client.get(reverse("response_comments", args=[asked.pk])).content.decode()
    assert all(f'href="{invite_address(asked, form)}"' in html for form in TYPES)
    html = client.get(reverse("response_copies", args=[published.pk])).content.decode()
    assert all(f'href="{copy_address(published, recipient, form)}"' in html for form in TYPES)
    assert ["His Majesty’s Inspectorate" in each for each in words(html, "td a")].count(True) == 4
