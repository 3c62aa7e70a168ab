"""Every address × method × persona × object answers as the table says, and no GET writes a record."""

import pytest

from tests.security.matrix import Walk, cells_of, lines
from tests.security.rules import ADMIN_RULES, RULES
from tests.security.world import PERSONAS

CELLS = cells_of(PERSONAS)


@pytest.mark.parametrize("half", [0, 1])
def test_every_cell_answers_as_the_table_says(world, half):
    walk = Walk(world)
    for line in lines(world)[half::2]:
        walk.visit(line, CELLS)
    assert walk.wrong == []
    assert walk.written == set()


def test_the_table_has_every_address_and_is_large(world):
    table = lines(world)
    assert {line.name for line in table} == set(RULES) | set(ADMIN_RULES)
    assert len(table) * len(CELLS) >= 5_000
