"""The author's words of a paper: written while it is a draft, frozen with its figures, carried to a correction."""

import datetime
import re
from dataclasses import replace

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.author_text import PaperMatter
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.author_text import NOTE, words_of, write_words
from recommendations.domain.register import voices
from recommendations.domain.writing.refusals import NotAllowed, Stale
from recommendations.models import PaperWords, TrailEntry
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import draft, figures_of, moment
from tests.per_module import per_module
from tests.refusals import refusal

EARLY = moment(datetime.date(2026, 2, 1))
KNOWN = moment(datetime.date(2026, 11, 1))
FILED = moment(datetime.date(2026, 11, 7))


def write(paper, by, version=0, at=KNOWN, **said):
    return write_words(paper=paper, version=version, by=by, at=at, **said)


def front_of(paper, at=KNOWN):
    return compile_figures(paper=paper, known_at=at).front


def finalise(paper, by, at=FILED):
    return papers.finalise(
        paper=paper, figures=compile_figures(paper=paper, known_at=at), content=b"%PDF", by=by, at=at
    )


@per_module
def overdue(westmarch, body, officer):
    """Two that are overdue, one of them with a forecast, and one without a date."""
    inspection = make_inspection(westmarch, at=EARLY)
    first, second, _ = (
        make_tracked(inspection, number=number, due_on=due, at=EARLY)
        for number, due in (("1", datetime.date(2026, 6, 30)), ("2", datetime.date(2026, 8, 31)), ("3", None))
    )
    voices.log_force_update(
        tracked=second,
        done="A plan.",
        forecast_on=datetime.date(2027, 1, 31),
        by=officer,
        at=KNOWN,
        effective_on=datetime.date(2026, 9, 1),
    )
    return first, second


def test_a_paper_without_words_asks_to_note_and_gives_no_view(westmarch, officer, body):
    front = front_of(draft(westmarch, officer))
    assert front.asked == (NOTE,)
    assert (front.version, front.view, front.questions, front.matters) == (0, "", (), ())
    assert front.purpose == "For assurance"


def test_the_matters_are_sentences_made_from_the_figures(westmarch, officer, overdue):
    first, _ = overdue
    no_recovery, longest, no_date = front_of(draft(westmarch, officer)).matters
    assert no_recovery == PaperMatter(
        heading="No recovery plan",
        words="1 of 2 overdue has no forecast later than 30 September 2026.",
        rests_on="Overdue without a recovery plan: 1",
        references=(first.reference,),
    )
    assert longest.words == (
        f"“{first.recommendation.short_text}” is 92 days past the date that it counts from; no target was ever set."
    )
    assert (longest.rests_on, longest.references) == ("The longest overdue: 1", (first.reference,))
    assert no_date.words == "1 of 3 open has no deadline and no target."


def test_a_matter_that_is_changed_rests_on_the_same_figures(westmarch, officer, overdue):
    paper = draft(westmarch, officer)
    write(
        paper, officer, matter_2="no_recovery", matter_2_words="Nobody owns it.", matter_3="own", matter_3_words="Cuts."
    )
    longest, changed, own = front_of(paper).matters
    assert longest.heading == "The longest overdue"
    assert (changed.words, changed.references) == ("Nobody owns it.", (overdue[0].reference,))
    assert changed.rests_on == "Overdue without a recovery plan: 1"
    assert own == PaperMatter(heading="", words="Cuts.", rests_on="The office’s own words; no figure of this paper")


def test_words_whose_figures_are_gone_say_so_and_a_matter_can_be_left_out(westmarch, officer, body):
    paper = draft(westmarch, officer)
    write(paper, officer, matter_1="no_date", matter_1_words="No dates.", matter_2="none", matter_3="moved")
    assert front_of(paper).matters == (PaperMatter(heading="", words="No dates.", rests_on="No date set: 0"),)


@pytest.mark.soak
def test_what_papers_ask_as_a_rule_follows_the_questions(westmarch, officer, body):
    paper = draft(westmarch, officer)
    usual = (
        NOTE,
        "ask the chief constable the questions in this paper",
    )
    words = write(paper, officer, asked=usual, questions=("Who watches?", "When?"))
    assert words.asked == ""
    assert front_of(paper).asked == usual
    write(paper, officer, version=1, asked=usual)
    assert front_of(paper).asked == usual[:1]
    write(paper, officer, version=2, asked=("choose a deep dive",))
    assert front_of(paper).asked == ("choose a deep dive",)


