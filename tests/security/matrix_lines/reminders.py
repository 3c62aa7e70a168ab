"""The addresses of reminders: one's own, and the office's rules."""

from tests.security.line import Line

ADMINISTRATOR = frozenset({"administrator"})


def reminders(world) -> list[Line]:
    """Everyone chooses for themselves alone; the rules are the administrators'."""
    of_topic = [("response",), ("closure",)]
    return [
        Line("reminders", post=302),
        Line("reminder_rules", post=405),
        Line("reminders_preview", post=405),
        Line("reminder_rule", of_topic[0], post=422),
        *(Line("reminder_rule", (topic,), frozenset()) for topic in ("round", "nothing")),
        *(Line("reminder_preview", args, post=405) for args in of_topic),
        Line("reminder_preview", ("nothing",), frozenset(), post=405),
    ]
