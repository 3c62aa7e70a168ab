"""The pages of inspections: who sees what, the list, one inspection, and nothing of another force."""

import datetime

import pytest
from django.urls import reverse

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.register import voices
from recommendations.models import TrackedRecommendation, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.makers.sources import follow, from_iopc
from tests.views.hooks import links, number_of
from tests.views.inspections.typed import (
    CANARY,
    add_page,
    days_ago,
    edit_page,
    published,
    typed,
)


def _now():
    return datetime.datetime.now(datetime.UTC)


# Who may


@pytest.mark.soak
@pytest.mark.parametrize(
    ("who", "reading", "writing"),
    [
        ("officer", 200, 200),
        ("approver", 200, 200),
        ("force_lead", 200, 403),
        ("member", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_each_role_gets_its_pages(request, sign_in, tracked, who, reading, writing):
    client = sign_in(request.getfixturevalue(who))
    recommendation = tracked.recommendation
    inspection = recommendation.inspection
    read = [reverse("inspections"), inspection.get_absolute_url()]
    write = [reverse("add_inspection"), reverse("edit_inspection", args=[inspection.pk]), add_page(inspection)]
    assert [client.get(page).status_code for page in read] == [reading] * 2
    assert [client.get(page).status_code for page in (*write, edit_page(recommendation))] == [writing] * 4
    if writing == 403:
        before = TrailEntry.objects.exclude(verb="refused").count()
        assert [client.post(page, {}).status_code for page in write] == [403] * 3
        assert TrailEntry.objects.exclude(verb="refused").count() == before


def test_a_force_lead_sees_nothing_of_another_force(sign_in, westmarch, eastvale, force_lead, officer, at):
    shared = make_inspection([westmarch, eastvale], title="Both")
    theirs = make_inspection(eastvale, title=CANARY)
    make_tracked(theirs, text=CANARY)
    make_tracked(shared)
    row = TrackedRecommendation.objects.get(force=eastvale, recommendation__inspection=shared)
    inspections.edit_tracked(tracked=row, version=row.version, opcc_lead=CANARY, by=officer, at=at)
    client = sign_in(force_lead)
    pages = [reverse("inspections"), f"{reverse('inspections')}?force=eastvale", shared.get_absolute_url()]
    bodies = [client.get(page).content.decode() for page in pages]
    assert [word for word in (CANARY, "Eastvale", "EV-0") for body in bodies if word in body] == []
    assert "WM-0001" in bodies[2]
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(f"{reverse('history', args=['inspection', theirs.pk])}").status_code == 404


# The list


def test_the_list_counts_what_is_open_and_overdue(sign_in, westmarch, eastvale, officer):
    inspection = make_inspection([westmarch, eastvale], published_on=days_ago(60), at=_now())
    make_tracked(inspection, due_on=days_ago(2), at=_now())
    make_tracked(inspection, number="2", at=_now())
    page = sign_in(officer).get(reverse("inspections"))
    (row,) = page.context["rows"]
    assert (row.inspection, row.clock.short) == (inspection, "5 days late")
    assert [(each.force.name, each.open, each.overdue) for each in row.counts] == [
        ("Eastvale Police", 2, 1),
        ("Westmarch Police", 2, 1),
    ]
    assert row.counts[1].overdue_url == f"/register/?inspection={inspection.pk}&force=westmarch&show=overdue"


def test_the_list_filters_by_force_and_kind(sign_in, westmarch, eastvale, officer):
    west = make_inspection(westmarch, title="West")
    east = make_inspection(eastvale, title="East", kind="peel")
    client, page = sign_in(officer), reverse("inspections")

    def found(query: str) -> list:
        return [row.inspection for row in client.get(f"{page}?{query}").context["rows"]]

    assert found("force=westmarch") == [west]
    assert found("kind=peel") == [east]
    assert found("kind=peel&force=westmarch") == []
    assert found("kind=nonsense&force=none&page=99x") == [east, west]


def test_the_list_filters_by_source_first_and_then_by_its_kinds(sign_in, westmarch, officer):
    client, page = sign_in(officer), reverse("inspections")

    def offered(query: str = "") -> tuple:
        chosen = client.get(f"{page}?{query}").context["filter"]
        return [value for value, _ in chosen.sources], [value for value, _ in chosen.kinds]

    make_inspection(westmarch, title="One", kind="thematic")
    assert offered() == ([], [])
    make_inspection(westmarch, title="Two", kind="peel")
    assert offered() == ([], ["peel", "thematic"])
    follow("iopc", "coroner")
    of_iopc = from_iopc(westmarch)
    assert offered() == (["hmicfrs", "iopc"], [])
    assert offered("source=hmicfrs") == (["hmicfrs", "iopc"], ["peel", "thematic"])
    assert offered("source=iopc") == (["hmicfrs", "iopc"], [])
    assert [row.inspection for row in client.get(f"{page}?source=iopc").context["rows"]] == [of_iopc]
    assert client.get(f"{page}?source=iopc").context["filter"].query == "source=iopc&"
    assert len(client.get(f"{page}?source=nonsense").context["rows"]) == 3


def test_an_empty_list_says_what_to_do(sign_in, officer, force_lead):
    page = reverse("inspections")
    assert links(sign_in(officer).get(page), ".app-empty a") == ["/inspections/bring-in/"]
    theirs = sign_in(force_lead).get(page)
    assert (number_of(theirs, ".app-empty"), links(theirs, ".app-empty a")) == (1, [])


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_asks_the_same_for_one_row_as_for_three(
    sign_in, westmarch, eastvale, officer, number, django_assert_num_queries
):
    for place in range(number):
        make_tracked(make_inspection([westmarch, eastvale], title=f"Report {place}"))
    client = sign_in(officer)
    with django_assert_num_queries(13):
        client.get(reverse("inspections"))


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_page_asks_the_same_for_one_row_as_for_three(
    sign_in, inspection, officer, number, django_assert_num_queries
):
    for place in range(number):
        make_tracked(inspection, number=str(place), parts=("a", "b"), addressees=("Chief constables",))
    client = sign_in(officer)
    with django_assert_num_queries(20):
        client.get(inspection.get_absolute_url())


# One inspection


def test_the_page_says_what_was_asked_and_where_it_stands(sign_in, westmarch, officer, force_lead):
    inspection = make_inspection(westmarch, published_on=published(), at=_now())
    words = f"By {typed(days_ago(1))}"
    row = make_tracked(
        inspection,
        text=f"{words} the force should test bells.",
        deadline_words=words,
        due_on=days_ago(1),
        parts=("Daily.",),
        addressees=("Chief constables", "NPCC leads"),
        at=_now(),
    )
    voices.log_force_update(tracked=row, done="Done.", stage="pending_sign_off", by=force_lead, at=_now())
    page = sign_in(officer).get(inspection.get_absolute_url())
    (asked,) = page.context["asked"]
    assert asked.text == ("", words, " the force should test bells.")
    said = f"{days_ago(1).day} {days_ago(1):%B %Y}"
    assert asked.deadline == f"“{words}”, read as a date: {said}"
    (line,) = asked.tracked
    assert (line.tracked, line.word, line.reason, line.stage) == (row, "Red", "1 day over", "Pending sign-off")
    assert "26 days" not in page.context["clock"].headline
    assert page.context["clock"].short == "25 days left"


def test_a_cause_of_concern_carries_its_recommendations(sign_in, inspection, officer, at):
    cause = inspections.add_recommendation(
        inspection=inspection, new=NewRecommendation(text="Cause.", kind="cause_of_concern"), by=None, at=at
    )
    carried = inspections.add_recommendation(
        inspection=inspection, new=NewRecommendation(text="Act.", number="1"), cause=cause, by=None, at=at
    )
    alone = make_tracked(inspection, number="2").recommendation
    page = sign_in(officer).get(inspection.get_absolute_url())
    told = [(each.recommendation, [one.recommendation for one in each.carries]) for each in page.context["asked"]]
    assert told == [(cause, [carried]), (alone, [])]


def test_an_inspection_without_recommendations_says_so(sign_in, inspection, officer, force_lead):
    assert links(sign_in(officer).get(inspection.get_absolute_url()), ".app-empty a") == [add_page(inspection)]
    page = sign_in(force_lead).get(inspection.get_absolute_url())
    assert add_page(inspection) not in page.content.decode()
    assert number_of(page, ".app-empty") == 1
