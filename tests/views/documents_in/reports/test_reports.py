"""A report is chosen, read, checked and saved on the pages; what stands in the way is said beside what was typed."""

import pytest
from django.urls import reverse

from recommendations.domain.responses import starting
from recommendations.forms.documents_in.check_draft import says_section_55
from recommendations.models import Inspection, InspectionDocument, InspectionLink, Response, TrackedRecommendation
from tests.conftest import make_inspection
from tests.views.documents_in.reports.conftest import CHECK, CHOOSE
from tests.views.form_of import fields_of
from tests.views.hooks import flashes, lacking, wrong

TEXT = "HMICFRS: An inspection of custody\n\nRecommendation 1\n\nThe force should test bells.\n\nRecommendation 9\n"


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def problems(page) -> list[str]:
    return [str(message) for _, message in page.context["form"].problems]


def nothing_saved() -> bool:
    return not any(model.objects.exists() for model in (Inspection, Response, TrackedRecommendation))


def read(page) -> list[tuple]:
    return [(part.noun, part.label, part.cause) for part in page.context["page"].parts]


# -- choosing


def test_the_lists_lead_here(office):
    for address in ("inspections", "responses"):
        assert f'href="{CHOOSE}"' in office.get(reverse(address)).content.decode()
    assert office.get(CHOOSE).status_code == 200


def test_a_report_is_read_at_once_and_nothing_is_saved(choose):
    page = choose("peel.html")
    assert page.context["page"].counts == [
        "2 recommendations",
        "3 areas for improvement",
        "1 cause of concern",
        "1 innovative practice",
    ]
    assert read(page)[4:] == [
        ("Cause of concern", "Cause of concern 1", ""),
        ("Recommendation", "1", "Cause of concern 1"),
        ("Recommendation", "2", "Cause of concern 1"),
    ]
    assert page.context["page"].last_day == "6 May 2026"
    assert "Comment" not in text_of(page)
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


def test_a_report_that_is_here_already_says_so_with_a_link(choose, press, westmarch):
    press(choose("peel.html"), "save")
    inspection = Inspection.objects.get()
    again = text_of(choose("peel.html"))
    assert f'<a href="{inspection.get_absolute_url()}">' in again
    assert (Inspection.objects.count(), Response.objects.count()) == (1, 1)


# -- checking and saving


def test_saving_records_the_inspection_and_begins_its_response(choose, press, office, body):
    done = press(choose("peel.html"), "save", title="PEEL of Westmarch", short_name="PEEL W 26")
    inspection, response = Inspection.objects.get(), Response.objects.get()
    assert (done.status_code, done.url) == (302, inspection.get_absolute_url())
    assert (inspection.title, inspection.short_name, inspection.respond_by) == ("PEEL of Westmarch", "PEEL W 26", None)
    assert (response.body, response.state) == (body, "drafting")
    page = office.get(done.url)
    assert (flashes(page), lacking(page, ".app-flash", "5 recommendations")) == (["success"], [])
    begun = text_of(office.get(response.get_absolute_url()))
    assert "Westmarch Police should tell victims by 30 June 2026" in begun


def test_a_waiting_inspection_leads_to_its_response(choose, press, office):
    press(choose("peel.html"), "save")
    page = office.get(reverse("responses"))
    assert f'href="{Response.objects.get().get_absolute_url()}"' in text_of(page)
    assert page.context["rows"] == []


@pytest.mark.soak
def test_everything_can_be_changed(choose, press, eastvale):
    page = press(
        choose("thematic.html"),
        "save",
        force=str(eastvale.pk),
        kind="super_complaint",
        published_on="10 March 2026",
        recommendation__r2__deadline_words="",
        recommendation__r2__deadline_kind="none",
        recommendation__r2__deadline_on="",
        respond_by="1 May 2026",
        inspectorate="HMICFRS and IOPC",
        recommendation__r0__number="1a",
        recommendation__r0__heading="Learning",
    )
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


def test_a_report_of_another_kind_asks_whether_section_55_applies(choose, press):
    page = choose("thematic.html")
    assert (page.context["form"].asks_section_55, "section_55" in fields_of(page.content.decode(), "read")) == (
        False,
        False,
    )
    asked = press(page, "save", kind="other")
    assert (wrong(asked), nothing_saved()) == (["section_55"], True)
    assert asked.context["page"].last_day == "6 May 2026"
    checked = press(asked, "again", section_55="no")
    assert checked.context["page"].last_day == ""
    assert press(checked, "save").status_code == 302
    assert Inspection.objects.get().section_55 is False


