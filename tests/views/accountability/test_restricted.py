"""Which recommendations are restricted is the office’s: a meeting’s pages and documents tell a force of ticks alone."""

import io

import pytest
from django.urls import reverse
from django.utils.timezone import now
from docx import Document

from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.register.restrictions import restrict
from recommendations.enums import Marking
from recommendations.forms.accountability.meetings import CloseActionForm
from recommendations.models import AccountabilityMeeting
from tests.conftest import make_inspection, make_tracked
from tests.makers.accountability import agreed, confirm, make_ready, plan, put_on, write
from tests.makers.actions import make_action
from tests.makers.factual_checks import make_filed

TICKED = "zqticked"


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch, at=now()), at=now())


@pytest.fixture
def meetings(westmarch, body, record, officer) -> list[AccountabilityMeeting]:
    """Minutes about a recommendation with an action, and an agenda of the register."""
    first, second = (plan(westmarch, by=officer, at=now()) for _ in range(2))
    item = put_on(first, by=officer, at=now(), tracked=record)
    make_ready(first, by=officer, at=now())
    write(first, ItemNotes(item=item, asked="How is it?", answered="Well.", actions=(agreed(),)), by=officer, at=now())
    put_on(second, by=officer, at=now(), kind="register")
    make_ready(second, by=officer, at=now())
    return [confirm(first, by=officer, at=now()), second]


def addresses(meetings) -> list[str]:
    minutes, agenda = (each.pk for each in meetings)
    documents = [(minutes, "minutes"), (minutes, "action-log"), (agenda, "agenda")]
    files = [reverse("meeting_document", args=[pk, kind, "docx"]) for pk, kind in documents]
    pages = [*(each.get_absolute_url() for each in meetings), reverse("action_log", args=["westmarch"])]
    return [*pages, *files, *(f"{each}?restricted=1" for each in files)]


def said(answer) -> str:
    """The words of a page or of a Word document."""
    if "html" in answer["Content-Type"]:
        return answer.text.partition("<main")[2]
    document = Document(io.BytesIO(answer.getvalue()))
    texts = [*document.paragraphs, *document.sections[0].header.paragraphs, *document.sections[0].footer.paragraphs]
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(each.text for each in (*texts, *cells))


def test_a_force_reads_the_same_before_and_after_a_restriction(client, sign_in, meetings, record, officer, force_lead):
    sign_in(force_lead)
    before = [said(client.get(each)) for each in addresses(meetings)]
    assert not any("estricted" in each for each in before)
    restrict(tracked=record, reason="It names a person.", by=officer, at=now())
    assert [said(client.get(each)) for each in addresses(meetings)] == before


def test_the_office_is_told_and_its_files_are_marked(client, sign_in, meetings, record, officer):
    restrict(tracked=record, reason="It names a person.", by=officer, at=now())
    sign_in(officer)
    *pages, minutes, log, agenda, _, _, whole = [said(client.get(each)) for each in addresses(meetings)]
    assert all("estricted" in each for each in pages)
    assert not any(record.reference in each for each in (minutes, log, agenda))
    assert (record.reference in whole, Marking.SENSITIVE.label in whole) == (True, True)


def test_a_line_that_is_restricted_since_the_agenda_was_ready_is_marked(client, sign_in, westmarch, record, officer):
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), kind="register")
    make_ready(meeting, by=officer, at=now())
    restrict(tracked=record, reason="It names a person.", by=officer, at=now())
    sign_in(officer)
    whole = f"{reverse('meeting_document', args=[meeting.pk, 'agenda', 'docx'])}?restricted=1"
    assert whole in client.get(meeting.get_absolute_url()).text
    assert Marking.SENSITIVE.label in said(client.get(whole))


def test_a_force_is_told_of_a_tick(client, sign_in, westmarch, body, officer, force_lead):
    meeting = plan(westmarch, by=officer, at=now())
    put_on(meeting, by=officer, at=now(), heading=TICKED, restricted=True)
    make_ready(meeting, by=officer, at=now())
    sign_in(force_lead)
    page, document = (said(client.get(each)) for each in (meeting.get_absolute_url(), addresses([meeting, meeting])[5]))
    assert (TICKED in page, "Restricted" in page, TICKED in document) == (True, True, False)


def test_no_closed_paper_shows_that_an_action_is_done(westmarch, body, officer, approver):
    """The force and the public read what does: neither may learn that there is a closed paper."""
    make_filed(westmarch, approver, at=now(), closed=True)
    opened = make_filed(westmarch, approver, at=now())
    form = CloseActionForm(by=officer, force=westmarch, record=make_action(force=westmarch))
    assert list(form.fields["paper"].queryset) == [opened]
