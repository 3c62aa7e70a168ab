"""A report with three recommendations, a draft of the response to it, and what a browser would send from its page."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.models import Response
from tests.conftest import make_tracked
from tests.makers.responses import make_draft, make_response
from tests.per_module import per_module
from tests.views.form_of import fields_of


@per_module
def report(inspection):
    for number in (1, 2, 3):
        make_tracked(inspection, number=str(number), text=f"Within two months the force should test light {number}.")
    return inspection


@per_module
def keys(report):
    """The keys of the parts that answer the three."""
    return [f"recommendation-{each.pk}" for each in report.recommendations.in_order()]


@per_module
def response(report, body, officer):
    """Begun, and nothing is written."""
    return make_response(report, body, by=officer)


@per_module
def draft(report, body, officer):
    """Nothing is missing in it."""
    return make_draft(report, body, by=officer)


@pytest.fixture
def page(sign_in):
    """Open the draft's page as somebody: gives the client, its text, and the fields of its form."""

    def opened(person, response, query=""):
        client = sign_in(person)
        html = client.get(f"{address(response)}{query}").content.decode()
        return client, html, fields_of(html, "draft")

    return opened


def address(response, name: str = "draft_response") -> str:
    return reverse(name, args=[response.pk])


def now(response) -> Response:
    return Response.objects.get(pk=response.pk)


def words(html: str, css: str) -> list[str]:
    """The words of each element that fits, on one line."""
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(css)]
