"""The public papers: the list, a page and a PDF for each, what is gone, and the office's page that makes it so."""

import datetime
import hashlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.public.papers import publish_paper, withdraw_public_paper
from recommendations.models import PolicingBody, PublicPaper
from recommendations.views.public.answer_cache import forget
from tests.conftest import AT, make_tracked
from tests.domain.public.test_papers import correction
from tests.makers.factual_checks import make_draft, make_filed
from tests.makers.joint_papers import finalised, joint_draft, registers
from tests.makers.panels import make_channel
from tests.per_module import per_module
from tests.views.hooks import lacking, links, number_of, wrong
from tests.views.public.makers import text_of

LIST = "/published/papers/"
PAGE = "/published/papers/westmarch/2026-04-01-to-2026-06-30/issue-1/"
FILE = f"{PAGE}paper.pdf"
READ, DATA, FEED = f"{PAGE}westmarch/", f"{PAGE}westmarch/register.csv", f"{LIST}feed/"
DAY = datetime.timedelta(days=1)


@per_module
def paper(westmarch, body, approver):
    return make_filed(westmarch, approver)


@per_module
def made(paper, approver):
    return publish_paper(paper=paper, by=approver, at=AT)


def test_the_list_leads_to_the_page_and_that_to_the_pdf(client, made, paper):
    listed = client.get(LIST)
    assert "2026 Westmarch Police, Q1 2026/27, April to June 2026 Published 7 November 2026" in text_of(listed)
    assert f'href="{PAGE}"' in listed.text
    page = client.get(PAGE)
    assert lacking(page, "main", PolicingBody.objects.get().name) == []
    assert f'href="{FILE}"' in page.text
    assert "Oversight" not in listed.text + page.text
    pdf = client.get(FILE)
    assert (pdf.content, pdf["Content-Type"], pdf["X-Content-Type-Options"]) == (b"%PDF", "application/pdf", "nosniff")
    assert pdf["Content-Disposition"] == f'attachment; filename="{paper.file.name}"'


