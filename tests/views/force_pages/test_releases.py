"""The office's pages of a force's public page: looking, sending, releasing, and what they cost."""

import datetime

from django.urls import reverse

from recommendations.domain.register import restrictions
from recommendations.models import ForceRelease, ForceSubscriber
from tests.conftest import AT, make_tracked
from tests.makers.force_pages import prepared, released
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import links, parsed

OFFICE = reverse("force_page", args=["westmarch"])
PREPARE = reverse("prepare_force_page", args=["westmarch"])
REMOVE = reverse("remove_page_address", args=["westmarch"])


@per_module
def lines(inspection):
    return [make_tracked(inspection, number=n, text=f"The force should test bell {n}.") for n in "12"]


def filled_in(page) -> dict:
    """What a browser would send of the page's form, by no button."""
    named = parsed(page).css("main form[method=post] [name]")
    return fields_among([each for each in named if each.tag != "button"])


def test_what_is_sent_is_what_was_looked_at(client, sign_in, lines, body, officer):
    sign_in(officer)
    empty = filled_in(client.get(PREPARE)) | {"first": lines[0].pk}
    unseen = client.post(PREPARE, empty)
    assert (unseen.status_code, ForceRelease.objects.count()) == (422, 0)
    looked = client.post(PREPARE, empty | {"look": "1"})
    assert [change.what for change in looked.context["changes"]][-2].startswith("Open: WM-0002")
    seen = looked.context["form"].data["seen"]
    restrictions.restrict(tracked=lines[1], reason="Why.", effective_on=None, by=officer, at=AT)
    changed = client.post(PREPARE, empty | {"seen": seen})
    assert (changed.status_code, changed.context["shown"].facts.left_out) == (422, 1)
    sent = client.post(PREPARE, empty | {"seen": changed.context["form"].data["seen"]})
    made = ForceRelease.objects.get()
    assert (sent.url, made.state, made.choices["in_full"]) == (made.get_absolute_url(), "waiting", [lines[0].pk])


def test_one_recommendation_is_shown_in_full_once(client, sign_in, lines, body, officer):
    sign_in(officer)
    twice = filled_in(client.get(PREPARE)) | {"first": lines[0].pk, "second": lines[0].pk, "look": "1"}
    answer = client.post(PREPARE, twice | {"summary_link": "no address", "summary_on": "soon"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"second", "summary_link", "summary_on"})


def test_who_prepared_it_has_no_way_to_release_it(client, sign_in, lines, body, approver, officer):
    own = prepared(lines[0].force, by=approver)
    page, release = own.get_absolute_url(), reverse("release_force_page", args=[own.pk])
    sign_in(approver)
    assert release not in links(client.get(page), "main a")
    refused = client.post(release, filled_in(client.get(release)))
    assert (refused.status_code, ForceRelease.objects.get().state) == (422, "waiting")
    sign_in(officer)
    assert client.post(release).status_code == 403


def test_what_may_no_longer_be_public_is_named(client, sign_in, lines, body, officer, approver):
    released(lines[0].force, by=officer, approver=approver)
    sign_in(officer)
    assert client.get(OFFICE).context["gone"] == []
    restrictions.restrict(tracked=lines[1], reason="Why.", effective_on=None, by=officer, at=AT)
    assert len(client.get(OFFICE).context["gone"]) == 1


def test_an_address_is_deleted_for_its_owner(client, sign_in, lines, body, officer, approver):
    released(lines[0].force, by=officer, approver=approver)
    facts = {"email": "reader@example.org", "token": "t", "asked_at": AT, "confirmed_at": AT}
    ForceSubscriber.objects.create(force=lines[0].force, **facts)
    sign_in(officer)
    assert client.get(OFFICE).context["subscribers"] == 1
    filled = filled_in(client.get(REMOVE)) | {"email": "Reader@example.org"}
    assert client.post(REMOVE, filled).url == OFFICE
    assert ForceSubscriber.objects.count() == 0


def test_a_page_costs_the_same_for_one_line_and_for_many(
    client, sign_in, lines, inspection, body, officer, approver, django_assert_num_queries
):
    sign_in(officer)
    waiting = prepared(lines[0].force, by=approver, at=AT)
    filled = filled_in(client.get(PREPARE)) | {"look": "1"}
    for number in range(3, 6):
        with django_assert_num_queries(OF_RELEASE):
            client.get(waiting.get_absolute_url())
        with django_assert_num_queries(OF_LOOK):
            client.post(PREPARE, filled)
        make_tracked(inspection, number=str(number), due_on=datetime.date(2026, 6, 30))


OF_RELEASE, OF_LOOK = 12, 31


ORDER = {
    "priorities_contribution": "Homicide fell by a tenth.",
    "complaints_words": "We meet each month.",
    "complaints_data_link": "example.org/data",
    "complaints_recommendations": "wm-1, WM-0002",
}


def test_references_are_found_as_people_type_them_and_kept_for_the_next_release(
    client, sign_in, lines, body, officer, approver
):
    sign_in(officer)
    looked = client.post(PREPARE, filled_in(client.get(PREPARE)) | ORDER | {"look": "1"})
    assert looked.context["form"].errors == {}
    shown = looked.context["shown"].facts
    assert [each.reference for each in shown.complaints.outcomes] == ["WM-0001", "WM-0002"]
    assert (shown.priorities.contribution, shown.complaints.data_link) == (
        "Homicide fell by a tenth.",
        "https://example.org/data",
    )
    client.post(PREPARE, filled_in(looked))
    again = filled_in(client.get(PREPARE))
    assert again["complaints_recommendations"] == ["WM-0001, WM-0002"]
    assert again["priorities_contribution"] == ["Homicide fell by a tenth."]


def test_a_reference_that_is_not_there_is_named_and_nothing_typed_is_lost(client, sign_in, lines, body, officer):
    sign_in(officer)
    typed = ORDER | {"complaints_recommendations": "WM-0001, EV-0009", "look": "1"}
    answer = client.post(PREPARE, filled_in(client.get(PREPARE)) | typed)
    assert answer.status_code == 422
    assert "EV-0009" in answer.context["form"].errors["complaints_recommendations"][0]
    assert filled_in(answer)["complaints_words"] == ["We meet each month."]
