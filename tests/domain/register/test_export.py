"""What goes out of the register: the same rows as the page and the paper, each with what the voices said by then."""

import datetime
from dataclasses import replace

import pytest

from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register import closures, voices
from recommendations.domain.register.export.lines import AT_ONCE, RegisterLine, lines_out
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.row_data import DATED, NOW, RecordFacts
from recommendations.domain.register.rows import rows_of
from recommendations.domain.register.sheet_columns import FIELDS, RECORD_TEXT_KEYS, UPDATE_TEXT_KEYS
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.enums import AssuranceView, Position
from recommendations.models import Label, Thresholds, TrackedRecommendation
from recommendations.search_words import read_words
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.per_module import per_module

RULE = Thresholds()
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def out(user, *rows, query=None) -> list[RegisterLine]:
    query = query or RegisterQuery(day=TODAY, show=CountedRows.ALL)
    ids = [row.pk for row in rows] or Listing(query, user, RULE).ids
    return [*lines_out(query, ids, user, RULE, Label.objects.words())]


def past(day, known_at=None) -> RegisterQuery:
    return RegisterQuery(day=day, past=True, known_at=known_at, show=CountedRows.ALL)


def test_what_is_read_of_each_recommendation_has_its_type():
    assert set(RecordFacts.__annotations__) == {*NOW, *DATED}


@per_module
def told(inspection, officer, force_lead):
    """A recommendation of which every column has something to say."""
    leads = {"chief_officer_lead": "ACC Rowe", "business_lead": "Supt Hale", "opcc_lead": "Hannah Whitlock"}
    tracked = make_tracked(
        inspection,
        number="7.1",
        heading="Call bells",
        text="Within six months the force should:\r\n\r\ntest bells.",
        parts=("in each  suite", "at\nnight"),
        addressees=("Chief constables", "The College"),
        deadline_words="Within six months",
        due_on=datetime.date(2026, 7, 15),
        leads=leads | {"portal_reference": "P 9"},
    )
    about = {"tracked": tracked, "at": AT}
    voices.set_target(target_on=TODAY - 30 * DAY, by=force_lead, effective_on=PUBLISHED + DAY, **about)
    voices.set_target(target_on=TODAY + 30 * DAY, reason="Delay.", by=force_lead, effective_on=TODAY - DAY, **about)
    voices.log_force_update(
        done="Begun.\r\nMore to do.",
        **dict.fromkeys(UPDATE_TEXT_KEYS, "A log."),
        said_by="Sgt Hale",
        position=Position.PARTLY_ACCEPTED,
        stage="in_progress",
        forecast_on=TODAY + 60 * DAY,
        effective_on=TODAY - 2 * DAY,
        by=force_lead,
        **about,
    )
    voices.record_assurance(view=AssuranceView.NOT_ASSURED, rationale="Not seen.", by=officer, **about)
    voices.record_inspectorate_status(status="being_progressed", effective_on=PUBLISHED, by=officer, **about)
    weigh(risk="high", why="Nobody looks.", by=officer, **about)
    record_delay(cause="resources", words="Two short.", mitigation="A sergeant looks.", by=force_lead, **about)
    closures.request_closure(outcome="implemented", reason="Done.", by=force_lead, **about)
    return tracked


def test_a_line_has_every_column_in_its_own_type(told, officer):
    (line,) = out(officer)
    assert line._fields == tuple(field.key for field in FIELDS)
    assert line._asdict() == dict.fromkeys(RECORD_TEXT_KEYS, "") | {
        "reference": "WM-0001",
        "portal_reference": "P 9",
        "force": "Westmarch",
        "inspection": "Custody in Westmarch",
        "source": "HMICFRS",
        "published_on": PUBLISHED,
        "kind": "Recommendation",
        "number": "7.1",
        "heading": "Call bells",
        "text": "Within six months the force should:\n\ntest bells.",
        "parts": "in each suite\nat night",
        "parts_done": "",
        "addressees": "Chief constables\nThe College",
        "chief_officer_lead": "ACC Rowe",
        "business_lead": "Supt Hale",
        "opcc_lead": "Hannah Whitlock",
        "deadline_words": "Within six months",
        "deadline_on": datetime.date(2026, 7, 15),
        "first_target_on": TODAY - 30 * DAY,
        "target_on": TODAY + 30 * DAY,
        "target_moves": 1,
        "forecast_on": TODAY + 60 * DAY,
        "delay_cause": "Resources: Two short.",
        "mitigation": "A sergeant looks.",
        "risk": "High",
        "risk_why": "Nobody looks.",
        "risk_on": TODAY,
        "themes": "",
        "rag": "Red",
        "rag_reason": "115 days over",
        "status": "Open",
        "position": "Accepted in part",
        "stage": "In progress",
        "update": "Begun.\nMore to do.",
        "update_on": TODAY - 2 * DAY,
        "said_by": "Sgt Hale",
        **dict.fromkeys(UPDATE_TEXT_KEYS, "A log."),
        "dispute_decision": "",
        "dispute_review_on": None,
        "assurance": "Not assured",
        "assurance_why": "Not seen.",
        "assurance_on": TODAY,
        "inspectorate_status": "Being progressed",
        "inspectorate_status_on": PUBLISHED,
        "outcome": "",
        "closed_on": None,
        "closure_requested_on": TODAY,
    }


