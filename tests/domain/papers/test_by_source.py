"""A paper over five sources, and one on each of them: their sums add up, and each follows papers on its own source."""

import csv
import dataclasses
import datetime
import io
import json
import re
from collections import Counter

import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from recommendations.documents.papers.document import heading_of, scrutiny_paper
from recommendations.documents.papers.register_files import PaperAbout, register_files, register_of
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures, Sum
from recommendations.domain.papers.due import due_reports
from recommendations.domain.papers.joint.papers import prepare_for
from recommendations.domain.papers.missing import missing_of
from recommendations.domain.papers.papers import TakenPeriod
from recommendations.domain.papers.sections.recorded_late import late_facts
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.register import voices
from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.domain.papers.test_compile import END, START, moment
from tests.makers.sources import of_five_sources
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)
BEFORE, WITHIN, KNOWN = (moment(datetime.date(2026, *day)) for day in ((3, 2), (8, 3), (11, 1)))
LABELS = {
    "hmicfrs": "HMICFRS",
    "super-complaint": "Super-complaint",
    "iopc": "IOPC",
    "coroner": "Coroner",
    "audit": "Audit",
}


@per_module
def five(westmarch, officer, approver):
    of_five_sources(westmarch, before=BEFORE, within=WITHIN, by=officer, decided_by=approver)
    return westmarch


def paper_of(force, source="", start=START, end=END) -> ScrutinyReport:
    return ScrutinyReport(force=force, start=start, end=end, issue=1, **papers.source_fields(source))


def figures_of(force, source=""):
    return compile_figures(paper=paper_of(force, source), known_at=KNOWN)


@pytest.mark.soak
def test_the_papers_on_five_sources_add_up_to_the_one_on_all(five):
    whole, alone = figures_of(five), {key: figures_of(five, key) for key in LABELS}
    assert [each.source for each in whole.sums_by_source] == sorted(LABELS.values(), key=str.casefold)
    assert [each.differences for each in (whole, *alone.values())] == [[]] * 6
    assert whole.sum == Sum(opening=10, new=1, closed=1, closing=10)
    by_source = {each.source: each.sum for each in whole.sums_by_source}
    assert by_source == {LABELS[key]: figures.sum for key, figures in alone.items()}
    for term in (field.name for field in dataclasses.fields(Sum)):
        assert sum(getattr(each.sum, term) for each in alone.values()) == getattr(whole.sum, term)
    for place, kind in enumerate(whole.sums_by_kind):
        assert sum(each.sums_by_kind[place].sum.closing for each in alone.values()) == kind.sum.closing
    assert sum(each.then_and_now.overdue_now for each in alone.values()) == whole.then_and_now.overdue_now
    assert sorted(pk for each in alone.values() for pk in each.open_ids) == sorted(whole.open_ids)
    assert [each.inspection for key in LABELS for each in alone[key].responses] == ["Custody in Westmarch", "Stalking"]


@pytest.mark.soak
def test_a_paper_on_several_sources_names_hmicfrs_for_what_is_hmicfrs_s_alone(five):
    """Its figures do in no sentence; and where they name another, neither document nor spreadsheet does."""
    kept = json.dumps(figures_of(five).to_json())
    assert set(re.findall(r'"[^"]*HMICFRS[^"]*"', kept)) == {'"HMICFRS"'}
    other = Figures.from_json(json.loads(kept.replace("HMICFRS", "Inspectors")))
    document = scrutiny_paper(other, author="", created_at=KNOWN)
    assert "HMICFRS" not in render_to_string(document.template, {"document": document})
    assert "HMICFRS" not in str((document.attachments[0].content, PaperAbout(other).sentences))


def test_the_files_of_its_register_name_the_source_that_each_entry_is_counted_under(five):
    figures = figures_of(five)
    table, book = register_files(figures)
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    still_open = Counter(row["Source"] for row in rows if row["Status"] == "Open")
    assert still_open == {each.source: each.sum.closing for each in figures.sums_by_source if each.sum.closing}
    heads, *lines = load_workbook(io.BytesIO(book.content))["Register"].iter_rows(values_only=True)
    assert [line[heads.index("Source")] for line in lines] == [row["Source"] for row in rows]


