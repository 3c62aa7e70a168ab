"""The addresses of the calendar: the page, the feeds of everybody, and the buttons about one's own address."""

from recommendations.domain.calendar.feed_tokens import token_of
from tests.security.line import MISSING, Line

GONE = ("ended", "deactivated")


def calendars(world) -> list[Line]:
    """A feed is the same whoever asks; an address is ended by its owner alone."""
    table = [Line("calendar", post=405), Line("make_calendar_address", get=405, post=302)]
    for who, address in world.calendars.items():
        owner = "approver" if who == "ended" else who
        table.append(Line("end_calendar_address", (address.pk,), frozenset({owner}), get=405, post=302))
        table.append(Line("calendar_feed", (token_of(address),), get=404 if who in GONE else 200, post=405))
    other = world.calendars["lead_a"].key + token_of(world.calendars["lead_b"])[24:]
    return [
        *table,
        Line("end_calendar_address", (MISSING,), frozenset(), get=405),
        *(Line("calendar_feed", (token,), get=404, post=405) for token in (other, world.calendars["lead_a"].key, "x")),
    ]
