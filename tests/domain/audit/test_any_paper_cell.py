"""Whatever stands in a cell that verify_reports reads, it names the paper and goes on. SQLite takes anything."""

import datetime
import random

import pytest
from django.db import DatabaseError, connection, transaction

from recommendations.domain.papers.verification import check_papers
from recommendations.models import Force, ForceUpdate, IssuedFile, ScrutinyReport, TrailEntry
from tests.domain.audit.tampering import past, set_cell
from tests.domain.audit.test_tampers_cells import JUNK
from tests.domain.papers.test_compile import draft
from tests.domain.papers.test_verification import FILED, file, paper, tracked
from tests.per_module import per_module
from tests.snapshots import undone

__all__ = ["paper", "tracked"]
pytestmark = pytest.mark.sqlite_alone


@per_module
def later(paper, eastvale, officer, approver):
    """A second paper, of another force, which nobody tampers with."""
    return file(draft(eastvale, officer), approver, at=FILED + datetime.timedelta(days=1))


SPOILT = [
    ("known_at", "2026-13-45"),
    ("figures", "5"),
    ("file_id", 10**18),
]
SPOILT_OTHERWISE = [
    ("figures", '{"trail_count": "x"}'),
    ("start", "2026-06-45"),
    *(("known_at", junk) for junk in ("08:00:00x", 10**18, "")),
    *(("figures", junk) for junk in ("[]", '"x"')),
    ("file_id", "x"),
]


@pytest.mark.parametrize(
    ("column", "junk"), [*SPOILT, *(pytest.param(*each, marks=pytest.mark.soak) for each in SPOILT_OTHERWISE)]
)
def test_a_paper_with_anything_in_its_row_is_named_and_the_other_is_checked(paper, later, column, junk):
    with undone():
        try:
            with transaction.atomic():
                set_cell(paper, column, junk)
        except DatabaseError:  # PostgreSQL refuses what a column cannot hold
            assert connection.vendor == "postgresql"
            return
        checks = {check.pk: check for check in check_papers()}
    assert set(checks) == {paper.pk, later.pk}
    assert (checks[paper.pk].problems != [], checks[later.pk].problems) == (True, [])


READ = (ScrutinyReport, IssuedFile, TrailEntry, ForceUpdate, Force, Force.history.model)


@pytest.mark.parametrize("times", [len(READ), pytest.param(100 * len(READ), marks=pytest.mark.soak)])
def test_no_cell_ends_in_a_traceback(paper, later, times):
    dice = random.Random(7)
    for number in range(times):
        model = READ[number % len(READ)]
        row = dice.choice(list(past(model).only("pk")) or [None])
        columns = [each.column for each in model._meta.concrete_fields if not each.primary_key]
        with undone():
            try:
                with transaction.atomic():
                    set_cell(row or paper, dice.choice(columns) if row else "title", dice.choice(JUNK))
            except DatabaseError:
                continue
            assert isinstance(check_papers(), list)
