"""The pages of inspections: who sees what, adding by hand, corrections, bad input, and nothing of another force."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.deadlines import read_deadline
from recommendations.domain import inspections, voices
from recommendations.domain.inspections import NewRecommendation
from recommendations.models import Inspection, Recommendation, TrackedRecommendation, TrailEntry
from tests.conftest import make_inspection, make_tracked

TODAY = localdate()
DAY = datetime.timedelta(days=1)
PUBLISHED = TODAY - 30 * DAY
CANARY = "CANARY-OF-EASTVALE"


def days_ago(number: int) -> datetime.date:
    return TODAY - number * DAY


def typed(day: datetime.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def facts(*forces, **changes) -> dict:
    return {
        "title": "Custody in Westmarch",
        "short_name": "Custody",
        "kind": "custody",
        "published_on": typed(PUBLISHED),
        "forces": [force.pk for force in forces],
        "lead_inspectorate": "HMICFRS",
        "needs_response": "yes",
        "response_days": "56",
    } | changes


def asks(**changes) -> dict:
    words = {"kind": "recommendation", "number": "1", "text": "Test cell bells daily.", "directed_to_force": "yes"}
    return words | changes


def errors(response) -> dict:
    assert response.status_code == 200
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def add_page(inspection) -> str:
    return reverse("add_recommendation", args=[inspection.pk])


def edit_page(recommendation) -> str:
    return reverse("edit_recommendation", args=[recommendation.inspection_id, recommendation.pk])


@pytest.fixture
def recent(westmarch):
    return make_inspection(westmarch, published_on=PUBLISHED, at=_now())


def _now():
    return datetime.datetime.now(datetime.UTC)


# Who may


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


def test_an_empty_list_says_what_to_do(sign_in, officer, force_lead):
    assert "bring in a published response" in sign_in(officer).get(reverse("inspections")).content.decode()
    assert (
        "has not added a report that covers your force"
        in sign_in(force_lead).get(reverse("inspections")).content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_one_row_as_for_three(
    sign_in, westmarch, eastvale, officer, number, django_assert_num_queries
):
    for place in range(number):
        make_tracked(make_inspection([westmarch, eastvale], title=f"Report {place}"))
    client = sign_in(officer)
    with django_assert_num_queries(10):
        client.get(reverse("inspections"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_one_row_as_for_three(
    sign_in, inspection, officer, number, django_assert_num_queries
):
    for place in range(number):
        make_tracked(inspection, number=str(place), parts=("a", "b"), addressees=("Chief constables",))
    client = sign_in(officer)
    with django_assert_num_queries(15):
        client.get(inspection.get_absolute_url())


# One inspection


def test_the_page_says_what_was_asked_and_where_it_stands(sign_in, westmarch, officer, force_lead):
    inspection = make_inspection(westmarch, published_on=PUBLISHED, at=_now())
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
    assert "one by one, word for word" in sign_in(officer).get(inspection.get_absolute_url()).content.decode()
    page = sign_in(force_lead).get(inspection.get_absolute_url()).content.decode()
    assert add_page(inspection) not in page
    assert "has not added what the report asks" in page


# Adding by hand


def test_an_inspection_is_added_by_hand(sign_in, westmarch, eastvale, officer):
    client, sent = sign_in(officer), facts(westmarch, eastvale, once="a")
    answer = client.post(reverse("add_inspection"), sent)
    inspection = Inspection.objects.get()
    assert (answer.status_code, answer.url) == (302, add_page(inspection))
    assert (inspection.title, inspection.published_on, inspection.needs_response) == (
        "Custody in Westmarch",
        PUBLISHED,
        True,
    )
    assert {cover.force for cover in inspection.covers.all()} == {westmarch, eastvale}
    again = client.post(reverse("add_inspection"), sent)
    assert (again.status_code, again.url) == (302, inspection.get_absolute_url())
    added = TrailEntry.objects.filter(verb="add_inspection").values_list("by", "subject_id", "about")
    assert list(added) == [(officer.pk, inspection.pk, "Custody in Westmarch")]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": ""}, "title", "Enter the title of the report."),
        ({"published_on": "31/2/2026"}, "published_on", "does not exist"),
        ({"published_on": "soon"}, "published_on", "is not a day"),
        ({"published_on": typed(TODAY + DAY)}, "published_on", "is in the future"),
        ({"forces": []}, "forces", "Choose at least one force."),
        ({"kind": ""}, "kind", "Choose the kind of report."),
        ({"needs_response": "no"}, "no_response_reason", "Say why no response is needed."),
        ({"no_response_reason": "A letter."}, "no_response_reason", "Leave this empty"),
        ({"response_days": "0"}, "response_days", "greater than or equal to 1"),
        ({"link": "no address at all"}, "link", "Enter a whole address"),
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
    due = read_deadline("within three months", PUBLISHED).due_on
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
        PUBLISHED,
    )


@pytest.mark.parametrize(
    ("sent", "kind", "day"),
    [
        ({"deadline_words": "as soon as possible"}, "none", None),
        ({"deadline_words": "immediately", "deadline_kind": "none"}, "none", None),
        ({"deadline_words": "as soon as possible", "deadline_on": typed(TODAY)}, "date", TODAY),
        ({"deadline_words": "within 28 days", "deadline_on": typed(TODAY)}, "relative", TODAY),
        ({"deadline_words": "soon", "deadline_kind": "immediate"}, "immediate", PUBLISHED),
        ({"deadline_kind": "month", "deadline_on": typed(TODAY)}, "month", TODAY),
    ],
)
def test_a_reading_can_be_corrected(sign_in, recent, officer, sent, kind, day):
    sign_in(officer).post(add_page(recent), asks(then="last", **sent))
    saved = Recommendation.objects.get()
    assert (saved.deadline_words, saved.deadline_kind, saved.deadline_on) == (sent.get("deadline_words", ""), kind, day)


def test_a_reading_is_shown_before_anything_is_saved(sign_in, recent, officer):
    text = "Immediately, the force should test bells."
    page = sign_in(officer).post(add_page(recent), asks(text=text, number="", then="read"))
    assert (errors(page), page.context["reading"]) == ({}, "“Immediately” is read as immediate.")
    assert page.context["form"]["deadline_words"].value() == "Immediately"
    assert page.context["form"]["text"].value() == text
    assert Recommendation.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"text": " "}, "text", "Enter the text, word for word."),
        ({"number": "7"}, "number", "There is a recommendation 7 in this inspection already."),
        ({"deadline_words": "By 31 March 2015"}, "deadline_on", "The deadline is before the report was published"),
        ({"deadline_on": "31/2/2027"}, "deadline_on", "does not exist"),
        ({"deadline_kind": "date"}, "deadline_on", "Enter the day of the deadline"),
        ({"deadline_kind": "none", "deadline_on": typed(TODAY)}, "deadline_on", "Leave the day empty"),
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
    inspection = make_inspection([westmarch, eastvale], published_on=PUBLISHED, at=_now())
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
    assert "Somebody else saved this while you were typing" in second.content.decode()
    third = client.post(page, facts(westmarch, version="2", short_name="Mine", reason="Second."))
    assert (third.status_code, Inspection.objects.get().short_name) == (302, "Mine")


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
    assert errors(emptied) == {
        "addressees": ["A line cannot be taken off, because nothing is deleted. Change its words instead."]
    }
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
