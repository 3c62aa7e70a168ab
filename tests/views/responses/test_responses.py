"""The list of responses and what waits for one; one response as it reads."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.enums import InspectionKind, RecommendationKind
from recommendations.models import Inspection, TrackedRecommendation
from recommendations.periods import london_day
from recommendations.views.responses.reading import Reading
from tests.conftest import make_inspection
from tests.domain.responses.test_draft_completeness import withdraw
from tests.makers.responses import bring_in, make_approved, make_published, make_submitted, write
from tests.makers.responses import make_response as begin
from tests.per_module import per_module
from tests.views.hooks import lacking, links, number_of

REPORT = datetime.date(2020, 7, 16)


def make_response(body, force, *, title="Custody in Westmarch", days=36, at, **facts):
    """A response to a report of 16 July 2020, published so many days later."""
    given = {
        "short_name": "Custody 20",
        "kind": InspectionKind.CUSTODY,
        "body_name": "Police and Crime Commissioner for the Marches (of that day)",
        "published_on": REPORT,
        "responded_on": REPORT + datetime.timedelta(days=days),
        "narrative": ("I welcome this report¹. It matters²³ to us [4].",),
        "footnotes": ({"mark": "1", "text": "See https://example.org/levels"}, {"mark": "4", "text": "A note."}),
        "recommendations": tuple(NewRecommendation(text=f"Text {n}.", number=str(n)) for n in (1, 2, 3)),
        "comments": (NewComment("I accept both.", (0, 1)), NewComment("Words on the whole.")),
        "left_out": ("Agenda item 7",),
        "source_name": "custody.txt",
        "source_text": title,
        "body": body,
        "title": title,
    } | facts
    return bring_in(PublishedResponse(**given), force, at=at)


@per_module
def response(body, westmarch, at):
    return make_response(body, westmarch, at=at)


@pytest.fixture
def page(sign_in, officer):
    client = sign_in(officer)

    def get(address, **parameters):
        return client.get(address, parameters)

    return get


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_it_reads_as_it_was_published(page, response):
    text = text_of(page(response.get_absolute_url()))
    for words in (
        "Response from: Police and Crime Commissioner for the Marches (of that day)",
        'report<sup><a href="#note-1" id="mark-1" aria-label="Footnote 1">1</a></sup>. It matters²³ to us<sup>',
        '<a href="#note-2" id="mark-2" aria-label="Footnote 4">4</a></sup>.',
        'href="https://example.org/levels" rel="nofollow"',
        "Text 3.",
        "OPCC comment on rec 1, rec 2",
        "I accept both.",
        "Words on the whole.",
        "Answered below, with",
        "No comment on this one.",
        "1 line was left out",
        "Agenda item 7",
        "custody.txt",
        "Answered on day 37 of 56",
        "by the command line",
    ):
        assert words in text
    for tracked in TrackedRecommendation.objects.all():
        assert f'<a href="{tracked.get_absolute_url()}">{tracked.reference}</a>' in text


def test_a_late_one_says_how_late(page, body, westmarch, at):
    response = make_response(body, westmarch, days=66, at=at)
    assert lacking(page(response.get_absolute_url()), "dd.app-accent", "67 of 56", "11 days late") == []
    assert "Answered 11 days late" in text_of(page(reverse("responses")))


def test_a_comment_on_scattered_ones_stands_below_the_first(response):
    version = response.versions.get()
    recommendations = list(Inspection.objects.get().recommendations.in_order())
    comments = list(version.comments.all())
    answer = comments[0].answers.order_by("-pk").first()
    answer.recommendation = recommendations[2]
    comments[0]._prefetched_objects_cache = {"answers": [comments[0].answers.order_by("pk").first(), answer]}
    first, second, third = Reading(version=version, recommendations=recommendations, comments=comments[:1]).answered
    assert [each["comment"] for each in first.comments] == [comments[0]]
    assert (second.comments, second.elsewhere) == ([], [])
    assert third.elsewhere == [{"recommendation": recommendations[0], "words": "above"}]


def test_the_list_says_what_waits_and_what_is_late(page, response, westmarch, eastvale, at):
    today = london_day(timezone.now())
    make_inspection(westmarch, title="Just out", published_on=today - datetime.timedelta(days=43), at=timezone.now())
    make_inspection([eastvale], title="Long ago", published_on=today - datetime.timedelta(days=100), at=timezone.now())
    make_inspection(
        westmarch, title="None needed", needs_response=False, no_response_reason="A super-complaint.", at=timezone.now()
    )
    answer = page(reverse("responses"))
    assert [row.inspection.title for row in answer.context["waiting"]] == ["Long ago", "Just out"]
    text = text_of(answer)
    for words in ("<b>2</b> waiting", "<b>1</b> late", "<b>1</b> on record", "45 days late", "12 days left"):
        assert words in text
    assert "None needed" not in text


def test_the_list_is_narrowed_to_what_can_be_done_next(sign_in, body, westmarch, officer, approver):
    def report(title, days=40):
        published_on = london_day(timezone.now()) - datetime.timedelta(days=days)
        return make_inspection(westmarch, title=title, published_on=published_on, at=timezone.now())

    people = {"by": officer, "at": timezone.now()}
    corrected = make_published(report("Corrected"), body, approver=approver, **people)
    publishing.correct(response=corrected, **people)
    write(corrected, "correction", text="A wrong number.", **people)
    approval_workflow.submit(response=corrected, **people)
    make_submitted([report("Submitted late", 90), report("With it", 80)], body, **people)
    make_submitted(report("Own"), body, by=approver, at=timezone.now())
    make_approved(report("Approved"), body, approver=approver, **people)
    begin(report("Begun"), body, **people)
    report("Not begun")

    def titles(person):
        found = [sign_in(person).get(reverse("responses"), {"waiting": state}) for state in STATES]
        return [[row.inspection.title for row in answer.context["waiting"]] for answer in found]

    others = [["Approved"], ["Begun", "Not begun"]]
    assert titles(approver) == [["Submitted late", "Corrected"], *others]
    assert titles(officer) == [[], *others]


STATES = ("approve", "publish", "write")


def test_an_empty_office_is_told_what_to_do(page):
    answer = page(reverse("responses"))
    assert links(answer, ".app-empty a") == [reverse("import_response")]
    assert (number_of(answer, ".app-empty"), number_of(answer, "table")) == (2, 0)


@pytest.mark.suite(3, 5)
@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("", ["Later", "Earlier"]),
        ("response", ["Earlier", "Later"]),
        ("title", ["Earlier", "Later"]),
        ("-title", ["Later", "Earlier"]),
        ("report", ["Earlier", "Later"]),
        ("nonsense'", ["Later", "Earlier"]),
    ],
)
def test_it_sorts(page, body, westmarch, at, sort, titles):
    make_response(body, westmarch, title="Later", days=40, at=at, published_on=REPORT + datetime.timedelta(days=1))
    make_response(body, westmarch, title="Earlier", days=30, at=at)
    answer = page(reverse("responses"), sort=sort)
    assert [row["response"].title for row in answer.context["rows"]] == titles


@pytest.mark.soak
def test_the_list_has_pages(page, body, westmarch, at):
    for number in range(26):
        make_response(body, westmarch, title=f"Report {number:02}", at=at, recommendations=(), comments=())
    assert "Page 1 of 2, rows 1 to 25 of 26" in text_of(page(reverse("responses"), sort="title"))
    answer = page(reverse("responses"), sort="title", page="2")
    assert [row["response"].title for row in answer.context["rows"]] == ["Report 25"]
    assert "?sort=title&amp;page=1" in text_of(answer)


@pytest.mark.soak
def test_many_that_wait_are_shown_on_request(page, westmarch, at):
    for number in range(12):
        make_inspection(westmarch, title=f"Report {number}", at=at)
    assert "Show all 12 that wait" in text_of(page(reverse("responses")))
    assert len(page(reverse("responses"), waiting="all").context["waiting"]) == 12


def test_lists_cost_the_same_for_one_as_for_three(
    page, body, westmarch, eastvale, at, django_assert_num_queries, officer
):
    page(reverse("responses"))
    for number in range(3):
        make_response(body, westmarch, title=f"Answered {number}", at=at)
        make_inspection([westmarch, eastvale], title=f"Waits {number}", at=at)
        if number in (0, 2):
            with django_assert_num_queries(24):
                page(reverse("responses"))


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_a_response_costs_the_same_for_one_recommendation_as_for_three(
    page, body, westmarch, at, number, django_assert_num_queries
):
    recommendations = tuple(NewRecommendation(text=f"Text {n}.", parts=("a", "b")) for n in range(number))
    comments = tuple(NewComment(f"Words {n}.", (n,)) for n in range(number))
    response = make_response(body, westmarch, at=at, recommendations=recommendations, comments=comments)
    with django_assert_num_queries(18):
        page(response.get_absolute_url())


@pytest.mark.parametrize("who", ["force_lead", "member", "administrator"])
def test_only_the_office_sees_responses(sign_in, response, request, who):
    client = sign_in(request.getfixturevalue(who))
    for address in (reverse("responses"), response.get_absolute_url()):
        assert client.get(address).status_code == 403


def test_kinds_that_are_not_followed_are_read_too(page, body, westmarch, at):
    practice = NewRecommendation(text="Visits are recorded.", kind=RecommendationKind.INNOVATIVE_PRACTICE)
    response = make_response(body, westmarch, at=at, recommendations=(practice,), comments=())
    text = text_of(page(response.get_absolute_url()))
    assert "Innovative practice" in text
    assert "Followed as" not in text


def test_a_response_that_is_not_there_is_404(page):
    assert page(reverse("response", args=[99])).status_code == 404


def test_a_draft_whose_report_was_withdrawn_is_not_lost(page, westmarch, body, at):
    report = make_inspection(westmarch, title="Brought in twice")
    draft = begin(report, body)
    assert list(page(reverse("responses")).context["without_report"]) == []
    withdraw(report, at)
    answer = page(reverse("responses"))
    assert list(answer.context["without_report"]) == [draft]
    assert f'<li><a class="govuk-link" href="{draft.get_absolute_url()}">Brought in twice</a></li>' in text_of(answer)
