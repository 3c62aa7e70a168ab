"""Every page on a screen of 320 pixels, or of 1,280 at 400%: nothing scrolls sideways (WCAG 1.4.10)."""

from playwright.sync_api import Page

from tests.golden.pages import asked
from tests.security.world import build_world

NARROW = {"width": 320, "height": 640}
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
# Who signs in to read the pages that are asked for as theirs (tests/golden/pages.py).
WALKERS = {"office": "officer", "force": "lead_a", "committee": "member", "administrator": "administrator"}


def test_nothing_scrolls_sideways_on_any_page(page, browse):
    world = build_world()
    pages = [each for name in asked(world).values() for each in name if each.sent is None]
    browsers = {"public": page} | {reader: browse(world.people[persona]) for reader, persona in WALKERS.items()}
    too_wide = {}
    for reader, browser in browsers.items():
        browser.set_viewport_size(NARROW)
        urls = list(dict.fromkeys(each.url for each in pages if each.reader == reader))
        assert len(urls) > 5
        too_wide[reader] = [url for url in urls if _scrolls_sideways(browser, url)]
    assert too_wide == {reader: [] for reader in browsers}


def _scrolls_sideways(browser: Page, url: str) -> bool:
    """Whether a page does, with all that folds open."""
    browser.goto(url)
    browser.evaluate(OPEN)
    return browser.evaluate(TOO_WIDE)
