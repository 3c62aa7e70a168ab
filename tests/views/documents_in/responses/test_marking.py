"""A line is marked, and what will be saved follows: one after another, undone, redone, and in two tabs."""

import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.responses.document_drafts import KEPT
from recommendations.domain.retention.tidying import tidy
from recommendations.forms.documents_in.steps import STALE, STALE_MARKED
from recommendations.models import DocumentDraft, Recommendation, ResponseVersion
from recommendations.views.documents_in.checking import READ_DIFFERENTLY
from tests.commands.samples import TEXT, WITH_STRAY_LINES
from tests.views.documents_in.checking import ids, problems, where
from tests.views.documents_in.responses.read import file, nothing_saved, text_of
from tests.views.hooks import flashes

STRAY = "See also the letter of 4 June to the Minister."
ALIKE = "\n\n".join(
    [
        "HMICFRS: Open all hours, an inspection of front counters",
        "Response from: Police and Crime Commissioner for the Marches",
        "I welcome this report.",
        "Ask 1",
        "Counters open on Sundays from now on.",
        "Ask 2",
        "Signs are put up at each of them.",
        "Ask 3",
        "Each of them is asked what is missing.",
    ]
)


def changed_lines(answer) -> list[str]:
    """The lines that an answer to the script brings."""
    return ids(answer, "#lines .app-docline")


def test_every_line_is_shown_in_order_with_what_it_was_taken_for(check):
    assert check(WITH_STRAY_LINES).lines == [
        ("Title", ""),
        ("Response from", ""),
        ("Not sure", ""),
        ("Narrative", ""),
        ("Label", ""),
        ("Rec 1", ""),
        ("Rec 2", ""),
        ("Part, 2", ""),
        ("Part, 2", ""),
        ("Comment, 1 and 2", ""),
        ("Label", ""),
        ("AFI 1", ""),
        ("Comment, AFI 1", ""),
        ("Not sure", ""),
    ]


@pytest.mark.parametrize(
    ("role", "of", "name", "word"),
    [
        ("narrative", "", "narrative", "Narrative"),
        ("chief", "", "chief_officer_comments", "Chief officer"),
        ("reply", "", "reply", "Reply"),
        ("note", "", "note-f0-text", "Footnote"),
        ("comment", "", "comment-c12-text", "Comment, AFI 1"),
        ("comment", "6", "comment-c6-text", "Comment, 1"),
        ("more", "6", "recommendation-b6-text", "Rec 1"),
        ("part", "7", "recommendation-b7-parts", "Part, 2"),
        ("recommendation", "", "recommendation-b14-text", "Rec 3"),
    ],
)
def test_a_line_can_be_anything_and_is_as_it_was_when_that_is_undone(check, role, of, name, word):
    brought = check(WITH_STRAY_LINES)
    before = brought.values
    done = brought.mark(role, 14, of=of)
    assert (done.status_code, done.url) == (302, f"{brought.url}?line=14&edit=#l14")
    assert STRAY in brought.values[name]
    assert brought.lines[13] == (word, "by you")
    brought.send("undo")
    assert (brought.values, brought.lines[13]) == (before, ("Not sure", ""))
    brought.send("redo")
    assert STRAY in brought.values[name]


def test_a_line_that_was_read_wrongly_is_moved_too(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 12)
    assert [name for name, _, _ in brought.parts] == ["Recommendation 1", "Recommendation 2"]
    brought.mark("recommendation", 12)
    assert "The force should test cell call bells" in brought.values["recommendation-b12-text"]


def test_a_new_mark_ends_what_could_be_redone(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 3)
    brought.send("undo")
    brought.mark("narrative", 14)
    assert (brought.page.can_redo, brought.lines[2][0]) == (False, "Not sure")


def test_lines_like_the_marked_one_follow_and_can_be_left_as_they_were(check):
    brought = check(ALIKE)
    first, *rest = (brought.line_with(f"Ask {number}") for number in (1, 2, 3))
    foretold = brought.client.get(brought.url, {"follows": f"{first}-{first}"}).json()
    brought.mark("number", first)
    page = brought.page
    assert (page.marked.followed, foretold["number"]) == (rest, rest)
    assert [brought.lines[id_ - 1][1] for id_ in rest] == [f"like line {first}"] * 2
    brought.send("alone")
    assert brought.page.marked.followed == []
    assert [brought.lines[id_ - 1][1] for id_ in (first, *rest)] == ["by you", "", ""]


@pytest.mark.parametrize(
    ("lines", "expected"), [("line", [4]), ("section", [4, 5]), ("rest", [4, 5, 6, 7]), ("table", [4])]
)
def test_a_section_and_all_from_here_on_are_marked_at_once(check, lines, expected):
    html = (
        "<h1>HMICFRS: Open all hours</h1><p>Response from: The Commissioner</p><h2>Annex</h2>"
        "<p>First.</p><p>Second.</p><h2>Thanks</h2><p>Third.</p>"
    )
    brought = check(document=file("hours.html", f"<html><body><main>{html}</main></body></html>".encode()))
    brought.mark("note", 4, lines=lines)
    found = [block.id for block in brought.page.marked.blocks if block.by == "you"]
    assert found == ([3, 4, 5] if lines == "section" else expected)


