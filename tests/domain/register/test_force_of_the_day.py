"""The past by the force of the day: after a transfer each earlier day shows the force that had it then."""

import datetime

import pytest

from recommendations.domain.api.register import recommendation_in_full
from recommendations.domain.forces.details import change_force_details
from recommendations.domain.people import records
from recommendations.domain.register import transfers, voices
from recommendations.domain.register.as_at import standings_as_known
from recommendations.domain.register.export.lines import lines_out
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.rows import rows_of
from recommendations.domain.register.timeline import timeline
from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.domain.search.lines import lines_of
from recommendations.domain.succession.carrying_over import succeed
from recommendations.enums import Role
from recommendations.models import Force, Label, RagRule, Standing, TrackedRecommendation
from recommendations.search_words import read_words
from recommendations.trail import verb
from tests.conftest import make_inspection, make_person, make_tracked
from tests.domain.papers.world import moment
from tests.per_module import per_module

A_DAY = datetime.timedelta(days=1)
JANUARY, MAY, MERGED = datetime.date(2026, 1, 20), datetime.date(2026, 5, 12), datetime.date(2026, 8, 1)
BEFORE, AFTER = MERGED - A_DAY, datetime.date(2026, 9, 20)
RECORDED = moment(datetime.date(2026, 8, 3))
SAID_BEFORE, SAID_AFTER = "The lantern is lit.", "The canary is out."


@per_module
def marches():
    force = Force(name="Marches Police", short_name="Marches", slug="marches", reference_prefix="MA", since=MERGED)
    return records.keep(record=force, by=None, at=moment(JANUARY))


@per_module
def marches_lead(marches):
    return make_person("Owen Blake", Role.FORCE_INSPECTION_LEAD, marches)


@per_module
def merged(westmarch, eastvale, marches, body, officer):
    """Westmarch’s two went to Marches on 1 August, and Eastvale keeps its own. Marches spoke since."""
    for force, numbers in ((westmarch, "12"), (eastvale, "3")):
        inspection = make_inspection(force, title=f"Report on {force}", published_on=JANUARY, at=moment(JANUARY))
        for number in numbers:
            tracked = make_tracked(inspection, number=number, at=moment(JANUARY))
            voices.log_force_update(
                tracked=tracked, done=SAID_BEFORE, said_by="Kim Lowe", effective_on=MAY, by=officer, at=moment(MAY)
            )
    succeed(
        force=westmarch, successor=marches, effective_on=MERGED, reason="The order of 2026.", by=officer, at=RECORDED
    )
    for tracked in TrackedRecommendation.objects.filter(force=marches):
        voices.log_force_update(
            tracked=tracked, done=SAID_AFTER, said_by="Jo Reed", effective_on=AFTER, by=officer, at=moment(AFTER)
        )
    return {each.reference: each for each in TrackedRecommendation.objects.all()}


def query(day, **filters) -> RegisterQuery:
    return RegisterQuery(day=day, past=True, show=CountedRows.ALL, **filters)


def listing(user, day, **filters) -> Listing:
    return Listing(query(day, **filters), user, RagRule.objects.on(day))


def forces_on(day) -> dict[str, str]:
    return dict(Standing.objects.on(day).values_list("reference", "force__slug"))


def search(user, words, day, **filters) -> SearchAnswer:
    return SearchAnswer(SearchQuery(words=read_words(words), day=day, past=True, **filters), user)


def test_each_day_has_the_force_of_that_day(merged):
    assert forces_on(BEFORE) == {"WM-0001": "westmarch", "WM-0002": "westmarch", "EV-0001": "eastvale"}
    assert forces_on(MERGED) == {"WM-0001": "marches", "WM-0002": "marches", "EV-0001": "eastvale"}
    assert list(Standing.objects.wrong()) == []


def test_rebuilding_gives_the_same_rows(merged):
    columns = [each.attname for each in Standing._meta.concrete_fields if not each.primary_key]
    rows = set(Standing.objects.values_list(*columns))
    Standing.objects.rebuild()
    assert set(Standing.objects.values_list(*columns)) == rows


