"""A document is read by the layout that an earlier one left; one press reads it afresh; saving it leaves its own."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.domain.layouts import layouts
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.models import DocumentDraft, DocumentLayout, Response, ResponseVersion
from tests.conftest import AT
from tests.makers.layouts import MARKS, MISREAD, NEXT, layout_of_text, new_layout, remember
from tests.makers.sources import follow
from tests.per_module import per_module

RESPONSE, REPORT = reverse("import_response"), reverse("import_report")
CORONER = """REGULATION 28 REPORT TO PREVENT FUTURE DEATHS

THIS REPORT IS BEING SENT TO: The Chief Constable of Westmarch Police

CORONER'S CONCERNS

The MATTERS OF CONCERN are as follows:

1. Officers did not check the cell at night.

2. The handover was not written down.

ACTION SHOULD BE TAKEN

In my opinion action should be taken to prevent future deaths.
"""
FACTS = {"kind": "custody", "short_name": "Custody 25"}


@pytest.fixture
def client(sign_in, officer, body, westmarch):
    return sign_in(officer)


def read(client, westmarch, text: str, where: str = RESPONSE, **typed) -> str:
    """The address of the check of a pasted text."""
    days = {"published_on": "1/9/2025", "responded_on": "2/10/2025"} | typed
    answer = client.post(where, {"text": text, "force": westmarch.pk, **days})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def press(client, page: str, do: str, **more):
    version = DocumentDraft.objects.get().version
    return client.post(page, {"do": do, "version": version, **more})


def mark_right(client, page: str) -> None:
    for mark in MARKS:
        role, _, line = mark.partition(":")
        press(client, page, f"mark:{role}", first=line)


def type_facts(client, page: str, **facts) -> None:
    """What the document doesn't say."""
    shown = client.get(f"{page}?edit=facts").context["page"].facts_shown
    press(client, page, "type:facts", **{**json.loads(shown), "seen": shown, **facts})


def save(client, page: str):
    answer = press(client, page, "save", once=page)
    assert answer.status_code == 302, answer.context["form"].problems


def roles(client, page: str) -> list[str]:
    return [str(block.role) for block in client.get(page).context["page"].marked.blocks]


RIGHT = [
    BlockRole.NOTHING,
    BlockRole.DAY,
    BlockRole.TITLE,
    BlockRole.NARRATIVE,
    *[BlockRole.RECOMMENDATION, BlockRole.COMMENT] * 2,
]
"""The second document's blocks."""


@per_module
def learned(body, officer):
    """What the first document leaves."""
    layout = layout_of_text(MISREAD, MARKS)
    return remember(new_layout(layout, body=body, document_on=datetime.date(2025, 10, 2)), by=officer)


def test_a_misread_document_leaves_its_layout_and_the_next_is_read_by_it(client, westmarch, officer, body):
    first = read(client, westmarch, MISREAD)
    assert client.get(first).context["page"].marked.known_layout is None
    mark_right(client, first)
    type_facts(client, first, **FACTS)
    assert client.get(first).context["page"].layout_for == "Marches OPCC"
    save(client, first)
    kept = DocumentLayout.objects.get()
    assert (kept.kind, kept.body, kept.kept_by) == ("response", body, officer)
    assert (kept.document_name, kept.document_on) == ("Custody in Westmarch", datetime.date(2025, 10, 2))
    second = read(client, westmarch, NEXT, published_on="1/9/2026", responded_on="5/10/2026")
    page = client.get(second).context["page"]
    assert (page.marked.known_layout, page.layout_for) == (kept, "")
    assert roles(client, second) == RIGHT
    type_facts(client, second, kind="other", short_name="Roads 26", section_55="no")
    save(client, second)
    version = ResponseVersion.objects.latest("pk")
    assert (version.layout, version.comments.count(), DocumentLayout.objects.count()) == (kept, 2, 1)


def test_one_press_reads_afresh_and_one_reads_by_the_layout_again(client, westmarch, learned):
    page = read(client, westmarch, NEXT)
    assert roles(client, page) == RIGHT
    press(client, page, "read_afresh:yes")
    assert BlockRole.RECOMMENDATION not in roles(client, page)
    assert client.get(page).context["page"].layout_for == "Marches OPCC"
    press(client, page, "read_afresh:no")
    assert roles(client, page) == RIGHT
    stale = client.post(page, {"do": "read_afresh:yes", "version": 1})
    assert (stale.status_code, roles(client, page)) == (302, RIGHT)


