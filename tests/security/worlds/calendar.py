"""The addresses of calendars: of two forces' leads, one that its owner ended, one of somebody who was deactivated."""

from recommendations.domain.calendar import feed_tokens


def build_calendars(people: dict, at) -> dict:
    """Persona → the address; "ended" is one that the approver ended."""
    asked = ("lead_a", "lead_b", "officer", "member", "deactivated")
    made = {who: feed_tokens.make_address(by=people[who], at=at) for who in asked}
    ended = feed_tokens.make_address(by=people["approver"], at=at)
    return made | {"ended": feed_tokens.end_address(address=ended, by=people["approver"], at=at)}