def test_several_lines_are_one_mark(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("nothing", 12, 14)
    assert (brought.page.last_marked, len(brought.page.marked.kept.steps)) == ("lines 12 to 14", 1)
    assert brought.page.marked.left_out == (
        "1. The force should test cell call bells daily and keep the record.",
        "Commissioner’s response: Tests now happen at each handover.",
        STRAY,
    )


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("mark:nonsense", {"first": 1}),
        ("mark:unsure", {"first": 1}),
        ("mark:narrative", {"first": 99}),
        ("mark:narrative", {"first": 0}),
        ("mark:narrative", {"first": 1, "last": 99}),
        ("mark:narrative", {"first": 1, "of": 99}),
        ("mark:narrative", {"first": "x"}),
        ("mark:narrative", {"first": 1, "lines": "nonsense"}),
        ("undo", {}),
        ("redo", {}),
        ("alone", {}),
        ("type:b99", {"seen": "{}"}),
        ("type:facts", {"seen": "nonsense", "title": "Another"}),
        ("type:facts", {"seen": "[]", "title": "Another"}),
        ("untype:once", {}),
        ("", {}),
    ],
)
def test_what_cannot_be_changes_nothing(check, do, fields):
    brought = check(WITH_STRAY_LINES)
    before = brought.values
    assert brought.send(do, **fields).status_code == 302
    brought.draft.refresh_from_db()
    assert (brought.values, brought.draft.version, brought.draft.steps) == (before, 1, [])


# -- days, and a document without a recommendation


def test_days_are_read_from_lines_that_are_marked_as_days(check):
    brought = check(TEXT.replace("The forces work", "Sent out on 2 September 2020. The forces work"), responded_on="")
    assert brought.values["responded_on"] == ""
    brought.mark("day", brought.line_with("Sent out on"))
    assert (brought.values["published_on"], brought.values["responded_on"]) == ("16 July 2020", "2 September 2020")


def test_none_found_is_asked_and_saved_only_by_the_lesser_button(check):
    brought = check(
        "HMICFRS: Open all hours (thematic inspection)\n\nResponse from: The Commissioner\n\nI welcome this report."
    )
    page = brought.get()
    buttons = LexborHTMLParser(page.content.decode()).css("[form=save], #save button[value=save]")
    assert {"govuk-button--secondary" in each.attributes["class"] for each in buttons} == {True}
    assert brought.save().status_code == 302
    assert (ResponseVersion.objects.count(), Recommendation.objects.count()) == (1, 0)


# -- lines without a place


def test_saving_is_refused_while_lines_have_no_place_unless_they_are_left_out(check):
    brought = check(WITH_STRAY_LINES)
    page = brought.save()
    assert (page.status_code, where(page), nothing_saved()) == (422, ["l3", "l14"], True)
    assert STRAY in problems(page)[1]
    brought.send("rest")
    assert (len(brought.page.marked.kept.steps), brought.page.marked.unsure) == (1, [])
    assert brought.save().status_code == 302
    assert ResponseVersion.objects.get().left_out == ["See also item 7, appendix B", STRAY]


def test_every_word_is_accounted_for_after_each_change(check):
    brought = check(TEXT)
    assert (brought.page.unaccounted, brought.page.unaccounted_as_typed, brought.page.is_complete) == ([], [], True)
    brought.type(narrative="Both forces.")
    assert "The narrative lost words" in " ".join(brought.page.unaccounted_as_typed)
    brought.send("untype:narrative")
    assert brought.page.unaccounted_as_typed == []


# -- two tabs, a reload, and another release


def test_a_mark_over_an_older_state_is_applied_and_said(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 3)
    answer = brought.client.post(brought.url, {"do": "mark:narrative", "first": 14, "version": "1"}, follow=True)
    assert (flashes(answer), STALE_MARKED in text_of(answer)) == (["warning"], True)
    assert [brought.lines[place][1] for place in (2, 13)] == ["by you", "by you"]


@pytest.mark.parametrize("do", ["undo", "rest", "alone", "untype:short_name", "save"])
def test_nothing_else_is_done_to_a_state_that_was_not_seen(check, do):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 3)
    brought.type(short_name="Typed 26")
    before = brought.values
    answer = brought.client.post(brought.url, {"do": do, "version": "1"}, follow=True)
    assert (flashes(answer), STALE in text_of(answer), nothing_saved()) == (["warning"], True, True)
    assert brought.values == before


