"""What single cells of a row are read as."""

import pytest

from tests.exchange.imports.sheets_of import SIMPLE, lines_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "number"), [("3", "3"), ("Rec\n3", "3"), ("3\n(a)", "3 (a)"), ("3\n4", "3 4"), ("AFI 3\n\n4", "3 4")]
)
def test_a_number_is_read_as_one_line(typed, number, westmarch):
    (line,) = lines_of(SIMPLE, {"reference": "R1", "inspection": "Light", "number": typed, "text": "Test it."}).lines
    assert line.values["number"] == number