def test_a_line_of_which_nothing_is_said_is_empty_and_not_missing(tracked, officer):
    (line,) = out(officer)
    nothing = {key: getattr(line, key) for key in ("position", "update", "update_on", "assurance", "assurance_why")}
    assert nothing == {"position": "", "update": "", "update_on": None, "assurance": "", "assurance_why": ""}
    assert (line.inspectorate_status, line.inspectorate_status_on, line.outcome, line.closed_on) == ("", None, "", None)


def test_the_past_is_told_by_what_was_said_by_then(tracked, officer, approver, force_lead):
    facts = {"tracked": tracked, "by": force_lead}
    first = voices.log_force_update(done="First.", effective_on=TODAY - 20 * DAY, at=AT, **facts)
    voices.log_force_update(done="Second.", effective_on=TODAY - 10 * DAY, at=AT + HOUR, **facts)
    voices.withdraw(row=first, reason="Typed twice.", by=force_lead, at=AT + 2 * HOUR)
    voices.log_force_update(done="Told late.", effective_on=TODAY - 5 * DAY, at=AT + 3 * HOUR, **facts)
    voices.record_assurance(
        tracked=tracked, view="assured", rationale="Seen.", effective_on=TODAY - 8 * DAY, by=officer, at=AT
    )
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=AT + 4 * HOUR)
    closures.approve_closure(tracked=tracked, by=approver, at=AT + 5 * HOUR)

    def said(day, known_at=None):
        (line,) = out(officer, query=past(day, known_at))
        return line.update, line.assurance_why, line.status

    assert said(TODAY) == ("Told late.", "Seen.", "Closed")
    assert said(TODAY - 6 * DAY) == ("Second.", "Seen.", "Open")
    assert said(TODAY - 9 * DAY) == ("Second.", "", "Open")
    assert said(TODAY - 15 * DAY) == ("", "", "Open")
    assert said(TODAY - 15 * DAY, AT + HOUR) == ("First.", "", "Open")
    assert said(TODAY, AT + 2 * HOUR) == ("Second.", "Seen.", "Open")


def test_today_from_the_cache_is_today_from_the_dated_rows(told, tracked, officer, approver):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=tracked, by=approver, at=AT)
    assert out(officer) == out(officer, query=past(TODAY))
    assert [line.rag for line in out(officer)] == ["Red", "Blue"]


def test_the_lines_are_those_of_the_page_in_its_order(westmarch, eastvale, officer):
    for number in range(1, 6):
        due_on = TODAY + (number % 3 - 1) * number * DAY
        make_tracked(make_inspection(westmarch, title=f"Report {number}"), number=str(number), due_on=due_on)
    for query in (
        RegisterQuery(day=TODAY),
        RegisterQuery(day=TODAY, show=CountedRows.OVERDUE, sort="reference", descending=True),
        RegisterQuery(day=TODAY - 40 * DAY, past=True),
        RegisterQuery(day=TODAY, words=read_words("report 3")),
    ):
        ids = Listing(query, officer, RULE).ids
        page = rows_of(query, ids, officer, RULE, Label.objects.words())
        lines = out(officer, query=query)
        assert [line.reference for line in lines] == [row.reference for row in page]
        assert [line.rag for line in lines] == [row.rag_word for row in page]
        assert len(lines) == len(ids)


