"""The tables that other programs fetch: who reads what, filtered as the register, page by page, and what is refused."""

import base64
import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token, scopes_for
from recommendations.domain.register import closures, voices
from recommendations.models import TrailEntry
from recommendations.periods import london_day
from recommendations.views.feeds import feeds
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.commitments import check, make_commitment, make_version
from tests.makers.factual_checks import make_filed
from tests.per_module import per_module

FEEDS, ODATA = "/api/v1/feeds/", "/api/v1/odata/"
NAMES = ["Register", "Updates", "Responses", "Commitments", "Papers"]


@pytest.fixture
def program(sign_in):
    """A program that shows a token of somebody, with all that they can have."""

    def made(person, scopes=None, by="Bearer"):
        sign_in(person).logout()
        at = timezone.now()
        found = make_token(name="Feed", scopes=scopes or scopes_for(person), last_day=london_day(at), by=person, at=at)
        shown = found.secret if by == "Bearer" else base64.b64encode(f"anything:{found.secret}".encode()).decode()
        return Client(headers={"Authorization": f"{by} {shown}"})

    return made


@per_module
def register(westmarch, eastvale, force_lead, approver):
    """Three open ones of Westmarch, one closed, and one of Eastvale; the first has two updates."""
    made = make_inspection(westmarch)
    rows = [make_tracked(made, number=str(number)) for number in range(1, 5)]
    rows.append(make_tracked(make_inspection(eastvale, title="Custody in Eastvale")))
    for done in ("=1+1", "Bells are tested."):
        voices.log_force_update(tracked=rows[0], done=done, by=force_lead, at=AT)
    closures.request_closure(tracked=rows[3], outcome="implemented", reason="Done.", by=force_lead, at=AT)
    closures.approve_closure(tracked=rows[3], reason="Agreed.", by=approver, at=AT)
    return rows


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def lines(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig"), newline="")))


def references(answer) -> list[str]:
    if "json" in answer["Content-Type"]:
        return [row["reference"] for row in json.loads(answer.content)["value"]]
    return [row["Reference"] for row in lines(answer)]


@pytest.mark.parametrize("by", ["Bearer", "Basic"])
def test_the_register_is_read_with_a_token_as_bearer_or_password_and_that_is_on_record(register, officer, program, by):
    answer = program(officer, by=by).get(f"{FEEDS}register.csv?show=all")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert references(answer) == ["WM-0001", "WM-0002", "WM-0003", "WM-0004", "EV-0001"]
    entry = TrailEntry.objects.filter(verb="read_feed").get()
    assert (entry.by, entry.about.partition("token")[0]) == (officer, "Register as CSV, ")
    assert (entry.about.rpartition(" ")[2], entry.changes) == ("show=all", "[]")


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["WM-0001", "WM-0002", "WM-0003", "EV-0001"]),
        ("show=closed", ["WM-0004"]),
        ("force=westmarch&sort=-reference&filters=show", ["WM-0001", "WM-0002", "WM-0003"]),
        ("q=wm-0002", ["WM-0002"]),
        ("show=closed&as_at=2026-11-06", []),
    ],
)
def test_a_feed_is_filtered_as_the_register_is(register, officer, program, query, found):
    client = program(officer)
    assert references(client.get(f"{FEEDS}register.csv?{query}")) == found
    assert references(client.get(f"{ODATA}Register?{query}")) == found


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("froce=westmarch", 400),
        ("force=westmach", 400),
        ("rag=purple", 400),
        ("as_at=yesterday-ish", 400),
        ("as_at=1/1/2099", 400),
    ],
)
def test_what_the_register_would_let_go_is_refused(register, officer, program, query, status):
    client = program(officer)
    answers = [client.get(f"{FEEDS}register.csv?{query}"), client.get(f"{ODATA}Register?{query}")]
    assert [each.status_code for each in answers] == [status] * 2
    assert all(json.loads(each.content)["error"]["message"] for each in answers)
    assert client.get(f"{FEEDS}responses.csv?force=westmarch").status_code == 400
    assert client.get(f"{ODATA}Register?$orderby=reference").status_code == 501


def test_each_role_reads_the_tables_that_are_theirs(register, officer, force_lead, member, administrator, program):
    lead, reader = program(force_lead), program(member)
    assert references(lead.get(f"{FEEDS}register.csv?show=all")) == ["WM-0001", "WM-0002", "WM-0003", "WM-0004"]
    assert lead.get(f"{FEEDS}register.csv?force=eastvale").status_code == 400
    assert [table["name"] for table in lead.get(ODATA).json()["value"]] == ["Register", "Updates", "Papers"]
    assert [table["name"] for table in reader.get(ODATA).json()["value"]] == ["Papers"]
    assert [table["name"] for table in program(officer).get(ODATA).json()["value"]] == NAMES
    statuses = [reader.get(f"{FEEDS}{name.lower()}.csv").status_code for name in NAMES]
    assert statuses == [403, 403, 403, 403, 200]
    some = program(officer, scopes=["read_papers"])
    assert [some.get(f"{ODATA}{name}").status_code for name in ("Register", "Papers")] == [403, 200]
    assert Client().get(f"{ODATA}Register").status_code == 401


