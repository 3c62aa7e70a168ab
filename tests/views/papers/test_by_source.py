"""The source that a paper is on is chosen where its draft is begun, in an office that follows several."""

import datetime

import pytest
from django.urls import reverse

from recommendations.models import ScrutinyReport
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import END, START, moment
from tests.makers.sources import follow, from_iopc
from tests.views.hooks import parsed

pytestmark = pytest.mark.django_db
BEFORE = moment(datetime.date(2026, 3, 2))


def test_an_office_that_follows_hmicfrs_alone_is_not_asked(westmarch, sign_in, officer):
    assert parsed(sign_in(officer).get(reverse("add_paper"))).css("[name=source]") == []


def test_the_source_is_chosen_and_the_papers_page_says_so(westmarch, sign_in, officer):
    follow("iopc", at=BEFORE)
    make_tracked(make_inspection(westmarch, at=BEFORE), at=BEFORE)
    make_tracked(from_iopc(westmarch, at=BEFORE), at=BEFORE)
    client, address = sign_in(officer), reverse("add_paper")
    page = parsed(client.get(address))
    assert [each.attributes["value"] for each in page.css("[name=source] option")] == ["", "hmicfrs", "iopc"]
    period = {"period": "other", "start": f"{START:%d/%m/%Y}", "end": f"{END:%d/%m/%Y}"}
    for source in ("", "iopc"):
        client.post(address, {"force": [westmarch.pk], "source": source, **period})
    whole, alone = ScrutinyReport.objects.order_by("pk")
    assert [(each.source, each.about) for each in (whole, alone)] == [
        ("", "Westmarch Police"),
        ("iopc", "Westmarch Police (IOPC alone)"),
    ]
    words = parsed(client.get(alone.get_absolute_url())).css_first("main").text()
    assert ("IOPC recommendations" in words, "HMICFRS recommendations" in words) == (True, False)
