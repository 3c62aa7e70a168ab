"""A response that was written here, and one that was brought in."""

from tests.per_module import per_module
from tests.views.public.makers import make_report, write_and_publish
from tests.views.responses.test_responses import make_response


@per_module
def report(westmarch):
    return make_report(westmarch)


@per_module
def written(report, body, officer, approver):
    return write_and_publish(report, body, by=officer, approver=approver)


@per_module
def brought_in(body, eastvale, at):
    return make_response(body, eastvale, title="Roads in Eastvale", at=at)
