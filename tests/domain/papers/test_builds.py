"""Builds of papers' files: asked for once, worked on by one worker, taken up again, given up, told in words."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.builds.builds import (
    MOST,
    NOBODY,
    SILENT,
    STOPPED,
    WAITS,
    BuildReclaimed,
    beat,
    fail,
    release,
)
from recommendations.domain.papers import builds, papers
from recommendations.domain.papers.builds import (
    FINAL,
    LARGE,
    ask,
    claim_next,
    finish,
    hold,
    is_large,
    progress_of,
    who_finalises,
)
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.people import records
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import BuildKind, BuildState, BuildStep, Role
from recommendations.models import PaperBuild
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.domain.audit.tampering import past
from tests.per_module import per_module
from tests.refusals import refusal

SECOND = datetime.timedelta(seconds=1)


@per_module
def paper(westmarch, body, officer):
    days = {"start": datetime.date(2026, 7, 1), "end": datetime.date(2026, 9, 30)}
    return papers.prepare(force=westmarch, by=officer, at=AT, **days)


@per_module
def asked(paper, approver):
    return ask(paper=paper, kind=BuildKind.FINALISE, by=approver, at=AT)


def again(build: PaperBuild) -> PaperBuild:
    return PaperBuild.objects.get(pk=build.pk)


@pytest.mark.on_postgresql
def test_what_is_asked_for_twice_is_one_build(paper, asked, approver):
    assert ask(paper=paper, kind=BuildKind.FINALISE, by=approver, at=AT + SECOND) == asked
    assert ask(paper=paper, kind=BuildKind.PREVIEW, by=approver, at=AT) != asked
    assert PaperBuild.objects.count() == 2


@pytest.mark.on_postgresql
def test_the_database_keeps_one_unfinished_build(paper, asked, approver):
    with pytest.raises(IntegrityError, match=r"paperbuild_one_unfinished|paper_id"), transaction.atomic():
        PaperBuild.objects.create(paper=paper, kind=BuildKind.FINALISE, asked_by=approver, asked_at=AT)
    fail(claim_next(at=AT), "No.", at=AT)
    PaperBuild.objects.create(paper=paper, kind=BuildKind.FINALISE, asked_by=approver, asked_at=AT)


def test_a_second_person_hears_who_was_first(paper, asked):
    second = make_person("Sam Second", Role.APPROVING_OFFICER)
    with refusal("asked-already", naming="Margaret Osei"):
        ask(paper=paper, kind=BuildKind.FINALISE, by=second, at=AT + SECOND)
    preview = ask(paper=paper, kind=BuildKind.PREVIEW, by=asked.asked_by, at=AT)
    assert ask(paper=paper, kind=BuildKind.PREVIEW, by=second, at=AT) == preview


def test_nothing_is_made_of_a_finalised_paper(paper, approver):
    figures = compile_figures(paper=paper, known_at=AT)
    papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=AT)
    with pytest.raises(Refusal) as refused:
        ask(paper=paper, kind=BuildKind.PREVIEW, by=approver, at=AT)
    assert refused.value.message == FINAL


@pytest.mark.on_postgresql
def test_one_worker_takes_it_and_the_one_that_waits_longest_is_first(paper, asked, approver):
    later = ask(paper=paper, kind=BuildKind.PREVIEW, by=approver, at=AT + SECOND)
    taken = [claim_next(at=AT + 2 * SECOND) for _ in range(3)]
    assert taken == [asked, later, None]
    assert (taken[0].state, taken[0].step, taken[0].attempts) == (BuildState.RUNNING, BuildStep.FIGURES, 1)


@pytest.mark.on_postgresql
def test_a_build_whose_worker_fell_silent_is_taken_up_and_the_first_worker_keeps_nothing(asked):
    first = claim_next(at=AT)
    assert claim_next(at=AT + SILENT) is None
    second = claim_next(at=AT + SILENT + SECOND)
    assert (second, second.attempts) == (first, 2)
    assert beat(first, at=AT + SILENT + 2 * SECOND) is False
    with pytest.raises(BuildReclaimed), transaction.atomic():
        hold(first)
    with pytest.raises(BuildReclaimed):
        finish(first, at=AT)
    fail(first, "Late.", at=AT)
    release(first)
    assert again(first).state == BuildState.RUNNING
    with transaction.atomic():
        hold(second)


def test_a_worker_that_is_stopped_once_it_is_done_gives_nothing_back(asked):
    build = claim_next(at=AT)
    finish(build, at=AT + SECOND)
    release(build)
    assert again(build).state == BuildState.DONE


def test_a_worker_that_goes_on_saying_so_keeps_its_build(asked):
    build = claim_next(at=AT)
    assert beat(build, at=AT + SILENT, step=BuildStep.PDF) is True
    assert claim_next(at=AT + SILENT + SECOND) is None
    assert again(build).step == BuildStep.PDF


def test_what_was_stopped_too_often_is_given_up_and_can_be_asked_for_again(paper, asked, approver):
    at = AT
    for _ in range(MOST):
        assert claim_next(at=at) == asked
        at += SILENT + SECOND
    running = again(asked)
    assert progress_of(running, at).problem == STOPPED
    assert claim_next(at=at) is None
    assert (again(asked).state, again(asked).problem, again(asked).ended_at) == (BuildState.FAILED, STOPPED, at)
    assert ask(paper=paper, kind=BuildKind.FINALISE, by=approver, at=at) != asked


def test_what_nobody_takes_up_in_time_is_given_up_and_not_made_later(paper, asked):
    late = AT + WAITS + SECOND
    assert progress_of(asked, late).problem == NOBODY
    second = make_person("Sam Second", Role.APPROVING_OFFICER)
    new = ask(paper=paper, kind=BuildKind.FINALISE, by=second, at=late)
    assert (again(asked).problem, new.asked_by) == (NOBODY, second)
    assert claim_next(at=late) == new
    assert claim_next(at=late + 2 * WAITS) is None
    assert again(new).problem == STOPPED


def test_the_one_who_asked_is_looked_at_again(asked, approver):
    assert who_finalises(asked) == approver
    approver.is_active = False
    records.keep(record=approver, by=None, at=AT)
    with refusal("no-longer-allowed", NotAllowed, naming=approver.name):
        who_finalises(asked)


def test_no_paper_is_finalised_in_the_name_of_someone_who_did_not_ask(paper, asked, officer, approver):
    """A request that was written to the database, or that was another's."""
    second = make_person("Sam Second", Role.APPROVING_OFFICER)
    past(PaperBuild).filter(pk=asked.pk).update(asked_by=second)
    with pytest.raises(NotAllowed, match=second.name):
        who_finalises(again(asked))
    past(PaperBuild).filter(pk=asked.pk).update(asked_by=approver)
    assert who_finalises(again(asked)) == approver


