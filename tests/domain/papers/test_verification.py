"""A paper proves itself: whatever happens later, its file and figures stay; what was tampered with is named."""

import dataclasses
import datetime
import hashlib
import json

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.audit import verification
from recommendations.domain.inspections.inspections import edit_tracked
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    Force,
    ForceUpdate,
    Inspection,
    IssuedFile,
    ScrutinyReport,
    TrackedRecommendation,
    TrailEntry,
)
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import EVENTS, apply, close, draft, moment
from tests.examples import examples
from tests.makers.action_plans import fire_of_before
from tests.per_module import per_module

FILED = moment(datetime.date(2026, 11, 7))
TITLE = "Westmarch Police, 1 July 2026 to 30 September 2026, issue 1"


def file(paper: ScrutinyReport, approver, at=FILED, content: bytes = b"%PDF") -> ScrutinyReport:
    """Finalise without a rendering: what is kept is what matters here."""
    figures = compile_figures(paper=paper, known_at=at)
    return papers.finalise(paper=paper, figures=figures, content=content, by=approver, at=at)


@per_module
def tracked(westmarch, body):
    early = moment(datetime.date(2026, 1, 20))
    tracked = make_tracked(make_inspection(westmarch, at=early), due_on=datetime.date(2026, 6, 30), at=early)
    said = {"by": None, "at": moment(datetime.date(2026, 8, 3)), "effective_on": datetime.date(2026, 8, 3)}
    voices.log_force_update(tracked=tracked, done="Bells are tested.", position="accepted", **said)
    return TrackedRecommendation.objects.get()


@per_module
def paper(tracked, westmarch, officer, approver):
    return file(draft(westmarch, officer), approver)


def tamper(model, pk: int, **values) -> None:
    """Past the ORM, as somebody with the database open would."""
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", [*values.values(), pk])


def problems() -> list[str]:
    return [line for check in check_papers() for line in check.problems]


def test_no_paper_is_no_problem(db):
    assert check_papers() == []


def test_a_paper_that_stands_as_filed_has_no_problem(paper):
    [check] = check_papers()
    assert (check.problems, check.late) == ([], [])
    assert check.title == TITLE
    assert check.sha256 == hashlib.sha256(b"%PDF").hexdigest()


def delete(file: int) -> None:
    """Past the ORM and the database's own check, which a restored copy may have missed."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {IssuedFile._meta.db_table} WHERE id = %s", [file])


@pytest.fixture
def undone():
    """What the test deletes is there again before the database looks whether every row is whole."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.on_postgresql
def test_a_missing_file_is_named_and_the_other_papers_are_checked(paper, westmarch, officer, approver, undone):
    october = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 10, 31)}
    other = file(draft(westmarch, officer, **october), approver, at=FILED + datetime.timedelta(days=1))
    tamper(IssuedFile, other.file_id, content=b"%PDF other")
    delete(paper.file_id)
    changed, missing = check_papers()
    digest = hashlib.sha256(b"%PDF").hexdigest()[:32]
    assert missing.problems == [
        f"The file is missing: there is no issued file {paper.file_id}. "
        f"The SHA-256 of its bytes begins with {digest}, as the trail has it."
    ]
    assert (missing.pk, missing.title, missing.file, missing.sha256) == (paper.pk, TITLE, "", "")
    assert (changed.pk, len(changed.problems)) == (other.pk, 2)


def test_the_entry_of_finalising_holds_the_papers_own_hash(paper):
    changes = json.loads(TrailEntry.objects.get(verb="finalise_paper").changes)
    [said] = [change["fields"] for change in changes if change["model"] == IssuedFile._meta.label_lower]
    assert paper.file.sha256.startswith(said["content"])
    assert said["content"] == hashlib.sha256(b"%PDF").hexdigest()[:32]


