"""The trail's verdict on random tampers: what was edited, deleted, inserted, swapped, cut or written anew is found."""

import random

import pytest

from recommendations import trail
from recommendations.domain.audit import verification
from tests.domain.audit import tampering, tampering_beside
from tests.domain.audit.tampering import TAMPERS, cut_the_tail, tampered, write_it_anew
from tests.domain.audit.tampering_beside import BESIDE
from tests.snapshots import undone

WHOLE = (*TAMPERS, *BESIDE)
# One of each kind. Of the trail, one at a time: a wrong entry is named first.
OF_THE_TRAIL = (tampering.edit_an_entry_and_its_hash, tampering.insert_an_entry, tampering.edit_the_head)
# Of rows, histories, emails, accounts, seals, events, submissions, subscribers and files, all at once.
OF_ROWS = (
    tampering.edit_a_row,
    tampering.edit_a_history,
    tampering.edit_who_when_or_why,
    tampering_beside.change_a_mail,
    tampering_beside.write_another_password,
    tampering_beside.change_a_second_factor,
    tampering_beside.remove_a_seal,
    tampering_beside.remove_a_security_event,
    tampering_beside.change_what_was_submitted,
    tampering_beside.plant_a_subscriber,
    tampering_beside.change_a_subscriber,
    tampering_beside.change_a_stored_file,
)


@pytest.mark.sqlite_alone
def test_random_tampers_are_found_and_the_first_bad_row_is_named(noted):
    assert verification.verify() == []
    assert tampered(len(OF_THE_TRAIL), seed=11, tampers=OF_THE_TRAIL) == []


@pytest.mark.sqlite_alone
def test_of_many_tampers_at_once_each_is_named(noted):
    dice = random.Random(11)
    with undone():
        names = [tamper(dice) for tamper in OF_ROWS]
        problems = verification.verify()
    assert [name for name in names if not any(problem.startswith(name) for problem in problems)] == []


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_thousand_random_tampers_are_found(noted):
    assert tampered(1_000, seed=2026, tampers=WHOLE) == []


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("tamper", [cut_the_tail, write_it_anew])
def test_a_cut_and_a_full_rewrite_are_found_with_a_head_kept_outside(tracked, member, tamper):
    count, head = trail.head()
    with undone():
        tamper(random.Random(2026))
        chain = [problem for problem in verification.verify() if problem.startswith("Entry")]
        chain = [problem for problem in chain if not problem.endswith("no seal of this system.")]
        (with_count, *_) = verification.verify(head, count)
        (without, *_) = verification.verify(head)
    assert chain == []  # the chain alone agrees with itself
    assert with_count.startswith("Entry ")
    assert without == f"No entry has the hash {head}."


def test_a_head_of_a_paper_holds_while_the_trail_grows(tracked, at):
    count, head = trail.head()
    trail.record(by=None, at=at, verb="seen")
    printed = " ".join(head[place : place + 4] for place in range(0, 64, 4)).upper()
    assert verification.verify(printed, count) == []
    assert verification.verify(printed) == []
    assert verification.verify(head, count + 1) == [f"Entry {count + 1} does not have the hash {head}."]
    assert verification.verify("0" * 64, count) == [f"Entry {count} does not have the hash {'0' * 64}."]
    assert verification.verify(head, 999) == [f"Entry {count + 2} is missing: there were 999 entries."]
