"""What a run of the counts says: what is worse than was kept, and what misses its aim."""

from tests.screens.counting import Counts
from tests.screens.kept import Place, read_kept, table, worse
from tests.screens.places import DESK, HEIGHTS, HMICFRS_ALONE, OFFICER

REGISTER = Place(OFFICER, "register", DESK)
KEPT = Counts(*[10] * len(Counts._fields))._replace(words_first=300, height=1000)


def _worse(**now: int) -> list[str]:
    return worse({REGISTER: KEPT._replace(**now)}, {REGISTER: KEPT})


def test_more_is_worse_and_of_rows_fewer():
    assert _worse() == []
    assert _worse(links=9, rows=11, first_row=9) == []
    assert _worse(fields=11, rows=9) == [f"{REGISTER}: fields 11, kept 10", f"{REGISTER}: rows 9, kept 10"]


def test_where_a_line_breaks_is_a_matter_of_the_browser():
    assert _worse(height=1020, words_first=315) == []
    assert _worse(height=1021, words_first=316) == [
        f"{REGISTER}: words_first 316, kept 300",
        f"{REGISTER}: height 1021, kept 1000",
    ]


def test_a_screen_that_came_or_went_is_named():
    assert worse({REGISTER: KEPT}, {}) == [f"{REGISTER}: not kept"]
    assert worse({}, {REGISTER: KEPT}) == [f"{REGISTER}: not counted"]


def test_the_table_says_which_aims_are_missed():
    _, line, _ = table({REGISTER: KEPT._replace(links_first=43, fields_first=26)})
    assert line.endswith("  rows ≥ 18 no; links_first ≤ 43; fields_first ≤ 25 no")


def test_the_fields_of_hmicfrs_alone_are_said_with_as_many_rows_as_were_drawn():
    register = Place(HMICFRS_ALONE, "register", DESK)
    form = Place(HMICFRS_ALONE, "recommendation", DESK)
    found = {register: KEPT._replace(fields=51, fields_apart=1), form: KEPT._replace(fields=9, fields_apart=9)}
    *_, line = table(found)
    assert line == "Fields with HMICFRS alone: 60; with 26 rows, as drawn: 36; 10 apart from rows; aim 50"


def test_each_screen_is_kept_at_each_width():
    kept = read_kept()
    assert {(place.role, place.screen, width) for place in kept for width in HEIGHTS} == {*map(tuple, kept)}