@pytest.mark.suite(0, 1)
@pytest.mark.parametrize(("kind", "last_day"), [("peel", "6 May 2026"), ("fire", ""), ("super_complaint", "")])
def test_the_day_that_would_be_counted_is_shown_where_one_is(choose, press, kind, last_day):
    assert press(choose("thematic.html"), "again", kind=kind).context["page"].last_day == last_day


def test_a_line_without_a_place_is_placed_or_left_out_before_saving(choose, press):
    page = choose(text=TEXT)
    assert problems(press(page, "save")) == ["Place “Recommendation 9”"]
    index = page.context["page"].unplaced[0]
    assert press(page, "save", **{f"place__{index}": "out"}).status_code == 302
    assert InspectionDocument.objects.get().left_out == ["Recommendation 9"]


def test_a_line_of_the_reports_own_text_becomes_a_recommendation(choose, press):
    page = choose("peel.html")
    words = "Specialist teams have enough detectives. The force should keep this under review."
    line = next(line for line in page.context["page"].lines if line.text == words)
    after = press(page, f"rec:{line.index}")
    assert [(row.key, row.text, row.addressees) for row in after.context["form"].draft.recommendations[4:5]] == [
        (f"l{line.index}", words, "force")
    ]
    back = press(after, f"back:{line.index}")
    assert read(back) == read(page)
    assert [(run.own, len(run.lines)) for run in back.context["page"].runs] == [
        (run.own, len(run.lines)) for run in page.context["page"].runs
    ]


@pytest.mark.soak
def test_what_is_removed_is_the_reports_own_text_again(choose, press):
    page = press(choose("peel.html"), "remove:r3")
    assert ("Area for improvement", "AFI 3", "") not in read(page)
    assert page.context["page"].unplaced == []
    assert press(page, "save").status_code == 302
    assert TrackedRecommendation.objects.count() == 4


@pytest.mark.soak
def test_deadlines_count_from_the_day_that_is_typed(choose, press):
    page = press(choose("peel.html"), "read", published_on="1 February 2026")
    assert page.context["form"].read_again == 1
    assert page.context["form"].draft.recommendation("r5").deadline_on == "1 May 2026"


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
def test_what_cannot_become_of_the_response_is_refused(choose, press, given, place):
    page = press(choose("peel.html"), "save", **given)
    assert [where for where, _ in page.context["form"].problems] == [place]
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
def test_why_no_response_is_needed_is_on_record(choose, press, office, given, reason):
    # wording: the reason is kept on record in these words
    done = press(choose("peel.html"), "save", answer="none", **given)
    inspection = Inspection.objects.get()
    assert (inspection.needs_response, inspection.no_response_reason) == (False, reason)
    assert not Response.objects.exists()
    assert reason in text_of(office.get(done.url))


@pytest.mark.soak
def test_no_response_is_begun_for_a_fire_inspection(choose, press, office, body):
    done = press(choose("peel.html"), "save", kind="fire")
    inspection = Inspection.objects.get()
    assert (inspection.needs_response, Response.objects.exists()) == (False, False)
    assert lacking(office.get(done.url), ".app-flash", "fire authority") == []


@pytest.mark.soak
def test_a_companion_shares_a_response(choose, press, office, westmarch, body, officer, at):
    national = make_inspection(westmarch, title="Missing children")
    response = starting.start_response(inspections=[national], body=body, by=officer, at=at)
    given = {"belongs_to": str(national.pk), "link": "companion", "answer": "shared"}
    done = press(choose("peel.html"), "save", **given)
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


def test_a_report_that_belongs_to_another_says_how(choose, press, westmarch):
    interim = make_inspection(westmarch, title="Interim")
    page = press(choose("peel.html"), "save", belongs_to=str(interim.pk))
    assert [place for place, _ in page.context["form"].problems] == ["id_link"]


# -- what comes by itself


def test_a_check_without_its_document_begins_again(office):
    assert office.get(CHECK).url == CHOOSE
    page = office.post(CHECK, {"document": "forged", "do": "save"})
    assert (page.templates[0].name, wrong(page)[0]) == ("documents_in/reports/choose.html", "")


def test_a_long_report_costs_the_same_queries_as_a_short_one(choose, press, django_assert_num_queries):
    long = TEXT.replace("Recommendation 9", "") + "\n\n".join(
        f"Recommendation {n}\n\nThe force should count calls of kind {n}. {'Own. ' * 40}" for n in range(2, 20)
    )
    for text, parts in ((TEXT, 1), (long, 19)):
        page = choose(text=text)
        assert len(page.context["page"].parts) == parts
        with django_assert_num_queries(10):
            press(page, "read")
