"""The addresses of the calendar."""

from tests.security.line import Line


def calendars(world) -> list[Line]:
    """The page."""
    return [Line("calendar", post=405)]
