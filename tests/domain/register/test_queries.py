"""The register's answers: which rows, in which order, and numbers that count exactly the rows behind their links."""

import datetime
import random
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.register import voices
from recommendations.domain.register.filters import choices_for
from recommendations.domain.register.listing import Listing, Place
from recommendations.domain.register.order import SORTS
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.rows import ListedRows, rows_of
from recommendations.enums import AssuranceView, Flag, Position, Rag, Stage
from recommendations.models import Label, Thresholds, TrackedRecommendation
from recommendations.search_words import NO_WORDS, read_words
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.examples import examples
from tests.per_module import per_module
from tests.standings import write

DAY = datetime.timedelta(days=1)
RULE = Thresholds()


@pytest.fixture
def several(westmarch, eastvale):
    """A function that makes so many recommendations, tracked by two forces, with facts of all kinds."""

    def make(number: int, seed: int = 7) -> list[TrackedRecommendation]:
        chance, inspection = random.Random(seed), make_inspection([westmarch, eastvale])
        for each in range(number):
            make_tracked(inspection, number=str(each + 1), text=f"Text {each % 3} of {each}.")
        return [write(tracked, **at_random(chance)) for tracked in TrackedRecommendation.objects.order_by("pk")]

    return make


def at_random(chance: random.Random) -> dict:
    def day():
        return TODAY + chance.randrange(-200, 200) * DAY

    kind, aim = chance.choice(["none", "none", "date", "immediate"]), chance.choice([None, day()])
    closed_on = chance.choice([None, None, None, TODAY - 3 * DAY])
    return {
        "deadline_kind": kind,
        "deadline_on": {"none": None, "date": day(), "immediate": TODAY - chance.choice([20, 200]) * DAY}[kind],
        "first_target_on": aim,
        "target_on": aim,
        "forecast_on": chance.choice([None, day()]),
        "position": chance.choice(["", *Position.values]),
        "stage": chance.choice(Stage.values),
        "assurance": chance.choice(["", *AssuranceView.values]),
        "assurance_on": TODAY,
        "inspectorate_status_on": TODAY,
        "inspectorate_status": chance.choice(["", "complete"]),
        "last_update_on": chance.choice([None, TODAY - chance.randrange(200) * DAY]),
        "directed_to_force": chance.random() > 0.2,
        "chief_officer_lead": chance.choice(["", "ACC Rowe", "dcc nair"]),
        "opcc_lead": chance.choice(["", "Hannah Whitlock"]),
        "closed_on": closed_on,
        "outcome": "implemented" if closed_on else "",
        "closure_requested_on": None if closed_on else chance.choice([None, None, TODAY]),
    }


def ask(user, **asked):
    return Listing(RegisterQuery(day=TODAY, **asked), user, RULE)


def answers(listing: Listing) -> tuple:
    """All that it says."""
    numbers = (listing.shows, listing.forces, listing.colours, listing.flags, listing.stages)
    return listing.ids, listing.count(), numbers


def references(user, listing) -> list[str]:
    by_pk = dict(TrackedRecommendation.objects.visible_to(user).values_list("pk", "reference"))
    return [by_pk[pk] for pk in listing.ids]


# Which rows


def test_open_ones_are_shown_until_something_else_is_asked(inspection, officer, today):
    closed, red, plain = (make_tracked(inspection, number=number) for number in "123")
    write(closed, closed_on=today, outcome="implemented")
    write(red, deadline_kind="date", deadline_on=today - DAY)
    write(plain, closure_requested_on=today)
    found = {show: list(ask(officer, show=show).ids) for show in CountedRows}
    assert found == {
        CountedRows.OPEN: [red.pk, plain.pk],
        CountedRows.OVERDUE: [red.pk],
        CountedRows.NO_DATE: [plain.pk],
        CountedRows.PENDING: [plain.pk],
        CountedRows.CLOSED: [closed.pk],
        CountedRows.ALL: [red.pk, plain.pk, closed.pk],
    }
    assert ask(officer, colours=("blue",)).ids == (closed.pk,)
    assert ask(officer, colours=("red", "blue")).ids == (red.pk, closed.pk)
    assert ask(officer, colours=("blue",), show=CountedRows.OVERDUE).ids == ()


