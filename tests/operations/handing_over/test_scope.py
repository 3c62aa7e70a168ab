"""What goes with a register and what stays is said of every table, and rows come after those that they refer to."""

from recommendations.domain.audit.verification import guarded_models
from recommendations.domain.handing_over.marking import PATHS
from recommendations.domain.handing_over.rows import KINDS, columns_of
from recommendations.domain.handing_over.rows_here import TRACKED
from recommendations.domain.handing_over.scope import PART_OF, PARTS, STAYS, How
from recommendations.models import User


def test_each_table_of_records_goes_over_or_is_named_with_why_it_stays():
    goes, names = {part.model.__name__ for part in PARTS}, {model.__name__ for model in guarded_models()}
    assert (goes | STAYS.keys(), goes & STAYS.keys()) == (names, set())


def test_rows_come_after_those_that_they_must_refer_to():
    """What a column may be without is left out where it refers to a table that stays."""
    places = {part.model: place for place, part in enumerate(PARTS)}
    wrong = []
    for part in PARTS:
        for column in columns_of(part.model).values() if part.how is not How.KEPT else ():
            to = column.related_model
            if to is None or to is User or column.null or to is part.model:
                continue
            if places.get(to, len(PARTS)) >= places[part.model]:
                wrong.append(f"{part.label}.{column.name}")
    assert wrong == []


def test_each_column_has_a_kind_that_is_checked_when_it_is_read():
    assert {column.get_internal_type() for part in PARTS for column in columns_of(part.model).values()} <= KINDS.keys()


def test_what_a_handed_over_register_refuses_are_records_that_go_over():
    assert {model._meta.label_lower for model in PATHS} <= PART_OF.keys()
    assert TRACKED in PART_OF
