"""Beginning the response to a report that has none, and sharing that of a companion."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.inspections.inspections import edit_inspection
from recommendations.models import Response
from tests.conftest import make_inspection
from tests.makers.responses import make_response
from tests.per_module import per_module
from tests.views.hooks import lacking, values, wrong


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


@per_module
def report(westmarch, body):
    return make_inspection(westmarch, title="The national report", at=timezone.now())


@per_module
def companion(westmarch, report):
    return make_inspection(westmarch, title="The force’s report", links={"companion_of": report}, at=timezone.now())


def address(inspection) -> str:
    return reverse("begin_response", args=[inspection.pk])


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def begin(client, inspection, **typed):
    given = client.get(address(inspection)).context["form"]["once"].value()
    return client.post(address(inspection), {"once": given} | typed)


def test_one_of_its_own(client_of, report, body):
    assert "Which response" not in text_of(client_of.get(address(report)))
    answer = begin(client_of, report)
    response = Response.objects.get()
    assert (answer.url, response.body, response.state) == (response.get_absolute_url(), body, "drafting")
    assert client_of.get(address(report)).url == response.get_absolute_url()


def test_two_clicks_begin_one(client_of, report):
    given = client_of.get(address(report)).context["form"]["once"].value()
    urls = {client_of.post(address(report), {"once": given}).url for _ in range(2)}
    assert urls == {Response.objects.get().get_absolute_url()}


def test_that_of_its_companion(client_of, report, companion, body):
    response = make_response(report, body)
    assert str(response.pk) in values(client_of.get(address(companion)), "how")
    answer = begin(client_of, companion, how=str(response.pk))
    assert answer.url == response.get_absolute_url()
    assert [each.inspection for each in response.answers.order_by("pk")] == [report, companion]
    for each in (report, companion):
        assert response.get_absolute_url() in text_of(client_of.get(each.get_absolute_url()))


def test_its_own_where_it_could_share(client_of, report, companion, body):
    make_response(report, body)
    begin(client_of, companion, how="own")
    assert Response.objects.count() == 2


def test_a_response_that_is_not_offered_is_let_go(client_of, report, eastvale, body):
    other = make_response(make_inspection(eastvale, title="Another"), body)
    answer = begin(client_of, report, how=str(other.pk))
    assert (answer.status_code, Response.objects.count()) == (302, 2)
    assert [each.inspection.title for each in other.answers.all()] == ["Another"]


def test_where_nobody_oversees_the_force_it_says_what_to_do(client_of, westmarch):
    early = make_inspection(westmarch, published_on=datetime.date(2010, 1, 1), at=timezone.now())
    refused = begin(client_of, early)
    assert (wrong(refused), lacking(refused, ".govuk-error-summary", "1 January 2010")) == ([""], [])
    assert Response.objects.count() == 0


def test_one_that_is_covered_shows_the_response_of_its_companion(client_of, report, companion, body, officer):
    response = make_response(report, body)
    facts = {"needs_response": False, "no_response_reason": "The response to another report covers it"}
    edit_inspection(
        inspection=companion,
        version=1,
        forces=[companion.covers.get().force],
        reason="One response.",
        by=officer,
        at=timezone.now(),
        **facts,
    )
    text = text_of(client_of.get(companion.get_absolute_url()))
    assert (response.get_absolute_url() in text, facts["no_response_reason"] in text) == (True, True)
    assert address(companion) not in text