def test_what_moves_there_and_back_has_three_stretches(westmarch, eastvale, merged, officer):
    one = merged["EV-0001"]
    for force, on in ((westmarch, MERGED), (eastvale, AFTER)):
        one.refresh_from_db()
        transfers.transfer(tracked=one, to_force=force, reason="x", effective_on=on, by=officer, at=moment(AFTER))
    days = (BEFORE, MERGED, AFTER - A_DAY, AFTER)
    assert [forces_on(day)["EV-0001"] for day in days] == ["eastvale", "westmarch", "westmarch", "eastvale"]
    assert list(Standing.objects.wrong()) == []


def test_a_withdrawn_transfer_never_was(westmarch, merged, officer):
    one = TrackedRecommendation.objects.get(reference="WM-0001")
    with verb("transfer", by=officer, at=moment(AFTER), reason="A slip.", subject=one) as act:
        row = one.transfers.get()
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = act.at, officer, "A slip."
        act.save(row)
        one.force = westmarch
        act.save(one)
    assert [forces_on(day)["WM-0001"] for day in (BEFORE, MERGED, AFTER)] == ["westmarch"] * 3
    assert standings_as_known(MERGED, RECORDED).get(reference="WM-0001").force.slug == "marches"
    assert standings_as_known(MERGED, moment(AFTER)).get(reference="WM-0001").force.slug == "westmarch"
    assert list(Standing.objects.wrong()) == []


def test_as_known_before_it_was_recorded_nothing_had_moved(merged):
    known = standings_as_known(MERGED, RECORDED - datetime.timedelta(minutes=1))
    assert set(known.values_list("reference", "force__slug")) == {
        ("WM-0001", "westmarch"),
        ("WM-0002", "westmarch"),
        ("EV-0001", "eastvale"),
    }
    known = standings_as_known(BEFORE, RECORDED)
    assert known.get(reference="WM-0001").force.slug == "westmarch"


def test_the_register_counts_and_filters_by_the_force_of_the_day(westmarch, eastvale, marches, merged, officer):
    assert listing(officer, BEFORE).forces == {westmarch.pk: 2, eastvale.pk: 1}
    assert listing(officer, MERGED).forces == {marches.pk: 2, eastvale.pk: 1}
    for day, theirs in ((BEFORE, 2), (MERGED, 0)):
        assert listing(officer, day, forces=(westmarch.pk,)).count() == theirs
        assert listing(officer, day, forces=(marches.pk,)).count() == 2 - theirs
    known = listing(officer, MERGED, known_at=RECORDED - datetime.timedelta(minutes=1))
    assert known.forces == {westmarch.pk: 2, eastvale.pk: 1}


def test_rows_exports_and_the_api_name_the_force_of_the_day(westmarch, merged, officer):
    one, words = merged["WM-0001"], Label.objects.words()
    for day, name in ((BEFORE, "Westmarch"), (MERGED, "Marches")):
        rule = RagRule.objects.on(day)
        asked = (query(day), [one.pk], officer)
        assert [row.lead.note for row in rows_of(*asked, rule, words)] == [name]
        assert [line.force for line in lines_out(*asked, rule, words)] == [name]
        assert [line.force for line in updates_out(*asked, words)] == [name]
        assert recommendation_in_full(query(day), one.pk, officer, rule, words)["force"] == name
    [row] = rows_of(query(BEFORE), [one.pk], officer, RagRule.objects.on(BEFORE), words)
    assert row.later == "1 update, 1 transfer to another force"


def test_a_force_that_changed_its_name_has_the_one_of_the_day(eastvale, merged, officer):
    one, words = merged["EV-0001"], Label.objects.words()
    change_force_details(
        force=eastvale,
        from_day=MERGED,
        name="Vale Police",
        short_name="Vale",
        by=officer,
        at=moment(AFTER),
        reason="The order.",
    )
    for day, name in ((BEFORE, "Eastvale"), (MERGED, "Vale")):
        asked = (query(day), [one.pk], officer)
        assert [row.lead.note for row in rows_of(*asked, RagRule.objects.on(day), words)] == [name]
        assert [line.force for line in updates_out(*asked, words)] == [name]


