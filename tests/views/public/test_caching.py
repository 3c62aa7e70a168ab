"""What is for everybody is the same for all: cached for a while, asked for again by its ETag, without a cookie."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import AT
from tests.makers.responses import PDF, PLAIN
from tests.views.public.makers import DAY, INDEX, file_of, page_of, publish_correction, version_of, withdraw

LISTS = (INDEX, *(reverse(name) for name in ("public_feed", "public_json", "public_csv")))


def addresses(response) -> list[str]:
    of_it = [page_of(response), version_of(response, 1), *(file_of(response, 1, form) for form in ("pdf", "txt"))]
    return [*LISTS, *of_it]


def test_every_answer_has_an_etag_may_be_cached_and_sets_no_cookie(client, written):
    for address in addresses(written):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=300"
        assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
        assert (answer.has_header("Vary"), answer.cookies.output()) == (False, "")
    assert client.cookies.output() == ""


def test_whoever_has_it_is_told_so_without_the_content(client, written):
    for address in addresses(written):
        etag = client.get(address)["ETag"]
        for sent in (etag, f'W/{etag}, "other"', "*"):
            again = client.get(address, headers={"If-None-Match": sent})
            assert (again.status_code, again.content) == (304, b"")
            assert (again["ETag"], again["Cache-Control"]) == (etag, "public, max-age=300")
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        assert client.head(address).status_code == 200


def test_a_file_that_somebody_has_is_not_read_again(client, written, django_assert_num_queries):
    address, sha256 = file_of(written, 1, "pdf"), hashlib.sha256(PDF).hexdigest()
    with django_assert_num_queries(1):
        client.get(address, headers={"If-None-Match": f'"{sha256}"'})
    with django_assert_num_queries(2):
        client.get(address)


def test_a_new_version_and_a_withdrawal_change_every_etag(client, written, officer, approver):
    listed = {address: client.get(address)["ETag"] for address in (*LISTS, page_of(written), version_of(written, 1))}
    publish_correction(written, by=officer, approver=approver, at=AT + DAY)
    later = {address: client.get(address)["ETag"] for address in listed}
    withdraw(written, by=approver, at=AT + 2 * DAY)
    last = {address: client.get(address)["ETag"] for address in listed}
    assert [address for address in listed if len({listed[address], later[address], last[address]}) != 3] == []


def test_bytes_types_and_names_are_those_that_were_issued(client, written):
    pdf, text = client.get(file_of(written, 1, "pdf")), client.get(file_of(written, 1, "txt"))
    assert (pdf.content, text.content) == (PDF, PLAIN)
    assert (pdf["Content-Type"], text["Content-Type"]) == ("application/pdf", "text/plain; charset=utf-8")
    names = [answer["Content-Disposition"] for answer in (pdf, text)]
    assert names == [f'attachment; filename="custody-in-westmarch-version-1.{form}"' for form in ("pdf", "txt")]
    assert (pdf["X-Content-Type-Options"], pdf["Content-Length"]) == ("nosniff", str(len(PDF)))


@pytest.mark.suite(0)
@pytest.mark.parametrize("who", ["officer", "force_lead", "member", "administrator"])
def test_somebody_who_is_signed_in_gets_the_same_bytes(sign_in, request, written, who):
    signed_in, nobody = sign_in(request.getfixturevalue(who)), Client()
    for address in addresses(written):
        ours, theirs = signed_in.get(address), nobody.get(address)
        assert (ours.content, dict(ours.headers)) == (theirs.content, dict(theirs.headers))
        assert ours.cookies.output() == ""


def test_a_session_that_is_over_is_not_ended_through_a_cache(client, settings, written):
    """Django would take the cookie away in its answer, and a cache would do so to everybody."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "gone"
    assert client.get(INDEX).cookies.output() == ""
    assert client.get("/published/1999/none/").status_code == 404


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize("name", ["public_responses", "public_feed", "public_json", "public_csv"])
def test_nothing_can_be_posted(client, db, name):
    assert client.post(reverse(name)).status_code == 405


def test_what_is_not_there_looks_like_the_publics_pages_and_is_kept_by_no_cache(client, sign_in, body, officer):
    for address in (
        "/published/none",
        "/published/2026/none/",
        "/published/2026/none/v1/response.exe",
        "/published/0/",
    ):
        answer = client.get(address, follow=True)
        assert (answer.status_code, answer.templates[0].name) == (404, "public/not_found.html")
        assert "Cache-Control" not in answer
        assert body.name in answer.content.decode()
    assert sign_in(officer).get("/published/2026/none/")["Cache-Control"] == "private, no-store"
    elsewhere = client.get("/no/such/page/")
    assert (elsewhere.status_code, elsewhere.templates[0].name) == (404, "404.html")


def test_the_statement_is_in_the_frame_of_who_reads_it(client, sign_in, body, officer):
    public = client.get(reverse("accessibility"))
    assert (public.templates[0].name, public["Cache-Control"]) == ("public/statement.html", "private")
    assert "Oversight" not in public.content.decode()
    ours = sign_in(officer).get(reverse("accessibility"))
    assert (ours.templates[0].name, ours["Cache-Control"]) == ("site/statement.html", "private, no-store")
