"""The table of the register's columns, and what else must be there for a row of it."""

from types import SimpleNamespace

import pytest
from django.db import models

from recommendations.domain.imports.lines import SheetContext
from recommendations.domain.register.sheet_columns import (
    FIELDS,
    RECORD_TEXT_KEYS,
    RECORD_TEXTS,
    UPDATE_TEXT_KEYS,
    UPDATE_TEXTS,
    Holds,
    UpdateText,
    coming_in,
    further_texts,
    paper_text,
)
from recommendations.enums import Vocabulary
from recommendations.exchange.imports.vocabulary import choices_for
from recommendations.models import ForceUpdate, RoundAnswer, RoundDraft, TrackedRecommendation
from tests.conftest import TODAY

CONTEXT = SheetContext(today=TODAY, forces={}, words={str(vocabulary): {} for vocabulary in Vocabulary})


def test_every_column_has_a_key_and_a_heading_of_its_own():
    assert len({field.key for field in FIELDS}) == len(FIELDS)
    assert len({field.heading for field in FIELDS}) == len(FIELDS)


def test_an_import_offers_every_column_that_comes_in():
    assert {field.key for field in FIELDS if field.group} == coming_in()


@pytest.mark.django_db
def test_a_column_of_words_says_what_a_word_can_mean():
    """Raises KeyError for a column whose words vocabulary.py does not know."""
    words = [field.key for field in FIELDS if field.holds == Holds.WORD]
    assert [key for key in words if not isinstance(choices_for(key, CONTEXT), tuple)] == []


@pytest.mark.parametrize("model", [ForceUpdate, RoundAnswer, RoundDraft])
def test_a_text_of_an_update_is_a_column_of_updates_answers_and_drafts(model):
    columns = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.TextField)}
    assert [key for key in UPDATE_TEXT_KEYS if key not in columns or not columns[key].blank] == []


def test_a_text_of_a_record_is_a_column_of_its_length():
    columns = {key: TrackedRecommendation._meta.get_field(key) for key in RECORD_TEXT_KEYS}
    assert {key: (column.max_length, column.blank) for key, column in columns.items()} == {
        field.key: (field.longest, True) for field in RECORD_TEXTS
    }


def test_what_is_given_with_an_update_has_its_headings():
    row = SimpleNamespace(**{key: f"Of {key}." for key in UPDATE_TEXT_KEYS})
    assert further_texts(row) == [(field.heading, f"Of {field.key}.") for field in UPDATE_TEXTS]
    assert further_texts(SimpleNamespace(**dict.fromkeys(UPDATE_TEXT_KEYS, ""))) == []


def test_paper_has_room_for_some_of_it():
    fields = [UpdateText("lessons", "Lessons", on_paper=True), UpdateText("evidence", "Evidence")]
    said = SimpleNamespace(lessons="Ask earlier.", evidence="A log.")
    assert paper_text("Done.", said, fields) == "Done.\nLessons: Ask earlier."
    assert paper_text("Done.", SimpleNamespace(lessons="", evidence="A log."), fields) == "Done."
