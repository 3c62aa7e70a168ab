"""A paper's file is made while somebody waits: with scripts and without, refused at the last moment, tried again."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recommendations.domain.papers import papers
from recommendations.domain.papers.sections import author_text
from recommendations.models import ScrutinyReport
from tests.makers.builds import run_builds
from tests.makers.quarters import PASSED

EVERY = 1_000  # the page asks so often how far the file is
SAID = {"view": "assured", "view_words": "It did what it said."}


@pytest.fixture
def paper(body, westmarch, officer):
    return papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())


def test_it_goes_on_by_itself_without_scripts_too(browse, paper, approver):
    page = browse(approver, java_script_enabled=False)
    finalise(page, paper)
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    run_builds()
    expect(page.get_by_text("Finalised. The figures and the file")).to_be_visible(timeout=15_000)


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_was_refused_is_told_and_tried_again_and_the_page_goes_on_by_itself(
    browse, paper, approver, officer, assert_accessible
):
    page = browse(approver)
    page.clock.install()
    finalise(page, paper)
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    assert_accessible(page)
    author_text.write_words(paper=paper, version=0, **SAID, by=approver, at=timezone.now())
    run_builds()
    page.clock.fast_forward(EVERY)
    expect(page.get_by_text("You wrote the words of this paper")).to_be_visible()
    assert_accessible(page)
    author_text.write_words(paper=paper, version=1, **SAID, by=officer, at=timezone.now())
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    page.get_by_role("link", name="Back to the paper").click()
    expect(page.get_by_text("It is being finalised.")).to_be_visible()
    assert_accessible(page)
    page.go_back()
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    run_builds()
    page.clock.fast_forward(EVERY)
    expect(page.get_by_text("Finalised. The figures and the file are kept as they are now.")).to_be_visible()
    assert_accessible(page)
    assert not ScrutinyReport.objects.get().is_draft


def finalise(page, paper):
    page.goto(paper.get_absolute_url())
    page.get_by_role("button", name="Finalise the paper").click()
    page.get_by_role("button", name="Finalise", exact=True).click()
