"""What differs between two texts, part by part and word by word; a long text is compared in no time to speak of."""

from hypothesis import given
from hypothesis import strategies as st

from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.submitted_text import draft_text, submitted_text
from recommendations.domain.responses.draft.text_differences import (
    ComparedWords,
    Difference,
    differences,
    pieces,
    text_published,
)
from tests.conftest import make_tracked
from tests.domain.responses.test_publishing import brought_in
from tests.makers.responses import SAID, make_published, make_submitted, promise, write
from tests.per_module import per_module

TEXTS = st.text(alphabet="ab .,\n", max_size=60)


@per_module
def report(inspection):
    make_tracked(inspection, number="1")
    make_tracked(inspection, number="2", text="The force should test its lights.")
    return inspection


@per_module
def key(report):
    return {each.number: f"recommendation-{each.pk}" for each in report.recommendations.all()}


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts_and_what_is_alike_is_alike(was, now):
    before, after = pieces(was, now)
    assert ("".join(each.text for each in before), "".join(each.text for each in after)) == (was, now)
    same = [["".join(each.text.split()) for each in side if not each.changed] for side in (before, after)]
    assert "".join(same[0]) == "".join(same[1])
    if was == now:
        assert not any(each.changed for each in (*before, *after))


def test_words_that_changed_are_marked():
    was = "The Commissioner will meet both councils soon."
    now = "The Commissioner will meet both councils before Christmas."
    start, end = ComparedWords("The Commissioner will meet both councils ", False), ComparedWords(".", False)
    assert pieces(was, now) == (
        (start, ComparedWords("soon", True), end),
        (start, ComparedWords("before Christmas", True), end),
    )
    assert pieces("", "New.") == ((), (ComparedWords("New.", True),))


def test_a_passage_that_is_too_long_to_compare_is_changed_whole():
    was, now = "word " * 2001, "word " * 2001 + "more"
    assert pieces(was, now) == ((ComparedWords(was, True),), (ComparedWords(now, True),))


def test_an_approver_sees_what_changed_since_it_was_sent_back(report, body, officer, approver, key, at):
    response = make_submitted(report, body, by=officer)
    approval_workflow.send_back(response=response, remarks="Say when.", by=approver, at=at)
    write(response, key["2"], text="We have asked for the figures each month.", action="taken")
    promise(response, key["2"], "We have asked for the figures each month.")
    write(response, "reply", text="Thank you.")
    before = submitted_text(response.submissions.get())
    assert differences(before, before) == []
    assert differences(before, draft_text(response)) == [
        Difference(
            "Recommendation 2",
            (ComparedWords("Action ", False), ComparedWords("proposed\n", True), *said("quarter")),
            (ComparedWords("Action ", False), ComparedWords("taken\n", True), *said("month")),
        ),
        Difference(
            "Recommendation 2: commitments",
            (),
            (
                ComparedWords(
                    "“We have asked for the figures each month.” Hannah Whitlock, check 31 January 2027, once", True
                ),
            ),
        ),
        Difference("Reply to the chief officers", (), (ComparedWords("Thank you.", True),)),
    ]


def said(word: str) -> tuple:
    return (
        ComparedWords("We have asked for the figures each ", False),
        ComparedWords(word, True),
        ComparedWords(".", False),
    )


def test_a_correction_is_compared_with_what_was_published_or_brought_in(report, body, westmarch, officer, approver, at):
    published = make_published(report, body, by=officer, approver=approver)
    publishing.correct(response=published, by=officer, at=at)
    assert differences(text_published(published.versions.first()), draft_text(published)) == []
    other = brought_in(body, westmarch, at, title="Another report", source_text="Another.")
    publishing.correct(response=other, by=officer, at=at)
    assert differences(text_published(other.versions.first()), draft_text(other)) == []
    write(other, "correction", text="A slip.", by=officer)
    assert [each.label for each in differences(text_published(other.versions.first()), draft_text(other))] == [
        "What is corrected"
    ]


def test_a_recommendation_that_went_is_told_last(report, body, officer, at):
    response = make_submitted(report, body, by=officer)
    before = submitted_text(response.submissions.get())
    after = draft_text(response)
    gone = type(after)(type(after.text)(**vars(after.text) | {"items": after.text.items[:1]}))
    assert [(each.label, each.now) for each in differences(before, gone)] == [
        ("Recommendation 2", ()),
        ("Recommendation 2: words of the report", ()),
    ]
    assert differences(before, gone)[0].was == (ComparedWords(f"Action proposed\n{SAID['text']}", True),)
