"""Recording what another source made, sent or published: its rule says who answers, from which day, by when."""

import datetime

import pytest

from recommendations.domain.inspections import inspections
from recommendations.domain.sources.frozen import law_of_kind
from recommendations.domain.sources.queries import (
    all_bases,
    bases,
    basis_of,
    sources,
    sources_in_use,
)
from recommendations.domain.sources.text import who_by_when
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind
from recommendations.models import Basis
from recommendations.models.sources.shipped import BASES, SOURCES
from recommendations.models.sources.sources import BASIS_FIELDS
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.action_plans import fire_of_before
from tests.makers.responses import make_response
from tests.makers.sources import LAST, MADE, follow, from_iopc
from tests.refusals import refusal, refusal_of

DAY = datetime.timedelta(days=1)


def change(key: str, since: datetime.date, **facts) -> Basis:
    """Change a shipped rule from a day on."""
    said = {name: getattr(BASES[key], name) for name in BASIS_FIELDS} | facts
    with verb("set_basis", by=None, at=AT) as act:
        return act.save(Basis(key=key, since=since, recorded_at=AT, **said))


def test_an_office_follows_hmicfrs_alone_until_it_says_otherwise(db):
    assert [each.key for each in sources_in_use(TODAY)] == ["hmicfrs"]
    follow("iopc")
    assert [each.key for each in sources_in_use(TODAY)] == ["hmicfrs", "iopc"]
    assert sorted(bases(TODAY, "iopc")) == ["iopc-28a", "iopc-section-10"]


def test_sources_and_rules_are_one_query_each(db, django_assert_num_queries):
    follow("iopc", "coroner")
    with django_assert_num_queries(1):
        assert list(sources()) == list(SOURCES)
    with django_assert_num_queries(1):
        assert sorted(all_bases(TODAY)) == sorted(BASES)


def test_an_iopc_recommendation_is_answered_by_the_chief_officer(westmarch):
    # wording: the law under which it is counted
    follow("iopc")
    made = from_iopc(westmarch)
    assert (made.last_day, made.get_kind_display(), made.lead_inspectorate) == (
        LAST,
        "IOPC recommendation letter",
        "IOPC",
    )
    assert (made.needs_response, made.no_response_reason) == (False, "The chief officer answers it.")
    said = who_by_when(made, basis_of(made), TODAY)
    assert said.sentence == "The chief constable of Westmarch must answer the IOPC by 16 March 2026."
    assert said.why == (
        "56 days beginning with 20 January 2026, Police Reform Act 2002, Schedule 3, paragraph 28B."
        " You hold the force to account for it."
    )
    assert (said.note, said.last_day) == ("", LAST)


def test_a_rule_that_is_not_confirmed_says_how_it_counts(westmarch):
    follow("coroner")
    made = from_iopc(westmarch, source="coroner", basis="coroner", made_to="")
    said = who_by_when(made, basis_of(made), TODAY)
    assert said.sentence == "The chief officer must answer the coroner by 16 March 2026."
    assert said.note.startswith("Counted the careful way")


def test_where_the_body_answers_a_response_is_written_here(westmarch):
    follow("iopc")
    made = from_iopc(westmarch, answerer="policing_body", made_to="")
    assert (made.needs_response, made.no_response_reason, made.is_answered_elsewhere) == (True, "", False)


def test_without_a_duty_no_day_is_counted(westmarch):
    follow("iopc")
    made = from_iopc(westmarch, basis="iopc-section-10")
    assert (made.last_day, made.starts_on, made.needs_response) == (None, None, False)
    assert who_by_when(made, basis_of(made), TODAY).sentence == "No answer is required."


def test_an_agreed_day_is_called_agreed(westmarch):
    follow("audit")
    made = from_iopc(westmarch, source="audit", basis="audit", respond_by=LAST, starts_on=None)
    assert (made.last_day, made.last_day_name, made.publication) == (LAST, "Agreed day", "audit")
    assert made.get_kind_display() == "Audit"


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"source": "coroner"}, "source", "invalid-choice"),
        ({"source": "nobody"}, "source", "invalid-choice"),
        ({"basis": "coroner"}, "basis", "required"),
        ({"basis": ""}, "basis", "required"),
        ({"starts_on": None}, "starts_on", "required"),
        ({"starts_on": TODAY + DAY}, "starts_on", "in-the-future"),
    ],
)
def test_what_is_missing_is_refused(westmarch, facts, field, code):
    follow("iopc")
    assert refusal_of(from_iopc, westmarch, **facts) == (code, field)


