"""What a correction of a published response waits for, and who has it."""

from recommendations.domain.compliance.status import compliance
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.models import Inspection, Response
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.responses import make_published, write
from tests.per_module import per_module

NO_RECIPIENTS = "copies, and no recipients are set"


@per_module
def report(westmarch, body):
    return make_inspection(westmarch, published_on=TODAY)


def row():
    (found,) = compliance(Inspection.objects.all(), Response.objects.all(), TODAY)
    return found


def test_a_correction_waits_for_approval_and_then_for_publication(report, body, officer, approver):
    response = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=response, by=officer, at=AT)
    write(response, "correction", text="A wrong number.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=AT)
    assert (row().waits_for, row().who) == (f"approval of its correction; {NO_RECIPIENTS}", ("Margaret Osei",))
    approval_workflow.approve(response=response, by=approver, at=AT)
    assert row().waits_for == f"publication of its correction; {NO_RECIPIENTS}"
    approval_workflow.take_back(response=response, by=officer, at=AT)
    assert row().waits_for == f"its correction, which is being written; {NO_RECIPIENTS}"