def test_libreoffice_asks_with_another_method_first_and_goes_on_where_it_is_refused(db):
    """Asked for a token there, it would give up (tests/journeys/test_feeds.py)."""
    answer = Client().options(f"{FEEDS}register.csv")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_text_that_would_run_is_inert_in_csv_and_itself_in_a_typed_table(register, officer, program):
    client = program(officer)
    rows = lines(client.get(f"{FEEDS}updates.csv?q=wm-0001"))
    assert [row["What was said"] for row in rows] == ["Bells are tested.", "'=1+1"]
    found = client.get(f"{ODATA}Updates?q=wm-0001").json()["value"]
    assert [(row["text"], row["on"], row["withdrawn"]) for row in found] == [
        ("Bells are tested.", "2026-11-07", None),
        ("=1+1", "2026-11-07", None),
    ]
    assert len({row["id"] for row in found}) == 2


@pytest.mark.on_postgresql
def test_pages_lead_on_until_every_row_was_given_once(register, officer, program, monkeypatch, settings):
    monkeypatch.setattr(feeds, "PAGE", 2)
    client = program(officer)

    def follow(address: str) -> list[list[str]]:
        pages = []
        while address:
            answer = client.get(address.removeprefix(settings.ORIGIN))
            pages.append(references(answer))
            address = answer.json().get("@odata.nextLink", "")
        return pages

    assert follow(f"{ODATA}Register?show=all") == [["WM-0001", "WM-0002"], ["WM-0003", "WM-0004"], ["EV-0001"]]
    assert follow(f"{ODATA}Register?show=all&$top=3") == [["WM-0001", "WM-0002"], ["WM-0003"]]
    assert follow(f"{ODATA}Register?show=all&$skip=3") == [["WM-0004", "EV-0001"]]
    assert follow(f"{ODATA}Register?show=all&$top=2") == [["WM-0001", "WM-0002"]]
    assert follow(f"{ODATA}Register?show=all&$top=0") == [[]]
    assert follow(f"{ODATA}Register?show=all&$filter=status eq 'Open'&$skip=1") == [["WM-0002", "WM-0003"], ["EV-0001"]]
    assert follow(f"{ODATA}Register?$filter=closed_on ne null") == [[]]
    assert follow(f"{ODATA}Updates?show=all") == [["WM-0001", "WM-0001"]]
    assert TrailEntry.objects.filter(verb="read_feed").count() == 8


@pytest.mark.on_postgresql
def test_columns_are_chosen_and_their_types_are_named(register, officer, program, settings):
    client = program(officer)
    answer = client.get(f"{ODATA}Register?$select=force,reference&$top=1&$filter=force eq 'Eastvale'")
    assert answer.json() == {
        "@odata.context": f"{settings.ORIGIN}{ODATA}$metadata#Register(reference,force)",
        "value": [{"reference": "EV-0001", "force": "Eastvale"}],
    }
    answer = client.get(f"{ODATA}$metadata")
    assert (answer["Content-Type"], answer["OData-Version"]) == ("application/xml", "4.0")
    edm = "{http://docs.oasis-open.org/odata/ns/edm}"
    tree = ElementTree.fromstring(answer.content)
    assert [each.get("Name") for each in tree.iter(f"{edm}EntitySet")] == NAMES
    types = {
        each.get("Name"): {one.get("Name"): one.get("Type") for one in each.iter(f"{edm}Property")}
        for each in tree.iter(f"{edm}EntityType")
    }
    row = client.get(f"{ODATA}Register?$top=1").json()["value"][0]
    assert [*row] == [*types["RegisterRow"]]
    assert (types["RegisterRow"]["closed_on"], types["RegisterRow"]["target_moves"]) == ("Edm.Date", "Edm.Int64")


@pytest.mark.on_postgresql
def test_responses_commitments_and_papers_are_as_at_the_day(register, westmarch, body, officer, approver, program):
    commitment = make_commitment(make_version(body, westmarch, title="Custody once more"))
    check(commitment)
    commitment.refresh_from_db()
    paper = make_filed(westmarch, approver)
    client = program(officer)
    (row,) = client.get(f"{ODATA}Papers").json()["value"]
    assert (row["id"], row["force"], row["period_end"], row["paper"]) == (
        *(paper.pk, "Westmarch", "2026-06-30"),
        "Open paper",
    )
    assert (row["closing"], row["overdue_now"]) == (paper.figures["sum"]["closing"], 0)
    (row,) = client.get(f"{ODATA}Commitments").json()["value"]
    assert (row["id"], row["next_on"]) == (commitment.pk, commitment.next_on.isoformat())
    reports = client.get(f"{ODATA}Responses").json()["value"]
    assert [row["inspection"] for row in reports][:2] == ["Custody in Westmarch", "Custody in Eastvale"]
    before = [client.get(f"{ODATA}{name}?as_at=2025-01-01").json()["value"] for name in NAMES[2:]]
    assert before == [[], [], []]


@pytest.mark.on_postgresql
@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [4, 1])
def test_a_table_costs_the_same_for_one_as_for_four(register, officer, program, number, django_assert_num_queries):
    client, query = program(officer), f"q=wm{'' if number == 4 else f'-000{number}'}&show=all"
    client.get(f"{FEEDS}register.csv?{query}")
    with django_assert_num_queries(18):
        assert len(references(client.get(f"{FEEDS}register.csv?{query}"))) == number
