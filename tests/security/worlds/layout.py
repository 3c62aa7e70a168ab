"""A layout that is in use, and one that was retired."""

from recommendations.domain.layouts import layouts
from tests.conftest import AT, PUBLISHED
from tests.makers.layouts import layout_of_text, new_layout, remember

TEXT = "Custody in Westmarch\n\nRecommendation 1\nThe force should test cell call bells daily.\nPCC comment: Agreed.\n"


def build_layouts(world) -> None:
    """`world.layout`, of a response, and `world.retired_layout`, of an audit."""
    officer = world.people["officer"]
    facts = {"document_on": PUBLISHED}
    world.layout = remember(new_layout(layout_of_text(TEXT), body=world.body, **facts), by=officer)
    retired = remember(new_layout(layout_of_text(TEXT), "audit", **facts), by=officer)
    world.retired_layout = layouts.retire_layout(layout=retired, version=1, by=world.people["administrator"], at=AT)
