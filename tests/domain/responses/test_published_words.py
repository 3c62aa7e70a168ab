"""What a version says is in its text alone: nothing was lost when the columns went, and its history tells it all."""

from importlib import import_module

import pytest

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.published_text import plain_narrative, quotable, text_of_version
from recommendations.domain.responses.text import Note
from recommendations.models import Label, ResponseVersion
from tests.conftest import make_tracked
from tests.domain.responses.test_publishing import brought_in
from tests.makers.responses import make_draft, publish, write

is_held = import_module("recommendations.migrations.0034_published_words").is_held
NARRATIVE = "We welcome it[^1].\n\n- bells\n- lights\n\n[^1]: A note."
BROUGHT_IN = {
    "holder": "",
    "comment_label": "",
    "markdown": "",
    "narrative": ["We welcome this¹ *very* much.", "Two things:\n• bells\n• lights"],
    "footnotes": [{"mark": "1", "text": "A note."}],
    "chief_officer_comments": "The force agrees.",
    "reply": "",
}
WRITTEN = {
    "holder": "",
    "comment_label": "OPCC comment",
    "markdown": NARRATIVE,
    "narrative": ["We welcome it¹.\n• bells\n• lights"],
    "footnotes": [{"mark": "1", "text": "A note."}],
    "chief_officer_comments": "Westmarch Police (A. Rowe, Chief constable, 7 November 2026): The force agrees.",
    "reply": "Thank you.",
}


@pytest.fixture
def written(inspection, body, officer, approver, at) -> ResponseVersion:
    make_tracked(inspection, number="1")
    response = make_draft(inspection, body, by=officer)
    write(response, "narrative", text=NARRATIVE, by=officer)
    write(response, "reply", text="Thank you.", by=officer)
    approval_workflow.submit(response=response, by=officer, at=at)
    approval_workflow.approve(response=response, by=approver, at=at)
    return publish(response, by=officer)


@pytest.fixture
def came_in(body, westmarch, at) -> ResponseVersion:
    return brought_in(body, westmarch, at, title="Another report").versions.get()


def with_columns(version: ResponseVersion, columns: dict) -> ResponseVersion:
    """The version as it was when it had these columns."""
    for name, value in columns.items():
        setattr(version, name, value)
    return version


def test_a_text_that_holds_the_words_of_the_columns_lets_them_go(written, came_in):
    assert is_held(with_columns(written, WRITTEN))
    assert is_held(with_columns(came_in, BROUGHT_IN))


def test_a_word_that_the_text_lacks_keeps_the_columns(came_in):
    for name in BROUGHT_IN:
        other = [{"mark": "2", "text": "Another."}] if name == "footnotes" else ["Other words."]
        other = other if isinstance(BROUGHT_IN[name], list) else "Other words."
        assert not is_held(with_columns(came_in, BROUGHT_IN | {name: other})), name


def test_a_version_without_a_text_keeps_the_columns():
    assert not is_held(with_columns(ResponseVersion(), BROUGHT_IN))


def told(version: ResponseVersion, user) -> list[tuple[str, str]]:
    """What the history of a response tells of its version."""
    lines = tell(version.response, events_of(version.response, user=user), Label.objects.words())
    return [
        (change.field, change.after)
        for line in lines
        for row in line.rows
        for change in row.changes
        if row.title == "Version"
    ]


def test_the_history_tells_the_words_of_what_was_written_here(written, officer, body):
    assert told(written, officer) == [
        ("Number", "1"),
        ("Body name", body.name),
        ("Comment label", "OPCC comment"),
        ("Published on", "7 November 2026"),
        ("Narrative", "We welcome it¹.\n• bells\n• lights"),
        ("Footnotes", "1 A note."),
        ("Chief officer comments", WRITTEN["chief_officer_comments"]),
        ("Reply", "Thank you."),
    ]


def test_the_history_tells_the_words_of_what_was_brought_in(came_in, officer):
    assert told(came_in, officer) == [
        ("Number", "1"),
        ("Body name", "The Commissioner"),
        ("Published on", "15 January 2026"),
        ("Narrative", "We welcome this¹ *very* much.\nTwo things:\n• bells\n• lights"),
        ("Footnotes", "1 A note."),
        ("Chief officer comments", "The force agrees."),
    ]


def test_a_sentence_can_be_quoted_from_the_plain_narrative_the_markdown_and_the_reply(written, came_in):
    assert plain_narrative(text_of_version(written))[1] == (Note("1", "A note."),)
    assert quotable(text_of_version(written)) == ["We welcome it¹.\n• bells\n• lights", NARRATIVE, "Thank you."]
    assert quotable(text_of_version(came_in)) == ["\n\n".join(BROUGHT_IN["narrative"]), "", ""]
