"""What the tests of the public pages share: published, corrected and withdrawn responses, and how a page reads."""

import datetime
import re
from html.parser import HTMLParser

from django.urls import reverse

from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import Response
from tests.conftest import AT, make_inspection, make_many_tracked, make_tracked
from tests.makers.responses import make_published, publish, write

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
INDEX = reverse("public_responses")
FIELDS = {
    "narrative": "We welcome **this** report[^1].\n\n[^1]: See <https://example.org/levels>",
    "reply": "We thank the *chief* constable.",
}


def text_of(answer) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "href" and tag in ("a", "link")]


def links_of(answer) -> list[str]:
    """Where a page leads to, below our own addresses."""
    reader = Links()
    reader.feed(answer.content.decode())
    return [link.split("#")[0] for link in reader.found if link.startswith("/")]


def make_report(forces, *, title="Custody in Westmarch", numbers=("1", "7.1"), **facts):
    inspection = make_inspection(forces, title=title, link="https://example.org/report", **facts)
    text = f"The force should test bell {{}} of {title}."
    if not isinstance(forces, list):
        make_many_tracked(inspection, numbers, text=text)
        return inspection
    for number in numbers:
        make_tracked(inspection, number=number, text=text.format(number))
    return inspection


def write_and_publish(inspection, body, *, by, approver, at=AT, **facts):
    """A response that was written here, with a footnote and a reply."""
    return make_published(inspection, body, by=by, approver=approver, at=at, **facts)


def begin_correction(response, *, by, at, narrative="We welcome the report warmly.", correction="A figure was wrong."):
    """Back to a draft, with other words."""
    publishing.correct(response=response, by=by, at=at)
    response = Response.objects.get(pk=response.pk)
    write(response, "narrative", text=narrative, by=by, at=at)
    write(response, "correction", text=correction, by=by, at=at)
    return response


def publish_correction(response, *, by, approver, at, **words):
    """A second version."""
    response = begin_correction(response, by=by, at=at, **words)
    approval_workflow.submit(response=response, by=by, at=at)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=at)
    return publish(Response.objects.get(pk=response.pk), by=by, at=at)


def withdraw(response, *, by, at, reason="It named a person."):
    return publishing.withdraw_response(response=Response.objects.get(pk=response.pk), reason=reason, by=by, at=at)


def page_of(response) -> str:
    return Response.objects.get(pk=response.pk).get_public_url()


def version_of(response, number: int) -> str:
    found = Response.objects.get(pk=response.pk)
    return reverse("public_version", args=[found.year, found.slug, number])


def file_of(response, number: int, form: str) -> str:
    found = Response.objects.get(pk=response.pk)
    return reverse("public_file", args=[found.year, found.slug, number, form])
