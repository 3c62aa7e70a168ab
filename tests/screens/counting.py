"""Counts what is in sight on a page that is open in a browser: what is hidden or folded does not count, nor what only
keys reach (the link that skips to the content) or what Enter presses without being seen.

All but `page_links` is counted inside `main`, each as a whole and on the first screen, before anybody scrolls.
"""

from typing import NamedTuple

from playwright.sync_api import Page

# Rows of a list of records: in the register, and in a round by each side.
ROWS = "table.app-register tbody tr, .app-line, .app-answer"
COUNT = """async rows => {
  document.documentElement.getBoundingClientRect();  // which fonts this width needs
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));  // app.js may still scroll
  scrollTo({top: 0, behavior: "instant"});
  const main = document.querySelector("main"), height = innerHeight;
  const unseen = ".govuk-skip-link, .govuk-visually-hidden";
  const sees = (each) => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length > 0;
  const shows = (each) => sees(each) && !each.closest(unseen);
  const all = (selector, within = main) => [...within.querySelectorAll(selector)].filter(shows);
  const first = (each) => each.getBoundingClientRect().top < height && each.getBoundingClientRect().bottom > 0;
  const words = (text) => (text.match(/\\S+/g) ?? []).length;
  const place = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range.getBoundingClientRect();
  };
  const onFirst = (node) => {
    const text = node.data, whole = place(node, 0, text.length);
    if (!whole.width || whole.top >= height) return 0;
    if (whole.bottom <= height) return words(text);
    return [...text.matchAll(/\\S+/g)].filter(
      (word) => place(node, word.index, word.index + word[0].length).top < height
    ).length;
  };
  let inSight = 0;
  const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) if (sees(nodes.currentNode.parentElement)) inSight += onFirst(nodes.currentNode);
  const links = all("a[href]"), buttons = all("button, [type=submit], [type=button], summary");
  const fields = all("input:not([type=hidden], [type=submit], [type=button], [type=reset]), select, textarea");
  const lines = all(rows), ends = lines.map((row) => row.getBoundingClientRect());
  return {
    links: links.length, links_first: links.filter(first).length, page_links: all("a[href]", document.body).length,
    buttons: buttons.length, buttons_first: buttons.filter(first).length,
    fields: fields.length, fields_first: fields.filter(first).length,
    fields_apart: fields.filter((field) => !field.closest(rows)).length,
    words: words(main.innerText), words_first: inSight, height: document.documentElement.scrollHeight,
    rows: ends.filter((row) => row.bottom <= height).length, first_row: ends.length ? Math.round(ends[0].top) : 0,
  };
}"""


class Counts(NamedTuple):
    """What one screen shows. `fields_apart` are those outside the rows of a list; `rows` are whole, on the first
    screen; `first_row` is how far down the first begins, in pixels, as `height` is.
    """

    links: int
    links_first: int
    page_links: int
    buttons: int
    buttons_first: int
    fields: int
    fields_first: int
    fields_apart: int
    words: int
    words_first: int
    height: int
    rows: int
    first_row: int


def counted(page: Page) -> Counts:
    """What the page shows that is open."""
    return Counts(**page.evaluate(COUNT, ROWS))