def test_another_forces_row_is_in_no_line(westmarch, eastvale, officer, force_lead, member):
    own = make_tracked(make_inspection(westmarch))
    other = make_tracked(make_inspection(eastvale, title="Elsewhere"), text="Theirs.")
    voices.log_force_update(tracked=other, done="Theirs too.", by=officer, at=AT)
    assert [line.reference for line in out(force_lead, own, other)] == [own.reference]
    assert [line.reference for line in out(officer, other, own)] == [other.reference, own.reference]
    assert out(member, own, other) == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", [RegisterQuery(day=TODAY), past(TODAY)], ids=["today", "past"])
def test_lines_cost_six_queries(inspection, officer, django_assert_num_queries, number, query):
    rows = [make_tracked(inspection, number=str(each), parts=("a", "b")) for each in range(number)]
    for row in rows:
        voices.log_force_update(tracked=row, done="Seen to.", by=officer, at=AT)
    words, ids = Label.objects.words(), [row.pk for row in rows]
    with django_assert_num_queries(6):
        lines = [*lines_out(query, ids, officer, RULE, words)]
    assert [line.update for line in lines] == ["Seen to."] * number


def test_many_lines_are_read_some_at_a_time(inspection, officer, django_assert_num_queries):
    first, last = make_tracked(inspection, number="1"), make_tracked(inspection, number="2")
    ids = [first.pk, *range(10**6, 10**6 + AT_ONCE - 1), last.pk]
    lines = lines_out(RegisterQuery(day=TODAY), ids, officer, RULE, Label.objects.words())
    with django_assert_num_queries(6):
        assert next(lines).reference == first.reference
    with django_assert_num_queries(6):
        assert [line.reference for line in lines] == [last.reference]


# The paper


def test_the_papers_register_is_the_register_as_at_its_day_and_known_at_its_moment(
    westmarch, eastvale, officer, approver
):
    """Open ones on its last day: closed before, closed after, reopened, recorded late, told late, of another force."""
    inspection = make_inspection(westmarch, published_on=datetime.date(2026, 1, 15))
    plain, closed, reopened, after, late_closed = (make_tracked(inspection, number=each) for each in "12345")
    make_tracked(make_inspection(eastvale, title="Elsewhere"))
    end = datetime.date(2026, 9, 30)
    day = end - 20 * DAY

    def close(tracked, on, at):
        closures.request_closure(
            tracked=tracked, outcome="implemented", reason="Done.", requested_on=on, by=officer, at=at
        )
        closures.approve_closure(tracked=tracked, closed_on=on, by=approver, at=at)

    close(closed, day, AT)
    close(reopened, day, AT)
    closures.reopen(tracked=reopened, reason="Failed.", reopened_on=day + DAY, by=officer, at=AT)
    close(after, end + DAY, AT)
    paper = papers.prepare(force=westmarch, start=datetime.date(2026, 7, 1), end=end, by=officer, at=AT)
    known_at = AT + HOUR
    papers.finalise(
        paper=paper,
        figures=compile_figures(paper=paper, known_at=known_at),
        content=b"%PDF",
        by=approver,
        at=known_at,
    )
    close(late_closed, day, AT + 2 * HOUR)
    late = make_tracked(make_inspection(westmarch, title="Late"), number="9", at=AT + 2 * HOUR)
    paper.refresh_from_db()
    query = replace(past(end, paper.known_at), forces=(westmarch.pk,), sort="reference")
    figures = compile_figures(paper=paper, known_at=paper.known_at)
    annex = {entry.reference: entry for entry in figures.entries}
    asked = {line.reference: line for line in out(officer, query=query)}
    assert annex.keys() == {line.reference for line in asked.values() if line.status == "Open"} | {closed.reference}
    assert sorted(annex) == [row.reference for row in (plain, closed, reopened, after, late_closed)]
    assert late.reference not in asked
    for reference, entry in annex.items():
        line = asked[reference]
        assert (entry.rag_word, entry.rag_reason, entry.closed_on) == (line.rag, line.rag_reason, line.closed_on)
        assert (entry.text, entry.force.words, entry.target_on) == (line.text, line.update, line.target_on)
    kept = paper.figures["register"]
    assert sorted(entry["reference"] for part in kept for entry in part["entries"]) == sorted(annex)
    now = {line.reference for line in out(officer, query=replace(query, known_at=None)) if line.status == "Open"}
    assert now == {row.reference for row in (plain, reopened, after, late)}
    assert TrackedRecommendation.objects.count() == 7
