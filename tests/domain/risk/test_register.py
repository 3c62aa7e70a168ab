"""The register by risk and theme, and nothing of either where the office does without."""

import pytest
from django.http import QueryDict

from recommendations.domain.register.filters import choices_for
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import NO_RISK, RegisterQuery
from recommendations.domain.register.sheet_columns import FIELDS, columns_in_use
from recommendations.forms.register.query_string import read_query
from recommendations.models import Thresholds
from recommendations.sections import Section
from recommendations.views.register.columns import offered_columns
from tests.conftest import TODAY, make_tracked
from tests.per_module import per_module
from tests.standings import write

WORDS = {"stage": {}, "risk": {"high": "High", "low": "Low"}, "theme": {"data": "Data", "custody": "Custody"}}
RISK_COLUMNS = {"risk", "risk_why", "risk_on", "themes", "delay_cause", "mitigation"}


@per_module
def four(inspection):
    """Low, high, medium and not assessed; themes on the first two."""
    rows = [make_tracked(inspection, number=str(number)) for number in range(4)]
    for row, risk, themes in zip(
        rows, ("low", "high", "medium", ""), (",data,", ",custody,data,", "", ""), strict=True
    ):
        write(row, risk=risk, themes=themes)
    return rows


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"risk": "high"}, [1]),
        ({"risk": NO_RISK}, [3]),
        ({"theme": "data"}, [0, 1]),
        ({"theme": "data", "risk": "low"}, [0]),
        ({"sort": "risk"}, [1, 2, 0, 3]),
        ({"sort": "risk", "descending": True}, [3, 0, 2, 1]),
    ],
)
def test_filters_and_order(four, officer, asked, found):
    query = RegisterQuery(day=TODAY, **asked)
    listing = Listing(query, officer, Thresholds())
    ids = [four[each].pk for each in found]
    assert (sorted(listing.ids), listing.count()) == (sorted(ids), len(ids))
    if "sort" in asked:
        assert list(listing.ids) == ids


def test_an_address_asks_for_what_there_is(officer, settings):
    def read(text):
        query = read_query(QueryDict(text), choices_for(officer), WORDS, day=TODAY)
        return query.risk, query.theme

    assert read("risk=high&theme=data") == ("high", "data")
    assert read("risk=huge&theme=gone") == ("", "")
    settings.SECTIONS_OFF = (Section.RISK,)
    assert read("risk=high&theme=data") == ("", "")


def test_the_columns_go_with_the_section(settings):
    assert (columns_in_use(), RISK_COLUMNS - set(offered_columns())) == (FIELDS, {"risk_on"})
    settings.SECTIONS_OFF = (Section.RISK,)
    assert {field.key for field in FIELDS} - {field.key for field in columns_in_use()} == RISK_COLUMNS
    assert RISK_COLUMNS & set(offered_columns()) == set()
