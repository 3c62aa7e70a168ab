"""The page for the words of a draft: filled in, saved, refused with what was typed, shown with the other's words."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.papers.rendering import paper_document
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.sections.author_text import words_of, write_words
from recommendations.models import PaperWords, TrailEntry
from recommendations.periods import recent_quarters
from tests.conftest import make_inspection, make_tracked
from tests.makers.builds import finalise, kept_alone
from tests.makers.quarters import PASSED
from tests.per_module import per_module
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, lacking, number_of, wrong


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def page(draft):
    return reverse("paper_words", args=[draft.pk])


SAID = {
    "item": "7",
    "purpose": "For assurance",
    "meets_on": "3/12/2026",
    "asked": "note the position\n\n• choose a deep dive",
    "view": "partly_assured",
    "view_words": "Half of it is done.",
    "matter_1": "own",
    "matter_1_words": "The budget was cut.",
    "questions": "When will it end?",
    "remark_quarters": "Ten of these came in one week.",
}


def test_an_officer_writes_the_words_and_the_paper_shows_them(client, officer, draft, page):
    client.force_login(officer)
    answers = [client.post(page, SAID | {"once": "a"}) for _ in range(2)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, draft.get_absolute_url())}
    assert TrailEntry.objects.filter(verb="write_paper_words").count() == 1
    words = words_of(draft)
    assert (words.asked, words.meets_on) == ("note the position\nchoose a deep dive", datetime.date(2026, 12, 3))
    page_of_paper = client.get(draft.get_absolute_url())
    shown = " ".join(page_of_paper.text.split())
    assert "<strong>Partly assured.</strong> Half of it is done." in shown
    assert "The budget was cut. <span" in shown
    assert lacking(page_of_paper, ".app-paper__why", "no figure of") == []
    assert "<li>choose a deep dive</li>" in shown
    assert 'value="7"' in client.get(page).text


def test_the_first_words_of_a_paper_are_saved_as_the_page_sends_them(client, officer, draft, page):
    """Nothing is saved yet, so the version that the form carries is that of no words."""
    client.force_login(officer)
    shown = LexborHTMLParser(client.get(page).text).css("main form[method=post] [name]")
    filled = fields_among([field for field in shown if field.tag != "button"]) | SAID
    assert (filled["version"], client.post(page, filled).status_code) == (["0"], 302)
    assert words_of(draft).view_words == "Half of it is done."


def test_the_form_begins_with_what_papers_ask_and_names_what_the_figures_give(client, officer, draft, page, westmarch):
    make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    client.force_login(officer)
    text = client.get(page).text
    assert "\nask the chief constable" in text
    assert '<option value="longest">The longest overdue: 1</option>' in text
    assert '<option value="no_date">No date set: 0</option>' in text
    assert number_of(text, "ul.app-words__made li") == 3


def test_without_figures_the_page_says_so(client, officer, page):
    client.force_login(officer)
    assert number_of(client.get(page), "ul.app-words__made") == 0


@pytest.mark.suite(2, 6)
@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ({"view": ""}, ()),
        ({"view_words": ""}, ()),
        ({"view_words": "x" * 351}, ("351", "350")),
        ({"asked": "note\n" * 7}, ("7 lines", "limit is 6")),
        ({"questions": "x" * 201}, ("200",)),
        ({"purpose": ""}, ()),
        ({"meets_on": "31/2/2026"}, ("31 February 2026",)),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, officer, page, said, facts):
    client.force_login(officer)
    answer = client.post(page, SAID | said)
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, "p.govuk-error-message", *facts)) == ([*said], [])
    assert "The budget was cut." in answer.text
    assert PaperWords.objects.count() == 0


def test_who_saves_second_sees_both_and_saves_again(client, officer, approver, draft, page):
    write_words(paper=draft, version=0, by=approver, at=timezone.now(), item="12", questions=("Why?",))
    client.force_login(officer)
    answer = client.post(page, SAID)
    assert answer.status_code == 422
    assert number_of(answer, ".app-entry__conflicts") == 1
    assert "When will it end?" in answer.text
    assert "Why?" in answer.text
    assert words_of(draft).item == "12"
    assert client.post(page, SAID | {"version": "1"}).status_code == 302
    assert words_of(draft).item == "7"


def test_the_words_of_a_finalised_paper_stay(client, officer, approver, draft, page):
    finalise(draft, by=approver, at=timezone.now(), render=kept_alone)
    client.force_login(officer)
    for answer in (client.get(page, follow=True), client.post(page, SAID, follow=True)):
        assert flashes(answer) == ["error"]
        assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert page not in answer.text
    assert PaperWords.objects.count() == 0


def test_only_the_office_writes(client, draft, page, member, force_lead, administrator):
    for person in (member, force_lead, administrator):
        client.force_login(person)
        assert client.post(page, SAID).status_code == 403
    assert PaperWords.objects.count() == 0


def test_an_approver_who_wrote_them_is_told_that_another_finalises(client, approver, draft):
    write_words(paper=draft, version=0, by=approver, at=timezone.now(), item="12")
    client.force_login(approver)
    text = client.get(draft.get_absolute_url()).text
    assert reverse("finalise_paper", args=[draft.pk]) not in text
    assert number_of(text, ".app-panel--next p") == 1


def test_the_history_of_the_paper_tells_who_wrote_what(client, officer, draft):
    write_words(paper=draft, version=0, by=officer, at=timezone.now(), item="12")
    write_words(paper=draft, version=1, by=officer, at=timezone.now(), item="7")
    client.force_login(officer)
    lines = client.get(reverse("history", args=["paper", draft.pk])).context["lines"]
    changes = [change for line in lines for row in line.rows for change in row.changes]
    assert [(each.before, each.after) for each in changes if each.field == "Item number"] == [("12", "7"), ("", "12")]
    assert lines[0].verb == lines[1].verb != lines[2].verb


def test_a_remark_stands_under_its_chart_on_the_page_and_in_the_paper(client, officer, westmarch, draft, page):
    make_tracked(make_inspection(westmarch))
    client.force_login(officer)
    client.post(page, {"purpose": "For assurance", "remark_ages": "One is old, and is read again in spring."})
    shown = client.get(draft.get_absolute_url()).text
    assert shown.count("app-chart__remark") == 1
    assert shown.index("1 open comes from reports") < shown.index("One is old, and is read again in spring.")
    at = timezone.now()
    figures = compile_figures(paper=draft, known_at=at)
    document = paper_document(figures, author=papers.author_of(draft), created_at=at, draft=True)
    printed = render_to_string(document.template, {"document": document})
    assert '<p class="say v v-o">One is old, and is read again in spring.</p>' in printed


@pytest.mark.soak
def test_the_words_page_says_what_each_chart_says_beside_its_remark(client, officer, westmarch, draft, page):
    client.force_login(officer)
    assert number_of(client.get(page), "ol.app-words__made") == 0
    make_tracked(make_inspection(westmarch))
    assert "<li>None of 1 open is overdue</li>" in client.get(page).text


@pytest.mark.soak
def test_a_remark_that_is_too_long_is_refused_and_kept_in_the_box(client, officer, draft, page):
    client.force_login(officer)
    long = "Too long. " * 51
    answer = client.post(page, {"purpose": "For assurance", "remark_colours": long})
    assert answer.status_code == 422
    assert (wrong(answer), lacking(answer, ".govuk-error-summary", "509", "500")) == (["remark_colours"], [])
    assert long.strip() in answer.text


@pytest.mark.soak
def test_each_box_has_its_figures_beside_it_and_words_of_the_last_paper_are_pointed_out(
    client, officer, approver, westmarch, draft, page
):
    make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))
    before = recent_quarters(PASSED.start, 2)[1]
    last = papers.prepare(force=westmarch, start=before.start, end=before.end, by=officer, at=timezone.now())
    write_words(paper=last, version=0, by=officer, at=timezone.now(), view="assured", view_words="All of it is done.")
    finalise(last, by=approver, at=timezone.now(), render=kept_alone)
    client.force_login(officer)
    shown = client.get(page)
    assert (
        number_of(shown, ".app-words__beside .app-words__figures") == 8
    )  # each box, where three matters count something
    assert lacking(shown, ".app-words__beside", "All of it is done.") == []
    assert number_of(shown, ".app-words__alike") == 0
    typed = client.post(page, SAID | {"view_words": "All of it is done.", "purpose": ""})
    assert number_of(typed, ".app-words__alike") == 1
