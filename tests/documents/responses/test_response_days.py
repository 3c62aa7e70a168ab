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
    assert (told[LAST], told[PUBLISHED], SECTION in form_text.about_document(text)) == (last, published, has_law)


CORRECTED = {"number": 2, "first_on": datetime.date(2026, 7, 1), "published_on": datetime.date(2026, 12, 1)}
OWN_DAY = "1 December 2026, by Eleanor Thackray"


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({}, "1 July 2026, the 35th day, in time"),
        ({"first_on": datetime.date(2026, 7, 22)}, "22 July 2026, the 56th day, in time"),
        ({"first_on": datetime.date(2026, 7, 23)}, "23 July 2026, the 57th day, 1 day after the last day"),
        ({"is_stated": True}, "1 July 2026, in time"),
        ({"is_stated": True, "last_day": datetime.date(2026, 6, 29)}, "1 July 2026, 2 days after the last day"),
        ({"is_stated": True, "last_day": None}, "1 July 2026"),
    ],
)
def test_a_correction_is_as_late_as_the_first_version_and_has_a_day_of_its_own(facts, first):
    told = form_text.facts(samples.response(**CORRECTED | facts))
    assert [fact for fact in told if "ublished" in fact[0]] == [
        ("Report published", "28 May 2026"),
        ("First published", first),
        ("This version published", OWN_DAY),
    ]
    assert dict(told)["Version"] == "2. It replaces version 1."


def test_the_draft_of_a_correction_names_the_first_version():
    told = dict(form_text.facts(samples.response(**CORRECTED | {"published_on": None})))
    assert told["First published"] == "1 July 2026, the 35th day, in time"
    assert told["This version published"] == "Not yet. This is a draft."


def test_a_text_that_does_not_have_the_first_day_says_its_own_alone():
    told = dict(form_text.facts(samples.response(**CORRECTED | {"first_on": None})))
    assert ("First published" in told, told["This version published"]) == (False, OWN_DAY)
