"""manage.py verify_reports: words for people, JSON for scripts, a status that cron understands."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from recommendations.domain.register import voices
from recommendations.models import IssuedFile, TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import draft, moment
from tests.domain.papers.test_verification import FILED, file, tamper
from tests.per_module import per_module


@per_module
def paper(westmarch, body, officer, approver):
    early = moment(datetime.date(2026, 1, 20))
    make_tracked(make_inspection(westmarch, at=early), due_on=datetime.date(2026, 6, 30), at=early)
    return file(draft(westmarch, officer), approver)


def said(*options: str) -> str:
    out = io.StringIO()
    call_command("verify_reports", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def log_late(officer, number: int) -> None:
    august = datetime.date(2026, 8, 20)
    later = {"by": officer, "at": FILED + datetime.timedelta(days=number), "effective_on": august}
    voices.log_force_update(tracked=TrackedRecommendation.objects.get(), done="More.", position="accepted", **later)


def test_an_office_without_papers_has_nothing_to_check(db):
    assert said() == "No paper has been finalised yet.\n"
    assert json.loads(said("--json")) == []


def test_it_says_that_all_is_as_filed_and_what_came_later(paper, officer):
    assert said() == "1 paper is as filed. Nothing was recorded late.\n"
    log_late(officer, 1)
    assert said() == (
        "Westmarch Police, 1 July 2026 to 30 September 2026, issue 1\n"
        "  Since: WM-0001: force update of 20 August 2026, recorded on 8 November 2026.\n"
        "1 paper is as filed. 1 fact was recorded later, as listed.\n"
    )


def test_a_long_list_is_cut_and_the_json_has_all(paper, officer):
    for number in range(1, 23):
        log_late(officer, number)
    lines = said().splitlines()
    assert lines[-2:] == [
        "  Since: And 2 more: --json has them all.",
        "1 paper is as filed. 22 facts were recorded later, as listed.",
    ]
    assert len(json.loads(said("--json"))[0]["recorded_later"]) == 22


def test_what_is_wrong_is_named_and_ends_with_an_error(paper):
    tamper(IssuedFile, paper.file_id, content=b"%PDF other")
    with pytest.raises(CommandError, match=r"^1 paper is not as filed, of 1\. Run verify_audit too\.$"):
        said()
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_reports", "--json", stdout=out, stderr=io.StringIO())
    [told] = json.loads(out.getvalue())
    assert (told["paper"], told["file"], told["sha256"]) == (paper.pk, paper.file.name, paper.file.sha256)
    assert len(told["problems"]) == 2


@pytest.mark.on_postgresql
def test_a_missing_file_ends_with_an_error_that_names_its_paper(paper):
    out = io.StringIO()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {IssuedFile._meta.db_table} WHERE id = %s", [paper.file_id])
        with pytest.raises(CommandError, match=r"^1 paper is not as filed, of 1\."):
            call_command("verify_reports", stdout=out, stderr=io.StringIO())
        transaction.set_rollback(True)
    title, problem = out.getvalue().splitlines()
    assert title == "Westmarch Police, 1 July 2026 to 30 September 2026, issue 1"
    assert problem.startswith(f"  The file is missing: there is no issued file {paper.file_id}. ")


def test_progress_goes_to_standard_error(paper):
    err = io.StringIO()
    call_command("verify_reports", stdout=io.StringIO(), stderr=err)
    assert "1 of 1 papers checked" in err.getvalue()


@pytest.mark.django_db(transaction=True)
def test_it_leaves_nothing_behind_where_it_opens_its_own_moment(paper, officer):
    """Outside a test's transaction, as in a shell: the copies are gone, and the register is as it was."""
    log_late(officer, 1)
    make_tracked(make_inspection(paper.force, title="Vetting", at=FILED), at=FILED + datetime.timedelta(days=1))
    assert "1 paper is as filed." in said()
    assert TrackedRecommendation.objects.count() == 2
    assert "1 paper is as filed." in said()
