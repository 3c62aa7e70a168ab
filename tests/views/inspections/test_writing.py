"""Inspections and what they ask, added by hand and corrected: bad input, and two people at one record."""

import datetime

import pytest
from django.urls import reverse

from recommendations.deadlines import read_deadline
from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.models import Inspection, Recommendation, TrackedRecommendation, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.views.form_of import fields_among
from tests.views.hooks import number_of, parsed
from tests.views.inspections.typed import (
    add_page,
    asks,
    edit_page,
    errors,
    facts,
    published,
)


def _now():
    return datetime.datetime.now(datetime.UTC)


LATER = datetime.date(2099, 1, 31)


# Adding by hand


def test_an_inspection_is_added_by_hand(sign_in, westmarch, eastvale, officer):
    client, sent = sign_in(officer), facts(westmarch, eastvale, once="a")
    answer = client.post(reverse("add_inspection"), sent)
    inspection = Inspection.objects.get()
    assert (answer.status_code, answer.url) == (302, add_page(inspection))
    assert (inspection.title, inspection.published_on, inspection.needs_response) == (
        "Custody in Westmarch",
        published(),
        True,
    )
    assert {cover.force for cover in inspection.covers.all()} == {westmarch, eastvale}
    again = client.post(reverse("add_inspection"), sent)
    assert (again.status_code, again.url) == (302, inspection.get_absolute_url())
    added = TrailEntry.objects.filter(verb="add_inspection").values_list("by", "subject_id", "about")
    assert list(added) == [(officer.pk, inspection.pk, "Custody in Westmarch")]


@pytest.mark.suite(0, 3, 6, 9)
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": ""}, "title", "the title"),
        ({"published_on": "31/2/2026"}, "published_on", "does not exist"),
        ({"published_on": "soon"}, "published_on", "“soon”"),
        ({"published_on": "31/1/2099"}, "published_on", "the future"),
        ({"forces": []}, "forces", "at least one"),
        ({"kind": ""}, "kind", "the kind"),
        ({"needs_response": "no"}, "no_response_reason", "Say why"),
        ({"no_response_reason": "A letter."}, "no_response_reason", "Leave this empty"),
        ({"response_days": "0"}, "response_days", "greater than or equal to 1"),
        ({"link": "no address at all"}, "link", "address"),
    ],
)
def test_bad_facts_are_answered_beside_the_field(sign_in, westmarch, officer, changes, field, message):
    page = sign_in(officer).post(reverse("add_inspection"), facts(westmarch, short_name="Kept words") | changes)
    said = errors(page)
    assert (list(said), message in said[field][0]) == ([field], True)
    assert 'value="Kept words"' in page.content.decode()
    assert Inspection.objects.count() == 0


def test_recommendations_are_added_one_by_one(sign_in, recent, officer):
    client = sign_in(officer)
    first = client.post(
        add_page(recent), asks(then="next", deadline_words="within three months", opcc_lead="H. Whitlock")
    )
    assert (first.status_code, first.url) == (302, f"{add_page(recent)}?kind=recommendation")
    page = client.get(first.url)
    assert page.context["form"]["number"].value() == "2"
    due = read_deadline("within three months", published()).due_on
    message = f"“within three months” is read as relative to publication: {due.day} {due:%B %Y}."
    assert message in page.content.decode()
    last = client.post(add_page(recent), asks(number="2", then="last", parts="a\n\n• b\n", addressees="NPCC leads"))
    second = Recommendation.objects.get(number="2")
    assert last.url == second.get_absolute_url()
    assert [part.text for part in second.parts.all()] == ["a", "b"]
    assert [one.name for one in second.addressees.all()] == ["NPCC leads"]
    rows = TrackedRecommendation.objects.order_by("reference").values_list("reference", "opcc_lead", "deadline_on")
    assert list(rows) == [("WM-0001", "H. Whitlock", due), ("WM-0002", "", None)]
    assert (
        list(TrailEntry.objects.order_by("sequence").values_list("verb", flat=True))[-2:] == ["add_recommendation"] * 2
    )


def test_deadline_words_are_found_in_the_text(sign_in, recent, officer):
    text = "With immediate effect, the force should test bells."
    sign_in(officer).post(add_page(recent), asks(text=text, then="last"))
    saved = Recommendation.objects.get()
    assert (saved.deadline_words, saved.deadline_kind, saved.deadline_on) == (
        "With immediate effect",
        "immediate",
        published(),
    )


