"""What says much the same on the pages: suggested on the record, compared, linked, declined, answered together."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.similar import pairs
from recommendations.domain.similar.pairs import link_similar
from recommendations.models import ForceUpdate, SimilarPair, TypedDraft
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.similar.test_pairs import AGAIN, BACKLOG
from tests.per_module import per_module
from tests.views.register.tracked.said import text_of


@per_module
def old(westmarch):
    day = datetime.date(2019, 3, 1)
    inspection = make_inspection(westmarch, title="Digital evidence", short_name="Digital 2019", published_on=day)
    return make_tracked(inspection, number="4", text=BACKLOG)


@per_module
def new(westmarch, old):
    return make_tracked(make_inspection(westmarch, title="PEEL 2026", short_name="PEEL 2026"), text=AGAIN)


def similar(record, name: str = "similar", *more) -> str:
    return reverse(name, args=[record.pk, *more])


@pytest.mark.parametrize("person", ["officer", "force_lead"])
def test_the_record_says_what_is_much_like_it_and_the_office_decides(sign_in, request, person, old, new):
    page = sign_in(request.getfixturevalue(person)).get(f"{new.get_absolute_url()}?tab=similar")
    words = text_of(page)
    assert f"Much like {old.reference}, rec 4 of Digital 2019 , open. Both say: reduce, backlog, digital" in words
    assert page.context["tab"].content.may_decide == (person == "officer")


def test_a_pair_is_compared_linked_and_taken_apart(sign_in, officer, old, new):
    client = sign_in(officer)
    assert f"Link {new} with {old.reference}" in text_of(client.get(similar(new)))
    done = client.post(similar(new, "link_similar", old.pk))
    assert (done.status_code, done.url) == (302, new.get_absolute_url())
    page = client.get(f"{done.url}?tab=similar")
    assert f"Linked with {old.reference}, rec 4 of Digital 2019 , open." in text_of(page)
    refused = client.post(similar(new, "link_similar", old.pk))
    assert (refused.status_code, f"{old} is linked with {new} already." in text_of(refused)) == (422, True)
    assert client.post(similar(new, "end_links")).status_code == 422
    assert client.post(similar(new, "end_links"), {"reason": "Phones are done."}).url == new.get_absolute_url()
    assert [pair.ended_why for pair in SimilarPair.objects.all()] == ["Phones are done."]
    assert "Nothing is suggested." in text_of(client.get(similar(new)))


def test_what_is_declined_is_on_no_page_again(sign_in, officer, old, new):
    client = sign_in(officer)
    assert client.get(similar(new, "decline_similar", old.pk)).status_code == 200
    client.post(similar(new, "decline_similar", old.pk), {"reason": "Of phones alone."})
    assert [pair.reason for pair in SimilarPair.objects.all()] == ["Of phones alone."]
    assert all("Much like" not in text_of(client.get(f"{each.get_absolute_url()}?tab=similar")) for each in (old, new))
    assert "Nothing is suggested." in text_of(client.get(similar(old)))


def test_one_update_is_offered_for_the_linked_ones_and_answers_those_that_are_ticked(sign_in, force_lead, old, new):
    link_similar(tracked=new, other=old, by=None, at=AT)
    client = sign_in(force_lead)
    page = client.get(new.get_absolute_url()).context["form"]
    assert page.fields[f"also_{old.pk}"].label == f"{old.reference}, rec 4 of Digital 2019"
    empty = client.post(similar(new, "log_force_update"), {"done": " ", f"also_{old.pk}": "on"})
    assert [(box.name, box.value()) for box in empty.context["form"].also] == [(f"also_{old.pk}", True)]
    sent = {"done": "The backlog is gone.", f"also_{old.pk}": "on"}
    client.post(similar(new, "log_force_update"), sent)
    assert set(ForceUpdate.objects.values_list("tracked", "done")) == {(pk, sent["done"]) for pk in (old.pk, new.pk)}
    client.post(reverse("register_add_update", args=[old.pk]), {"done": "Of this one alone."})
    assert ForceUpdate.objects.filter(done="Of this one alone.").get().tracked == old
    pairs.end_links(tracked=old, reason="Not alike.", by=None, at=AT)
    stale = client.post(similar(new, "log_force_update"), {"done": "Again.", f"also_{old.pk}": "on"})
    assert (list(stale.context["form"].errors), ForceUpdate.objects.filter(done="Again.").exists()) == (["done"], False)


def test_what_is_ticked_is_kept_while_an_update_is_typed(sign_in, officer, old, new):
    link_similar(tracked=new, other=old, by=None, at=AT)
    client = sign_in(officer)
    client.post(reverse("save_typed", args=["force-update", new.pk]), {"done": "Half", f"also_{old.pk}": "on"})
    assert TypedDraft.objects.get().fields == {"done": "Half", f"also_{old.pk}": "on"}
    page = client.get(new.get_absolute_url())
    assert page.context["form"][f"also_{old.pk}"].value() == "on"


def test_a_report_lists_what_says_much_the_same_elsewhere_at_the_same_cost(
    sign_in, officer, old, new, django_assert_num_queries
):
    client, report = sign_in(officer), new.recommendation.inspection
    page = reverse("similar_of_inspection", args=[report.pk])
    client.get(page)
    with django_assert_num_queries(11):
        assert f"Much like {old.reference}, rec 4 of Digital 2019 , open." in text_of(client.get(page))
    for number in range(2, 5):
        make_tracked(report, number=f"{number}", text=AGAIN)
    with django_assert_num_queries(11):
        client.get(page)


def test_the_register_shows_linked_ones_as_one_line_and_counts_each(sign_in, officer, old, new, tracked):
    """Today, and as at a day before they were linked."""
    client, register = sign_in(officer), reverse("register")
    assert client.get(register).context["linked_switch"] is None
    link_similar(tracked=new, other=old, by=None, at=AT)
    page = client.get(register)
    assert page.context["linked_switch"][1] == f"{register}?linked=one"
    page = client.get(f"{register}?linked=one")
    shown = [(row.reference, row.linked) for row in page.context["rows"]]
    assert sorted(shown) == [(old.reference, new.reference), (tracked.reference, "")]
    assert (page.context["page"].paginator.count, page.context["tabs"][0].number) == (2, "3")
    for day, linked in (("7+November+2026", new.reference), ("6+November+2026", "")):
        past = client.get(f"{register}?linked=one&as_at={day}&known_at=7+November+2026+23:00")
        assert [row.linked for row in past.context["rows"] if row.pk == old.pk] == [linked]
