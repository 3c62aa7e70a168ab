"""A text of a record or of an update comes in from a column of its own: one row of a table is all that it takes."""

import pytest

from recommendations.domain.register.sheet_columns import PLANNED, RECORD_TEXTS, UPDATE_TEXTS
from recommendations.models import ForceUpdate, TrackedRecommendation
from tests.conftest import PUBLISHED, TODAY
from tests.exchange.imports.sheets_of import SIMPLE, brought_in
from tests.makers.sources import follow

ROW = {"inspection": "Custody", "published_on": PUBLISHED, "number": "1", "text": "Test call bells daily."}
UPDATE = {"update": "Update", "update_on": "Date of update"}


@pytest.mark.parametrize("field", RECORD_TEXTS, ids=lambda field: field.key)
def test_a_text_of_a_record_comes_in(westmarch, field):
    follow("fire")
    words = f"Of {field.key}"[: field.longest]
    report = {"inspection": "Fire and rescue"} if field.key == PLANNED else {}
    brought_in(SIMPLE | {field.key: field.heading}, ROW | report | {field.key: words})
    assert getattr(TrackedRecommendation.objects.get(), field.key) == words


@pytest.mark.parametrize("field", UPDATE_TEXTS, ids=lambda field: field.key)
def test_a_text_of_an_update_comes_in_with_it_and_changes_with_the_next(westmarch, field):
    columns = SIMPLE | UPDATE | {field.key: field.heading}
    brought_in(columns, ROW | {"update": "Begun.", "update_on": PUBLISHED, field.key: "A log."})
    brought_in(columns, ROW | {"update": "Finished.", "update_on": TODAY, field.key: "Two logs."})
    said = ForceUpdate.objects.order_by("effective_on").values_list("done", field.key)
    assert list(said) == [("Begun.", "A log."), ("Finished.", "Two logs.")]