def test_a_force_lead_gets_their_force_only(several, officer, force_lead, other_force_lead):
    several(6)
    both, west, east = (ask(person, show=CountedRows.ALL) for person in (officer, force_lead, other_force_lead))
    assert sorted((*west.ids, *east.ids)) == sorted(both.ids)
    assert (len(west.ids), len(east.ids)) == (6, 6)
    assert list(west.forces) == [force_lead.force_id]
    assert ask(force_lead, show=CountedRows.ALL, forces=(other_force_lead.force_id,)).ids == ()


def test_a_committee_member_gets_nothing(several, member):
    several(2)
    assert ask(member, show=CountedRows.ALL).ids == ask(member, show=CountedRows.ALL, past=True).ids == ()


FOUND = {
    "cell": ["WM-0001"],
    "daily wm-0001": ["WM-0001"],
    "cell vetting": [],
    "rowe": ["WM-0002"],
    "élan": ["WM-0002"],
    "elan -cell": ["WM-0002"],
    "examiner bell wm1": ["WM-0001"],
    "%": [],
    "_": [],
    "custody": ["WM-0001", "WM-0002"],
}


def test_search_finds_rows_of_which_all_words_were_said(inspection, officer, at):
    bells = make_tracked(inspection, text="Test cell bells DAILY.")
    voices.log_force_update(tracked=bells, done="Two examiners read them.", by=officer, at=at)
    make_tracked(inspection, number="2", text="Vetting with ÉLAN.", leads={"chief_officer_lead": "ACC Rowe"})
    assert {typed: references(officer, ask(officer, words=read_words(typed))) for typed in FOUND} == FOUND


def test_filters_by_inspection_kind_and_lead(westmarch, officer):
    one, other = make_inspection(westmarch, title="One"), make_inspection(westmarch, title="Other")
    rec = make_tracked(one, leads={"opcc_lead": "Hannah Whitlock"})
    afi = make_tracked(other, kind="area_for_improvement", leads={"chief_officer_lead": "ACC Rowe"})
    assert ask(officer, inspection=one.pk).ids == (rec.pk,)
    assert ask(officer, kind="area_for_improvement").ids == (afi.pk,)
    assert ask(officer, opcc_lead="Hannah Whitlock").ids == (rec.pk,)
    assert ask(officer, opcc_lead="").ids == (afi.pk,)
    assert ask(officer, chief_officer_lead="ACC Rowe").ids == (afi.pk,)


# The order


def test_overdue_come_first_then_no_date_then_soonest_then_closed(inspection, officer, today):
    rows = {
        "late": {"deadline_kind": "date", "deadline_on": today - 5 * DAY},
        "later": {"deadline_kind": "date", "deadline_on": today - 200 * DAY},
        "immediate": {"deadline_kind": "immediate", "deadline_on": today - 100 * DAY},
        "nothing": {},
        "soon": {"first_target_on": today + DAY, "target_on": today + DAY},
        "grey": {"deadline_kind": "date", "deadline_on": today - 300 * DAY, "directed_to_force": False},
        "grey without": {"directed_to_force": False},
        "closed before": {"closed_on": today - DAY, "outcome": "implemented"},
        "closed": {"closed_on": today, "outcome": "implemented"},
    }
    made = {write(make_tracked(inspection, number=name), **facts).pk: name for name, facts in rows.items()}
    in_order = [made[pk] for pk in ask(officer, show=CountedRows.ALL).ids]
    assert in_order == [
        "later",
        "immediate",
        "late",
        "nothing",
        "grey",
        "soon",
        "grey without",
        "closed",
        "closed before",
    ]
    turned = [made[pk] for pk in ask(officer, show=CountedRows.ALL, descending=True).ids]
    assert turned[:2] == ["closed before", "closed"]
    assert turned[-3:] == ["late", "immediate", "later"]


