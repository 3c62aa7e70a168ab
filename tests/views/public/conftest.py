"""A response that was written here, and one that was brought in."""

import pytest

from tests.views.public.makers import make_report, write_and_publish
from tests.views.responses.test_responses import make_response


@pytest.fixture
def report(westmarch):
    return make_report(westmarch)


@pytest.fixture
def written(report, body, officer, approver):
    return write_and_publish(report, body, by=officer, approver=approver)


@pytest.fixture
def brought_in(body, eastvale, at):
    return make_response(body, eastvale, title="Roads in Eastvale", at=at)
