"""Counts what a job takes in a browser: clicks, with the key presses that act, and pages that are loaded."""

from contextlib import contextmanager

from playwright.sync_api import Page

COUNT = """
if (self === top && location.protocol.startsWith("http")) {
  const add = (name) => { sessionStorage[name] = Number(sessionStorage[name] ?? 0) + 1; };
  const acts = (event) => event.key === "Enter" || (event.key.length === 1 && !event.target.matches("input, textarea"));
  add("pages");
  addEventListener("pointerdown", () => add("clicks"), true);
  addEventListener("keydown", (event) => { if (acts(event)) add("clicks"); }, true);
}
"""
RESET = "sessionStorage.pages = sessionStorage.clicks = 0"
COUNTED = "[Number(sessionStorage.clicks ?? 0), Number(sessionStorage.pages ?? 0)]"


def counted(page: Page) -> Page:
    """The page of a browser that has loaded nothing yet, which counts from now on."""
    page.add_init_script(COUNT)
    return page


@contextmanager
def takes(*browsers: Page, clicks: int, pages: int):
    """What is done inside takes no more clicks and page loads than these, in all of these browsers together."""
    for page in browsers:
        if page.url.startswith("http"):
            page.evaluate(RESET)
    yield
    found = [_counted(page) for page in browsers]
    assert sum(each[0] for each in found) <= clicks, found
    assert sum(each[1] for each in found) <= pages, found


def _counted(page: Page) -> list[int]:
    page.wait_for_load_state()
    return page.evaluate(COUNTED) if page.url.startswith("http") else [0, 0]


def press(page, name: str, **where) -> None:
    page.get_by_role("button", name=name, **where).first.click()


def follow(page, name, **where) -> None:
    page.get_by_role("link", name=name, **where).first.click()


def from_menu(page, menu: str, name: str) -> None:
    page.locator("summary", has_text=menu).click()
    follow(page, name)


def go_to(page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()