SORTED = {
    "reference": ("abc", "cba"),
    "lead": ("bac", "abc"),
    "rag": ("bca", "acb"),
    "stage": ("bca", "acb"),
    "assurance": ("acb", "cab"),
    "status": ("cab", "acb"),
    "updated": ("bca", "cba"),
}


def test_each_column_sorts_both_ways_with_empty_ones_last(inspection, officer, today):
    a, b, c = (make_tracked(inspection, number=number) for number in "123")
    stages = dict(zip((a, b, c), ("pending_sign_off", "awaiting_allocation", "in_progress"), strict=True))
    for tracked, stage in stages.items():
        write(tracked, stage=stage)
    write(a, chief_officer_lead="dcc Nair", assurance="assured", deadline_kind="date", deadline_on=today)
    write(b, chief_officer_lead="ACC Rowe", deadline_kind="date", deadline_on=today - DAY)
    write(c, assurance="not_assured", inspectorate_status="awaiting_review")
    write(a, inspectorate_status="being_progressed")
    write(b, last_update_on=today - DAY)
    write(c, last_update_on=today)
    name = {a.pk: "a", b.pk: "b", c.pk: "c"}

    def names(sort: str, **turned) -> str:
        return "".join(name[pk] for pk in ask(officer, sort=sort, **turned).ids)

    assert {sort: (names(sort), names(sort, descending=True)) for sort in SORTED} == SORTED


# The numbers


queries = st.builds(
    dict,
    show=st.sampled_from(list(CountedRows)),
    colours=st.sets(st.sampled_from(Rag.values)).map(lambda some: tuple(sorted(some))),
    flags=st.sets(st.sampled_from(Flag.values)).map(lambda some: tuple(sorted(some))),
    stages=st.sets(st.sampled_from(Stage.values)).map(lambda some: tuple(sorted(some))),
    both=st.booleans(),
    opcc_lead=st.sampled_from([None, "", "Hannah Whitlock"]),
    words=st.sampled_from([NO_WORDS, read_words("text 1")]),
    sort=st.sampled_from(list(SORTS)),
    descending=st.booleans(),
)


@settings(max_examples=examples(40, of_suite=2))
@given(asked=queries)
def test_every_number_counts_the_rows_behind_its_link(counted, officer, westmarch, asked):
    forces = () if asked.pop("both") else (westmarch.pk,)
    query = RegisterQuery(day=TODAY, forces=forces, **asked)

    def number(**change) -> int:
        return len(Listing(replace(query, **change), officer, RULE).ids)

    listing = Listing(query, officer, RULE)
    ids = listing.ids
    assert listing.count() == len(ids) == len(set(ids))
    around = zip(ids, (None, *ids), (*ids[1:], None), strict=False)
    places = [Place(number, before, after) for number, (_, before, after) in enumerate(around, start=1)]
    assert [listing.place_of(pk) for pk in ids] == places
    assert listing.shows == {show: len(Listing(query.showing(show), officer, RULE).ids) for show in CountedRows}
    assert whole(listing.forces, counted) == {pk: number(forces=(pk,)) for pk in counted}
    assert whole(listing.colours, Rag.values) == {each: number(colours=(each,)) for each in Rag.values}
    assert whole(listing.flags, Flag.values) == {each: number(flags=(each,)) for each in Flag.values}
    assert whole(listing.stages, Stage.values) == {each: number(stages=(each,)) for each in Stage.values}


@pytest.mark.sqlite_only
def test_counts_read_the_index_alone_on_sqlite_too(officer):
    with CaptureQueriesContext(connection) as asked:
        ask(officer).count()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        assert "USING COVERING INDEX standing_counts (until>?)" in cursor.fetchone()[3]


def whole(numbers: dict, keys) -> dict:
    return {key: numbers.get(key, 0) for key in keys}


@pytest.fixture
def counted(several, westmarch, eastvale):
    several(20)
    return (westmarch.pk, eastvale.pk)


# The past