def test_of_the_files_of_a_draft_the_newest_is_kept(paper, approver):
    for number in (b"1", b"2"):
        ask(paper=paper, kind=BuildKind.PREVIEW, by=approver, at=AT)
        finish(claim_next(at=AT), at=AT, content=number)
    kept = PaperBuild.objects.order_by("pk").values_list("state", "content")
    assert [(state, content and bytes(content)) for state, content in kept] == [("done", None), ("done", b"2")]


def test_how_far_it_is_in_words(asked, paper, approver):
    words = [progress_of(asked, AT).words, progress_of(asked, AT + 61 * SECOND).words]
    build = claim_next(at=AT)
    words.append(progress_of(build, AT).words)
    beat(build, at=AT, step=BuildStep.PDF)
    words += [progress_of(build, AT).words, progress_of(build, AT + SILENT + SECOND).words]
    second = claim_next(at=AT + SILENT + SECOND)
    words.append(progress_of(second, AT + SILENT + SECOND).words)
    assert words == [
        "Waiting for its turn.",
        "Waiting for its turn. It has not started yet: is build_papers running?",
        "Working out the figures.",
        "Making the PDF.",
        "It was stopped. It is starting again.",
        "Working out the figures. This is the 2nd attempt.",
    ]
    assert [progress_of(each, AT).done for each in (again(asked), build)] == [0, 1]


def test_a_large_draft_is_one_of_many_recommendations(paper, westmarch, monkeypatch):
    make_tracked(make_inspection(westmarch))
    assert (is_large(paper), LARGE) == (False, 100)
    monkeypatch.setattr(builds, "LARGE", 0)
    assert is_large(paper) is True