def test_a_changed_rule_leaves_what_was_recorded_before(westmarch):
    follow("iopc")
    before = from_iopc(westmarch)
    change("iopc-28a", MADE + DAY, days=28, first_day_counts=False)
    after = from_iopc(westmarch, title="Another", starts_on=MADE + DAY)
    assert (before.last_day, after.last_day) == (LAST, MADE + 29 * DAY)
    assert (basis_of(before).days, basis_of(after).days) == (56, 28)


def test_an_edit_keeps_its_source_and_rule(westmarch):
    follow("iopc")
    made = from_iopc(westmarch)
    facts = {"title": "Searches", "starts_on": MADE - DAY}
    edited(made, **facts)
    assert (made.source, made.basis, made.title, made.last_day) == ("iopc", "iopc-28a", "Searches", LAST - DAY)


def edited(made, **facts):
    """The report as it is after an edit of these facts."""
    said = {"version": made.version, "forces": [each.force for each in made.covers.all()], "reason": "As the letter."}
    inspections.edit_inspection(inspection=made, **said, by=None, at=AT, **facts)
    made.refresh_from_db()
    return made


def test_another_rule_is_copied_anew(westmarch):
    follow("iopc")
    made = edited(from_iopc(westmarch), basis="iopc-section-10")
    assert (made.basis, made.answerer, made.clock_start, made.last_day_name) == (
        "iopc-section-10",
        "nobody",
        "none",
        "Last day",
    )
    assert (made.starts_on, made.last_day, made.no_response_reason) == (None, None, "No answer is required.")
    change("iopc-28a", MADE, days=28, first_day_counts=False)
    back = edited(made, basis="iopc-28a", starts_on=MADE)
    assert (back.response_days, back.first_day_counts, back.last_day) == (28, False, MADE + 28 * DAY)
    assert (back.last_day_name, back.no_response_reason) == ("Deadline", "The chief officer answers it.")
    to_body = edited(back, answerer="policing_body")
    assert (to_body.needs_response, to_body.no_response_reason) == (True, "")


@pytest.mark.parametrize(
    ("facts", "basis"), [({}, "coroner"), ({"extended_to": LAST + DAY}, "iopc-section-10")], ids=["other", "extended"]
)
def test_a_rule_of_another_source_or_after_more_time_is_refused(westmarch, facts, basis):
    follow("iopc")
    made = from_iopc(westmarch, **facts)
    with pytest.raises(Refusal) as refused:
        edited(made, basis=basis)
    assert refused.value.field == "basis"


@pytest.mark.parametrize("kind", InspectionKind)
def test_the_law_of_every_kind_of_report(kind):
    source, basis = law_of_kind(kind, None, None)
    assert BASES[basis].source == source
    assert BASES[basis].section_55 is (kind.section_55 is not False)
    assert BASES[law_of_kind(kind, None, TODAY)[1]].section_55 is False


BY_FIRE = "The fire authority answers it."


def answer_of(made) -> tuple:
    """Whether a response is written here, why not, and the days that the report has."""
    return made.needs_response, made.no_response_reason, made.respond_by, made.starts_on, made.last_day


@pytest.mark.parametrize("facts", [{}, {"respond_by": TODAY}, {"needs_response": True, "response_days": 28}])
def test_a_fire_inspection_is_answered_by_the_fire_authority_and_has_no_day(westmarch, facts):
    made = make_inspection(westmarch, kind=InspectionKind.FIRE, **facts)
    assert answer_of(made) == (False, BY_FIRE, None, None, None)
    assert who_by_when(made, basis_of(made), TODAY).sentence == (
        "The fire authority acts on it, or says why not. No last day is counted."
    )


def test_a_reason_in_an_officers_own_words_stays(westmarch):
    said = {"needs_response": False, "no_response_reason": "In the plan of the fire authority."}
    made = make_inspection(westmarch, kind=InspectionKind.FIRE, **said)
    assert answer_of(edited(made, title="Fire")) == (False, said["no_response_reason"], None, None, None)


def test_no_response_is_begun_for_a_fire_inspection(westmarch, body):
    made = make_inspection(westmarch, kind=InspectionKind.FIRE)
    with refusal("in-action-plan", naming="Custody in Westmarch"):
        make_response(made, body)


def test_who_answers_follows_a_corrected_kind(westmarch):
    made = make_inspection(westmarch, kind=InspectionKind.THEMATIC)
    last = made.last_day
    assert answer_of(edited(made, kind=InspectionKind.FIRE)) == (False, BY_FIRE, None, None, None)
    assert answer_of(edited(made, kind=InspectionKind.THEMATIC)) == (True, "", None, None, last)
    of_before = fire_of_before(westmarch)
    assert answer_of(of_before) == (True, "", None, None, None)
    assert answer_of(edited(of_before, short_name="Fire 2026")) == (False, BY_FIRE, None, None, None)
