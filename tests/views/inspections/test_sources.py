"""Adding what another source than HMICFRS made, sent or published: what is asked, what it says, what it saves."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people import records
from recommendations.domain.sources import extensions
from recommendations.enums.sources import Answerer
from recommendations.forms.inspections.inspections import InspectionForm
from recommendations.models import Force, Inspection, Oversight, PolicingBody, Recommendation
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.exchange.imports.sheets_of import SIMPLE, brought_in
from tests.makers.sources import MADE, follow, from_iopc
from tests.views.form_of import fields_among
from tests.views.inspections.typed import add_page, errors

BODY = "Police and Crime Commissioner for the Marches"
IOPC = {"made_to": "westmarch", "published_on": "20/1/2026", "title": "Searches of children", "short_name": "IOPC 26"}
CORONER = {"made_to": "westmarch", "published_on": "20/1/2026", "title": "Calls in a crisis", "short_name": "PFD 26"}


@pytest.fixture
def client(sign_in, officer, westmarch, eastvale):
    facts = {"slug": "marches", "kind": "commissioner", "office_name": "Marches OPCC"}
    body = records.keep(record=PolicingBody(name=BODY, **facts), by=None, at=AT)
    for force in (westmarch, eastvale):
        since = datetime.date(2020, 1, 1)
        records.keep(record=Oversight(body=body, force=force, since=since), by=None, at=AT)
    return sign_in(officer)


def page_of(source: str) -> str:
    return reverse("add_source", args=[source])


def test_an_office_with_hmicfrs_alone_has_the_page_of_before(client):
    shown = client.get(reverse("add_inspection"))
    assert (type(shown.context["form"]), "offered" in shown.context) == (InspectionForm, False)
    assert client.get(page_of("hmicfrs")).status_code == 404


def test_the_question_leads_to_the_form_of_a_source(client):
    follow("iopc", "coroner", "audit")
    assert client.get(reverse("add_inspection")).url == page_of("hmicfrs")
    asked = client.get(page_of("hmicfrs"))
    assert [each.source.key for each in asked.context["offered"]] == ["hmicfrs", "iopc", "coroner", "audit"]
    assert client.get(reverse("add_inspection"), {"source": "audit"}).url == page_of("audit")
    assert client.get(page_of("inquiry")).status_code == 404


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("iopc", "basis made_to forces published_on source_reference title short_name link opcc_lead"),
        ("coroner", "made_to forces published_on source_reference title short_name link opcc_lead"),
        ("super-complaint", "made_to forces published_on respond_by title short_name link opcc_lead"),
        ("fire", "forces published_on title short_name link opcc_lead"),
        ("audit", "forces published_on respond_by source_reference title short_name made_by link opcc_lead"),
    ],
)
def test_a_source_asks_what_its_rule_needs(client, source, fields):
    follow(source)
    form = client.get(page_of(source)).context["form"]
    assert {each.name for each in form.visible_fields()} == set(fields.split())


def test_the_iopc_asks_no_fire_service_and_has_no_areas_for_improvement(client, westmarch):
    follow("iopc")
    fire = {"name": "Marches Fire", "short_name": "Fire", "slug": "fire", "reference_prefix": "FS"}
    records.keep(record=Force(**fire, chief_officer_title="Chief fire officer"), by=None, at=AT)
    form = client.get(page_of("iopc")).context["form"]
    assert [value for value, _ in form.fields["made_to"].choices] == ["eastvale", "westmarch", "body"]
    of_iopc, of_hmicfrs = (
        client.get(add_page(made)).context["form"].fields["kind"]
        for made in (from_iopc(westmarch), make_inspection(westmarch))
    )
    assert [value for value, _ in of_iopc.choices] == ["recommendation"]
    assert ("cause_of_concern" in dict(of_hmicfrs.choices), of_iopc.widget.is_hidden) == (True, True)


def test_an_iopc_recommendation_is_added(client, westmarch):
    follow("iopc")
    lead = {"opcc_lead": "Hannah Whitlock", "source_reference": "2026/218834"}
    answer = client.post(page_of("iopc"), IOPC | lead | {"basis": "iopc-28a", "once": "a"})
    made = Inspection.objects.get()
    assert answer.url == f"{add_page(made)}?opcc_lead=Hannah+Whitlock"
    assert (made.made_to, made.source_reference, made.last_day, made.is_under_section_55) == (
        "the chief constable of Westmarch",
        "2026/218834",
        datetime.date(2026, 3, 16),
        False,
    )
    assert [each.force for each in made.covers.all()] == [westmarch]
    assert client.get(answer.url).context["form"].initial["opcc_lead"] == "Hannah Whitlock"


def test_what_is_made_to_the_commissioner_is_answered_by_the_office(client, westmarch, eastvale):
    follow("iopc")
    sent = IOPC | {"basis": "iopc-28a", "made_to": "body"}
    assert list(errors(client.post(page_of("iopc"), sent))) == ["forces"]
    client.post(page_of("iopc"), sent | {"forces": [westmarch.pk, eastvale.pk]})
    made = Inspection.objects.get()
    assert (made.answerer, made.made_to, made.needs_response) == (Answerer.POLICING_BODY, f"the {BODY}", True)


def test_a_recommendation_has_the_kinds_of_its_source(client, westmarch):
    follow("iopc")
    letter, report = from_iopc(westmarch), make_inspection(westmarch)
    page = client.get(f"{add_page(letter)}?kind=area_for_improvement")
    form = page.context["form"]
    assert (dict(form.fields["kind"].choices), form["kind"].value()) == (
        {"recommendation": "Recommendation"},
        "recommendation",
    )
    assert ("cause of concern" in page.text, "AFI" in page.text) == (False, False)
    sent = {"text": "Search them in a room.", "kind": "area_for_improvement", "directed_to_force": "yes"}
    assert list(errors(client.post(add_page(letter), sent))) == ["kind"]
    client.post(add_page(letter), sent | {"kind": "recommendation"})
    assert Recommendation.objects.get().kind == "recommendation"
    page = client.get(add_page(report))
    assert (page.context["form"].has_kinds, "cause of concern" in page.text) == (True, True)


def test_a_kind_that_was_recorded_stays_a_choice(client, westmarch):
    follow("iopc")
    record = make_tracked(from_iopc(westmarch), kind="area_for_improvement").recommendation
    form = client.get(reverse("edit_recommendation", args=[record.inspection_id, record.pk])).context["form"]
    assert [key for key, _ in form.fields["kind"].choices] == ["recommendation", "area_for_improvement"]


def test_a_chief_fire_officer_receives_no_letter_of_the_iopc(client, eastvale):
    follow("iopc", "coroner")
    eastvale.chief_officer_title = "Chief fire officer"
    records.keep(record=eastvale, by=None, at=AT)
    receivers = {
        source: [key for key, _ in client.get(page_of(source)).context["form"].fields["made_to"].choices]
        for source in ("iopc", "coroner")
    }
    assert receivers == {"iopc": ["westmarch", "body"], "coroner": ["eastvale", "westmarch", "body"]}


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("changes", "field", "about"),
    [
        ({"made_to": ""}, "made_to", "made to"),
        ({"published_on": ""}, "published_on", "was made"),
        ({"title": ""}, "title", "title"),
        ({"basis": "coroner"}, "basis", "coroner"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, changes, field, about):
    follow("iopc")
    page = client.post(page_of("iopc"), IOPC | {"basis": "iopc-28a", "link": "https://iopc.example/1"} | changes)
    said = errors(page)
    assert (list(said), about in said[field][0]) == ([field], True)
    assert (page.context["form"]["link"].value(), Inspection.objects.count()) == ("https://iopc.example/1", 0)


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize(
    ("source", "typed", "sentence", "is_due"),
    [
        ("iopc", {}, "The chief officer must answer the IOPC within 56 days.", True),
        (
            "iopc",
            {"made_to": "westmarch", "published_on": "20/1/2026"},
            "The chief constable of Westmarch must answer the IOPC by 16 March 2026.",
            True,
        ),
        ("iopc", {"basis": "iopc-section-10"}, "No answer is required.", False),
        ("audit", {"published_on": "20/1/2026"}, "No answer is required.", False),
        ("hmicfrs", {"published_on": "20/1/2026"}, "The policing body must publish a response by 16 March 2026.", True),
    ],
)
def test_the_sentence_follows_what_is_typed_and_nothing_is_saved(client, source, typed, sentence, is_due):
    # wording: who must answer by when is what the law says
    follow("iopc", "audit")
    shown = client.post(page_of(source), typed | {"title": "As typed", "then": "read"})
    assert (shown.context["must"].sentence, shown.context["must"].is_due) == (sentence, is_due)
    assert (shown.context["form"]["title"].value(), shown.context["form"].errors) == ("As typed", {})
    assert Inspection.objects.count() == 0


def test_a_rule_that_nobody_confirmed_says_so(client):
    follow("coroner")
    shown = client.post(page_of("coroner"), CORONER | {"then": "read"})
    assert shown.context["must"].note != ""


def test_a_form_about_a_death_asks_once_about_a_name(client):
    follow("coroner")
    sent = CORONER | {"title": "Calls about Mr Reed"}
    asked = client.post(page_of("coroner"), sent)
    (message,) = errors(asked)["title"]
    assert ("“Mr Reed”" in message, asked.context["form"]["title"].value()) == (True, "Calls about Mr Reed")
    assert Inspection.objects.count() == 0
    again = client.post(page_of("coroner"), sent | {"asked_names": asked.context["form"]["asked_names"].value()})
    assert (again.status_code, Inspection.objects.get().title) == (302, "Calls about Mr Reed")


def test_its_recommendations_ask_too_and_no_others_do(client, westmarch):
    follow("coroner")
    client.post(page_of("coroner"), CORONER)
    words = {"kind": "recommendation", "text": "Mr Reed rang twice."}
    words |= {"directed_to_force": "yes"}
    asked = client.post(add_page(Inspection.objects.get()), words)
    assert list(errors(asked)) == ["text"]
    client.post(add_page(make_inspection(westmarch)), words)
    (kept,) = Recommendation.objects.all()
    assert kept.inspection.source == "hmicfrs"


WHY = "Mr Reed’s family asks for it."


@pytest.mark.parametrize(
    ("act", "typed"), [("extension", {"asked_on": "21/1/2026", "why": WHY}), ("withdraw", {"reason": WHY})]
)
def test_what_is_said_of_more_time_asks_about_names_where_it_is_about_a_death(client, westmarch, act, typed):
    follow("iopc", "coroner")
    sources = {"coroner": [], "iopc": []}
    for source, rule in (("coroner", "coroner"), ("iopc", "iopc-28a")):
        made = from_iopc(westmarch, source=source, basis=rule, title=f"Of the {source}")
        if act == "withdraw":
            asked = extensions.ask_extension(inspection=made, asked_on=made.starts_on, by=None, at=AT)
            typed = typed | {"row": asked.pk}
        page = reverse("record_answer", args=[made.pk, act])
        answer = client.post(page, typed)
        sources[source].append(answer.status_code)
        if source == "coroner":
            names = answer.context["form"]["asked_names"].value()
            again = client.post(page, typed | {"asked_names": names})
            sources[source].append(again.status_code)
    assert sources == {"coroner": [422, 302], "iopc": [302]}


def test_what_it_says_is_corrected_with_a_reason(client, westmarch):
    follow("iopc")
    client.post(page_of("iopc"), IOPC | {"basis": "iopc-28a"})
    made = Inspection.objects.get()
    page = reverse("edit_inspection", args=[made.pk])
    shown = client.get(page).context["form"]
    sent = {each.name: each.value() or "" for each in shown} | {"published_on": "21/1/2026", "reason": "As the letter."}
    client.post(page, sent)
    made.refresh_from_db()
    assert (made.starts_on, made.last_day, made.title) == (
        datetime.date(2026, 1, 21),
        datetime.date(2026, 3, 17),
        "Searches of children",
    )


def test_a_day_that_nobody_knew_is_entered_later_and_the_clock_runs(client, westmarch):
    follow("iopc")
    letter = {"source": "IOPC", "inspection": "Searches", "published_on": MADE, "number": "1", "text": "Ask."}
    brought_in(SIMPLE | {"source": "Source"}, letter, sent_on="not known")
    made = Inspection.objects.get()
    page = reverse("edit_inspection", args=[made.pk])
    shown = client.get(page).context["form"]
    typed = {each.name: each.value() or "" for each in shown if each.name not in ("forces", "once")}
    assert typed["published_on"] == ""
    typed |= {"made_to": "westmarch", "reason": "The letter is found."}
    assert client.post(page, typed).status_code == 302
    made.refresh_from_db()
    assert (made.starts_on, made.last_day) == (None, None)
    typed |= {"published_on": "21/1/2026", "version": made.version}
    client.post(page, typed)
    made.refresh_from_db()
    assert (made.starts_on, made.last_day) == (datetime.date(2026, 1, 21), datetime.date(2026, 3, 17))


RECORDED = {
    # as documents and spreadsheets leave them: days that differ, words of their own, or nothing
    "iopc": {
        "basis": "iopc-28a",
        "published_on": TODAY,
        "source_reference": "2026/1",
        "link": "https://iopc.example/1",
    },
    "coroner": {
        "basis": "coroner",
        "made_to": "Chief Constable, Westmarch Police; NHS Trust",
        "title": "Mr Reed’s ward",
    },
    "audit": {"basis": "audit", "starts_on": None, "lead_inspectorate": "Weir and Moor", "answerer": "stated"},
    "ico": {"basis": "ico", "starts_on": None, "made_to": "", "respond_by": TODAY},
    "review": {"basis": "review", "starts_on": None, "made_to": "the partnership"},
    "inquiry": {"basis": "inquiry", "starts_on": None, "made_to": ""},
    "other": {"basis": "other", "starts_on": None, "made_to": f"the {BODY}"},
    "super-complaint": {"kind": "super_complaint", "respond_by": TODAY},
    "fire": {"kind": "fire"},
}


@pytest.mark.suite(0, 7)
@pytest.mark.parametrize("source", RECORDED)
def test_a_report_that_is_saved_unchanged_stays_as_it_is(client, westmarch, source):
    said = RECORDED[source]
    follow(source)
    made = make_inspection(westmarch, **said) if "kind" in said else from_iopc(westmarch, source=source, **said)
    before = Inspection.objects.values().get()
    page = reverse("edit_inspection", args=[made.pk])
    sent = fields_among(LexborHTMLParser(client.get(page).content.decode()).css("main form [name]"))
    answer = client.post(page, sent | {"reason": "Looked at."})
    assert (answer.status_code, Inspection.objects.values().get()) == (302, before | {"version": 2})


def test_the_pages_cost_few_queries(client, django_assert_num_queries):
    follow("iopc", "coroner")
    client.get(page_of("iopc"))
    with django_assert_num_queries(12):
        client.get(page_of("iopc"))