def test_a_part_of_its_register_says_whose_it_is_where_hmicfrs_has_no_kind_for_it(five):
    parts = figures_of(five).register
    assert {part.source: part.what for part in parts} == {
        "HMICFRS": "Custody (joint)",
        "Super-complaint": "Super-complaint",
        "IOPC": "IOPC",
        "Coroner": "Coroner",
        "Audit": "Audit",
    }
    assert {dataclasses.replace(part, source="").what for part in parts if part.source == "IOPC"} == {"Other"}


@pytest.mark.parametrize("source", ["", "iopc"])
def test_the_files_of_one_filed_before_or_on_one_source_have_no_such_column(five, source):
    now = figures_of(five, source)
    before = dataclasses.replace(now, register=tuple(dataclasses.replace(part, source="") for part in now.register))
    has_it = ["source" in [field.key for field in register_of(each).fields] for each in (now, before)]
    assert has_it == [not source, False]
    whole = [column for column in register_of(now).fields if column.key != "source"]
    assert list(register_of(before).fields) == whole
    kept = before.to_json()
    for part in kept["register"]:
        del part["source"]
    assert register_files(Figures.from_json(kept)) == register_files(before)


def test_a_paper_on_one_source_says_so(five):
    figures = figures_of(five, "iopc")
    paper = scrutiny_paper(figures, author="", created_at=KNOWN)
    assert (heading_of(figures), paper.what, paper.closures_heading) == (*["IOPC recommendations"] * 2, "Closed: IOPC")
    assert (paper.by_source, figures.source, {entry.source for entry in figures.entries}) == (None, "IOPC", {"IOPC"})
    found = paper_of(five, "iopc")
    assert found.about == "Westmarch Police (IOPC alone)"
    assert papers.file_name(found).startswith("scrutiny-report-iopc-westmarch-")


def test_each_source_has_its_own_papers_beside_those_on_all(five, officer, approver):
    made = {"force": five, "start": START, "end": END, "by": officer, "at": KNOWN}
    first = {source: papers.prepare(**made, source=source) for source in ("", "iopc", "audit")}
    with pytest.raises(TakenPeriod) as taken:
        papers.prepare(**made, source="iopc")
    assert taken.value.paper == first["iopc"]
    with refusal("invalid-choice"):
        papers.prepare(**made, source="nobody")
    filed = [
        papers.finalise(
            paper=paper, figures=compile_figures(paper=paper, known_at=KNOWN), content=b"%PDF", by=approver, at=KNOWN
        )
        for paper in first.values()
    ]
    assert [len(paper.figures["open_ids"]) for paper in filed] == [10, 1, 3]
    end = datetime.date(2026, 12, 31)
    later = paper_of(five, "iopc", END + DAY, end)
    figures = compile_figures(paper=later, known_at=moment(datetime.date(2027, 1, 5)))
    assert (figures.opening_agrees_with, figures.sum.opening) == (f"the paper to {END:%-d %B %Y}, issue 1", 1)
    assert papers.earlier_paper(ScrutinyReport.objects.all(), later) == filed[1]
    assert papers.why_not_compared(filed[0], filed[1]).startswith("These papers are on different sources.")
    assert late_facts(filed[1]) == []
    assert [check.problems for check in check_papers()] == [[]] * 3
    corrected = papers.correct(paper=filed[1], by=officer, at=KNOWN + DAY)
    assert (corrected.source, corrected.source_word, corrected.issue) == ("iopc", "IOPC", 2)
    (due,) = due_reports(datetime.date(2027, 1, 5))
    assert due.period.start == END + DAY
    again = compile_figures(paper=corrected, known_at=KNOWN + DAY)
    assert missing_of(corrected, again, KNOWN + DAY)
    coroners = TrackedRecommendation.objects.filter(recommendation__inspection__source="coroner").first()
    said = {"status": "complete", "effective_on": END}
    voices.record_inspectorate_status(tracked=coroners, **said, by=officer, at=KNOWN + DAY)
    late = f"{coroners.reference}: Coroner status of 30 September 2026, recorded on 2 November 2026."
    assert late_facts(filed[0]) == [late]


def test_a_joint_paper_on_one_source_has_parts_on_it(five, eastvale, officer):
    made = prepare_for(forces=[five, eastvale], start=START, end=END, source="iopc", by=officer, at=KNOWN)
    assert [part.source for part in made.parts.all()] == ["iopc", "iopc"]
    assert made.about == "Eastvale Police and Westmarch Police (IOPC alone)"
