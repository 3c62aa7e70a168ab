"""Somebody's report rests on the columns of the feeds: those of version 1 never change."""

from pathlib import Path

from recommendations.domain.feeds.tables import TABLES
from recommendations.domain.register.sheet_columns import Holds

KINDS = dict.fromkeys((Holds.TEXT, Holds.WORD, Holds.DERIVED), "text")
KINDS |= dict.fromkeys((Holds.DAY, Holds.DERIVED_DAY), "day") | {Holds.DERIVED_NUMBER: "number"}
PINNED = Path(__file__).with_name("version_1.txt")
WHAT_TO_DO = """A column of a feed changed. Do not change version_1.txt:
- a column that is new: name its key in LATER (domain/feeds/columns.py);
- a heading that changed: put the old one into HEADINGS there;
- a column that went away, or whose type changed: version 1 still has it, so give the feeds a version 2."""


def test_the_columns_of_version_1_never_change():
    now = [f"{table.name}: {field.heading} | {KINDS[field.holds]}" for table in TABLES for field in table.fields]
    assert now == PINNED.read_text().splitlines(), WHAT_TO_DO


def test_headings_and_keys_of_a_table_are_each_of_one_column():
    for table in TABLES:
        assert len({field.heading for field in table.fields}) == len({field.key for field in table.fields})
        assert len(table.fields) == len({field.key for field in table.fields})
