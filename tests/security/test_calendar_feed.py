"""A person's calendar at its secret address: for whoever has it, as that person may see it now, and in few words."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.calendar import feed_tokens
from recommendations.domain.people import records
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Role
from recommendations.models import CalendarAddress, TrailEntry
from recommendations.periods import london_day
from tests.conftest import AT
from tests.makers.calendar import SECRET, of_committees, of_meetings, of_the_force
from tests.makers.panels import make_channel, make_meeting


def soon() -> datetime.date:
    return london_day(timezone.now()) + datetime.timedelta(days=20)


def address_of(person) -> str:
    return reverse("calendar_feed", args=[feed_tokens.token_of(feed_tokens.make_address(by=person, at=AT))])


def summaries(client, address: str) -> list[str]:
    text = client.get(address).content.decode().replace("\r\n ", "")
    return sorted(line.removeprefix("SUMMARY:") for line in text.split("\r\n") if line.startswith("SUMMARY:"))


def statuses(client, *addresses) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_it_takes_no_session_sets_no_cookie_and_is_kept_by_no_cache(client, officer, westmarch):
    make_meeting(make_channel(westmarch), soon())
    answer = client.get(address_of(officer))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert dict(answer.cookies) == {}
    assert summaries(client, address_of(officer)) == ["Meeting: Aldford Channel panel"]


def test_asking_writes_nothing(client, officer):
    address, before = address_of(officer), TrailEntry.objects.count()
    client.get(address)
    assert TrailEntry.objects.count() == before


def test_a_force_is_given_its_own_alone(client, westmarch, eastvale, force_lead, other_force_lead):
    make_meeting(make_channel(westmarch), soon())
    make_meeting(make_channel(eastvale, "Zqother panel"), soon())
    assert summaries(client, address_of(force_lead)) == ["Meeting: Aldford Channel panel"]
    assert summaries(client, address_of(other_force_lead)) == ["Meeting: Zqother panel"]


def test_no_text_of_a_record_leaves_in_it(client, officer, approver, westmarch):
    of_meetings(westmarch, on=soon())
    of_the_force(westmarch, on=soon())
    of_committees(westmarch, approver, on=soon())
    said = client.get(address_of(officer)).content.decode()
    assert SECRET not in said.replace("\r\n ", "")
    assert summaries(client, address_of(officer)) == [
        "Answer to a request: Audit committee Westmarch\\, 26/1",
        "Draft of a paper for a committee",
        "Factual check of a paper: Westmarch",
        "Inspection expected: Westmarch",
        "Meeting: Westmarch Channel panel",
        "Paper to Audit committee Westmarch\\, item 7",
        "Term of a member ends: Westmarch Channel panel",
        "Update round ends: Westmarch",
    ]


def test_an_ended_or_replaced_address_answers_nobody(client, officer):
    first = address_of(officer)
    second = address_of(officer)
    assert statuses(client, first, second) == [404, 200]
    feed_tokens.end_address(address=feed_tokens.address_of(officer), by=officer, at=AT)
    assert statuses(client, first, second) == [404, 404]
    with pytest.raises(Refusal, match="This address has ended already"):
        feed_tokens.end_address(address=CalendarAddress.objects.latest("pk"), by=officer, at=AT)


def test_it_follows_what_its_owner_is_now(client, westmarch, officer, member):
    make_meeting(make_channel(westmarch), soon())
    address = address_of(officer)
    for role, status, said in (
        (Role.COMMITTEE_MEMBER, 200, []),
        (Role.ADMINISTRATOR, 404, []),
        (Role.OPCC_OFFICER, 200, ["Meeting: Aldford Channel panel"]),
    ):
        officer.role = role
        records.keep(record=officer, by=None, at=AT)
        assert (client.get(address).status_code, summaries(client, address)) == (status, said)
    officer.is_active = False
    records.keep(record=officer, by=None, at=AT)
    assert statuses(client, address) == [404]


def test_no_guess_and_no_half_of_an_address_opens_one(client, officer, force_lead, django_assert_num_queries):
    one, other = (feed_tokens.make_address(by=each, at=AT) for each in (officer, force_lead))
    token = feed_tokens.token_of(one)
    wrong = [one.key, token[:-1], token + "0", other.key + token[24:], token.upper(), "0" * 88, "x", "-"]
    with django_assert_num_queries(0):
        assert statuses(client, *(reverse("calendar_feed", args=[each]) for each in wrong)) == [404] * len(wrong)


def test_the_database_holds_no_address_and_another_key_opens_none(client, officer, settings):
    made = feed_tokens.make_address(by=officer, at=AT)
    token = feed_tokens.token_of(made)
    kept = [
        str(row) for model in (CalendarAddress, CalendarAddress.history.model) for row in model.objects.values_list()
    ]
    assert [row for row in kept if token in row or token[24:] in row] == []
    settings.SECRET_KEY = "another key that is long enough to be one of an installation"
    assert statuses(client, reverse("calendar_feed", args=[token])) == [404]


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_as_for_three(client, westmarch, officer, django_assert_num_queries, many):
    panel = make_channel(westmarch)
    for after in range(many):
        make_meeting(panel, soon() + datetime.timedelta(days=after))
    address = address_of(officer)
    with django_assert_num_queries(19):
        assert len(summaries(client, address)) == many
