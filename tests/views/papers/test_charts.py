"""A paper's page shows its charts: drawn without inline styles, with a text, and with the same numbers as a table."""

import datetime
import re

import pytest
from django.utils import timezone

from tests.conftest import make_inspection, make_tracked
from tests.makers.builds import finalise, kept_alone
from tests.makers.quarters import PASSED
from tests.per_module import per_module

KIND_HEADS = ["Kind", "Red", "Amber", "Green", "Grey", "Open"]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@per_module
def overdue(westmarch):
    report = make_inspection(westmarch, published_on=datetime.date(2023, 2, 1))
    return make_tracked(report, due_on=datetime.date(2023, 6, 1))


def tables(page: str) -> list[list[list[str]]]:
    """The tables of the charts: rows of words."""
    found = re.findall(r'<section class="app-chart">.*?<table.*?>(.*?)</table>', page, re.DOTALL)
    rows = [re.findall(r"<tr.*?>(.*?)</tr>", table, re.DOTALL) for table in found]
    return [[re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in table] for table in rows]


def test_a_drafts_charts_are_live(client, draft, overdue, officer):
    client.force_login(officer)
    page = client.get(draft.get_absolute_url()).text
    kinds, quarters, ages = tables(page)
    assert kinds == [
        KIND_HEADS,
        ["Recommendations", "1", "0", "0", "0", "1"],
        [kinds[2][0], "0", "0", "0", "0", "0"],
        ["Areas for improvement", "0", "0", "0", "0", "0"],
        ["All", "1", "0", "0", "0", "1"],
    ]
    assert quarters[0] == ["Quarter", "Opened", "Closed", "Open"]
    assert [row[1:] for row in quarters[1:]] == [["0", "0", "1"]] * 8
    assert ages[0] == ["Age", "Overdue", "Not overdue", "Open"]
    assert ages[-1] == ["All", "1", "0", "1"]
    assert [row[1:] for row in ages[1:-1] if row[3] != "0"] == [["1", "0", "1"]]
    headings = re.findall(r'<section class="app-chart">\s*<h2 class="govuk-heading-m">(.*?)</h2>', page)
    assert [re.findall(r"\d+", heading) for heading in headings] == [["1", "1"], ["0", "0", "1"], ["1", "1"]]
    assert page.count('role="img"') == page.count("<title>") - 1 == 3


def test_drawings_use_attributes_only(client, draft, overdue, officer):
    """The page's own rule for contents refuses a style that stands in an element."""
    client.force_login(officer)
    drawings = re.findall(r"<svg xmlns.*?</svg>", client.get(draft.get_absolute_url()).text)
    assert len(drawings) == 3
    assert [drawing for drawing in drawings if re.search(r"\b(style|class|on\w+)=|<style|<script|href", drawing)] == []


def test_a_force_with_nothing_shows_none(client, draft, officer):
    client.force_login(officer)
    page = client.get(draft.get_absolute_url()).text
    assert "Nothing is tracked" in page
    assert "app-chart" not in page


@pytest.mark.soak
def test_a_member_sees_the_kept_numbers(client, draft, overdue, westmarch, approver, member):
    paper = finalise(draft, by=approver, at=timezone.now(), render=kept_alone)
    late = make_inspection(westmarch, title="Late", published_on=PASSED.start, at=timezone.now())
    make_tracked(late, at=timezone.now())
    client.force_login(member)
    kinds, quarters, ages = tables(client.get(paper.get_absolute_url()).text)
    assert (kinds[-1][-1], quarters[-1][-1], ages[-1][-1]) == ("1", "1", "1")
