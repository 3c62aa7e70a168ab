"""What a search finds, of whom, and as at which day: the same on both databases."""

import datetime
from dataclasses import replace

import pytest

from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, restrictions, voices
from recommendations.domain.register.voices import withdraw
from recommendations.domain.rounds.rounds import accept_answer
from recommendations.domain.search import following
from recommendations.domain.search.find import SearchAnswer, SearchQuery, record_of, would_be_found
from recommendations.domain.search.lines import group_lines, lines_of
from recommendations.domain.search.spelling import correct_spelling
from recommendations.models import SearchEntry
from recommendations.search_words import read_words
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.custody import make_suite, make_visit
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


def ask(typed: str, **asked) -> SearchQuery:
    return SearchQuery(words=read_words(typed), day=TODAY, **asked)


def titles(user, typed: str, **asked) -> list[str]:
    return [entry.title for entry in SearchAnswer(ask(typed, **asked), user)[0:20]]


@per_module
def said(westmarch, eastvale, officer, approver, force_lead):
    """One recommendation of each force, with what every voice says of it; the update of the first is withdrawn."""
    made = {}
    for force, letter in ((westmarch, "w"), (eastvale, "e")):
        inspection = make_inspection(force, title=f"Custody in {force.short_name}")
        record = make_tracked(inspection, text="Read calls about stalking.", leads={"chief_officer_lead": "ACC Rowe"})
        facts = {"tracked": record, "by": officer}
        made[letter] = record
        voices.log_force_update(done=f"Two examiners of Siân’s team read {letter * 5} calls.", at=AT, **facts)
        voices.record_assurance(view="assured", rationale="A dip sample of calls.", at=AT + DAY, **facts)
        closures.request_closure(outcome="implemented", reason="The gold group agreed.", at=AT + 2 * DAY, **facts)
        restrictions.restrict(reason="A trial runs.", at=AT + 2 * DAY, **facts)
    made["gone"] = voices.log_force_update(done="Typed by mistake: stalker.", tracked=made["w"], by=officer, at=AT)
    withdraw(row=made["gone"], reason="Of another.", by=officer, at=AT + 3 * DAY)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("examiner", ["EV-0001, update of 7 November", "WM-0001, update of 7 November"]),
        ("Sian", ["EV-0001, update of 7 November", "WM-0001, update of 7 November"]),
        ('"gold group"', ["EV-0001, closure requested: implemented", "WM-0001, closure requested: implemented"]),
        ('"group gold"', []),
        ("dip samples -wm1", ["EV-0001, assured"]),
        ("wwwww reading", ["WM-0001, update of 7 November"]),
        ("rowe westmarch", ["WM-0001, recommendation 1"]),
        ("trial", ["EV-0001, restricted", "WM-0001, restricted"]),
        ("custody sample", []),
        ("zeppelin", []),
    ],
)
def test_what_was_said_is_found_by_its_words(said, officer, typed, found):
    assert sorted(titles(officer, typed)) == found


@pytest.mark.parametrize("typed", ["wm1", "WM 1", "wm-0001", "WM0001", " Wm-1 "])
def test_a_reference_opens_its_recommendation_however_it_is_typed(said, officer, force_lead, other_force_lead, typed):
    found = [record_of(ask(typed), user) for user in (officer, force_lead)]
    assert [entry.address for entry in found] == [said["w"].get_absolute_url()] * 2
    assert record_of(ask(typed), other_force_lead) is None
    assert record_of(ask(f"{typed} bells"), officer) is None


def test_each_finds_what_they_may_read(said, officer, force_lead, other_force_lead, member):
    asked = {user: sorted(titles(user, "calls")) for user in (officer, force_lead, other_force_lead, member)}
    own = [f"{{}}-0001, {what}" for what in ("assured", "recommendation 1", "update of 7 November")]
    west, east = [each.format("WM") for each in own], [each.format("EV") for each in own]
    assert list(asked.values()) == [sorted(east + west), west, east, []]
    assert [titles(user, "trial") for user in (force_lead, other_force_lead, member)] == [[], [], []]


