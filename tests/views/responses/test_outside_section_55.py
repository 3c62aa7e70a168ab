"""Of a report that section 55 is not about, nothing that anybody reads names that section, or a day that it would set.

Every page is asked for that a person of each role is led to, and each file that can be taken from there: in the suite
of one kind of report by the office and the public, in the soak of three by everybody.
"""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.papers.rendering import render_paper
from recommendations.documents.responses.response_pdf import render_response
from recommendations.documents.responses.response_text import plain_response
from recommendations.domain.calendar import feed_tokens
from recommendations.domain.papers import papers
from recommendations.domain.papers.finalising import finalise_paper
from recommendations.domain.people import records
from recommendations.domain.responses import publication
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.models import Invitation, Recipient, Response
from tests.conftest import AT, TODAY
from tests.environment import SOAK
from tests.makers.action_plans import recorded_before
from tests.makers.chief_officers import make_invitation
from tests.makers.responses import make_approved, make_draft, make_response
from tests.per_module import per_module
from tests.security.crawl import Crawl
from tests.views.public.makers import DAY, begin_correction, file_of, make_report, page_of, version_of

LATER, NOW = AT + DAY, AT + 6 * DAY
OUTSIDE = {"A super-complaint": {"kind": InspectionKind.SUPER_COMPLAINT, "respond_by": TODAY + 20 * DAY}}
if SOAK:
    OUTSIDE |= {
        "Fire and rescue": {"kind": InspectionKind.FIRE},
        "Another kind": {"kind": InspectionKind.OTHER, "section_55": False},
    }
    pytestmark = pytest.mark.soak
# Published on 15 January 2026: the 56th day is 11 March.
NAMED = re.compile(
    r"section.55|deadline (?:was|to respond)\b|\d days? late|\bof 56\b|56th|\b11 Mar(?:ch)?\b"
    r"|\b11/0?3/(?:20)?26\b|2026-?03-?11",
    re.I,
)
# What explains the law to everybody, and the forms that ask whether section 55 applies to a report.
GENERAL = {
    "definitions",
    "add_inspection",
    "edit_inspection",
    "reminders",
    "reminder_rules",
    "sources",
    "source",
    "basis",
}
# An approving officer is led to what an OPCC officer is, and to approving; an administrator to fewer of those pages.
ROLES = ("officer", None, *(("approver", "force_lead", "member", "administrator") if SOAK else ()))


@pytest.fixture(autouse=True)
def _on_a_day(settings, monkeypatch):
    """No second factor; and a day in that year, so that days are written without it where pages do so."""
    settings.DEMO = True
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def published(response, *, by, at):
    """Publish with the program's own PDF and text."""
    files = {"render": render_response, "plain": plain_response}
    return publication.publish_response(response=response, **files, by=by, at=at)


def corrected(report, body, officer, approver) -> Response:
    """A response that was published, corrected and published again."""
    published(make_approved(report, body, by=officer, approver=approver), by=officer, at=AT)
    response = begin_correction(Response.objects.get(answers__inspection=report), by=officer, at=LATER)
    approval_workflow.submit(response=response, by=officer, at=LATER)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=LATER)
    return published(Response.objects.get(pk=response.pk), by=officer, at=LATER).response


@per_module
def world(westmarch, body, officer, approver) -> dict:
    """Of each kind a report that waits, one whose response is drafted and whose force was asked, and one published."""
    records.keep(record=Recipient(kind="home_secretary", name="The Home Secretary"), by=None, at=AT)
    waiting, drafts, answered = [], [], []
    for title, facts in OUTSIDE.items():
        reports = [make_report(westmarch, title=f"{title} {number}", numbers=("1",), **facts) for number in range(4)]
        if facts["kind"] == InspectionKind.FIRE:
            reports[1:] = [recorded_before(report) for report in reports[1:]]
        waiting.append(reports[0])
        drafts += [make_draft(reports[1], body, by=officer), make_response(reports[2], body, by=officer)]
        make_invitation(drafts[-1], westmarch, by=officer)
        answered.append(corrected(reports[3], body, officer, approver))
    quarter = {"start": TODAY.replace(month=7, day=1), "end": TODAY.replace(month=9, day=30)}
    paper = papers.prepare(force=westmarch, **quarter, by=officer, at=AT)
    filed = finalise_paper(paper=paper, render=render_paper, by=approver, at=AT)
    return {"waiting": waiting, "drafts": drafts, "answered": answered, "paper": filed}


