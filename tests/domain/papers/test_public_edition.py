"""What the public reads of attendance: of panels that are marked public, and of the others that they are left out."""

import dataclasses
import datetime

import pypdfium2
import pytest
from django.template.loader import render_to_string

from recommendations.documents.papers.document import public_paper, scrutiny_paper
from recommendations.domain.panels.panels import show_panel
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.public_edition import leaves_out, public_figures
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.public import papers as public_papers
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Panel
from tests.conftest import AT
from tests.domain.papers.test_compile import figures_of
from tests.makers.builds import finalise
from tests.makers.commitments import make_commitment, make_version
from tests.makers.evidence import point, watched_panel
from tests.makers.joint_papers import joint_draft
from tests.makers.panels import make_channel
from tests.per_module import per_module

HIDDEN, SHOWN = "Aldford Channel panel", "Belford Channel panel"
DAYS = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
MEASURE = "Force present at 2 of 3 meetings, a decision maker at 1"
LEFT_OUT = (
    "This edition leaves out the attendance at 1 Channel panel that is not public and the measure of 1 commitment."
)


@per_module
def panels(westmarch, body):
    """Two Channel panels, one of them public; both measure a commitment."""
    hidden, shown = watched_panel(westmarch, HIDDEN), make_channel(westmarch, SHOWN)
    show_panel(panel=shown, public=True, reason="It meets in public.", by=None, at=AT)
    made = make_commitment(make_version(body, westmarch), check_on=datetime.date(2027, 3, 31))
    point(made, westmarch, measure=True)
    return hidden, shown


def text_of(content) -> str:
    document = pypdfium2.PdfDocument(bytes(content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def draft(force):
    return papers.prepare(force=force, by=None, at=AT, **DAYS)


def filed(force, approver, **files):
    paper = draft(force)
    figures = compile_figures(paper=paper, known_at=AT)
    return papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT, **files)


def test_the_figures_of_the_edition(panels, westmarch):
    figures = figures_of(westmarch, **DAYS, known_at=AT)
    assert [(line.panel, line.public) for line in figures.attendance] == [(HIDDEN, False), (SHOWN, True)]
    assert [line.measure.words for line in figures.commitments] == [MEASURE]
    public = public_figures(figures)
    assert ([line.panel for line in public.attendance], public.commitments) == ([SHOWN], ())
    assert dataclasses.replace(public, attendance=figures.attendance, commitments=figures.commitments) == figures
    assert leaves_out([figures]) == LEFT_OUT
    two = "the attendance at 2 Channel panels that are not public and the measure of 2 commitments"
    assert leaves_out([figures, figures]) == f"This edition leaves out {two}."
    assert (public_figures(public), leaves_out([public])) == (public, "")


def test_a_checked_commitment_stays_without_its_measure(panels, westmarch):
    figures = figures_of(westmarch, **DAYS, known_at=AT)
    (line,) = figures.commitments
    checked = dataclasses.replace(line, checks=("Kept, 1 August 2026",))
    public = public_figures(dataclasses.replace(figures, commitments=(checked,)))
    assert public.commitments == (dataclasses.replace(checked, measure=None),)


def test_the_paper_prints_all_and_its_edition_what_is_public(panels, westmarch):
    figures = figures_of(westmarch, **DAYS, known_at=AT)
    said = {"author": "Hannah Whitlock", "created_at": AT}
    documents = (scrutiny_paper(figures, **said), public_paper(figures, **said))
    whole, public = (render_to_string(each.template, {"document": each}) for each in documents)
    assert [each in whole for each in (HIDDEN, SHOWN, MEASURE, LEFT_OUT)] == [True, True, True, False]
    assert [each in public for each in (HIDDEN, SHOWN, MEASURE, LEFT_OUT)] == [False, True, False, True]


def test_where_all_are_public_there_is_one_file(panels, westmarch, approver):
    show_panel(panel=panels[0], public=True, reason="It meets in public.", by=approver, at=AT)
    paper = finalise(draft(westmarch), by=approver, at=AT)
    assert paper.public_file is None
    made = public_papers.publish_paper(paper=paper, by=approver, at=AT)
    assert HIDDEN in text_of(public_papers.find_paper_file(*_where(made))[0].content)


def test_the_file_that_the_public_reads(panels, westmarch, approver):
    paper = finalise(draft(westmarch), by=approver, at=AT)
    made = public_papers.publish_paper(paper=paper, by=approver, at=AT)
    file, _ = public_papers.find_paper_file(*_where(made))
    assert (file, file.name) == (
        paper.public_file,
        "public-scrutiny-report-westmarch-2026-07-01-to-2026-09-30-issue-1.pdf",
    )
    whole, public = text_of(paper.file.content), text_of(file.content)
    assert [each in whole for each in (HIDDEN, SHOWN, MEASURE)] == [True, True, True]
    assert [each in public for each in (HIDDEN, SHOWN, MEASURE, LEFT_OUT)] == [False, True, False, True]
    assert public_papers.find_paper(*_where(made)).size == len(bytes(file.content))
    assert public_papers.left_out_words(paper) == LEFT_OUT
    assert [check.problems for check in check_papers()] == [[]]


def _where(made) -> tuple:
    return made.slug, made.paper.start, made.paper.end, made.paper.issue


@pytest.mark.soak
def test_a_joint_paper_has_an_edition_too(panels, westmarch, eastvale, body, officer, approver):
    paper = joint_draft(westmarch, eastvale, by=officer, at=AT, **DAYS)
    done = finalise(paper, by=approver, at=AT)
    whole, public = text_of(done.file.content), text_of(done.public_file.content)
    assert [each in whole for each in (HIDDEN, SHOWN, MEASURE)] == [True, True, True]
    assert [each in public for each in (HIDDEN, SHOWN, MEASURE)] == [False, True, False]
    assert public.count(LEFT_OUT) == 2  # of the whole, and in the force's own chapter
    assert public_papers.why_not_public(done) == ""


def test_a_paper_from_before_there_were_editions_is_corrected_first(panels, westmarch, approver):
    paper = filed(westmarch, approver)
    with pytest.raises(Refusal) as refused:
        public_papers.publish_paper(paper=paper, by=approver, at=AT)
    assert refused.value.message == public_papers.NO_EDITION


def test_a_panel_that_is_no_longer_public_is_not_made_public_by_a_paper(panels, westmarch, approver):
    paper = filed(westmarch, approver, public=b"%PDF public")
    assert public_papers.why_not_public(paper) == ""
    show_panel(panel=panels[1], public=False, reason="No longer.", by=approver, at=AT)
    assert public_papers.why_not_public(paper) == (
        f"It prints the attendance at {SHOWN}, which is not public now. Correct it: the next issue will not."
    )


def test_what_was_public_when_it_was_compiled_is_what_a_check_compiles_again(panels, westmarch, approver):
    filed(westmarch, approver, public=b"%PDF public")
    later = AT + datetime.timedelta(days=1)
    for panel in Panel.objects.all():
        show_panel(panel=panel, public=not panel.public, reason="Otherwise.", by=approver, at=later)
    assert [check.problems for check in check_papers()] == [[]]
