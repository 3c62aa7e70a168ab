"""The tables that other programs fetch: who reads what, filtered as the register, and what is refused."""

import base64
import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from recommendations.domain.feeds import columns
from recommendations.domain.people.api_tokens import make_token, scopes_for
from recommendations.domain.register import closures, voices
from recommendations.models import TrailEntry
from recommendations.periods import london_day
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.commitments import check, make_commitment, make_version
from tests.makers.factual_checks import make_filed
from tests.per_module import per_module

FEEDS = "/api/v1/feeds/"
NAMES = ["register", "updates", "responses", "commitments", "papers"]


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
        ("force=westmarch&sort=-reference", ["WM-0001", "WM-0002", "WM-0003"]),
        ("q=wm-0002", ["WM-0002"]),
        ("show=closed&as_at=2026-11-06", []),
    ],
)
def test_a_feed_is_filtered_as_the_register_is(register, officer, program, query, found):
    assert references(program(officer).get(f"{FEEDS}register.csv?{query}")) == found


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("froce=westmarch", "“froce”"),
        ("force=westmach", "“force=westmach”"),
        ("rag=purple", "“rag=purple”"),
        ("as_at=yesterday-ish", "“yesterday-ish”"),
        ("as_at=1/1/2099", "1 January 2099"),
        ("$filter=force eq 'Westmarch'", "“$filter”"),
    ],
)
def test_what_the_register_would_let_go_is_refused(register, officer, program, query, named):
    answer = program(officer).get(f"{FEEDS}register.csv?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"].startswith(named)


def test_a_table_that_is_not_the_register_takes_no_filter_of_it(officer, program):
    assert program(officer).get(f"{FEEDS}responses.csv?force=westmarch").status_code == 400


def test_each_role_reads_the_tables_that_are_theirs(register, officer, force_lead, member, administrator, program):
    lead, reader = program(force_lead), program(member)
    assert references(lead.get(f"{FEEDS}register.csv?show=all")) == ["WM-0001", "WM-0002", "WM-0003", "WM-0004"]
    assert lead.get(f"{FEEDS}register.csv?force=eastvale").status_code == 400

    def statuses(client) -> list[int]:
        return [client.get(f"{FEEDS}{name}.csv").status_code for name in NAMES]

    assert statuses(lead) == [200, 200, 403, 403, 200]
    assert statuses(reader) == [403, 403, 403, 403, 200]
    assert statuses(program(officer)) == [200] * 5
    assert statuses(program(officer, scopes=["read_papers"])) == [403, 403, 403, 403, 200]
    assert statuses(Client()) == [401] * 5


def test_whoever_shows_no_token_is_asked_for_a_name_and_a_password(db):
    """As Power BI, Excel and LibreOffice understand it."""
    answer = Client().get(f"{FEEDS}register.csv")
    assert (answer.status_code, 'Basic realm="Oversight"' in answer["WWW-Authenticate"]) == (401, True)


def test_libreoffice_asks_with_another_method_first_and_goes_on_where_it_is_refused(db):
    """Asked for a token there, it would give up (tests/journeys/test_feeds.py)."""
    answer = Client().options(f"{FEEDS}register.csv")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_text_that_would_run_is_inert(register, officer, program):
    rows = lines(program(officer).get(f"{FEEDS}updates.csv?q=wm-0001"))
    assert [(row["What was said"], row["Withdrawn"]) for row in rows] == [("Bells are tested.", ""), ("'=1+1", "")]


@pytest.mark.on_postgresql
def test_a_row_has_the_same_identifier_each_time_and_updates_name_their_recommendation(register, officer, program):
    client = program(officer)
    first, again = (lines(client.get(f"{FEEDS}updates.csv?show=all")) for _ in range(2))
    assert first == again
    ids = {row["Reference"]: row["Id"] for row in lines(client.get(f"{FEEDS}register.csv?show=all"))}
    assert [row["Recommendation id"] for row in first] == [ids[row["Reference"]] for row in first]
    assert len({row["Id"] for row in first}) == len(first) == 2


@pytest.mark.on_postgresql
def test_responses_commitments_and_papers_are_as_at_the_day(register, westmarch, body, officer, approver, program):
    commitment = make_commitment(make_version(body, westmarch, title="Custody once more"))
    check(commitment)
    commitment.refresh_from_db()
    paper = make_filed(westmarch, approver)
    client = program(officer)
    (row,) = lines(client.get(f"{FEEDS}papers.csv"))
    assert (row["Id"], row["Force"], row["Period end"], row["Paper"]) == (
        *(str(paper.pk), "Westmarch", "2026-06-30"),
        "Open paper",
    )
    last = [row[fields[-1].heading] for fields in (columns.TERMS, columns.THEN_AND_NOW)]
    assert last == [str(paper.figures["sum"]["closing"]), "0"]
    (row,) = lines(client.get(f"{FEEDS}commitments.csv"))
    assert (row["Id"], row["Next check"]) == (str(commitment.pk), commitment.next_on.isoformat())
    reports = lines(client.get(f"{FEEDS}responses.csv"))
    assert [row["Inspection"] for row in reports][:2] == ["Custody in Westmarch", "Custody in Eastvale"]
    before = [lines(client.get(f"{FEEDS}{name}.csv?as_at=2025-01-01")) for name in NAMES[2:]]
    assert before == [[], [], []]


@pytest.mark.on_postgresql
@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [4, 1])
def test_a_table_costs_the_same_for_one_as_for_four(register, officer, program, number, django_assert_num_queries):
    client, query = program(officer), f"q=wm{'' if number == 4 else f'-000{number}'}&show=all"
    client.get(f"{FEEDS}register.csv?{query}")
    with django_assert_num_queries(20):
        assert len(references(client.get(f"{FEEDS}register.csv?{query}"))) == number
