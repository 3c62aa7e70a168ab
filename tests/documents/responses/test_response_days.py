"""The last day for a response as it is printed: counted under section 55, stated outside it, or not known."""

import datetime

import pytest

from recommendations.documents.responses import form_text
from tests.documents.responses import samples

LAST, PUBLISHED = "Last day for a response", "This response published"
SECTION = "Made under section 55 of the Police Act 1996."


@pytest.mark.parametrize(
    ("facts", "last", "published", "has_law"),
    [
        ({}, "22 July 2026, the 56th day", "8 July 2026, the 42nd day, by Eleanor Thackray", True),
        ({"is_stated": True}, "22 July 2026, as stated", "8 July 2026, by Eleanor Thackray", False),
        (
            {"is_stated": True, "last_day": datetime.date(2026, 7, 6)},
            "6 July 2026, as stated",
            "8 July 2026, 2 days after the last day, by Eleanor Thackray",
            False,
        ),
        ({"is_stated": True, "last_day": None}, "None is stated", "8 July 2026, by Eleanor Thackray", False),
    ],
)
def test_a_day_that_is_stated_is_not_called_the_laws(facts, last, published, has_law):
    text = samples.response(**facts)
    told = dict(form_text.facts(text))
    assert (told[LAST], told[PUBLISHED], SECTION in form_text.about(text)) == (last, published, has_law)
