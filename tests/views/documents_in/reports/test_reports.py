"""A report is chosen, read, checked and saved on the pages; what stands in the way is said beside what was typed."""

import pytest
from django.urls import reverse

from recommendations.domain.responses import starting
from recommendations.forms.documents_in.check_values import says_section_55
from recommendations.models import Inspection, InspectionDocument, InspectionLink, Response, TrackedRecommendation
from tests.conftest import make_inspection
from tests.views.documents_in.checking import problems, where
from tests.views.documents_in.reports.conftest import CHOOSE
from tests.views.hooks import flashes, lacking, wrong

TEXT = "HMICFRS: An inspection of custody\n\nRecommendation 1\n\nThe force should test bells.\n\nRecommendation 9\n"


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def nothing_saved() -> bool:
    return not any(model.objects.exists() for model in (Inspection, Response, TrackedRecommendation))


# -- choosing


def test_the_lists_lead_here(office):
    for address in ("inspections", "responses"):
        assert f'href="{CHOOSE}"' in office.get(reverse(address)).content.decode()
    assert office.get(CHOOSE).status_code == 200


def test_a_report_is_read_at_once_and_nothing_is_saved(check):
    brought = check("peel.html")
    assert brought.page.counts == [
        "2 recommendations",
        "3 areas for improvement",
        "1 cause of concern",
        "1 innovative practice",
    ]
    assert brought.parts[4:] == [
        ("Cause of concern 1", "Cause of concern 1", ""),
        ("Recommendation 1 (unnumbered)", "1", "Cause of concern 1"),
        ("Recommendation 2 (unnumbered)", "2", "Cause of concern 1"),
    ]
    assert brought.page.last_day == "6 May 2026"
    assert "Comment" not in [words for _, _, words in brought.page.choices]
    assert nothing_saved()


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("given", "field", "fact"),
    [
        ({}, "document", "choose a file"),
        ({"name": "recipes.html"}, "document", "no inspection"),
        ({"text": "OPCC comment: We agree with the inspection."}, "text", "a response"),
        ({"text": TEXT, "published_on": "31/2/2026"}, "published_on", "31 February 2026"),
        ({"text": TEXT, "published_on": "1/1/2199"}, "published_on", "1 January 2199"),
        ({"text": TEXT, "force": "999"}, "force", "valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(choose, given, field, fact):
    page = choose(**given)
    assert fact in page.context["form"].errors[field][0]
    assert page.context["form"].kept_document is None
    assert nothing_saved()


def test_a_report_that_is_here_already_says_so_with_a_link(choose, check, westmarch):
    check("peel.html").save()
    inspection = Inspection.objects.get()
    again = text_of(choose("peel.html"))
    assert f'<a href="{inspection.get_absolute_url()}">' in again
    assert (Inspection.objects.count(), Response.objects.count()) == (1, 1)


# -- checking and saving


def test_saving_records_the_inspection_and_begins_its_response(check, office, body):
    brought = check("peel.html")
    brought.type(title="PEEL of Westmarch", short_name="PEEL W 26")
    done = brought.save()
    inspection, response = Inspection.objects.get(), Response.objects.get()
    assert (done.status_code, done.url) == (302, inspection.get_absolute_url())
    assert (inspection.title, inspection.short_name, inspection.respond_by) == ("PEEL of Westmarch", "PEEL W 26", None)
    assert (response.body, response.state) == (body, "drafting")
    page = office.get(done.url)
    assert (flashes(page), lacking(page, ".app-flash", "5 recommendations")) == (["success"], [])
    begun = text_of(office.get(response.get_absolute_url()))
    assert "Westmarch Police should tell victims by 30 June 2026" in begun


def test_a_waiting_inspection_leads_to_its_response(check, office):
    check("peel.html").save()
    page = office.get(reverse("responses"))
    assert f'href="{Response.objects.get().get_absolute_url()}"' in text_of(page)
    assert page.context["rows"] == []


@pytest.mark.soak
def test_everything_can_be_changed(check, eastvale):
    brought = check("thematic.html")
    first, _, third = brought.page.marked.keys[:3]
    changed = {
        "force": str(eastvale.pk),
        "kind": "super_complaint",
        "published_on": "10 March 2026",
        f"recommendation__{third}__deadline_words": "",
        f"recommendation__{third}__deadline_kind": "none",
        f"recommendation__{third}__deadline_on": "",
        "respond_by": "1 May 2026",
        "inspectorate": "HMICFRS and IOPC",
        f"recommendation__{first}__number": "1a",
        f"recommendation__{first}__heading": "Learning",
    }
    brought.type(**changed)
    page = brought.save()
    assert page.status_code == 302, problems(page)
    inspection = Inspection.objects.get()
    assert (inspection.kind, inspection.respond_by.isoformat()) == ("super_complaint", "2026-05-01")
    assert (inspection.lead_inspectorate, inspection.joint_inspectorates) == ("HMICFRS", "IOPC")
    first = inspection.recommendations.in_order().first()
    assert (first.number, first.heading, first.tracked.get().force) == ("1a", "Learning", eastvale)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("I write under section 55.", "yes"),
        ("Section 55 (1) requires comments.", "yes"),
        ("This report is outside section 55.", ""),
        ("It is not under section 55.", ""),
        ("It says nothing of the law.", ""),
    ],
)
def test_what_a_letter_says_of_section_55_is_not_asked_again(words, answer):
    assert ("yes" if says_section_55(words) else "") == answer