class Reader(Client):
    """A browser that keeps the words of each page that it was given."""

    def __init__(self, **defaults):
        super().__init__(**defaults)
        self.read: dict[str, str] = {}

    def get(self, path, *args, **kwargs):
        answer = super().get(path, *args, **kwargs)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            self.read[path] = words_of(answer)
        return answer


def words_of(page) -> str:
    """What a page says, its hints and labels too; not its scripts' addresses."""
    tree = LexborHTMLParser(page.content.decode())
    labels = [node.attributes.get("aria-label") or "" for node in tree.css("[aria-label]")]
    return " ".join([*tree.body.text(separator=" ").split(), *labels])


def named_in(told: dict[str, str]) -> dict[str, str]:
    """Where section 55 or its day is named, with the words around it."""
    found = {}
    for place, words in told.items():
        if match := NAMED.search(words):
            found[place] = words[max(0, match.start() - 60) : match.end() + 60]
    return found


def starts_of(world: dict) -> list[str]:
    pages = [each.get_absolute_url() for each in (*world["waiting"], *world["drafts"], *world["answered"])]
    pages += [page for each in world["answered"] for page in (page_of(each), version_of(each, 1))]
    return [*pages, world["paper"].get_absolute_url()]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_names_section_55_or_its_day(request, world, role):
    client = Reader()
    if role:
        client.force_login(request.getfixturevalue(role))
    Crawl(client).walk(reverse("home"), reverse("public_responses"), *starts_of(world))
    for state in ("late", "coming", "unstated"):
        client.get(f"{reverse('responses')}?waiting={state}")
    assert len(client.read) > (20 if role else 8)
    told = {page: words for page, words in client.read.items() if resolve(page.split("?")[0]).url_name not in GENERAL}
    assert named_in(told) == {}


def files_of(world: dict) -> list[str]:
    """The files that the office takes from the pages, beside those that everybody can.

    A PDF says what its Word file says: it is made of one of each kind of file, and of all in the soak.
    """
    force = world["paper"].force.slug
    found = [reverse("inspection_word", args=[each.pk]) for each in world["waiting"]]
    drafts = [each.pk for each in world["drafts"]]
    letters = list(Invitation.objects.values_list("response_id", flat=True))
    found += [reverse("response_draft", args=[pk, "docx"]) for pk in drafts]
    found += [reverse("response_draft", args=[pk, "pdf"]) for pk in (drafts if SOAK else drafts[:1])]
    found += [reverse("invitation_letter", args=[pk, force, form]) for pk in letters for form in ("txt", "docx")]
    found += [reverse("invitation_letter", args=[pk, force, "pdf"]) for pk in (letters if SOAK else letters[:1])]
    recipient = Recipient.objects.get().pk
    found += [reverse("covering_letter", args=[each.pk, recipient, "txt"]) for each in world["answered"]]
    return [*found, reverse("paper_file", args=[world["paper"].pk])]


def everybodys(world: dict) -> list[str]:
    lists = [reverse(name) for name in ("public_feed", "public_json", "public_csv")]
    answered = [(each, number, form) for each in world["answered"] for number in (1, 2) for form in ("pdf", "txt")]
    return [*lists, *(file_of(*each) for each in answered)]


def text_of_file(address: str, answer) -> str:
    """The words of a file: PDF and Word are read as documents, what is text as it stands."""
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith((b"%PDF", b"PK")):
        name = "a.pdf" if content.startswith(b"%PDF") else "a.docx"
        return "\n".join(line.text for line in read_lines(content, name))
    return content.decode()


def test_no_file_names_section_55_or_its_day(client, world, officer):
    public = {address: text_of_file(address, client.get(address)) for address in everybodys(world)}
    client.force_login(officer)
    told = {address: text_of_file(address, client.get(address)) for address in files_of(world)}
    compliance = client.get(reverse("compliance_csv"), {"from": "2025-01-01", "to": "2027-12-31"}).content.decode()
    told["compliance"] = compliance.partition("\n")[2]  # its headings name what there can be of any report
    assert compliance.count("\n") == 1 + 4 * len(OUTSIDE)
    assert named_in(public | told) == {}


def test_no_calendar_names_section_55_or_its_day(client, world, westmarch, officer):
    make_report(westmarch, title="Fire just out", kind=InspectionKind.FIRE, published_on=TODAY - 30 * DAY)
    client.force_login(officer)
    client.post(reverse("make_calendar_address"))
    address = reverse("calendar_feed", args=[feed_tokens.token_of(officer.calendar_addresses.get())])
    feed = client.get(address).content.decode().replace("\r\n ", "")
    assert len(re.findall("SUMMARY:.*last day to respond", feed)) == 3  # of the super-complaints
    assert named_in({"calendar": feed}) == {}