def test_the_timeline_says_where_it_came_from(merged):
    one = TrackedRecommendation.objects.get(reference="WM-0001")
    [came] = [each for each in timeline(one, [], [], Label.objects.words(), AFTER) if "Came" in each.title]
    assert (came.on, came.title) == (MERGED, "Came to Marches Police from Westmarch Police")
    assert came.lines == ("Until 31 July 2026 it was with Westmarch Police.", "The order of 2026.")


def test_search_counts_filters_and_names_by_the_force_of_the_day(westmarch, eastvale, marches, merged, officer):
    assert search(officer, "lantern", BEFORE).forces == {westmarch.pk: 2, eastvale.pk: 1}
    assert search(officer, "lantern", AFTER).forces == {marches.pk: 2, eastvale.pk: 1}
    for day, theirs in ((BEFORE, 2), (AFTER, 0)):
        assert search(officer, "lantern", day, forces=(westmarch.pk,)).count() == theirs
        assert search(officer, "lantern", day, forces=(marches.pk,)).count() == 2 - theirs
        assert search(officer, "lantern", day, forces=(eastvale.pk,)).count() == 1
    found = search(officer, "lantern", AFTER, forces=(marches.pk,))
    assert {line.who for line in lines_of(found[0:9], found.query.words)} == {"Kim Lowe, Westmarch"}
    found = search(officer, "canary", AFTER)
    assert {line.who for line in lines_of(found[0:9], found.query.words)} == {"Jo Reed, Marches"}


def test_the_lead_of_an_ended_force_sees_nothing_of_any_day(merged, force_lead):
    words = Label.objects.words()
    for day in (MAY, BEFORE, MERGED, AFTER):
        rule = RagRule.objects.on(day)
        assert list(Standing.objects.on(day).visible_to(force_lead)) == []
        assert list(standings_as_known(day, RECORDED).visible_to(force_lead)) == []
        assert (listing(force_lead, day).count(), listing(force_lead, day).forces) == (0, {})
        for one in merged.values():
            assert recommendation_in_full(query(day), one.pk, force_lead, rule, words) is None
            assert list(updates_out(query(day), [one.pk], force_lead, words)) == []
        assert [search(force_lead, each, day).count() for each in ("lantern", "canary")] == [0, 0]


def test_the_successors_lead_sees_the_past_of_what_came_and_of_nothing_else(westmarch, merged, marches_lead):
    theirs = {merged["WM-0001"].pk, merged["WM-0002"].pk}
    for day in (MAY, BEFORE, MERGED):
        assert set(listing(marches_lead, day).ids) == theirs
        assert (
            set(standings_as_known(day, RECORDED).visible_to(marches_lead).values_list("tracked", flat=True)) == theirs
        )
    assert listing(marches_lead, BEFORE).forces == {westmarch.pk: 2}
    assert search(marches_lead, "lantern", BEFORE).count() == 2
    words = Label.objects.words()
    lines = list(updates_out(query(BEFORE), [each.pk for each in merged.values()], marches_lead, words))
    assert {(line.reference, line.force) for line in lines} == {("WM-0001", "Westmarch"), ("WM-0002", "Westmarch")}


@pytest.mark.parametrize("day", [BEFORE, MERGED, AFTER])
def test_a_force_that_gave_one_away_sees_no_more_of_it(westmarch, merged, officer, other_force_lead, day):
    one = merged["EV-0001"]
    transfers.transfer(tracked=one, to_force=westmarch, reason="x", effective_on=MERGED, by=officer, at=moment(MERGED))
    voices.log_force_update(tracked=one, done=SAID_AFTER, effective_on=AFTER, by=officer, at=moment(AFTER))
    assert listing(other_force_lead, day).count() == 0
    assert [search(other_force_lead, each, day).count() for each in ("lantern", "canary")] == [0, 0]