def test_what_is_recorded_later_of_the_period_is_listed_and_is_no_problem(paper, tracked, officer, approver):
    later = moment(datetime.date(2026, 11, 20))
    said = {"by": officer, "at": later}
    august = datetime.date(2026, 8, 20)
    voices.log_force_update(tracked=tracked, done="More.", position="accepted", effective_on=august, **said)
    voices.withdraw(row=ForceUpdate.objects.earliest("pk"), reason="It was another force.", **said)
    close(tracked, officer, approver, datetime.date(2026, 9, 2), at=later)
    closures.reopen(tracked=tracked, reason="It failed.", reopened_on=datetime.date(2026, 9, 9), **said)
    voices.log_force_update(tracked=tracked, done="Now.", position="accepted", **said)
    [check] = check_papers()
    assert check.problems == []
    assert check.late == [
        f"{tracked.reference}: force update of 3 August 2026, withdrawn on 20 November 2026.",
        f"{tracked.reference}: force update of 20 August 2026, recorded on 20 November 2026.",
        f"{tracked.reference}: closed on 2 September 2026, recorded on 20 November 2026.",
        f"{tracked.reference}: reopened on 9 September 2026, recorded on 20 November 2026.",
    ]


def test_what_has_no_day_may_change_later(paper, tracked, westmarch, officer, approver):
    """The reference, a lead, the force's own name, a person's name, and a deadline that makes it overdue no more."""
    later = moment(datetime.date(2026, 11, 20))
    facts = {"reference": "WM-9999", "chief_officer_lead": "ACC Bell"}
    edit_tracked(tracked=tracked, version=tracked.version, by=officer, at=later, **facts)
    westmarch.name = "Westmarch Constabulary"
    records.keep(record=westmarch, by=None, at=later)
    approver.name = "Margaret Osei-Lund"
    records.keep(record=approver, by=None, at=later)
    make_tracked(make_inspection(westmarch, title="Vetting", at=later), at=later)
    assert problems() == []
    assert Force.objects.get(pk=westmarch.pk).name == "Westmarch Constabulary"
    assert TrackedRecommendation.objects.get(pk=tracked.pk).reference == "WM-9999"
    assert TrackedRecommendation.objects.count() == 2


def test_what_was_recorded_while_a_paper_was_compiled_is_taken_back(tracked, westmarch, officer, approver):
    """Its moment is before the paper's, its place in the trail after: the paper has not seen it."""
    paper = draft(westmarch, officer)
    figures = compile_figures(paper=paper, known_at=FILED)
    before = {"by": officer, "at": FILED - datetime.timedelta(seconds=1), "effective_on": datetime.date(2026, 9, 1)}
    voices.log_force_update(tracked=tracked, done="At once.", position="accepted", **before)
    papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=FILED)
    assert problems() == []
    assert ForceUpdate.objects.count() == 2


def test_an_earlier_paper_that_is_corrected_later_changes_nothing(tracked, westmarch, officer, approver):
    first = file(draft(westmarch, officer, datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)), approver)
    file(draft(westmarch, officer), approver, at=FILED + datetime.timedelta(days=1))
    later = FILED + datetime.timedelta(days=2)
    make_tracked(make_inspection(westmarch, title="Vetting", at=later), at=later)
    file(papers.correct(paper=first, by=officer, at=later), approver, at=later)
    assert problems() == []
    assert len(check_papers()) == 3


def test_changed_bytes_are_named(paper):
    tamper(IssuedFile, paper.file_id, content=b"%PDF other")
    now = hashlib.sha256(b"%PDF other").hexdigest()
    kept = hashlib.sha256(b"%PDF").hexdigest()
    assert problems() == [
        f"The file’s bytes were changed: their SHA-256 is {now}, and {kept} is kept.",
        "The trail’s entry of finalising it names other contents for the file’s bytes.",
    ]
    tamper(IssuedFile, paper.file_id, sha256=now)
    assert problems() == [
        "The trail’s entry of finalising it names other contents for the file’s bytes.",
        "The trail’s entry of finalising it names other contents for the file’s SHA-256.",
    ]


