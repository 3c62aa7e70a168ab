"""Every page as everybody who reads it: nothing scrolls sideways at 320 pixels, or 1,280 at 400% (WCAG 1.4.10).

And axe finds nothing on it, for a desk and for a phone. That takes minutes: each time the public's and the committee's
pages are tried, and the width of a fourth of the office's; all of them in the soak. Journeys try what they come to.
"""

import pytest
from playwright.sync_api import Page

from tests.golden.pages import asked
from tests.journeys.conftest import BROKEN, RULES
from tests.security.device import hold_passkey
from tests.security.world import build_world

NARROW = {"width": 320, "height": 640}
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 375, "height": 768}
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
# Who signs in to read the pages that are asked for as theirs (tests/golden/pages.py).
WALKERS = {
    "office": "officer",
    "approver": "approver",
    "force": "lead_a",
    "committee": "member",
    "administrator": "administrator",
}
READERS = ("public", *WALKERS)
QUICK = ("public", "committee")


@pytest.fixture
def walk(page, browse):
    """Reader → their browser, and the addresses that are asked for as theirs."""
    world = build_world()
    hold_passkey(world.people["lead_no_factor"])
    pages = [each for name in asked(world).values() for each in name if each.sent is None]
    urls = {reader: list(dict.fromkeys(each.url for each in pages if each.reader == reader)) for reader in READERS}
    assert all(len(of) > 5 for of in urls.values())
    browsers = {"public": page} | {reader: browse(world.people[persona]) for reader, persona in WALKERS.items()}
    return {reader: (browsers[reader], urls[reader]) for reader in READERS}


def test_nothing_scrolls_sideways_for_the_office_and_nothing_is_wrong_for_two_readers(walk):
    browser, urls = walk["office"]
    assert [url for url in urls[::4] if _scrolls_sideways(browser, url)] == []
    assert {reader: _wrong(*walk[reader]) for reader in QUICK} == {reader: {} for reader in QUICK}


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_nothing_is_wrong_on_any_page(walk):
    assert {reader: _wrong(*of) for reader, of in walk.items()} == {reader: {} for reader in READERS}


def _scrolls_sideways(browser: Page, url: str) -> bool:
    """Whether a page does, with all that folds open."""
    browser.set_viewport_size(NARROW)
    browser.goto(url)
    browser.evaluate(OPEN)
    return browser.evaluate(TOO_WIDE)


def _wrong(browser: Page, urls: list[str]) -> dict[str, list]:
    """The address with the rules and elements that axe finds; and whether it scrolls sideways. Nothing is folded."""
    return {url: wrong for url in urls if (wrong := _wrong_on(browser, url))}


def _wrong_on(browser: Page, url: str) -> list:
    found = ["scrolls sideways"] if _scrolls_sideways(browser, url) else []
    browser.add_script_tag(url="/static/axe.min.js")
    for size in (DESK, PHONE):
        browser.set_viewport_size(size)
        found += browser.evaluate(BROKEN, [*RULES, "best-practice"])
    return found
