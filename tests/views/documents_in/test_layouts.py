"""A document is read by the layout that an earlier one left; one press reads it afresh; saving it leaves its own."""

import pytest
from django.urls import reverse

from recommendations.domain.layouts import layouts
from recommendations.exchange.documents_in.marking.roles import Role
from recommendations.models import DocumentDraft, DocumentLayout, Response, ResponseVersion
from tests.conftest import AT
from tests.makers.layouts import MARKS, MISREAD, NEXT, new_layout, remember
from tests.per_module import per_module

RESPONSE, REPORT = reverse("import_response"), reverse("import_report")
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
    press(client, page, "type:facts", shown=shown, **facts)


def save(client, page: str):
    answer = press(client, page, "save", once="x")
    assert answer.status_code == 302, answer.context["form"].problems


def roles(client, page: str) -> list[str]:
    return [str(block.role) for block in client.get(page).context["page"].marked.blocks]


RIGHT = [Role.NOTHING, Role.DAY, Role.TITLE, Role.NARRATIVE, *[Role.RECOMMENDATION, Role.COMMENT] * 2]
"""The second document's blocks."""


@per_module
def learned(body, officer, westmarch):
    """What the first document leaves."""
    from recommendations.exchange.documents_in.lines import lines_of_text
    from recommendations.exchange.documents_in.marking.blocks import blocks_of
    from recommendations.exchange.documents_in.marking.layouts import layout_of
    from recommendations.exchange.documents_in.marking.marks import Mark
    from recommendations.exchange.documents_in.marking.reading import marked_blocks
    from recommendations.exchange.documents_in.responses.reading import read_response

    pairs = (each.partition(":") for each in MARKS)
    marks = [Mark(int(line), int(line), Role(role)) for role, _, line in pairs]
    blocks = marked_blocks(blocks_of(read_response(lines_of_text(MISREAD))), marks)
    return remember(new_layout(layout_of(blocks).as_json(), body=body, document_on=AT.date()), by=officer)
