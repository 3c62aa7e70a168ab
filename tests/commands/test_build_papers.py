"""manage.py build_papers: one pass does all that waits, says what became of it, and says when nothing waits."""

import io

from django.core.management import call_command
from django.utils import timezone

from recommendations.domain.papers import papers
from recommendations.domain.papers.building import ask_to_finalise
from recommendations.domain.people import records
from recommendations.models import ScrutinyReport
from tests.makers.quarters import PASSED
from tests.per_module import per_module


@per_module
def asked(westmarch, body, officer, approver):
    paper = papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())
    return ask_to_finalise(paper=paper, by=approver, at=timezone.now())


def run() -> tuple[str, str]:
    out, wrong = io.StringIO(), io.StringIO()
    call_command("build_papers", stdout=out, stderr=wrong)
    return out.getvalue().strip(), wrong.getvalue().strip()


def test_what_waits_is_made_once(asked):
    days = f"{PASSED.start:%-d %B %Y} to {PASSED.end:%-d %B %Y}"
    said = f"Finalise the paper: Scrutiny report: Westmarch Police, {days}: made"
    assert [run(), run()] == [(said, ""), ("Nothing waits to be made.", "")]
    assert not ScrutinyReport.objects.get().is_draft


def test_what_is_refused_is_said_beside_it(asked, approver):
    approver.is_active = False
    records.keep(record=approver, by=None, at=timezone.now())
    out, wrong = run()
    assert out == ""
    assert wrong.endswith("Margaret Osei can no longer finalise papers. Another approving officer can.")
    assert ScrutinyReport.objects.get().is_draft