def test_the_paper_is_read_as_a_page_and_its_register_is_data(client, made, tracked):
    assert {READ, DATA, DATA.replace("csv", "xlsx")} <= set(links(client.get(PAGE), "main a"))
    read = client.get(READ)
    assert lacking(read, "article h1", "HMICFRS recommendations: Westmarch Police") == []
    assert DATA in links(read, "article a")
    assert "Oversight" not in read.text
    data = client.get(DATA)
    assert (data["Content-Type"], data["X-Content-Type-Options"]) == ("text/csv", "nosniff")
    assert data.content.decode("utf-8-sig").splitlines()[0].startswith('"Reference",')
    assert client.get(DATA.replace("csv", "xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize(
    "address", [READ.replace("/westmarch/", "/eastvale/", 2), f"{PAGE}eastvale/", f"{PAGE}westmarch/register.pdf"]
)
def test_another_force_or_form_is_not_there(client, made, eastvale, address):
    assert client.get(address).status_code == 404


def test_the_feed_has_each_paper_with_its_whole_address(client, made):
    feed = client.get(FEED)
    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>Westmarch Police: scrutiny report, Q1 2026/27, April to June 2026</title>" in feed.text
    assert f'<link href="{settings.ORIGIN}{PAGE}" rel="alternate"' in feed.text
    assert f'href="{FEED}" title="Published papers"' in client.get(LIST).text


@pytest.mark.soak
def test_a_joint_paper_is_read_force_by_force(client, westmarch, eastvale, body, officer, approver):
    registers(westmarch, eastvale)
    paper = finalised(joint_draft(westmarch, eastvale, by=officer), by=approver)
    publish_paper(paper=paper, by=approver, at=AT)
    page = PAGE.replace("westmarch", "joint-eastvale-westmarch").replace(
        "2026-04-01-to-2026-06-30", "2026-07-01-to-2026-09-30"
    )
    assert [f"{page}{slug}/" for slug in ("eastvale", "westmarch")] == links(client.get(page), "main li:has(a) a")[:2]
    for force in (eastvale, westmarch):
        assert lacking(client.get(f"{page}{force.slug}/"), "article h1", force.name) == []
        assert f"{force.reference_prefix}-0001" in client.get(f"{page}{force.slug}/register.csv").text


def test_the_public_gets_its_edition_and_whoever_publishes_reads_what_that_leaves_out(
    client, sign_in, westmarch, body, approver
):
    make_channel(westmarch)
    draft = make_draft(westmarch)
    files = {"content": b"%PDF whole", "public": b"%PDF public"}
    figures = compile_figures(paper=draft, known_at=AT)
    paper = papers.finalise(paper=draft, figures=figures, **files, by=approver, at=AT)
    asked = sign_in(approver).get(reverse("publish_paper", args=[paper.pk]))
    # wording: the edition says what it leaves out
    assert lacking(asked, "main", "1 Channel panel") == []
    publish_paper(paper=paper, by=approver, at=AT)
    assert (Client().get(FILE).content, client.get(reverse("paper_file", args=[paper.pk])).content) == (
        b"%PDF public",
        b"%PDF whole",
    )
    read = Client().get(READ)
    assert lacking(read, "article", "This edition leaves out the attendance at 1 Channel panel") == []
    assert "Attendance at Channel panels" not in read.text


def test_every_answer_has_an_etag_may_be_cached_and_sets_no_cookie(client, made):
    for address in (LIST, PAGE, FILE, READ, DATA, FEED):
        answer = client.get(address)
        etag = f'"{hashlib.sha256(answer.content).hexdigest()}"'
        assert (answer["Cache-Control"], answer["ETag"]) == ("public, max-age=300", etag)
        assert (answer.has_header("Vary"), answer.cookies.output()) == (False, "")
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


@pytest.mark.suite(0)
@pytest.mark.parametrize("who", ["officer", "force_lead", "member", "administrator"])
def test_somebody_who_is_signed_in_gets_the_same_bytes(sign_in, request, made, who):
    signed_in, nobody = sign_in(request.getfixturevalue(who)), Client()
    for address in (LIST, PAGE, FILE, READ, DATA, FEED):
        ours, theirs = signed_in.get(address), nobody.get(address)
        assert (ours.content, dict(ours.headers)) == (theirs.content, dict(theirs.headers))


COSTS = {LIST: 3, PAGE: 4, FILE: 3, READ: 5, DATA: 6, FEED: 3}


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_it_costs_the_same_for_one_paper_as_for_three(
    client, westmarch, made, approver, django_assert_num_queries, number
):
    for month in range(1, number):
        days = {"start": datetime.date(2026, month, 1), "end": datetime.date(2026, month, 28)}
        publish_paper(paper=make_filed(westmarch, approver, **days), by=approver, at=AT)
    for address, queries in COSTS.items():
        forget()
        with django_assert_num_queries(queries, info=address):
            client.get(address)


def test_a_file_that_somebody_has_is_not_read_again(client, made, django_assert_num_queries):
    etag = f'"{hashlib.sha256(b"%PDF").hexdigest()}"'
    with django_assert_num_queries(2):
        assert client.get(FILE, headers={"If-None-Match": etag}).status_code == 304


def test_a_corrected_issue_is_named_on_both_pages(client, made, paper, officer, approver):
    publish_paper(paper=correction(paper, officer, approver, AT + DAY), by=approver, at=AT + DAY)
    first, second = client.get(PAGE), client.get(PAGE.replace("issue-1", "issue-2"))
    assert PAGE.replace("issue-1", "issue-2") in links(first, "main a")
    assert "This is issue 2. It corrects issue 1 ." in text_of(second)
    assert "Published 8 November 2026. Issue 2, corrects issue 1" in text_of(client.get(LIST))


def test_of_a_withdrawn_paper_the_page_says_why_and_the_file_is_gone(client, made, approver):
    withdraw_public_paper(publication=made, reason="It named a person.", by=approver, at=AT + DAY)
    page = client.get(PAGE)
    assert lacking(page, "main", "8 November 2026", "It named a person.") == []
    assert FILE not in page.text
    for address in (FILE, READ, DATA):
        gone = client.get(address)
        assert (gone.status_code, gone.templates[0].name) == (410, "public/gone.html")
    assert "<entry>" not in client.get(FEED).text
    assert number_of(client.get(LIST), ".app-public__list") == 0


@pytest.mark.suite(0, 4, 7)
@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        FILE,
        READ,
        DATA,
        "/published/papers/westmarch/2026-04-01-to-2026-06-31/issue-1/",
        "/published/papers/westmarch/2026-04-01-to-2026-06-30/issue-0/",
        "/published/papers/westmarch/",
        "/published/papers/1/",
    ],
)
def test_what_nobody_made_public_looks_like_the_publics_pages(client, paper, address):
    answer = client.get(address)
    assert (answer.status_code, answer.templates[0].name) == (404, "public/not_found.html")


def test_an_approving_officer_makes_it_public_and_withdraws_it(client, sign_in, paper, approver, officer):
    url, back = reverse("publish_paper", args=[paper.pk]), paper.get_absolute_url()
    assert "Make it public" not in sign_in(officer).get(back).text
    assert client.post(url).status_code == 403
    client = sign_in(approver)
    assert f'href="{url}"' in client.get(back).text
    assert client.get(url).status_code == 200
    assert client.get(PAGE).status_code == 404
    for _ in range(2):
        assert client.post(url, {"once": "a"}).url == back
    made = PublicPaper.objects.get()
    assert (made.published_by, client.get(PAGE).status_code) == (approver, 200)
    withdraw = reverse("withdraw_public_paper", args=[paper.pk, made.pk])
    assert f'href="{withdraw}"' in client.get(back).text
    refused = client.post(withdraw, {"reason": ""})
    assert (refused.status_code, wrong(refused)) == (422, ["reason"])
    assert client.post(withdraw, {"reason": "It names a person."}).url == back
    assert ": It names a person." in client.get(back).text
    assert client.get(withdraw).url == back
    assert client.get(FILE).status_code == 410


def test_the_list_is_searched_and_says_what_it_found(client, westmarch, approver, inspection):
    make_tracked(inspection, text="Read calls about stalking.")
    publish_paper(paper=make_filed(westmarch, approver), by=approver, at=AT)
    heard = [client.get(reverse("public_papers"), {"q": typed}).content.decode() for typed in ("stalked", "zeppelin")]
    assert ["1 paper found" in each for each in heard] == [True, False]
    assert [number_of(each, ".app-public__list li") for each in heard] == [1, 0]
    assert 'value="stalked"' in heard[0]
