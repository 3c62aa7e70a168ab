"""The trail verified from a head that is known: what came after it is found, what was before is not looked at."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations import trail
from recommendations.domain.audit import verification
from recommendations.domain.audit.chain import KnownHead
from recommendations.domain.inspections import inspections
from recommendations.domain.register import voices
from recommendations.models import ForceUpdate, TrackedRecommendation, TrailEntry
from tests.domain.audit.tampering import past, set_cell
from tests.per_module import per_module
from tests.snapshots import undone

pytestmark = pytest.mark.sqlite_alone


@per_module
def known(tracked, officer, at):
    """A head after which there are two entries: another update, and an edit of a record of before."""
    voices.log_force_update(tracked=tracked, done="Before.", by=officer, at=at)
    known = KnownHead(*trail.head())
    voices.log_force_update(tracked=tracked, done="After.", by=officer, at=at)
    tracked.refresh_from_db()
    inspections.edit_tracked(tracked=tracked, version=tracked.version, opcc_lead="Bo", by=officer, at=at)
    return known


def run(known: KnownHead) -> str:
    out = StringIO()
    call_command("verify_audit", "--since", f"{known.count}:{known.head}", stdout=out)
    return out.getvalue()


def test_only_what_came_after_is_walked_and_the_command_says_so(known):
    count, head = trail.head()
    assert run(known).splitlines()[:2] == ["All is well: 2 new entries. Head of the trail:", head]
    assert run(known).splitlines()[2].startswith(f"The first {known.count} entries were not looked at")
    assert verification.judge(since=KnownHead(count, head)).problems == []


def test_what_was_changed_after_it_is_found_and_what_was_before_is_not(known, tracked):
    before, after = ForceUpdate.objects.order_by("pk")
    with undone():
        past(ForceUpdate).filter(pk=before.pk).update(done="Forged.")
        assert verification.judge(since=known).problems == []
    tampers = {
        "was changed: done.": lambda: past(ForceUpdate).filter(pk=after.pk).update(done="Forged."),
        "was deleted.": lambda: past(ForceUpdate).filter(pk=after.pk)._raw_delete("default"),
        "history was deleted.": lambda: past(ForceUpdate.history.model).filter(id=after.pk)._raw_delete("default"),
        "otherwise who.": lambda: set_cell(ForceUpdate.history.get(id=after.pk), "history_actor", "Somebody"),
        "is not what the trail says.": lambda: past(TrackedRecommendation.history.model).update(opcc_lead="Forged"),
        "was changed: opcc_lead.": lambda: past(TrackedRecommendation).update(opcc_lead="Forged"),
    }
    for found, tamper in tampers.items():
        with undone():
            tamper()
            (first, *_) = verification.judge(since=known).problems
            assert first.endswith(found)


def test_another_head_and_another_chain_are_found(known):
    assert verification.judge(since=KnownHead(known.count, "0" * 64)).problems == [
        f"Entry {known.count} does not have the hash {'0' * 64}."
    ]
    assert (
        f"Entry {known.count + 9} is missing: there were {known.count + 9} entries."
        in verification.judge(since=KnownHead(known.count + 9, known.head)).problems
    )
    with undone():
        past(TrailEntry).filter(sequence=known.count + 1).update(reason="Forged.")
        (first, *_) = verification.judge(since=known).problems
        assert first.startswith(f"Entry {known.count + 1} (log_force_update, ")
    with undone():
        past(TrailEntry).filter(sequence=known.count + 1)._raw_delete("default")
        assert verification.judge(since=known).problems[0] == (
            f"Entry {known.count + 1} is missing: the next is {known.count + 2}."
        )


@pytest.mark.parametrize("said", ["994", "x:abc", "0:abc", "994:"])
def test_a_head_that_is_none_is_refused_with_an_example(db, said):
    with pytest.raises(CommandError, match="Give --since as the number of entries"):
        call_command("verify_audit", "--since", said)


def test_what_was_before_is_not_asked_for_with_it(db):
    with pytest.raises(CommandError, match="give --head alone, or --since alone"):
        call_command("verify_audit", "--since", "994:abc", "--head", "abc")