@pytest.mark.suite(0, 3, 5)
@pytest.mark.parametrize(
    ("sent", "kind", "day"),
    [
        ({"deadline_words": "as soon as possible"}, "none", None),
        ({"deadline_words": "immediately", "deadline_kind": "none"}, "none", None),
        ({"deadline_words": "as soon as possible", "deadline_on": "31/1/2099"}, "date", LATER),
        ({"deadline_words": "within 28 days", "deadline_on": "31/1/2099"}, "relative", LATER),
        ({"deadline_words": "soon", "deadline_kind": "immediate"}, "immediate", "published"),
        ({"deadline_kind": "month", "deadline_on": "31/1/2099"}, "month", LATER),
    ],
)
def test_a_reading_can_be_corrected(sign_in, recent, officer, sent, kind, day):
    sign_in(officer).post(add_page(recent), asks(then="last", **sent))
    saved = Recommendation.objects.get()
    due = published() if day == "published" else day
    assert (saved.deadline_words, saved.deadline_kind, saved.deadline_on) == (sent.get("deadline_words", ""), kind, due)


def test_a_reading_is_shown_before_anything_is_saved(sign_in, recent, officer):
    text = "Immediately, the force should test bells."
    page = sign_in(officer).post(add_page(recent), asks(text=text, number="", then="read"))
    assert (errors(page), page.context["reading"]) == ({}, "“Immediately” is read as immediate.")
    assert page.context["form"]["deadline_words"].value() == "Immediately"
    assert page.context["form"]["text"].value() == text
    assert Recommendation.objects.count() == 0


@pytest.mark.suite(1, 2, 5)
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"text": " "}, "text", "the text"),
        ({"number": "7"}, "number", "recommendation 7"),
        ({"deadline_words": "By 31 March 2015"}, "deadline_on", "before the report"),
        ({"deadline_on": "31/2/2027"}, "deadline_on", "does not exist"),
        ({"deadline_kind": "date"}, "deadline_on", "the day"),
        ({"deadline_kind": "none", "deadline_on": "31/1/2099"}, "deadline_on", "empty"),
        ({"addressees": "x" * 201}, "addressees", "Shorten it."),
        ({"kind": "nonsense"}, "kind", "Select a valid choice"),
    ],
)
def test_bad_words_are_answered_beside_the_field(sign_in, recent, officer, changes, field, message):
    make_tracked(recent, number="7", at=_now())
    page = sign_in(officer).post(add_page(recent), asks(heading="Kept words", then="next") | changes)
    said = errors(page)
    assert (list(said), message in said[field][0]) == ([field], True)
    assert 'value="Kept words"' in page.content.decode()
    assert Recommendation.objects.count() == 1


def test_only_leads_that_all_forces_share_are_asked_for(sign_in, westmarch, eastvale, officer):
    inspection = make_inspection([westmarch, eastvale], published_on=published(), at=_now())
    fields = sign_in(officer).get(add_page(inspection)).context["form"].fields
    assert [name for name in fields if name.endswith("_lead")] == ["opcc_lead"]


def test_a_cause_of_another_inspection_cannot_be_chosen(sign_in, westmarch, recent, officer):
    other = make_inspection(westmarch, title="Other")
    for inspection in (recent, other):
        new = NewRecommendation(text="Cause.", kind="cause_of_concern")
        inspections.add_recommendation(inspection=inspection, new=new, by=None, at=_now())
    foreign, own = other.recommendations.get(), recent.recommendations.get()
    client = sign_in(officer)
    assert list(errors(client.post(add_page(recent), asks(cause=foreign.pk, then="last")))) == ["cause"]
    kept = client.post(add_page(recent), asks(cause=own.pk, then="next"))
    assert kept.url == f"{add_page(recent)}?kind=recommendation&cause={own.pk}"
    assert list(own.carries.values_list("number", flat=True)) == ["1"]


# Corrections


def test_facts_are_corrected_with_a_reason(sign_in, westmarch, recent, officer):
    client, page = sign_in(officer), reverse("edit_inspection", args=[recent.pk])
    assert list(errors(client.post(page, facts(westmarch, version="1")))) == ["reason"]
    answer = client.post(page, facts(westmarch, version="1", short_name="Cells", reason="A better name."))
    recent.refresh_from_db()
    assert (answer.url, recent.short_name, recent.version) == (recent.get_absolute_url(), "Cells", 2)
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.by, entry.reason) == ("edit_inspection", officer, "A better name.")