def test_a_report_of_another_kind_asks_whether_section_55_applies(check):
    brought = check("thematic.html")
    assert "section_55" not in brought.page.form.fields
    brought.type(kind="other")
    assert (wrong(brought.save()), nothing_saved()) == (["section_55"], True)
    assert brought.page.last_day == "6 May 2026"
    brought.type(section_55="no")
    assert brought.page.last_day == ""
    assert brought.save().status_code == 302
    assert Inspection.objects.get().section_55 is False


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize(("kind", "last_day"), [("peel", "6 May 2026"), ("fire", ""), ("super_complaint", "")])
def test_the_day_that_would_be_counted_is_shown_where_one_is(check, kind, last_day):
    brought = check("thematic.html")
    brought.type(kind=kind)
    assert brought.page.last_day == last_day


def test_a_line_without_a_place_is_marked_or_left_out_before_saving(check):
    brought = check(text=TEXT)
    (line,) = [block.id for block in brought.page.marked.unsure]
    assert where(brought.save()) == [f"l{line}"]
    brought.mark("nothing", line)
    assert brought.save().status_code == 302
    assert InspectionDocument.objects.get().left_out == ["Recommendation 9"]


def test_a_line_of_the_reports_own_text_becomes_a_recommendation(check):
    brought = check("peel.html")
    before, words = brought.parts, "Specialist teams have enough detectives. The force should keep this under review."
    line = brought.line_with(words)
    assert brought.lines[line - 1] == ("Report’s own text", "")
    brought.mark("recommendation", line)
    row = brought.page.values.recommendation(f"b{line}")
    assert (row.text, row.addressees) == (words, "force")
    brought.mark("nothing", line)
    assert (brought.parts, brought.page.marked.left_out) == (before, ())
    assert brought.lines[line - 1] == ("Report’s own text", "by you")


def test_deadlines_count_from_the_day_that_is_typed(check):
    brought = check("peel.html")
    brought.type(published_on="1 February 2026")
    assert "1 May 2026" in [row.deadline_on for row in brought.page.values.recommendations]


# -- the response


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"answer": "none"}, "id_why"),
        ({"answer": "none", "why": "other"}, "id_reason"),
        ({"answer": "shared"}, "id_answer_0"),
        ({"link": "follows"}, "id_belongs_to"),
        ({"respond_by": "1 March 2026"}, "id_respond_by"),
        ({"answer": "perhaps"}, "id_answer_0"),
    ],
)
def test_what_cannot_become_of_the_response_is_refused(check, given, place):
    brought = check("peel.html")
    brought.type(**given)
    assert where(brought.save()) == [place]
    assert nothing_saved()


@pytest.mark.suite(1)
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"why": "subject"}, "The force is clearly not its subject"),
        (
            {"why": "covered", "reason": "See the national one."},
            "The response to another report covers it: See the national one.",
        ),
        ({"why": "other", "reason": "It was withdrawn."}, "It was withdrawn."),
    ],
)
def test_why_no_response_is_needed_is_on_record(check, office, given, reason):
    # wording: the reason is kept on record in these words
    brought = check("peel.html")
    brought.type(answer="none", **given)
    done = brought.save()
    inspection = Inspection.objects.get()
    assert (inspection.needs_response, inspection.no_response_reason) == (False, reason)
    assert not Response.objects.exists()
    assert reason in text_of(office.get(done.url))


@pytest.mark.soak
def test_no_response_is_begun_for_a_fire_inspection(check, office, body):
    brought = check("peel.html")
    brought.type(kind="fire")
    done = brought.save()
    inspection = Inspection.objects.get()
    assert (inspection.needs_response, Response.objects.exists()) == (False, False)
    assert lacking(office.get(done.url), ".app-flash", "fire authority") == []


@pytest.mark.soak
def test_a_companion_shares_a_response(check, office, westmarch, body, officer, at):
    national = make_inspection(westmarch, title="Missing children")
    response = starting.start_response(inspections=[national], body=body, by=officer, at=at)
    given = {"belongs_to": str(national.pk), "link": "companion", "answer": "shared"}
    brought = check("peel.html")
    brought.type(**given)
    done = brought.save()
    inspection = Inspection.objects.exclude(pk=national.pk).get()
    assert [answer.inspection for answer in response.answers.order_by("pk")] == [national, inspection]
    assert InspectionLink.objects.get().kind == "companion"
    own, other = (office.get(each.get_absolute_url()) for each in (inspection, national))
    assert (own.context["linked"], other.context["linked"]) == (
        [("Companion of", national)],
        [("Companion of", inspection)],
    )
    assert "<dt>Companion of</dt>" in text_of(own)
    assert done.url == inspection.get_absolute_url()


def test_a_report_that_belongs_to_another_says_how(check, westmarch):
    interim = make_inspection(westmarch, title="Interim")
    brought = check("peel.html")
    brought.type(belongs_to=str(interim.pk))
    assert where(brought.save()) == ["id_link"]


def test_a_long_report_costs_the_same_queries_as_a_short_one(check, django_assert_num_queries):
    long = TEXT.replace("Recommendation 9", "") + "\n\n".join(
        f"Recommendation {n}\n\nThe force should count calls of kind {n}. {'Own. ' * 40}" for n in range(2, 20)
    )
    for text, parts in ((TEXT, 1), (long, 19)):
        brought = check(text=text)
        assert len(brought.parts) == parts
        with django_assert_num_queries(9):
            brought.get()
