"""RAG, first that fits: each line of the rule and each edge, in SQL as in words."""

import datetime

from recommendations.domain.people import records
from recommendations.domain.register import rag
from recommendations.domain.register.definitions import definitions
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.enums import Flag
from recommendations.models import RagRule, Standing, Thresholds
from tests.conftest import AT, TODAY, make_many_tracked
from tests.standings import on_day, write

RULE = Thresholds()
DAY = datetime.timedelta(days=1)
CLOSED = {"closed_on": TODAY, "outcome": "superseded"}
PAST = {"deadline_kind": "date", "deadline_on": TODAY - DAY}
IMMEDIATE = {"deadline_kind": "immediate"}
RECENT = {"last_update_on": TODAY}


def target(on, moved_to=None):
    return {"first_target_on": on, "target_on": moved_to or on, "target_moves": 1 if moved_to else 0}


def deadline(on):
    return {"deadline_kind": "date", "deadline_on": on}


def published(days: int):
    return IMMEDIATE | {"deadline_on": TODAY - days * DAY}


# Facts of the line, its colour, and the words beside it.
TABLE = [
    # Blue: closed, whatever else.
    (CLOSED | PAST, "blue", "superseded, 7 November 2026"),
    (CLOSED | {"directed_to_force": False}, "blue", "superseded, 7 November 2026"),
    # Grey: directed to others or not accepted, even when it is late.
    (PAST | {"directed_to_force": False}, "grey", "directed to others"),
    (PAST | {"position": "not_accepted"}, "grey", "not accepted"),
    (published(200) | {"directed_to_force": False}, "grey", "directed to others"),
    ({"directed_to_force": False, "position": "not_accepted"}, "grey", "not accepted"),
    ({"directed_to_force": False, "position": "accepted"}, "grey", "directed to others"),
    # Red: past the date that it counts from, the day itself not yet.
    (deadline(TODAY - DAY), "red", "1 day over"),
    (deadline(TODAY), "green", "on track"),
    (deadline(TODAY + DAY), "green", "on track"),
    (target(TODAY - 2 * DAY), "red", "2 days over"),
    (target(TODAY), "green", "on track"),
    ({"deadline_kind": "relative", "deadline_on": TODAY - DAY}, "red", "1 day over"),
    ({"deadline_kind": "month", "deadline_on": TODAY - DAY}, "red", "1 day over"),
    # The deadline counts, not the target; the first target, not the one that it moved to.
    (deadline(TODAY - DAY) | target(TODAY + 9 * DAY), "red", "1 day over"),
    (deadline(TODAY + DAY) | target(TODAY - 9 * DAY), "green", "on track"),
    (target(TODAY - DAY, moved_to=TODAY + 90 * DAY), "red", "1 day over"),
    # Red too: immediate, and open after 90 days. Neither target nor forecast changes that.
    (published(90), "green", "on track"),
    (published(91), "red", "open 91 days"),
    (published(91) | target(TODAY + DAY), "red", "open 91 days"),
    (published(10) | target(TODAY - DAY), "green", "on track"),
    (published(10) | {"forecast_on": TODAY + 400 * DAY}, "green", "on track"),
    # Amber: forecast past that date, or no date at all.
    (deadline(TODAY + DAY) | {"forecast_on": TODAY + 2 * DAY}, "amber", "forecast 9 November 2026"),
    (deadline(TODAY + DAY) | {"forecast_on": TODAY + DAY}, "green", "on track"),
    (target(TODAY + DAY) | {"forecast_on": TODAY + 2 * DAY}, "amber", "forecast 9 November 2026"),
    (target(TODAY + DAY, TODAY + 9 * DAY) | {"forecast_on": TODAY + 9 * DAY}, "amber", "forecast 16 November 2026"),
    ({}, "amber", "no date set"),
    ({"forecast_on": TODAY + DAY}, "amber", "no date set"),
    ({"position": "partly_accepted"}, "amber", "no date set"),
    # Green otherwise.
    (deadline(TODAY + DAY) | {"closure_requested_on": TODAY}, "green", "closure asked"),
]


PLAIN = {"deadline_kind": "none", "deadline_on": None}


def lines(inspection, table: list[dict]) -> list[Standing]:
    """How as many recommendations stand, each with one of these facts, judged at once."""
    for tracked, facts in zip(make_many_tracked(inspection, range(len(table))), table, strict=True):
        write(tracked, **PLAIN | facts)
    return list(on_day(TODAY, RULE).order_by("tracked"))


def found_by(rows: list[Standing], condition) -> list[bool]:
    """Of which rows the condition is true."""
    found = {row.pk for row in on_day(TODAY, RULE).filter(condition)}
    return [row.pk in found for row in rows]