def test_two_people_correct_one_inspection(sign_in, westmarch, recent, officer):
    client, page = sign_in(officer), reverse("edit_inspection", args=[recent.pk])
    client.post(page, facts(westmarch, version="1", short_name="Theirs", reason="First."))
    second = client.post(page, facts(westmarch, version="1", short_name="Mine", reason="Second."))
    assert second.context["form"].conflicts() == [("Short name", "Theirs", "Mine")]
    assert second.context["form"]["version"].value() == "2"
    assert number_of(second, ".app-entry__conflicts") == 1
    third = client.post(page, facts(westmarch, version="2", short_name="Mine", reason="Second."))
    assert (third.status_code, Inspection.objects.get().short_name) == (302, "Mine")


def test_two_people_correct_different_facts_of_one_inspection_and_both_are_kept(sign_in, recent, officer):
    client, page = sign_in(officer), reverse("edit_inspection", args=[recent.pk])

    def sent(answer, **changes):
        return fields_among(parsed(answer).css("main form[novalidate] [name]")) | changes

    mine, theirs = (sent(client.get(page), reason="Read again.") for _ in range(2))
    reason = {"needs_response": "no", "no_response_reason": "It is a summary."}
    client.post(page, theirs | {"title": "Custody revisited", "link": "https://example.org/"} | reason)
    refused = client.post(page, mine | {"short_name": "Mine"})
    form = refused.context["form"]
    assert form.conflicts() == []
    theirs = ["Custody revisited", "https://example.org/", "No", "Another reason", "It is a summary."]
    assert sorted(words for _, words in form.their_changes()) == sorted(theirs)
    assert client.post(page, sent(refused)).status_code == 302
    recent.refresh_from_db()
    assert (recent.short_name, recent.title, recent.needs_response) == ("Mine", "Custody revisited", False)


def test_a_form_that_lost_its_version_is_stale(sign_in, westmarch, recent, officer):
    page = reverse("edit_inspection", args=[recent.pk])
    answer = sign_in(officer).post(page, facts(westmarch, short_name="Mine", reason="x"))
    assert (answer.status_code, Inspection.objects.get().short_name) == (200, "Custody 26")


def test_a_text_is_corrected_with_a_reason(sign_in, recent, officer):
    recommendation = make_tracked(recent, addressees=("Chief constables",), at=_now()).recommendation
    client, page = sign_in(officer), edit_page(recommendation)
    sent = asks(text="Test each bell.", addressees="Chief constables", version="1")
    del sent["directed_to_force"]
    assert list(errors(client.post(page, sent))) == ["reason"]
    emptied = client.post(page, sent | {"reason": "x", "addressees": ""})
    assert [*errors(emptied)] == ["addressees"]
    answer = client.post(page, sent | {"reason": "Misread."})
    recommendation.refresh_from_db()
    assert (answer.url, recommendation.text) == (recommendation.get_absolute_url(), "Test each bell.")
    assert TrailEntry.objects.order_by("sequence").last().reason == "Misread."


def test_two_people_correct_one_text(sign_in, recent, officer):
    recommendation = make_tracked(recent, at=_now()).recommendation
    client, page = sign_in(officer), edit_page(recommendation)
    client.post(page, asks(text="Theirs.", version="1", reason="First."))
    second = client.post(page, asks(text="Mine.", version="1", reason="Second."))
    assert second.context["form"].conflicts() == [("Text", "Theirs.", "Mine.")]
    assert "\nMine.</textarea>" in second.content.decode()


def test_a_recommendation_is_reached_through_its_own_inspection(sign_in, westmarch, tracked, officer):
    other = make_inspection(westmarch, title="Other")
    page = reverse("edit_recommendation", args=[other.pk, tracked.recommendation_id])
    assert sign_in(officer).get(page).status_code == 404


def test_fields_outside_the_form_do_not_change(sign_in, westmarch, recent, officer):
    page = reverse("edit_inspection", args=[recent.pk])
    hostile = {"id": "77", "pk": "77", "version": "1", "covers": "1", "recorded_by": "1"}
    sign_in(officer).post(page, facts(westmarch, short_name="Cells", reason="x") | hostile)
    saved = Inspection.objects.get()
    assert (saved.pk, saved.version, saved.short_name) == (recent.pk, 2, "Cells")