def test_changed_figures_are_named_line_by_line(paper, tracked):
    figures = paper.figures
    figures["overdue"][0]["days_over"] = 2
    figures["sum"]["closing"] = 9
    tamper(ScrutinyReport, paper.pk, figures=json.dumps(figures))
    assert problems() == [
        "The trail’s entry of finalising it names other contents for the kept figures.",
        "Sum, closing: 9 is kept, 1 is found.",
        f"Overdue, {tracked.reference}, days over: 2 is kept, 92 is found.",
    ]


def test_changed_and_deleted_dated_rows_are_named(paper, tracked):
    row = ForceUpdate.objects.get()
    tamper(ForceUpdate, row.pk, done="Nothing was done.", stage="pending_sign_off")
    place = f"Register, Custody in Westmarch, entries, {tracked.reference}, force"
    assert problems() == [
        "By stage, In progress, count: 1 is kept, 0 is found.",
        "By stage, Pending sign-off, count: 0 is kept, 1 is found.",
        f"Overdue, {tracked.reference}, recovery: “Bells are tested.” is kept, “Nothing was done.” is found.",
        "Voices, no view: 0 is kept, 1 is found.",
        f"Voices, lines, {tracked.reference} is found now, and is not kept.",
        f"{place}, label: “In progress” is kept, “Pending sign-off” is found.",
        f"{place}, words: “Bells are tested.” is kept, “Nothing was done.” is found.",
    ]


def test_a_number_of_a_chart_that_the_rows_do_not_give_is_named(paper):
    figures = paper.figures
    figures["charts"]["quarters"][-1]["opened"] = 7
    figures["charts"]["by_colour"][0]["colours"][0]["count"] = 3
    tamper(ScrutinyReport, paper.pk, figures=json.dumps(figures))
    assert problems()[1:] == [
        "Charts, by colour, Recommendations, colours, Red, count: 3 is kept, 1 is found.",
        "Charts, quarters, Jul–Sep 2026, opened: 7 is kept, 0 is found.",
    ]


def test_a_paper_of_before_papers_had_charts_is_checked_without_them(paper):
    figures = paper.figures
    del figures["charts"]
    tamper(ScrutinyReport, paper.pk, figures=json.dumps(figures))
    assert problems() == ["The trail’s entry of finalising it names other contents for the kept figures."]


def test_figures_that_were_emptied_are_named(paper):
    tamper(ScrutinyReport, paper.pk, figures="[]")
    assert problems()[-1] == "It keeps no figures."


def test_a_deleted_recommendation_and_a_forged_head_are_named(paper, tracked):
    tamper(TrackedRecommendation, tracked.pk, tracked_on="2027-01-01")
    tamper(TrailEntry, TrailEntry.objects.get(sequence=paper.figures["trail_count"]).pk, hash="0" * 64)
    found = problems()
    assert found[0] == f"The trail’s entry {paper.figures['trail_count']} is not the one that the paper prints."
    assert f"Overdue, {tracked.reference} is kept, and is not found now." in found


def test_figures_of_an_earlier_program_are_held_to_what_they_have(westmarch, officer, approver, tracked):
    """A part that papers did not have in its day is not compared."""
    paper = draft(westmarch, officer)
    figures = compile_figures(paper=paper, known_at=FILED)

    class Earlier(Figures):
        def to_json(self):
            return {name: value for name, value in super().to_json().items() if name != "commitments"}

    earlier = Earlier(**{field.name: getattr(figures, field.name) for field in dataclasses.fields(figures)})
    papers.finalise(paper=paper, figures=earlier, content=b"%PDF", by=approver, at=FILED)
    assert problems() == []


def test_papers_are_checked_at_the_same_cost_each(tracked, westmarch, officer, approver, django_assert_num_queries):
    """Hundreds are no matter: the trail is walked back once, and each paper costs its own figures."""
    periods = [(datetime.date(2026, month, 1), datetime.date(2026, month, 28)) for month in (3, 4, 5, 6)]
    counted = []
    for start, end in periods:
        file(draft(westmarch, officer, start, end), approver)
        with connection.execute_wrapper(Counting(counted)):
            check_papers()
        counted.append(None)
    runs = " ".join("|" if each is None else "q" for each in counted).split("|")
    _, second, third, fourth = (run.count("q") for run in runs[:4])
    assert third - second == fourth - third