def test_marks_stay_with_their_lines_when_a_release_reads_otherwise(check):
    brought = check(WITH_STRAY_LINES)
    brought.mark("narrative", 14)
    brought.type(recommendation__b12__number="7")
    draft = DocumentDraft.objects.get()
    steps = [[{"id": 15, "role": "narrative"}], [{"id": 3, "role": "title"}]]
    reading = [*draft.reading[:2], "3:another:text", *draft.reading[2:]]
    typed = draft.typed | {"recommendation-b13-number": "7"}
    del typed["recommendation-b12-number"]
    DocumentDraft.objects.update(steps=steps, reading=reading, typed=typed)
    page = brought.get()
    assert READ_DIFFERENTLY in text_of(page)
    assert (brought.lines[13], brought.lines[2]) == (("Narrative", "by you"), ("Not sure", ""))
    assert brought.values["recommendation-b12-number"] == "7"
    brought.mark("nothing", 3)
    assert READ_DIFFERENTLY not in text_of(brought.get())
    assert DocumentDraft.objects.get().reading == draft.reading


def test_a_document_is_deleted_30_days_after_its_last_change(check, at):
    brought = check(TEXT)
    now = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
    DocumentDraft.objects.update(changed_at=now - KEPT)
    tidy(at=now, drafts_days=1)
    assert brought.get().status_code == 200
    tidy(at=now + datetime.timedelta(seconds=1), drafts_days=1)
    assert brought.get().status_code == 404


# -- what the script gets


def test_the_script_gets_the_lines_that_changed(check):
    brought = check(WITH_STRAY_LINES)
    page = LexborHTMLParser(brought.get().content.decode())
    has = " ".join(f"{each.attributes['id']}={each.attributes['data-sign']}" for each in page.css("[data-sign]"))
    sent = {"part": "1", "shown": "1-14", "has": has}
    answer = brought.mark("narrative", 14, **sent)
    assert changed_lines(answer) == ["l14"]
    assert ids(answer, "#saved article:not([data-same])") == []
    answer = brought.mark("comment", 14, **sent)
    assert (changed_lines(answer), ids(answer, "#saved article:not([data-same])")) == (["l14"], ["at-b12"])


def test_a_long_document_is_folded_and_its_lines_come_when_they_are_opened(check):
    text = ALIKE + "\n\n" + "\n\n".join(f"What happened on day {number}." for number in range(600))
    brought = check(text)
    page = brought.get()
    folds = LexborHTMLParser(page.content.decode()).css(".app-doclines__fold a")
    assert (len(ids(page, ".app-docline")) < 200, len(folds) > 1) == (True, True)
    first, last = map(int, folds[0].attributes["data-fold"].split("-"))
    assert ids(brought.get(lines=f"{first}-{last}"), ".app-docline") == [f"l{id_}" for id_ in range(first, last + 1)]
    opened = ids(brought.get(open=f"{first}-{last}"), ".app-docline")
    assert {f"l{id_}" for id_ in range(first, last + 1)} <= set(opened)


def test_cells_of_a_row_stand_together_with_the_headings_of_their_columns(check):
    rows = "<tr><th>No.</th><th>They ask</th></tr><tr><td>1</td><td>The force should act.</td></tr>"
    html = f"<h1>HMICFRS: Open all hours</h1><p>Response from: The Commissioner</p><table>{rows}</table>"
    brought = check(document=file("hours.html", f"<html><body><main>{html}</main></body></html>".encode()))
    parsed = LexborHTMLParser(brought.get().content.decode())
    assert [len(row.css(".app-docline")) for row in parsed.css(".app-doclines__row--2")] == [2, 2]
    assert [each.text() for each in parsed.css(".app-docline__column")] == ["No.: ", "They ask: "]


def test_a_page_and_a_mark_cost_the_same_for_one_recommendation_as_for_three(check, django_assert_num_queries):
    more = "".join(f"{number}. The force should act.\n\nOPCC Comment: We agree.\n\n" for number in (2, 3))
    for text in (TEXT, TEXT.replace("¹ <", f"{more}¹ <")):
        brought = check(text)
        brought.mark("narrative", 3)
        with django_assert_num_queries(13):
            brought.get()
        sent = {"do": "mark:narrative", "first": 4, "version": 2, "part": "1"}
        with django_assert_num_queries(18):
            brought.client.post(brought.url, sent)


def test_deadlines_count_from_the_day_that_was_marked(check):
    """Of a remembered layout too: the next document in it says its day in the same line."""
    said = TEXT.replace("\n\nBoth", "\n\nIt was out on 3 November 2020.\n\nBoth").replace(
        "With immediate effect", "Within six months"
    )
    brought = check(said, published_on="", responded_on="")
    (name,) = (name for name in brought.values if name.endswith("-deadline_on"))
    assert (brought.values["published_on"], brought.values[name]) == ("", "")
    brought.mark("day", brought.line_with("It was out on 3 November 2020."))
    assert (brought.values["published_on"], brought.values[name]) == ("3 November 2020", "3 May 2021")