def test_no_word_of_another_force_is_counted_or_suggested(said, officer, force_lead):
    assert correct_spelling(ask("eeeex"), force_lead) is None
    assert correct_spelling(ask("eeeex"), officer).words.typed == "eeeee"
    found = SearchAnswer(ask("eeeee calls"), force_lead)
    assert (found.count(), found.kinds, found.forces, found.inspections) == (0, {}, {}, {})
    assert [near.words.typed for near, _ in would_be_found(ask("eeeee calls"), force_lead)] == ["calls"]


def test_what_was_withdrawn_is_found_as_withdrawn_by_the_office_alone(said, officer, force_lead):
    (line,) = lines_of(SearchAnswer(ask("mistake"), officer)[0:5], read_words("mistake"))
    assert (line.title, line.withdrawn_on) == ("WM-0001, update of 7 November", TODAY + 3 * DAY)
    assert titles(force_lead, "mistake") == []


def test_as_at_a_day_what_stood_then_is_found(said, officer, force_lead):
    def as_at(user, typed, day):
        return SearchAnswer(replace(ask(typed), day=day, past=True), user).count()

    assert [as_at(officer, "sample", TODAY + each * DAY) for each in (0, 1)] == [0, 2]
    assert [as_at(force_lead, "mistake", TODAY + each * DAY) for each in (-1, 0, 2, 3)] == [0, 0, 0, 0]
    assert [as_at(officer, "mistake", TODAY + each * DAY) for each in (-1, 0, 2, 3)] == [0, 1, 1, 0]


def test_every_filter_counts_what_the_others_let_through(said, officer, westmarch, eastvale):
    found = SearchAnswer(ask("calls", forces=(westmarch.pk,)), officer)
    assert found.count() == 3
    assert found.kinds == {"recommendation": 1, "update": 1, "assurance": 1}
    assert found.speakers == {"hmi": 1, "force": 1, "opcc": 1}
    assert found.forces == {westmarch.pk: 3, eastvale.pk: 3}
    assert found.times == {"": 3, "3": 2, "12": 3}
    assert found.records == (1, 0)
    assert SearchAnswer(ask("calls", kind="update", speakers=("opcc",)), officer).count() == 0


def test_the_best_stands_first_or_the_newest(said, officer):
    assert titles(officer, "calls", newest=True)[0].endswith("assured")
    groups = group_lines(lines_of(SearchAnswer(ask("calls"), officer).groups(), read_words("calls")))
    assert sorted((group.kind, len(group.lines)) for group in groups) == [
        ("assurance", 2),
        ("recommendation", 2),
        ("update", 2),
    ]


@pytest.fixture
def most(monkeypatch) -> int:
    """So few are read here where a search finds more."""
    monkeypatch.setattr("recommendations.domain.search.hits.MOST", 3)
    return 3


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("ages", [(0, 1, 2, 3, 4, 5), (-9, 0, 13, 14, 15, 16), (5, 40, 90, 91, 400, 9_000), (700,) * 6])
def test_of_what_finds_more_than_is_read_the_newest_are(said, officer, most, ages, newest):
    """Whatever their days: PostgreSQL looks for them in some days after others."""
    entries = list(SearchEntry.objects.matching(read_words("calls")).order_by("pk"))
    for entry, age in zip(entries, ages, strict=True):
        SearchEntry.objects.filter(pk=entry.pk).update(day=TODAY - age * DAY)
    found = SearchAnswer(ask("calls", newest=newest), officer)
    expected = sorted(zip(ages, (-entry.pk for entry in entries), strict=True))[:most]
    shown = [-entry.pk for entry in found[0:20]]
    assert (found.is_cut, found.count(), sorted(shown)) == (True, 3, sorted(pk for _, pk in expected))
    if newest:
        assert shown == [pk for _, pk in expected]