def test_marks_stand_over_the_layout_and_what_they_teach_replaces_it(client, westmarch, learned):
    page = read(client, westmarch, NEXT)
    press(client, page, "mark:nothing", first=4)
    assert client.get(page).context["page"].layout_for == "Marches OPCC"
    type_facts(client, page, **FACTS)
    save(client, page)
    learned.refresh_from_db()
    (new,) = DocumentLayout.objects.in_use()
    assert learned.replaced_by == new
    known = len(learned.layout["blocks"])
    assert len(new.layout["blocks"]) > known  # what was known is kept
    assert ResponseVersion.objects.get().layout == learned


def test_what_was_read_afresh_and_marked_takes_the_place_of_the_layout(client, westmarch, learned):
    page = read(client, westmarch, NEXT)
    press(client, page, "read_afresh:yes")
    for mark in ("title:1", "recommendation:5", "comment:6"):
        role, _, line = mark.partition(":")
        press(client, page, f"mark:{role}", first=line)
    type_facts(client, page, **FACTS)
    save(client, page)
    learned.refresh_from_db()
    (new,) = DocumentLayout.objects.in_use()
    assert (learned.replaced_by, ResponseVersion.objects.get().layout) == (new, None)
    assert {row[0] for row in new.layout["blocks"]}.isdisjoint({"nothing"})  # what the former one left out


def test_a_layout_is_not_remembered_if_the_person_says_so(client, westmarch):
    page = read(client, westmarch, MISREAD)
    mark_right(client, page)
    press(client, page, "remember_layout:no")
    press(client, page, "remember_layout:yes")
    press(client, page, "remember_layout:no")
    type_facts(client, page, **FACTS)
    save(client, page)
    assert (Response.objects.count(), DocumentLayout.objects.count()) == (1, 0)


def test_a_retired_layout_is_not_used_even_for_a_document_that_is_being_checked(
    client, westmarch, learned, administrator
):
    page = read(client, westmarch, NEXT)
    layouts.retire_layout(layout=learned, version=1, by=administrator, at=AT)
    assert client.get(page).context["page"].marked.known_layout is None
    assert BlockRole.RECOMMENDATION not in roles(client, page)
    other = read(client, westmarch, NEXT.replace("tyres", "lamps"))
    assert [draft.layout for draft in DocumentDraft.objects.order_by("pk")] == [learned, None]
    assert BlockRole.RECOMMENDATION not in roles(client, other)


def test_a_layout_of_another_kind_of_document_is_not_used(client, westmarch, learned):
    page = read(client, westmarch, NEXT.replace("They want", "Recommendation"), REPORT)
    assert client.get(page).context["page"].marked.known_layout is None


def test_a_report_in_which_the_reader_finds_nothing_is_taken_and_read_by_its_layout(client, westmarch, learned):
    afresh = client.get(read(client, westmarch, NEXT, REPORT)).context["page"]
    assert (afresh.marked.known_layout, afresh.has_none) == (None, True)
    report = remember(new_layout(learned.layout, "hmicfrs", document_on=AT.date()))
    page = client.get(read(client, westmarch, NEXT, REPORT)).context["page"]
    assert (page.marked.known_layout, len(page.values.recommendations)) == (report, 2)


def test_what_the_layout_of_a_coroners_report_would_be_is_neither_asked_nor_kept(client, westmarch, learned):
    follow("coroner")
    page = read(client, westmarch, CORONER, REPORT, published_on="1/9/2025")
    context = client.get(page).context["page"]
    assert (context.draft.kind, context.marked.known_layout, context.layout_for) == ("coroner", None, "")


def test_the_check_costs_the_same_read_by_a_layout_and_afresh(client, westmarch, learned):
    page = read(client, westmarch, NEXT)
    client.get(page)
    with CaptureQueriesContext(connection) as by_it:
        client.get(page)
    press(client, page, "read_afresh:yes")
    with CaptureQueriesContext(connection) as afresh:
        client.get(page)
    assert len(by_it) == len(afresh)
