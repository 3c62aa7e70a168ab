"""Text at twice its size, by the font that a browser is told to use: no texts lie over each other, and nothing scrolls
sideways (WCAG 1.4.4). A page is looked at as it opens, with what is folded folded.
"""

import pytest
from django.test import Client

from recommendations.models import User
from tests.journeys.conftest import QUIET, ROOT, VIEWPORT, _give_session
from tests.screens.overlaps import overlaps
from tests.screens.places import ADMINISTRATOR, APPROVER, LEAD, MEMBER, OFFICER, PEOPLE, PUBLIC, SCREENS

TWICE = "--blink-settings=defaultFontSize=32"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# The screens that hold, by who opens them.
HELD = {
    OFFICER: {
        *("first page", "recommendation", "add a report", "add another source’s", "inspections", "round"),
        *("answer of another source", "response draft", "paper words"),
    },
    APPROVER: {"first page", "response to approve"},
    LEAD: {"first page", "recommendation", "round"},
    MEMBER: {"first page"},
    ADMINISTRATOR: {"first page"},
    PUBLIC: {"published responses"},
}


@pytest.fixture
def browse_large(chromium, live_server):
    """A page of a person's, or a stranger's, in a browser whose text is twice as large."""
    browser = chromium.browser_type.launch(executable_path=ROOT / "scripts/chromium.sh", args=[*QUIET, TWICE])

    def browse(person=None):
        context = browser.new_context(base_url=live_server.url, viewport=VIEWPORT)
        if person:
            _give_session(context, Client(), person, live_server.url)
        return context.new_page()

    yield browse
    browser.close()


def test_at_twice_its_size_no_text_lies_over_another_and_nothing_scrolls_sideways(demonstration, browse_large):
    found = {}
    for role, names in HELD.items():
        page = browse_large(None if role == PUBLIC else User.objects.get(email=PEOPLE[role]))
        for screen in SCREENS:
            if screen.role == role and screen.name in names:
                page.goto(screen.address())
                found[role, screen.name] = overlaps(page) + page.evaluate(f"{TOO_WIDE} ? ['scrolls sideways'] : []")
    assert found == {(role, name): [] for role, names in HELD.items() for name in names}


def test_texts_that_lie_over_each_other_are_found(browse_large):
    page = browse_large()
    page.set_content("<p>Under</p><p style='position: relative; top: -2em'>Over</p><p>Beside</p><p hidden>Not seen</p>")
    assert overlaps(page) == ["Under | Over"]
