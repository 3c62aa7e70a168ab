"""A response is begun, drafted in parts, submitted, and approved by somebody else; what is missing is said."""

import pytest

from recommendations.enums import ResponseState
from tests.conftest import make_tracked
from tests.response_makers import make_published


@pytest.fixture
def report(inspection):
    make_tracked(inspection, number="1")
    make_tracked(inspection, number="2", text="The force should test its lights.")
    return inspection


def test_from_draft_to_publication(report, body, officer, approver):
    response = make_published(report, body, by=officer, approver=approver)
    assert response.state == ResponseState.PUBLISHED
    assert response.versions.get().comments.count() == 2
