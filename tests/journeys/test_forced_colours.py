"""Forced colours (contrast themes): what is chosen and what is drawn can be seen without colours of our own."""

import datetime

from django.utils.timezone import localdate

from tests.conftest import make_tracked

PAINT = "each => ['backgroundColor', 'borderBottomColor', 'fill', 'stroke'].map(name => getComputedStyle(each)[name])"


def test_in_forced_colours_what_is_chosen_and_what_is_drawn_can_be_seen(browse, officer, inspection):
    record = make_tracked(inspection, due_on=localdate() - datetime.timedelta(days=9))
    page = browse(officer, forced_colors="active")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, forced_colors="active")
        page.goto("/register/?show=overdue")
        views = page.get_by_role("navigation", name="Views")
        outlines = [
            views.get_by_role("link", name=name).evaluate("each => getComputedStyle(each).outlineStyle")
            for name in ("Overdue", "Closed")
        ]
        assert outlines[0] != outlines[1]
        page.goto("/register/?rag=blue")
        square, tick = (page.locator(f"#rag-blue path:nth-child({each})").evaluate(PAINT) for each in (1, 2))
        ink = page.locator(".app-rag--blue svg").first.evaluate(PAINT)[2]
        assert (square[3], tick[3] != ink) == ("none", True)
        page.goto(record.get_absolute_url())
        outline = "each => getComputedStyle(each).outlineStyle"
        for links in (".app-kinds a", ".app-sections nav a"):
            assert [page.locator(links).nth(each).evaluate(outline) for each in (0, 1)] == ["solid", "none"]
        places = page.locator(".app-masthead__nav a")
        assert places.nth(1).evaluate(PAINT)[1] != places.nth(0).evaluate(PAINT)[1]
