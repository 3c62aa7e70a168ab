"""A paper read in a browser, and its register as files: from the kept figures, for whoever may see the paper."""

import datetime
import json
import re
from itertools import chain

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from recommendations.documents.papers.register_files import CSV, XLSX, register_files
from recommendations.documents.papers.web_edition import ENTRIES
from recommendations.documents.pdf.attachments import embedded_files
from recommendations.domain.papers import papers
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.downloads import downloads_of
from recommendations.domain.register import voices
from recommendations.models import IssuedFile, ScrutinyReport, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.documents.papers import samples
from tests.makers.builds import finalise, kept_alone
from tests.makers.quarters import PASSED
from tests.per_module import per_module

LATER = "zqlaterword"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def tracked(westmarch, body):
    return make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 2, 1))


@per_module
def draft(tracked, westmarch, officer):
    return papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())


@per_module
def filed(draft, approver):
    return finalise(draft, by=approver, at=timezone.now())


def read(paper) -> str:
    return reverse("read_paper", args=[paper.pk])


def register(paper, form: str) -> str:
    return reverse("paper_register", args=[paper.pk, form])


def keep(paper, figures) -> None:
    """Put made-up figures in place of those that the paper keeps, past the verbs."""
    with connection.cursor() as cursor:
        sql = f"UPDATE {ScrutinyReport._meta.db_table} SET figures = %s WHERE id = %s"
        cursor.execute(sql, [json.dumps(figures.to_json()), paper.pk])


def words(html) -> str:
    return " ".join(html.text(separator=" ").split())


def page_of(response):
    return LexborHTMLParser(response.content).css_first("article")


def test_a_filed_paper_reads_as_its_pdf_does_and_its_entries_have_addresses(client, filed, tracked, member):
    client.force_login(member)
    page = page_of(client.get(read(filed)))
    assert page.css_first("h1").text() == f"HMICFRS recommendations: Westmarch Police, {PASSED.label}"
    entry = page.css_first(f"h4#{tracked.reference.lower()}")
    assert words(entry).startswith(tracked.reference)
    assert page.css_first(f'a[href="#{tracked.reference.lower()}"]') is not None
    names = {each.attributes["id"] for each in page.css("[id]")}
    inside = {each.attributes["href"] for each in page.css("a") if each.attributes["href"].startswith("#")}
    assert {address.removeprefix("#") for address in inside} <= names
    assert len(page.css("svg desc")) == len(page.css("svg title")) == 5


def test_it_lists_each_item_with_its_close_down_date(client, filed, tracked, member):
    client.force_login(member)
    page = page_of(client.get(read(filed)))
    row = page.css_first("table.dates tbody tr:not(.grp)")
    cells = [words(cell) for cell in row.css("th, td")]
    assert cells == [tracked.reference, tracked.recommendation.short_text, "Red", "1 Feb 2026", "1 Feb 2026", ""]
    assert row.css_first("a").attributes["href"] == f"#{tracked.reference.lower()}"
    assert "Open: 1, as on page 1 (" in words(page)


def test_it_says_what_was_kept_whatever_is_recorded_later(client, filed, tracked, member, officer):
    client.force_login(member)
    before = client.get(read(filed)).content
    voices.log_force_update(tracked=tracked, done=LATER, effective_on=PASSED.end, by=officer, at=timezone.now())
    after = client.get(read(filed)).content
    assert LATER.encode() not in after
    assert page_of_bytes(after) == page_of_bytes(before)


def page_of_bytes(content: bytes) -> str:
    return LexborHTMLParser(content).css_first("article").html


def test_a_draft_reads_with_its_live_figures_and_says_so(client, draft, tracked, officer):
    client.force_login(officer)
    voices.log_force_update(tracked=tracked, done=LATER, effective_on=PASSED.end, by=officer, at=timezone.now())
    article = page_of(client.get(read(draft)))
    page = words(article)
    assert "DRAFT" in page
    assert LATER in page
    leads = [link.attributes["href"] for link in article.css("a")]
    assert [register(draft, form) in leads for form in ("xlsx", "csv")] == [True, True]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_register_is_the_file_that_the_pdf_holds(client, filed, member, form):
    client.force_login(member)
    response = client.get(register(filed, form))
    kind = {"xlsx": XLSX, "csv": CSV}[form]
    made = {file.media_type: file for file in register_files(Figures.from_json(filed.figures))}
    assert response.content == dict(embedded_files(bytes(filed.file.content)))[kind] == made[kind].content
    assert response["Content-Disposition"] == f'attachment; filename="{made[kind].name}"'
    assert (response["Content-Type"], response["Cache-Control"]) == (kind, "private, no-store")