def test_where_more_is_found_than_is_read_no_number_is_wrong(said, officer, force_lead, most):
    found = SearchAnswer(ask("calls"), officer)
    assert found.count_text(sum(found.kinds.values()), "kind") == "3+"
    assert [found.count_text(number, "kind") for number in (2, 0)] == ["2+", ""]
    narrowed = SearchAnswer(ask("calls", kind="update"), officer)
    assert (narrowed.is_cut, narrowed.count(), narrowed.records) == (False, 2, (2, 0))
    assert (narrowed.count_text(0, "speaker"), narrowed.count_text(2, "speaker"), narrowed.count_text(2, "kind")) == (
        "0",
        "2",
        "",
    )
    own = SearchAnswer(ask("calls"), force_lead)
    assert (own.is_cut, own.count(), own.count_text(0, "kind")) == (False, 3, "0")
    (near,) = would_be_found(ask("calls zeppelin"), officer)
    assert near[1] == "3+"


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("sian", ["Siân"]), ('"two examiners"', ["Two examiners"]), ("reading examiner", ["examiners", "read"])],
)
def test_words_are_marked_where_they_stand(said, force_lead, typed, marked):
    (line,) = lines_of(SearchAnswer(ask(typed, kind="update"), force_lead)[0:5], read_words(typed))
    assert [text for text, is_marked in line.pieces if is_marked] == marked
    assert "".join(text for text, _ in line.pieces) == "Two examiners of Siân’s team read wwwww calls."


@pytest.mark.parametrize(
    ("typed", "meant"), [("exmainers", "examiners"), ("dip smaple", "dip sample"), ("calls", None)]
)
def test_a_misspelt_word_is_taken_as_one_that_is_there(said, officer, typed, meant):
    found = correct_spelling(ask(typed), officer)
    assert (found and found.words.typed) == meant


def test_nearer_words_of_what_one_may_not_read_hide_no_word_of_what_one_may(said, officer, force_lead):
    nearer = " ".join(f"exmainer{letter}" for letter in "abcdefgh")
    voices.log_force_update(done=nearer, at=AT, tracked=said["e"], by=officer)
    assert correct_spelling(ask("exmainers"), officer).words.typed == "exmainerh"
    assert correct_spelling(ask("exmainers"), force_lead).words.typed == "examiners"


def test_entries_follow_what_they_are_made_of(said, officer):
    record = said["w"]
    of, new = record.recommendation, inspections.NewRecommendation(text="Read letters.", number="1", heading="Letters")
    inspections.edit_recommendation(
        recommendation=of, new=new, version=of.version, reason="A slip.", by=officer, at=AT + 4 * DAY
    )
    assert titles(officer, "letters") == ["WM-0001, recommendation 1"]
    assert titles(officer, "stalking") == ["EV-0001, recommendation 1"]
    assert SearchEntry.objects.filter(tracked=record, kind="update").first().about == "Letters"
    assert list(following.wrong()) == []


def test_what_is_not_as_the_records_say_is_named_and_made_again(said):
    SearchEntry.objects.filter(kind="update", force=said["w"].force_id).update(text="Another.")
    SearchEntry.objects.filter(kind="assurance").delete()
    assert len(list(following.wrong())) == 4
    following.rebuild()
    assert list(following.wrong()) == []


@pytest.mark.parametrize("typed", ['"gold group" -trial', "wm1 examiner", "%", "a" * 300, "' OR 1=1 --", "calls* (x"])
def test_whatever_is_typed_is_an_answer(said, officer, typed):
    assert SearchAnswer(ask(typed), officer).count() >= 0


def test_an_answer_in_a_round_is_found_until_it_is_an_update(westmarch, officer, force_lead, other_force_lead, member):
    line = make_round(westmarch, lines=1, by=officer).lines.get()
    answer = answered(line, force_lead, done="Two gaolers walk the cells.")
    waiting = f"{line.tracked.reference}, answer in a round: for the office to look at"
    users = (officer, force_lead, other_force_lead, member)
    assert [titles(user, "gaoler") for user in users] == [[waiting], [waiting], [], []]
    accept_answer(answer=answer, by=officer, at=AT)
    assert titles(force_lead, "gaoler") == [f"{line.tracked.reference}, update of 7 November"]


def test_what_custody_visitors_found_is_found_by_the_office(westmarch, officer, force_lead):
    make_visit(make_suite(westmarch), by=officer)
    found = [titles(user, "torn mats") for user in (officer, force_lead)]
    assert found == [["Custody visit, Aldford custody, 2 November"], []]
    assert list(following.wrong()) == []
