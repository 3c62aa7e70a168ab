"""Every page as everybody who reads it: nothing scrolls sideways at 320 pixels, or 1,280 at 400% (WCAG 1.4.10).

And axe finds nothing on it, for a desk and for a phone. That takes minutes: the suite tries the pages that the
navigation of each reader leads to, the soak all of them. Journeys try what they come to.
"""

import datetime

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page

from recommendations.domain.rounds import rounds
from tests.conftest import make_inspection, make_tracked
from tests.golden.pages import asked
from tests.journeys.conftest import BROKEN, RULES
from tests.makers.committees import make_panel
from tests.makers.custody import make_suite, make_visit
from tests.makers.factual_checks import make_filed, seat_on
from tests.makers.inspections import make_plan
from tests.makers.panels import make_channel, make_meeting
from tests.makers.quarters import PASSED
from tests.security.sign_in.device import hold_passkey
from tests.security.world import build_world
from tests.views.public.makers import make_report, write_and_publish

NARROW = {"width": 320, "height": 640}
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 375, "height": 768}
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
# A bar that stays on the screen covers what can be scrolled from under it, an open menu what it is closed for.
IN_FLOW = """document.querySelectorAll("main *").forEach(each => {
  const {position} = getComputedStyle(each);
  const lies_over = position === "sticky" || (position === "absolute" && each.parentElement.matches("details"));
  if (lies_over) each.style.position = "static";
})"""
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
LINKS = "links => links.map(each => new URL(each.href).pathname)"
OF_A_MEMBER = ["/", "/papers/", "/calendar/", "/search/"]  # whose pages have no navigation
PUBLIC = ["/account/login/", "/published/", "/published/papers/", "/published/forces/", "/accessibility/"]


def test_nothing_is_wrong_on_the_main_pages_of_each_reader(
    page, browse, register, officer, approver, force_lead, member, administrator
):
    """Each is the first of its kind with something on it; an approving officer has the pages of the office."""
    found = {"public": _wrong(page, PUBLIC), "approver": _wrong(browse(approver), ["/"])}
    people = {"office": officer, "force": force_lead, "committee": member, "administrator": administrator}
    for reader, person in people.items():
        browser = browse(person)
        browser.goto("/")
        links = browser.get_by_role("navigation", name="Main").get_by_role("link")
        found[reader] = _wrong(browser, links.evaluate_all(LINKS) or OF_A_MEMBER)
    assert found == {reader: {} for reader in found}


@pytest.fixture
def register(body, westmarch, eastvale, officer, approver, member):
    """Something on each main page: a response, a round, a paper, a meeting, a visit, an inspection that is planned."""
    facts = {"by": officer, "at": timezone.now()}
    report = make_report(westmarch, at=facts["at"])
    write_and_publish(report, body, approver=approver, **facts)
    tracked = make_tracked(make_inspection([westmarch, eastvale], title="Roads"), due_on=PASSED.start)
    rounds.ask_for_updates(force=westmarch, tracked=[tracked], due_on=localdate(), name="Winter round", **facts)
    seat_on(member, make_panel("Joint Audit Committee"))
    make_filed(westmarch, approver, at=facts["at"], start=PASSED.start, end=PASSED.end)
    make_meeting(make_channel(westmarch), localdate() + datetime.timedelta(days=10))
    make_visit(make_suite(westmarch))
    make_plan(westmarch, expected="May 2099")


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_nothing_is_wrong_on_any_page(page, browse):
    world = build_world()
    hold_passkey(world.people["lead_no_factor"])
    pages = [each for name in asked(world).values() for each in name if each.sent is None]
    urls = {reader: list(dict.fromkeys(each.url for each in pages if each.reader == reader)) for reader in READERS}
    assert all(len(of) > 5 for of in urls.values())
    browsers = {"public": page} | {reader: browse(world.people[persona]) for reader, persona in WALKERS.items()}
    assert {reader: _wrong(browsers[reader], urls[reader]) for reader in READERS} == {reader: {} for reader in READERS}


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
        browser.evaluate(IN_FLOW)
        found += browser.evaluate(BROKEN, [*RULES, "best-practice"])
    return found
