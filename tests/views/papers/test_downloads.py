"""Downloads by people signed in are on record: who, which form, how often, when last; shown to the office."""

import datetime

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.papers.downloads import downloads_of, record_download
from recommendations.domain.papers.papers import correct
from recommendations.models import TrailEntry
from tests.conftest import AT
from tests.makers.factual_checks import make_draft, make_filed
from tests.per_module import per_module
from tests.views.hooks import number_of

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def paper(westmarch, body, approver):
    return make_filed(westmarch, approver)


def take(client, person, paper, method="get"):
    client.force_login(person)
    return getattr(client, method)(reverse("paper_file", args=[paper.pk]))


def shown(client, person, paper) -> str:
    client.force_login(person)
    found = LexborHTMLParser(client.get(paper.get_absolute_url()).text).css_first("#downloads")
    return " ".join(found.text(separator=" ").split()) if found else ""


def test_each_download_is_an_entry_of_the_trail_and_a_look_at_the_head_is_none(client, paper, member):
    before = TrailEntry.objects.count()
    assert take(client, member, paper).content == b"%PDF"
    take(client, member, paper, "head")
    (entry,) = TrailEntry.objects.filter(verb="download_paper")
    assert TrailEntry.objects.count() == before + 1
    assert (entry.by, entry.by_name, entry.subject_id, entry.about) == (member, "Ravi Menon", paper.pk, "PDF, issue 1")


def test_the_office_reads_who_took_it_and_nobody_else_does(client, paper, officer, member, force_lead):
    shown(client, officer, paper)
    page = client.get(paper.get_absolute_url())
    assert (number_of(page, "#downloads"), number_of(page, "#downloads li")) == (1, 0)
    for person in (member, member, force_lead):
        take(client, person, paper)
    text = shown(client, officer, paper)
    assert "2 people" in text
    assert ("Ravi Menon PDF, 2 times" in text, "Callum Tranter PDF" in text) == (True, True)
    assert [shown(client, person, paper) for person in (member, force_lead)] == ["", ""]


def test_each_form_and_each_issue_is_told_apart(paper, member, approver, officer):
    for hours, form in ((1, "PDF"), (2, "CSV"), (3, "PDF")):
        record_download(paper=paper, form=form, by=member, at=AT + hours * HOUR)
    second = correct(paper=paper, by=officer, at=AT)
    record_download(paper=second, form="PDF", by=approver, at=AT + 4 * HOUR)
    found = downloads_of(paper)
    assert (found.people, found.last) == (1, AT + 3 * HOUR)
    assert [(row.name, row.form, row.times, row.last) for row in found.rows] == [
        ("Ravi Menon", "PDF", 2, AT + 3 * HOUR),
        ("Ravi Menon", "CSV", 1, AT + 2 * HOUR),
    ]


def test_drafts_that_were_taken_are_on_record_and_are_no_downloads_of_the_paper(client, westmarch, body, officer):
    draft = make_draft(westmarch, by=officer)
    take(client, officer, draft)
    entry = TrailEntry.objects.get(verb="download_paper")
    assert entry.about == "Draft PDF, issue 1"
    assert downloads_of(draft).rows == ()


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_costs_one_query(paper, officer, member, approver, django_assert_num_queries, number):
    for person in (officer, member, approver)[:number]:
        record_download(paper=paper, form="PDF", by=person, at=AT)
    with django_assert_num_queries(1):
        assert downloads_of(paper).people == number
