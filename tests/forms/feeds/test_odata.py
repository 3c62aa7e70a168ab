"""What an address asks of an OData feed: what is understood, and what is refused, with which status."""

import datetime

import pytest

from recommendations.domain.register.sheet_columns import Holds, SheetField
from recommendations.forms.feeds.odata import Condition, NotUnderstood, ODataQuestion, read_question

FIELDS = (
    SheetField("id", "Id", Holds.DERIVED_NUMBER),
    SheetField("force", "Force", Holds.WORD),
    SheetField("closed_on", "Closed", Holds.DAY),
)
DAY = datetime.date(2026, 11, 7)


def read(**asked) -> ODataQuestion:
    return read_question({f"${name}": value for name, value in asked.items()}, FIELDS)


def conditions(text: str) -> tuple[tuple, ...]:
    return tuple((each.place, each.name, each.value) for each in read(filter=text).conditions)


def test_top_skip_select_and_where_the_next_page_begins():
    assert read() == ODataQuestion()
    assert read(top="10", skip="0", skiptoken="7") == ODataQuestion(top=10, skip=0, after=7)
    assert read(select="closed_on, id").chosen == (0, 2)
    assert (read(select="*").chosen, read(select="").chosen) == (None, None)
    assert read(format="application/json;odata.metadata=minimal") == ODataQuestion()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("force eq 'Westmarch'", ((1, "eq", "Westmarch"),)),
        ("force ne 'O''Brien (north) and south'", ((1, "ne", "O'Brien (north) and south"),)),
        ("closed_on ge 2026-11-07", ((2, "ge", DAY),)),
        ("closed_on eq null", ((2, "eq", None),)),
        ("id lt 12", ((0, "lt", 12),)),
        ("(id gt 3 and (force eq 'A')) and closed_on ne null", ((0, "gt", 3), (1, "eq", "A"), (2, "ne", None))),
        ("force eq ''", ((1, "eq", ""),)),
    ],
)
def test_a_filter_compares_columns(text, found):
    assert conditions(text) == found


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"orderby": "id"}, 501),
        ({"count": "true"}, 501),
        ({"expand": "x"}, 501),
        ({"search": "x"}, 501),
        ({"format": "xml"}, 501),
        ({"filter": "id eq 1 or id eq 2"}, 501),
        ({"filter": "not (id eq 1)"}, 501),
        ({"filter": "contains(force,'x')"}, 501),
        ({"filter": "startswith(force,'x') eq true"}, 501),
        ({"filter": "force gt 'A'"}, 400),
        ({"filter": "nobody eq 1"}, 400),
        ({"filter": "id eq one"}, 400),
        ({"filter": "closed_on eq 7/11/2026"}, 400),
        ({"filter": "force eq Westmarch"}, 400),
        ({"filter": "force eq 'Westmarch"}, 400),
        ({"filter": "(id eq 1"}, 400),
        ({"filter": "id eq 1)"}, 501),
        ({"filter": "id eq 1 and"}, 400),
        ({"filter": "id eq"}, 501),
        ({"filter": " and ".join(["id eq 1"] * 21)}, 400),
        ({"filter": "x" * 2_001}, 400),
        ({"select": "nobody"}, 400),
        ({"top": "-1"}, 400),
        ({"skip": "many"}, 400),
        ({"top": "1" * 16}, 400),
    ],
)
def test_what_is_not_offered_or_wrong_is_refused(asked, status):
    with pytest.raises(NotUnderstood) as refused:
        read(**asked)
    assert (refused.value.status, bool(refused.value.message)) == (status, True)


@pytest.mark.parametrize(
    ("name", "value", "found", "holds"),
    [
        ("eq", None, None, True),
        ("eq", None, DAY, False),
        ("ne", None, DAY, True),
        ("ne", DAY, None, True),
        ("eq", DAY, None, False),
        ("le", DAY, None, False),
        ("gt", None, DAY, False),
        ("le", DAY, DAY, True),
        ("lt", DAY, DAY, False),
    ],
)
def test_nothing_is_greater_or_less_than_null(name, value, found, holds):
    assert Condition(0, name, value).holds((found,)) is holds
