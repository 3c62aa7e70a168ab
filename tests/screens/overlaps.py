"""Texts of a page that lie over each other, as a browser has laid it out."""

from playwright.sync_api import Page

# Each line of a text that is seen, cut to what shows of it where an element around it cuts or scrolls. Texts that stay
# in place while the page scrolls may lie over others. Lines may touch: those of one paragraph do where they are narrow.
OVERLAPS = """async () => {
  document.documentElement.getBoundingClientRect();  // which fonts the page needs
  await document.fonts.ready;
  const everywhere = {top: -Infinity, left: -Infinity, bottom: Infinity, right: Infinity, stays: null};
  const known = new Map([[document.documentElement, everywhere]]);
  const both = (one, other) => ({
    top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
    left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
  });
  const limits = (element) => {
    if (!known.has(element)) {
      const around = limits(element.parentElement), style = getComputedStyle(element);
      const cuts = style.overflow !== "visible" || style.clipPath !== "none";
      const stays = ["sticky", "fixed"].includes(style.position) ? element : around.stays;
      known.set(element, {...(cuts ? both(around, element.getBoundingClientRect()) : around), stays});
    }
    return known.get(element);
  };
  const lines = [], nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode, element = node.parentElement, words = node.data.trim();
    if (!words || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange(), within = limits(element);
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const line = {...both(rect, within), node, words: words.slice(0, 40), stays: within.stays};
      if (line.right - line.left > 2 && line.bottom - line.top > 2) lines.push(line);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  const found = new Set();
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next++) {
      const other = lines[next], shared = both(one, other);
      const height = Math.min(one.bottom - one.top, other.bottom - other.top);
      const lies = shared.right - shared.left > 4 && shared.bottom - shared.top > 0.4 * height;
      if (lies && one.node !== other.node && one.stays === other.stays) found.add(`${one.words} | ${other.words}`);
    }
  });
  return [...found];
}"""


def overlaps(page: Page) -> list[str]:
    """The beginnings of each two texts that lie over each other on the page that is open."""
    return page.evaluate(OVERLAPS)