def test_the_past_is_asked_in_the_same_words(inspection, officer, force_lead, at, today):
    tracked = make_tracked(inspection, due_on=PUBLISHED + 30 * DAY)
    facts = {"tracked": tracked, "by": force_lead, "at": at, "done": "Begun."}
    voices.log_force_update(stage="pending_sign_off", effective_on=PUBLISHED + 60 * DAY, **facts)
    before = ask(officer, past=True)
    now, then = ask(officer), Listing(RegisterQuery(day=PUBLISHED + 20 * DAY, past=True), officer, RULE)
    assert answers(before) == answers(now)
    assert (now.shows[CountedRows.OVERDUE], now.stages) == (1, {"pending_sign_off": 1})
    assert (then.shows[CountedRows.OVERDUE], then.stages) == (0, {"awaiting_allocation": 1})
    unknown = RegisterQuery(day=today, past=True, known_at=at - DAY)
    assert Listing(unknown, officer, RULE).ids == ()


@settings(max_examples=examples(25, of_suite=2))
@given(asked=queries, number=st.integers(1, 8))
def test_what_is_known_today_by_the_dated_rows_is_what_stands(spoken, officer, asked, number):
    asked.pop("both")
    query = RegisterQuery(day=TODAY, **asked)
    known = replace(query, past=True, known_at=AT)
    today, by_rows = (Listing(each, officer, RULE) for each in (query, known))
    assert answers(today) == answers(by_rows)
    words, few = Label.objects.words(), today.ids[:number]
    shown, by_rows = ([*rows_of(each, few, officer, RULE, words)] for each in (query, known))
    assert shown == [replace(row, later="") for row in by_rows]


def test_a_page_has_the_rows_of_its_place(spoken, officer):
    for query in (RegisterQuery(day=TODAY), RegisterQuery(day=TODAY, past=True, known_at=AT)):
        rows = ListedRows(Listing(query, officer, RULE), Label.objects.words())
        assert [row.pk for row in rows[3:6]] == list(Listing(query, officer, RULE).ids[3:6])
        assert rows.count() == len(rows[0:99])


@per_module
def spoken(westmarch, officer):
    """Recommendations about which something was said, through the verbs."""
    inspection, chance = make_inspection(westmarch), random.Random(3)
    for each in range(8):
        tracked = make_tracked(inspection, number=str(each + 1), text=f"Text {each % 3}.", due_on=chance.choice(DUE))
        facts = {"tracked": tracked, "by": officer, "at": AT}
        if each % 2:
            stage, position = chance.choice(Stage.values), chance.choice(Position.values)
            voices.log_force_update(done="It.", stage=stage, position=position, forecast_on=TODAY + DAY, **facts)
        if each % 3:
            voices.record_assurance(view=chance.choice(AssuranceView.values), rationale="Seen.", **facts)
            voices.set_target(target_on=TODAY + chance.randrange(40) * DAY, **facts)
        if each % 4:
            voices.record_inspectorate_status(status="complete", effective_on=PUBLISHED + 9 * DAY, **facts)


DUE = (None, TODAY + 10 * DAY, TODAY - DAY)


def test_another_forces_row_is_never_put_into_words(several, force_lead):
    several(2)
    every = list(TrackedRecommendation.objects.values_list("pk", flat=True))
    rows = rows_of(RegisterQuery(day=TODAY), every, force_lead, RULE, Label.objects.words())
    assert {said.reference[:2] for said in rows} == {"WM"}


# What it can be filtered by


def test_choices_are_of_what_a_person_may_see(westmarch, eastvale, officer, force_lead):
    make_tracked(make_inspection(westmarch, title="West"), leads={"opcc_lead": "Hannah Whitlock"})
    make_tracked(make_inspection(eastvale, title="East", short_name="Apart"), leads={"chief_officer_lead": "ACC Amory"})
    office, force = choices_for(officer), choices_for(force_lead)
    assert list(office.forces) == ["eastvale", "westmarch"]
    assert list(office.inspections.values()) == ["Apart: East", "Custody 26: West"]
    assert (office.opcc_leads, office.chief_officer_leads) == (("", "Hannah Whitlock"), ("", "ACC Amory"))
    assert force.forces == {"westmarch": (westmarch.pk, "Westmarch")}
    assert list(force.inspections.values()) == ["Custody 26: West"]
    assert force.chief_officer_leads == ("",)
