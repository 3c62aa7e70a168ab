"""An officer of the office at the pages of a spreadsheet."""

import pytest


@pytest.fixture
def office(sign_in, officer, westmarch):
    return sign_in(officer)
