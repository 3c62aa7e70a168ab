"""Hostile Markdown, shown in Chromium without the content security policy that guards the pages: nothing runs."""

from recommendations.documents.formats.markdown_html import render_comment, to_html
from tests.documents.formats.hostile_markdown import ELEMENTS, PAYLOADS

POINTED_AT = """links => links.forEach(each => {
  each.removeAttribute("target");
  each.dispatchEvent(new MouseEvent("mouseover"));
})"""


def shown(chromium, parts) -> tuple[list[str], list[str]]:
    """The dialogs that a page of these parts opens, and the addresses that it asks for."""
    page, dialogs, asked = chromium.new_page(), [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    page.set_content(f"<!doctype html><title>x</title>{''.join(f'<div>{part}</div>' for part in parts)}")
    page.locator("a").evaluate_all(POINTED_AT)
    page.evaluate("document.querySelectorAll('a:not([href^=http])').forEach(each => each.click())")
    page.wait_for_timeout(500)
    page.close()
    return dialogs, asked


def test_a_page_that_lets_them_through_is_noticed(chromium):
    dialogs, asked = shown(chromium, ELEMENTS)
    assert dialogs != []
    assert asked != []


def test_no_hostile_text_runs_or_asks_for_anything(chromium):
    parts = [html for payload in PAYLOADS for html in (to_html(payload), render_comment(payload).html)]
    assert len(parts) >= 1000
    assert shown(chromium, parts) == ([], [])