def test_who_saves_second_is_shown_both(westmarch, officer, body):
    paper = draft(westmarch, officer)
    write(paper, officer, item="7")
    for version in (0, 5):
        with pytest.raises(Stale) as stale:
            write(paper, officer, version=version, item="8")
        assert stale.value.theirs.item == "7"
    assert write(paper, officer, version=1, item="8").version == 2


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"view": "assured"}, "view_words", "required"),
        ({"view_words": "Well done."}, "view", "required"),
        ({"matter_1": "own"}, "matter_1_words", "required"),
        ({"matter_2_words": "Cuts."}, "matter_2", "required"),
        (
            {"matter_1": "longest", "matter_3": "longest"},
            "matter_3",
            "twice",
        ),
    ],
)
def test_what_is_refused(westmarch, officer, body, said, field, code):
    paper = draft(westmarch, officer)
    with refusal(code) as refused:
        write(paper, officer, **said)
    assert refused.value.field == field
    assert PaperWords.objects.count() == 0


def test_the_words_are_frozen_with_the_figures(westmarch, officer, approver, overdue):
    paper = draft(westmarch, officer)
    write(paper, officer, view="partly_assured", view_words="Half is done.", meets_on=datetime.date(2026, 11, 20))
    filed = finalise(paper, approver)
    kept = Figures.from_json(filed.figures)
    assert (kept.front.view, kept.front.view_words) == ("Partly assured", "Half is done.")
    assert kept.meets_on == datetime.date(2026, 11, 20)
    with refusal("finalised"):
        write(filed, officer, version=1, item="9")
    assert compile_figures(paper=paper, known_at=FILED).front == kept.front
    assert verification.verify() == []


def test_words_that_change_while_the_file_is_made_are_not_lost(westmarch, officer, approver, body):
    paper = draft(westmarch, officer)
    figures = compile_figures(paper=paper, known_at=FILED)
    write(paper, officer, item="7")
    with refusal("changed-meanwhile"):
        papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=approver, at=FILED)
    assert finalise(paper, approver).figures["front"]["item"] == "7"


def test_who_wrote_the_words_does_not_finalise_them(westmarch, officer, approver, body):
    paper = draft(westmarch, officer)
    write(paper, approver, item="7")
    with pytest.raises(NotAllowed, match=re.escape(papers.WROTE)):
        finalise(paper, approver)
    assert list(papers.to_finalise(type(paper).objects.all(), approver, datetime.date(2026, 11, 7))) == []
    write(paper, officer, version=1, item="8")
    assert list(papers.to_finalise(type(paper).objects.all(), approver, datetime.date(2026, 11, 7))) == [paper]
    assert not finalise(paper, approver).is_draft


def test_a_correction_begins_with_the_words_of_the_issue_that_it_replaces(westmarch, officer, approver, body):
    paper = draft(westmarch, officer)
    write(paper, officer, item="7", questions=("When?",), asked=("choose a deep dive",))
    filed = finalise(paper, approver)
    issue = papers.correct(paper=filed, by=approver, at=FILED)
    words = words_of(issue)
    assert (words.item, words.questions, words.asked, words.version) == ("7", "When?", "choose a deep dive", 1)
    assert words.written_by == approver
    write(issue, officer, version=1, item="8")
    assert words_of(filed).item == "7"
    assert TrailEntry.objects.filter(verb="correct_paper").count() == 1
    assert verification.verify() == []


def test_figures_of_before_there_were_words_still_load(westmarch, body):
    values = figures_of(westmarch).to_json()
    for name in ("front", "undated"):
        del values[name]
    figures = Figures.from_json(values)
    assert (figures.front, figures.undated) == (None, None)
    assert figures.reconciles


def test_those_without_a_date_are_named_or_it_does_not_reconcile(westmarch, overdue):
    figures = figures_of(westmarch)
    assert len(figures.undated) == 1
    wrong = replace(figures, undated=())
    assert wrong.differences == ["Open by date says 1 without a date; 0 are named."]