def basis(row) -> ColourBasis:
    names = [name for name in ColourBasis.__dataclass_fields__ if name != "last_heard_on"]
    heard_on = row.last_update_on or row.tracked_on
    return ColourBasis(last_heard_on=heard_on, **{name: getattr(row, name) for name in names})


def test_the_first_that_fits(inspection):
    facts = [facts for facts, *_ in TABLE]
    said = [(row.rag, reason(basis(row), TODAY)) for row in lines(inspection, facts)]
    assert [(each, *words) for each, words in zip(facts, said, strict=True)] == TABLE


def test_the_date_that_counts_and_the_close_down_date(inspection):
    table = [
        ({}, None, None),
        (deadline(TODAY), TODAY, TODAY),
        (target(TODAY, TODAY + DAY), TODAY, TODAY + DAY),
        (deadline(TODAY) | target(TODAY - DAY, TODAY + DAY), TODAY, TODAY + DAY),
        (deadline(TODAY) | target(TODAY + DAY) | {"forecast_on": TODAY + 5 * DAY}, TODAY, TODAY + 5 * DAY),
        (published(5), None, None),
        (published(5) | target(TODAY), None, TODAY),
        ({"forecast_on": TODAY}, None, TODAY),
    ]
    rows = lines(inspection, [facts for facts, *_ in table])
    told = [(row.counts_from, row.close_down_on) for row in rows]
    assert [(facts, *days) for (facts, *_), days in zip(table, told, strict=True)] == table


def test_a_flag_is_said_where_the_filter_finds_it(inspection):
    table = [
        (deadline(TODAY - DAY), []),
        (deadline(TODAY), ["Due today"]),
        (deadline(TODAY + DAY), ["Due in 1 day"]),
        (deadline(TODAY + 28 * DAY), ["Due in 28 days"]),
        (deadline(TODAY + 29 * DAY), []),
        (target(TODAY + 3 * DAY), ["Due in 3 days"]),
        (deadline(TODAY + DAY) | {"directed_to_force": False}, []),
        (deadline(TODAY + DAY) | CLOSED, []),
        (published(80), []),
        ({"last_update_on": TODAY - 99 * DAY}, []),
        ({"last_update_on": TODAY - 100 * DAY}, ["No update for 100 days"]),
        ({"last_update_on": TODAY - 101 * DAY} | CLOSED, []),
        ({"last_update_on": TODAY - 101 * DAY, "directed_to_force": False}, []),
        ({"last_update_on": TODAY - 101 * DAY, "position": "not_accepted"}, []),
        ({"last_update_on": None, "tracked_on": TODAY - 99 * DAY}, []),
        ({"last_update_on": None, "tracked_on": TODAY - 100 * DAY}, ["No update for 100 days"]),
        (
            deadline(TODAY + DAY) | {"last_update_on": TODAY - 200 * DAY},
            ["Due in 1 day", "No update for 200 days"],
        ),
    ]
    rows = lines(inspection, [RECENT | facts for facts, _ in table])
    told = [list(flags_of(basis(row), TODAY, RULE)) for row in rows]
    assert [(facts, flags) for (facts, _), flags in zip(table, told, strict=True)] == table
    begins = {Flag.DUE_SOON: "Due", Flag.NO_UPDATE: "No up"}
    filtered = {flag: found_by(rows, rag.flag_q(flag, TODAY, RULE)) for flag in Flag}
    assert filtered == {flag: [begins[flag] in " ".join(flags) for flags in told] for flag in Flag}


def test_no_date_set(inspection):
    table = [
        ({}, True),
        ({"forecast_on": TODAY}, True),
        (deadline(TODAY), False),
        (target(TODAY), False),
        (published(5), False),
        (CLOSED, False),
        ({"directed_to_force": False}, False),
        ({"position": "not_accepted"}, False),
    ]
    rows = lines(inspection, [facts for facts, _ in table])
    told = found_by(rows, rag.no_date_set())
    assert [(facts, is_without) for (facts, _), is_without in zip(table, told, strict=True)] == table


def test_the_office_changes_words_and_thresholds_from_a_day_on(tracked, administrator):
    changed = RagRule(since=TODAY, immediate_days=30, red="Overdue")
    records.keep(record=changed, by=administrator, at=AT)
    write(tracked, **PLAIN | published(40))
    before, after = RagRule.objects.on(TODAY - DAY), RagRule.objects.on(TODAY)
    assert (before, after.immediate_days, after.word("red")) == (Thresholds(), 30, "Overdue")
    assert on_day(TODAY, before).get().rag == "green"
    assert on_day(TODAY, after).get().rag == "red"
    assert "30 days" in next(each.words for each in definitions(after) if each.term == "Overdue")