def test_a_paper_from_before_papers_held_files_has_them_made_of_its_figures(client, filed, member):
    with connection.cursor() as cursor:
        sql = f"UPDATE {IssuedFile._meta.db_table} SET content = %s WHERE id = %s"
        cursor.execute(sql, [b"%PDF-1.7 without files", filed.file_id])
    client.force_login(member)
    made = {file.media_type: file.content for file in register_files(Figures.from_json(filed.figures))}
    assert client.get(register(filed, "csv")).content == made[CSV]


def test_the_register_of_a_draft_is_live_and_named_so(client, draft, tracked, officer):
    client.force_login(officer)
    voices.log_force_update(tracked=tracked, done=LATER, effective_on=PASSED.end, by=officer, at=timezone.now())
    response = client.get(register(draft, "csv"))
    assert LATER in response.content.decode()
    assert 'filename="draft-register-westmarch-police-' in response["Content-Disposition"]


def test_each_download_is_recorded_and_a_look_at_its_head_is_not(client, filed, member):
    client.force_login(member)
    for form in ("xlsx", "csv"):
        client.head(register(filed, form))
        client.get(register(filed, form))
    client.get(read(filed))
    entries = TrailEntry.objects.filter(verb="download_paper").order_by("pk").values_list("about", flat=True)
    assert list(entries) == ["Spreadsheet, issue 1", "CSV, issue 1"]
    assert {row.form for row in downloads_of(filed).rows} == {"Spreadsheet", "CSV"}


def test_drafts_and_other_forces_papers_are_not_there(client, draft, approver, member, force_lead, other_force_lead):
    def seen(person):
        client.force_login(person)
        return [client.get(address).status_code for address in (read(draft), register(draft, "csv"))]

    assert {person.name: seen(person) for person in (member, force_lead, other_force_lead)} == {
        member.name: [404, 404],
        force_lead.name: [404, 404],
        other_force_lead.name: [404, 404],
    }
    finalise(draft, by=approver, at=timezone.now(), render=kept_alone)
    assert [seen(person) for person in (member, force_lead, other_force_lead)] == [[200, 200], [200, 200], [404, 404]]


def test_a_form_that_there_is_not_is_not_there(client, filed, member):
    client.force_login(member)
    assert client.get(register(filed, "exe")).status_code == 404


def test_a_large_register_goes_on_and_each_entry_keeps_its_address(client, filed, member):
    figures = samples.figures(2 * ENTRIES + 20)
    keep(filed, figures)
    client.force_login(member)
    pages = [page_of(client.get(f"{read(filed)}?page={number}")) for number in (1, 2, 3)]
    shown = [[entry.attributes["id"] for entry in page.css("h4")] for page in pages]
    assert [len(each) for each in shown] == [ENTRIES, ENTRIES, 20]
    assert list(chain(*shown)) == [entry.reference.lower() for entry in figures.entries]
    last = figures.overdue[-1].reference.lower()
    assert pages[0].css_first(f'#overdue ~ table a[href="?page=3#{last}"]') is not None
    assert last in shown[2]
    assert "Page 3 of 3, rows 101 to 120 of 120" in words(pages[2])
    assert words(pages[2]).count("Three charts") == 0
    assert page_of(client.get(f"{read(filed)}?page=99")).html == page_of(client.get(f"{read(filed)}?page=3")).html


@pytest.mark.soak
def test_each_part_counts_itself_whole_on_every_page_that_it_is_on(client, filed, member):
    keep(filed, samples.figures(2 * ENTRIES, per_inspection=80))
    client.force_login(member)
    lines = [
        [words(line) for line in page_of(client.get(f"{read(filed)}?page={number}")).css(".annex .of")]
        for number in (1, 2)
    ]
    first, second = "64 open, 16 closed in the period.", "16 open, 4 closed in the period."
    assert [[re.sub(r"^.*2024\. ", "", line) for line in page] for page in lines] == [[first], [first, second]]


def test_a_page_costs_the_same_queries_for_one_entry_as_for_many(client, filed, member, django_assert_num_queries):
    client.force_login(member)
    for count in (1, 3, 200):
        keep(filed, samples.figures(count))
        with django_assert_num_queries(5):
            client.get(read(filed))


def test_the_papers_page_leads_to_each_form(client, filed, draft, member, officer):
    client.force_login(member)
    page = LexborHTMLParser(client.get(filed.get_absolute_url()).content)
    led = {link.attributes["href"] for link in page.css("main a")}
    assert {read(filed), register(filed, "xlsx"), register(filed, "csv"), f"{read(filed)}#register"} <= led
