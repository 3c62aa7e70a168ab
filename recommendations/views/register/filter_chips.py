"""The chips of register filters that have no control: those behind the numbers of the home page."""

import datetime
from collections.abc import Iterator, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.register.filters import (
    ChangedFilter,
    ClosureFilter,
    DeadlineFilter,
    Directed,
    Disputed,
    Forecast,
    Restricted,
)
from recommendations.periods import Period, say
from recommendations.views.register.columns import label_for_sources
from recommendations.views.register.request_query import RegisterRequest

WORDS: dict[str, Mapping[str, str]] = {
    "deadline": {DeadlineFilter.IMMEDIATE: "Deadline: immediate", DeadlineFilter.DATED: "Deadline: not immediate"},
    "forecast": {Forecast.NONE: "Without a forecast"},
    "closure": {
        ClosureFilter.SENT_BACK: "Closure not approved",
        ClosureFilter.TO_DECIDE: "Closure for you to decide",
        ClosureFilter.OWN: "Closure that you asked for",
        ClosureFilter.PART_TO_DECIDE: "Closure of a part for you to decide",
    },
    "disputed": {Disputed.YES: "Not accepted by the force"},
    "directed": {Directed.YES: "Enforced by a direction"},
    "restricted": {Restricted.YES: "Restricted"},
}
CHANGED: dict[str, str] = {
    ChangedFilter.ANY: "Changed",
    ChangedFilter.UPDATES: "Force update",
    ChangedFilter.TARGETS: "Target moved",
    ChangedFilter.STATUS: "HMICFRS status",
    ChangedFilter.ASSURANCE: "OPCC assurance",
    ChangedFilter.CLOSURES: "Closure asked for",
    ChangedFilter.DECIDED: "Closure decided",
    ChangedFilter.REOPENED: "Reopened",
    ChangedFilter.ACCEPTED: "Answer accepted",
    ChangedFilter.RETURNED: "Answer returned",
    ChangedFilter.NEW: "New",
    ChangedFilter.GIVEN: "Given to you",
}


def query_chips(register_request: RegisterRequest) -> Iterator[tuple[str, str]]:
    """The labels of these filters, each with the address without it."""
    query, address = register_request.query, register_request.address
    for name, words in WORDS.items():
        if getattr(query, name):
            yield words[getattr(query, name)], str(address.without(name))
    if query.due:
        yield f"Due {_days(query.due)}", str(address.without("due"))
    if query.revisit:
        yield f"Assurance to revisit {_days(query.revisit)}", str(address.without("revisit"))
    if query.review:
        yield f"Decision on a dispute to review {_days(query.review)}", str(address.without("review"))
    if query.look:
        yield f"To look at again {_days(query.look)}", str(address.without("look"))
    if query.changed:
        what = label_for_sources(CHANGED[query.changed], register_request.choices.is_mixed)
        assert query.since  # without it, `changed` is not read
        chip = f"{what} since {say_moment(query.since)}"
        yield chip, str(address.without("changed", "since"))


def _days(days: Period) -> str:
    if days.start == datetime.date.min:
        return f"by {say(days.end)}"
    return f"from {say(days.start)} to {say(days.end)}"


def say_moment(moment: datetime.datetime) -> str:
    """A moment in London: "3 November 2026, 16:42"."""
    here = localtime(moment)
    return f"{say(here.date())}, {date_format(here, 'H:i')}"