class Counting:
    def __init__(self, counted):
        self.counted = counted

    def __call__(self, execute, sql, params, many, context):
        self.counted.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.soak
@settings(max_examples=examples(8))
@given(events=EVENTS, later=EVENTS, edits=st.lists(st.integers(0, 5), max_size=6))
def test_whatever_happens_later_the_papers_stand(westmarch, officer, approver, body, events, later, edits):
    """Some story, a paper of it, and then any other story, of the same days too: bytes and figures are equal."""
    with transaction.atomic():
        inspection = make_inspection(westmarch, at=moment(datetime.date(2026, 1, 16)))
        added = [datetime.date(2026, 1, 16), datetime.date(2026, 5, 2), datetime.date(2026, 8, 3)]
        all_tracked = [make_tracked(inspection, number=str(n), at=moment(day)) for n, day in enumerate(added)]
        _tell(sorted(events, key=lambda event: event[2] + event[3]), all_tracked, officer, approver)
        filed = moment(datetime.date(2026, 12, 30))
        paper = file(draft(westmarch, officer, at=filed), approver, at=filed)
        kept = (bytes(paper.file.content), paper.figures)
        moved = [(which, what, day, 400 + days) for which, what, day, days in later]
        _tell(moved, all_tracked, officer, approver)
        for number, edit in enumerate(edits):
            _edit(edit, number, all_tracked, officer)
        again = ScrutinyReport.objects.get(pk=paper.pk)
        assert (bytes(again.file.content), again.figures) == kept
        assert problems() == []
        assert verification.verify() == []
        transaction.set_rollback(True)


def _tell(story, all_tracked, officer, approver) -> None:
    for event in story:
        try:
            with transaction.atomic():
                apply(event, all_tracked, officer, approver)
        except Refusal:
            continue


def _edit(edit: int, number: int, all_tracked, officer) -> None:
    """One change of what has no day."""
    at = moment(datetime.date(2027, 12, 1) + datetime.timedelta(days=number))
    tracked = TrackedRecommendation.objects.get(pk=all_tracked[edit % 3].pk)
    if edit < 3:
        facts = {"reference": f"WM-9{number}", "business_lead": f"Lead {number}"}
        edit_tracked(tracked=tracked, version=tracked.version, by=officer, at=at, **facts)
    elif edit == 3:
        make_tracked(tracked.recommendation.inspection, number=f"9{number}", at=at)
    else:
        officer.name = f"Officer {number}"
        records.keep(record=officer, by=None, at=at)


@pytest.mark.soak
def test_a_paper_of_before_that_measured_every_report_still_proves_itself(westmarch, body, officer, approver):
    """Until 0.3.0 papers counted 56 days for fire and rescue, and for what is of another kind. They say so (or nothing
    of it: tests/releases has such papers), and are compiled again by that rule."""
    early = moment(datetime.date(2026, 1, 20))
    fire_of_before(westmarch, title="Fire", at=early)
    make_inspection(westmarch, title="Other", kind="other", section_55=False, at=early)
    before = draft(westmarch, officer, datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    figures = compile_figures(paper=before, known_at=FILED, section_55_by_kind=False)
    papers.finalise(paper=before, figures=figures, content=b"%PDF", by=approver, at=FILED)
    after = file(draft(westmarch, officer), approver)
    counted = (datetime.date(2026, 3, 11), "111 days late")
    assert [(line.due_on, line.state) for line in figures.responses] == [counted] * 2
    assert [(line["due_on"], line["state"]) for line in after.figures["responses"]] == [
        (None, "No last day stated")
    ] * 2
    assert problems() == []
    assert [(each.kind, each.section_55) for each in Inspection.objects.order_by("title")] == [
        ("fire", None),
        ("other", False),
    ]
