"""One's place in the register while a recommendation is open: back to the row, the rows around it, the filters."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from recommendations.domain.register import transfers, voices
from recommendations.models import TrackedRecommendation
from recommendations.periods import say
from tests.conftest import make_inspection, make_many_tracked, make_tracked
from tests.per_module import per_module
from tests.views.register.page import DAY, REGISTER, recent_inspection, three_overdue


@per_module
def rows(westmarch):
    return three_overdue(recent_inspection(westmarch))


def at(record, query: str = "rag=red", **more) -> str:
    return f"{reverse('tracked', args=[record.pk])}?{urlencode({'from': query, **more})}"


def place_at(client, *address, **more):
    return client.get(at(*address, **more)).context["place"]


def names(place) -> tuple:
    return tuple(each and each.reference for each in (place.previous, place.following))


def test_the_register_opens_a_record_with_its_filters_and_the_record_leads_back_to_the_row(sign_in, officer, rows):
    client = sign_in(officer)
    body = client.get(f"{REGISTER}?rag=red&sort=-due").content.decode()
    assert f'href="{at(rows[1], "rag=red&sort=-due")}"' in body
    response = client.get(at(rows[1], "rag=red&sort=-due"))
    assert response.context["back"] == f"{REGISTER}?rag=red&sort=-due#row-{rows[1].pk}"
    assert f'<a href="{REGISTER}?rag=red&amp;sort=-due#row-{rows[1].pk}">Register</a>' in response.content.decode()


def test_a_record_says_where_it_stands_and_which_are_next(sign_in, officer, rows):
    client = sign_in(officer)
    assert [place_at(client, row).words for row in rows] == [f"{each} of 3 red" for each in (1, 2, 3)]
    one, two, three = (row.reference for row in rows)
    assert [names(place_at(client, row)) for row in rows] == [(None, two), (one, three), (two, None)]
    assert place_at(client, rows[0]).following.url == at(rows[1])


def test_without_a_list_the_record_has_no_place_in_one(sign_in, officer, rows):
    response = sign_in(officer).get(rows[0].get_absolute_url())
    assert (response.context["place"], response.context["back"]) == (None, REGISTER)


@pytest.mark.suite(0, 2, 5, 6)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "1 of 3 open"),
        ("show=overdue", "1 of 3 overdue"),
        ("show=overdue&rag=red", "1 of 3 red overdue"),
        ("rag=red&rag=amber", "1 of 3 red or amber"),
        ("show=all", "1 of 3 open and closed"),
        ("rag=red&q=Text", "1 of 3 red (Search: Text)"),
        ("show=pending", "No longer in this list"),
        ("rag=green", "No longer in this list"),
    ],
)
def test_the_words_follow_the_filters(sign_in, officer, rows, query, words):
    # wording: they name the list that one is in
    assert place_at(sign_in(officer), rows[0], query).words == words


def test_a_past_day_is_named_with_the_list(sign_in, officer, rows):
    place = place_at(sign_in(officer), rows[0], f"as_at={localdate().isoformat()}")
    assert place.words == f"1 of 3 open (as at {localdate():%-d %B %Y})"


def test_the_way_back_leads_to_the_page_of_the_row(sign_in, officer, westmarch, rows):
    later = make_many_tracked(rows[0].recommendation.inspection, range(100, 150), text="x")
    response = sign_in(officer).get(at(later[-1], ""))
    assert response.context["back"] == f"{REGISTER}?page=2#row-{later[-1].pk}"


def test_what_is_done_on_the_record_keeps_the_list(sign_in, officer, rows):
    client = sign_in(officer)
    body = client.get(at(rows[1])).content.decode()
    here = f"{reverse('tracked', args=[rows[1].pk])}?from=rag%3Dred&amp;place=2"
    assert f'href="{here}&amp;form=assurance#form"' in body
    assert f'href="{here}&amp;show=force#happened"' in body
    address = f"{reverse('log_force_update', args=[rows[1].pk])}?from=rag%3Dred&place=2"
    assert f'action="{address.replace("&", "&amp;")}#form"' in body
    response = client.post(address, {"done": "Trained."})
    assert response["Location"] == at(rows[1], place=2)
    assert client.get(address)["Location"] == f"{at(rows[1], place=2)}&form=force-update#form"


def test_withdrawing_an_entry_keeps_the_list(sign_in, officer, rows):
    row = voices.log_force_update(tracked=rows[1], done="x", by=officer, at=timezone.now())
    address = f"{reverse('withdraw', args=[rows[1].pk, 'force-update', row.pk])}?from=rag%3Dred&place=2"
    client = sign_in(officer)
    assert f'href="{address.replace("&", "&amp;")}#form"' in client.get(at(rows[1], place=2)).content.decode()
    assert client.post(address, {"reason": "Wrong row."})["Location"] == at(rows[1], place=2)


@pytest.mark.soak
def test_a_row_that_left_the_list_keeps_the_place_that_it_had(sign_in, officer, rows):
    # wording: they name the list that one is in
    client = sign_in(officer)
    voices.log_force_update(tracked=rows[1], done="x", by=officer, at=timezone.now())
    query = "flag=no_update"
    assert place_at(client, rows[1], query, place=2).words == "No longer in this list"
    assert names(place_at(client, rows[1], query, place=2)) == (rows[0].reference, rows[2].reference)
    assert names(place_at(client, rows[1], query, place=999)) == (rows[2].reference, None)
    assert names(place_at(client, rows[1], query, place="x")) == (None, rows[0].reference)
    assert client.get(at(rows[1], query)).context["back"] == f"{REGISTER}?flag=no_update"


@pytest.mark.suite(1, 5, 6)
@pytest.mark.parametrize(
    "query", ["x=1", "rag=pink", "force=nowhere", "sort=%00", "page=-1", "rag=" + "x" * 3000, "%F0%9F", "q=%EF%BF%BD"]
)
def test_what_is_unknown_in_the_list_is_let_go(sign_in, officer, rows, query):
    assert place_at(sign_in(officer), rows[0], query) is not None


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize("query", ["as_at=soon", "x" * 5000, "&" * 1001, "as_at=1/1/2999"])
def test_a_list_that_cannot_be_shown_is_none(sign_in, officer, rows, query):
    assert place_at(sign_in(officer), rows[0], query) is None


# What another may not see


@per_module
def elsewhere(eastvale):
    """Two of another force, overdue for longer than those of the first."""
    inspection = make_inspection(eastvale, title="Custody: Eastvale", published_on=localdate().replace(year=2020))
    return [make_tracked(inspection, number=each, text="x", due_on=localdate().replace(year=2021)) for each in "12"]


def test_a_force_counts_and_passes_its_own_rows_only(sign_in, officer, force_lead, rows, elsewhere):
    assert place_at(sign_in(officer), rows[0]).words == "3 of 5 red"
    place = place_at(sign_in(force_lead), rows[0])
    assert (place.words, names(place)) == ("1 of 3 red", (None, rows[1].reference))
    assert place_at(sign_in(force_lead), rows[0], "force=eastvale").words == "1 of 3 open"
    assert sign_in(force_lead).get(at(elsewhere[0])).status_code == 404


# What it costs


def test_the_place_costs_five_queries_more(sign_in, officer, rows, django_assert_num_queries):
    client = sign_in(officer)
    client.get(at(rows[1]))
    with django_assert_num_queries(22):
        client.get(rows[1].get_absolute_url())
    with django_assert_num_queries(27):
        client.get(at(rows[1]))


# What is remembered


def register_link(client) -> str:
    items = client.get(reverse("account")).context["masthead"]["items"]
    return next(item["url"] for item in items if item["label"] == "Register")


def test_the_filters_are_remembered_until_they_are_cleared(sign_in, officer, approver, rows):
    client = sign_in(officer)
    assert register_link(client) == REGISTER
    client.get(f"{REGISTER}?rag=red&rag=pink&as_at=1/11/2026")
    assert register_link(client) == f"{REGISTER}?rag=red"
    assert client.get(rows[0].get_absolute_url()).context["back"] == f"{REGISTER}?rag=red"
    assert register_link(sign_in(approver)) == REGISTER
    client = sign_in(officer)
    client.get(f"{REGISTER}?rag=red")
    client.get(f"{REGISTER}?show=closed")
    assert register_link(client) == f"{REGISTER}?show=closed"
    client.get(client.get(f"{REGISTER}?show=closed").context["no_filters"].path)
    assert register_link(client) == REGISTER


def test_an_address_with_its_own_question_and_one_without_show_what_they_say(sign_in, officer, rows):
    client = sign_in(officer)
    client.get(f"{REGISTER}?show=closed")
    assert len(client.get(f"{REGISTER}?rag=red").context["rows"]) == 3
    client.get(f"{REGISTER}?show=closed")
    assert len(client.get(REGISTER).context["rows"]) == TrackedRecommendation.objects.count()


def test_a_record_of_a_past_list_says_with_which_force_it_was(sign_in, officer, rows, eastvale):
    client, day = sign_in(officer), localdate() - DAY
    past = {"record": rows[0], "query": f"as_at={day}"}
    assert client.get(at(**past)).context["other_force"] == ""
    transfers.transfer(tracked=rows[0], to_force=eastvale, reason="x", by=officer, at=timezone.now())
    assert client.get(at(**past)).context["other_force"] == f"On {say(day)} it was with Westmarch Police."
    assert client.get(at(rows[0])).context["other_force"] == ""
    assert client.get(at(rows[1], f"as_at={day}")).context["other_force"] == ""
