"""On an inspection's form: the stated last day, the reports that it belongs to, and why no response is needed."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.forms.responses.no_response import parts_of_reason, reason_of
from recommendations.models import Inspection, InspectionLink
from recommendations.trail import verb
from tests.conftest import make_inspection
from tests.makers.sources import follow
from tests.views.inspections.typed import DAY, errors, facts, published, typed

NEW = {"title": "The force’s own report", "short_name": "Own"}


def stated() -> datetime.date:
    return published() + 90 * DAY


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def add(client, westmarch, **changes):
    return client.post(reverse("add_inspection"), facts(westmarch, **NEW) | changes)


def edit(client, inspection, **changes):
    """What the form shows, with changes."""
    form = client.get(reverse("edit_inspection", args=[inspection.pk])).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in shown.items() if value is not None}
    sent = shown | {"reason": "It is so."} | changes
    return client.post(reverse("edit_inspection", args=[inspection.pk]), sent)


def links(inspection) -> list:
    return [(link.kind, link.to) for link in inspection.links.order_by("pk")]


def test_a_super_complaint_states_its_last_day(client_of, westmarch):
    follow("super-complaint")
    super_complaint = {"kind": "super_complaint"}
    said = errors(add(client_of, westmarch, **super_complaint))
    assert list(said) == ["respond_by"]
    add(client_of, westmarch, respond_by=typed(stated()), **super_complaint)
    made = Inspection.objects.get()
    assert (made.respond_by, made.last_day) == (stated(), stated())
    text = client_of.get(made.get_absolute_url()).content.decode()
    assert ("as stated" in text, "Stated last day" in text, " of 56" in text) == (True, True, False)


def test_one_that_is_not_answered_states_none(client_of, westmarch):
    follow("super-complaint")
    add(client_of, westmarch, kind="super_complaint", needs_response="no", why="subject")
    # wording: the reason is kept on record in these words
    assert Inspection.objects.get().no_response_reason == "The force is clearly not its subject"


def test_another_kind_is_asked_whether_section_55_applies(client_of, westmarch):
    assert list(errors(add(client_of, westmarch, kind="other"))) == ["section_55"]
    add(client_of, westmarch, kind="other", section_55="no")
    made = Inspection.objects.get()
    assert (made.section_55, made.last_day) == (False, None)
    edit(client_of, made, short_name="Same")
    made.refresh_from_db()
    assert (made.short_name, made.section_55) == ("Same", False)
    edit(client_of, made, section_55="yes")
    made.refresh_from_db()
    assert (made.section_55, made.last_day) == (True, published() + 55 * DAY)


def test_a_kind_that_says_it_needs_no_answer(client_of, westmarch):
    assert list(errors(add(client_of, westmarch, kind="fire", section_55="yes"))) == ["kind"]  # none is followed
    follow("fire")
    add(client_of, westmarch, kind="fire", section_55="yes")
    made = Inspection.objects.get()
    assert (made.section_55, made.last_day) == (None, None)


def test_of_one_of_before_its_page_asks_and_so_does_the_desk(client_of, westmarch):
    made = make_inspection(westmarch, kind="other", section_55=True, at=timezone.now(), published_on=published())
    pages = (made.get_absolute_url(), f"{reverse('responses')}?waiting=unsaid")
    to_say = reverse("edit_inspection", args=[made.pk])

    def shown() -> list[int]:
        """How often the page of the report, and the desk, lead to where it is said."""
        return [client_of.get(page).content.decode().count(f'href="{to_say}"') for page in pages]

    assert shown() == [1, 0]  # "Edit the facts"
    with verb("migrate", by=None, at=timezone.now()) as act:
        made.section_55 = None
        act.save(made)
    assert shown() == [2, 1]
    assert list(errors(edit(client_of, made))) == ["section_55"]


def test_a_stated_day_before_the_report_is_refused(client_of, westmarch):
    said = errors(add(client_of, westmarch, respond_by=typed(published() - DAY)))
    assert list(said) == ["respond_by"]


def test_reports_are_linked_and_both_pages_say_so(client_of, westmarch, recent):
    add(client_of, westmarch, companion_of=recent.pk)
    made = Inspection.objects.get(title=NEW["title"])
    assert links(made) == [("companion", recent)]
    for one, other in ((made, recent), (recent, made)):
        text = client_of.get(one.get_absolute_url()).content.decode()
        assert ("Companion of" in text, other.get_absolute_url() in text) == (True, True)


def test_a_link_is_changed_and_taken_off_with_a_trace(client_of, westmarch, recent):
    other = make_inspection(westmarch, title="Another", published_on=published(), at=timezone.now())
    third = make_inspection(westmarch, title="Third", published_on=published(), at=timezone.now())
    edit(client_of, other, follows=recent.pk, supersedes=third.pk)
    assert links(other) == [("follows", recent), ("supersedes", third)]
    edit(client_of, other, follows=third.pk, supersedes="")
    assert links(other) == [("follows", third)]
    gone = InspectionLink.on_file.filter(withdrawn_at__isnull=False).order_by("pk")
    assert [(link.kind, link.to, link.withdrawn_why) for link in gone] == [
        ("follows", recent, "It is so."),
        ("supersedes", third, "It is so."),
    ]


def test_a_form_that_is_saved_again_changes_no_link(client_of, westmarch, recent):
    other = make_inspection(westmarch, title="Another", links={"follows": recent}, at=timezone.now())
    before = InspectionLink.objects.get().pk
    edit(client_of, other, title="Another title")
    assert [link.pk for link in InspectionLink.on_file.all()] == [before]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [(("follows", "companion_of"), "companion_of"), (("itself",), "follows")],
)
def test_a_link_that_cannot_be_is_refused(client_of, westmarch, recent, chosen, field):
    other = make_inspection(westmarch, title="Another", at=timezone.now())
    links = {"follows": other.pk} if chosen == ("itself",) else dict.fromkeys(chosen, recent.pk)
    assert list(errors(edit(client_of, other, **links))) == [field]


def test_two_reports_are_linked_from_one_side(client_of, westmarch, recent):
    other = make_inspection(westmarch, title="Another", links={"follows": recent}, at=timezone.now())
    said = errors(edit(client_of, recent, companion_of=other.pk))
    assert {name: "“Another”" in told[0] for name, told in said.items()} == {"companion_of": True}


@pytest.mark.suite(1, 4)
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"why": "subject"}, "The force is clearly not its subject"),
        ({"why": "subject", "no_response_reason": "airports"}, "The force is clearly not its subject: airports"),
        ({"why": "covered", "no_response_reason": "PEEL 25"}, "The response to another report covers it: PEEL 25"),
        ({"why": "other", "no_response_reason": "A letter."}, "A letter."),
        ({"no_response_reason": "A letter."}, "A letter."),
    ],
)
def test_why_none_is_needed_is_on_record(client_of, westmarch, given, reason):
    # wording: the reason is kept on record in these words
    add(client_of, westmarch, needs_response="no", **given)
    made = Inspection.objects.get()
    assert (made.needs_response, made.no_response_reason) == (False, reason)
    assert reason in client_of.get(made.get_absolute_url()).content.decode()
    edit(client_of, made, title="Another title")
    assert Inspection.objects.get().no_response_reason == reason


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"why": "other"}, "no_response_reason"),
        ({"why": "covered"}, "companion_of"),
        ({"needs_response": "yes", "why": "subject"}, "why"),
    ],
)
def test_a_reason_that_says_too_little_is_asked_for(client_of, westmarch, given, field):
    assert list(errors(add(client_of, westmarch, **{"needs_response": "no"} | given))) == [field]


def test_a_report_that_is_covered_names_the_other(client_of, westmarch, recent):
    add(client_of, westmarch, needs_response="no", why="covered", companion_of=recent.pk)
    made = Inspection.objects.get(title=NEW["title"])
    # wording: the reason is kept on record in these words
    assert (made.no_response_reason, links(made)) == (
        "The response to another report covers it",
        [("companion", recent)],
    )


@pytest.mark.parametrize("why", ["subject", "covered", "other"])
def test_a_reason_comes_apart_as_it_was_put_together(why):
    assert parts_of_reason(reason_of(why, "in words: of mine")) == (why, "in words: of mine")
    assert parts_of_reason("") == ("", "")


def test_a_day_that_is_moved_back_counts_from_the_law_again(client_of, westmarch):
    made = make_inspection(westmarch, published_on=published(), respond_by=stated(), at=timezone.now())
    edit(client_of, made, respond_by="")
    assert Inspection.objects.get().last_day == published() + datetime.timedelta(days=55)
