"""A direction enforces recommendations: its day counts, and “not accepted” is no answer."""

import datetime

from recommendations.domain.register.as_at import as_at, standings_as_known
from recommendations.domain.register.enforcements import end_enforcement, enforced_by, enforcement_of
from recommendations.domain.register.rag import standings_on
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.rounds import ask_for_updates, release_answers
from recommendations.enums import Position, Rag
from recommendations.forms.register.tracked import ForceUpdateForm
from recommendations.models import Enforcement, RagRule, Standing, TrackedRecommendation
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.exchange.imports.sheets_of import SIMPLE, planned
from tests.makers.legacy_reviews import DIRECTED_BY, DIRECTED_ON, direct, make_direction
from tests.per_module import per_module
from tests.refusals import refusal

DAY = datetime.timedelta(days=1)


@per_module
def direction(westmarch):
    return make_direction(westmarch)


@per_module
def row(westmarch):
    return make_tracked(make_inspection(westmarch), due_on=datetime.date(2026, 6, 30))


def judged(row, day=TODAY):
    return standings_on(day, RagRule.objects.on(day)).get(tracked=row)


def test_the_stated_day_counts_from_the_day_of_the_direction(direction, row):
    assert (judged(row).counts_from, judged(row).rag) == (datetime.date(2026, 6, 30), Rag.RED)
    direct(direction, row)
    assert (judged(row).counts_from, judged(row).rag) == (DIRECTED_BY, Rag.GREEN)
    assert judged(row, DIRECTED_ON - DAY).direction_due_on is None
    assert judged(row, DIRECTED_ON).direction_due_on == DIRECTED_BY
    assert judged(row, DIRECTED_BY + DAY).rag == Rag.RED


def test_an_immediate_deadline_and_a_refusal_give_way_to_it(direction, westmarch, officer):
    row = make_tracked(
        make_inspection(westmarch, title="Custody"), deadline_kind="immediate", due_on=datetime.date(2026, 1, 15)
    )
    log_force_update(tracked=row, done="No.", position=Position.NOT_ACCEPTED, by=officer, at=AT)
    assert judged(row).rag == Rag.GREY
    direct(direction, row)
    assert (judged(row).counts_from, judged(row).rag) == (DIRECTED_BY, Rag.GREEN)


def test_what_was_known_earlier_and_what_is_known_now_agree_with_standing(direction, row):
    direct(direction, row, at=AT + DAY)
    rule = RagRule.objects.on(TODAY)
    known = [as_at(TrackedRecommendation.on_file.filter(pk=row.pk), TODAY, rule, at).get() for at in (AT, AT + DAY)]
    assert [each.direction_due_on for each in known] == [None, DIRECTED_BY]
    assert [each.counts_from for each in known] == [datetime.date(2026, 6, 30), DIRECTED_BY]
    assert standings_as_known(TODAY, AT + DAY).get(tracked=row).direction_due_on == DIRECTED_BY
    assert not list(Standing.objects.wrong())


def offered(tracked, user) -> list[str]:
    form = ForceUpdateForm(tracked=tracked, by=user, on=TODAY, words={})
    return [value for value, _ in form.fields["position"].choices]


def test_not_accepted_is_neither_offered_nor_taken(direction, row, officer, force_lead, westmarch):
    refused = {"done": "No.", "position": Position.NOT_ACCEPTED}
    log_force_update(tracked=row, by=officer, at=AT, **refused)
    assert "not_accepted" in offered(row, officer)
    direct(direction, row)
    row.refresh_from_db()
    assert offered(row, officer) == ["", "accepted", "partly_accepted"]
    with refusal("directed"):
        log_force_update(tracked=row, by=officer, at=AT, **refused)
    due_on = TODAY + 7 * DAY
    round = ask_for_updates(force=westmarch, tracked=[row], due_on=due_on, name="Round", by=officer, at=AT)
    with refusal("directed"):
        release_answers(round=round, answers=[NewAnswer(round.lines.get(), **refused)], by=force_lead, at=AT)
    log_force_update(tracked=row, done="Yes.", position=Position.ACCEPTED, by=officer, at=AT)
    columns = SIMPLE | {"position": "Position", "update_on": "Day"}
    said = {"number": "1", "text": "Do it.", "position": "Not accepted", "update_on": TODAY}
    found = planned(columns, said | {"inspection": row.recommendation.inspection.title, "reference": row.reference})
    assert [problem.field for problem in found.problems] == ["position"]


def test_a_direction_can_change_its_day_and_end_with_a_reason(direction, row, officer):
    direct(direction, row, words="Carry it out.")
    with refusal("already"):
        direct(direction, row, words="Carry it out.")
    later = direct(direction, row, due_on=DIRECTED_BY + DAY, words="Carry it out.", effective_on=TODAY)
    assert enforced_by(direction, officer) == [later]
    first = Enforcement.objects.exclude(pk=later.pk).get()
    with refusal("not-enforced"):
        end_enforcement(enforcement=first, reason="Over.", by=officer, at=AT)
    with refusal("no-reason"):
        end_enforcement(enforcement=later, reason=" ", by=officer, at=AT)
    end_enforcement(enforcement=later, reason="The minister lifted it.", by=officer, at=AT)
    assert (enforcement_of(row), enforced_by(direction, officer)) == (None, [])
    assert judged(row).direction_due_on is None
    assert judged(row, TODAY - DAY).direction_due_on == DIRECTED_BY


def test_what_cannot_be_enforced_is_refused(direction, row, eastvale, westmarch, officer):
    with refusal("no-direction"):
        direct(row.recommendation.inspection, row)
    with refusal("its-own"):
        direct(direction, make_tracked(direction))
    with refusal("force"):
        direct(direction, make_tracked(make_inspection(eastvale, title="Another")))
    with refusal("before-direction"):
        direct(direction, row, due_on=DIRECTED_ON - DAY)
    assert not Enforcement.objects.exists()


def test_another_forces_lead_reads_nothing_of_it(direction, row, force_lead, other_force_lead, member):
    direct(direction, row, words="CANARY")
    seen = [Enforcement.objects.visible_to(user).count() for user in (force_lead, other_force_lead, member)]
    assert seen == [1, 0, 0]


def test_a_force_sees_its_own_alone_and_who_reads_no_register_none(
    direction, row, force_lead, other_force_lead, member
):
    found = direct(direction, row)
    assert [enforced_by(direction, each) for each in (force_lead, other_force_lead, member)] == [[found], [], []]
