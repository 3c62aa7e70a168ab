"""Text at twice its size, by the font that a browser is told to use: no texts lie over each other, and nothing scrolls
sideways (WCAG 1.4.4). A page is looked at as it opens, with what is folded folded.
"""

import pytest
from django.test import Client

from recommendations.models import User
from tests.journeys.conftest import QUIET, ROOT, VIEWPORT, _give_session
from tests.screens.overlaps import overlaps
from tests.screens.places import (
    ADMINISTRATOR,
    APPROVER,
    DESK,
    HEIGHTS,
    LEAD,
    MEMBER,
    OFFICER,
    PEOPLE,
    PHONE,
    PUBLIC,
    SCREENS,
)

TWICE = "--blink-settings=defaultFontSize=32"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# The screens that hold, by who opens them.
HELD = {
    OFFICER: {
        *("first page", "register", "recommendation", "add a report", "add another source’s", "inspections", "round"),
        *("answer of another source", "response draft", "paper words", "saved view", "saving a view"),
    },
    APPROVER: {"first page", "response to approve"},
    LEAD: {"first page", "recommendation", "round"},
    MEMBER: {"first page", "paper"},
    ADMINISTRATOR: {"first page", "what you use"},
    PUBLIC: {"published responses", "published response", "force"},
}
ON_A_PHONE = {"first page"}  # and at a desk


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
                for width in (DESK, PHONE) if screen.name in ON_A_PHONE else (DESK,):
                    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                    wide = page.evaluate(f"{TOO_WIDE} ? ['scrolls sideways'] : []")
                    found[role, screen.name, width] = overlaps(page) + wide
                page.set_viewport_size(VIEWPORT)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
    assert {(role, name) for role, name, _ in found} == {(role, name) for role in HELD for name in HELD[role]}


def test_texts_that_lie_over_each_other_are_found(browse_large):
    page = browse_large()
    page.set_content("<p>Under</p><p style='position: relative; top: -2em'>Over</p><p>Beside</p><p hidden>Not seen</p>")
    assert overlaps(page) == ["Under | Over"]
