"""What shows that an action is done: a reply, a letter, a file, what was said at a meeting, or a paper."""

import datetime
from dataclasses import dataclass

from recommendations.domain.actions.actions import latest_row, new_row
from recommendations.domain.committees.proofs import NewProof
from recommendations.domain.writing.records import claim, day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.accountability import ProofKind
from recommendations.enums.actions import ActionState
from recommendations.models import Action, ActionProof, AgendaItem, ScrutinyReport, User
from recommendations.trail import VerbContext, verb


@dataclass(frozen=True, kw_only=True)
class NewActionProof(NewProof):
    """Evidence to be recorded of an action, which may be a paper."""

    paper: ScrutinyReport | None = None


def close_action(
    *, action: Action, version: int, proof: NewProof, by: User | None, at: datetime.datetime
) -> ActionProof:
    """Say that an action is done, with the evidence. Raises Refusal as proven_row does, NotAllowed, and Stale."""
    with verb("close_action", by=by, at=at, subject=action) as act:
        action = lock_row(action)
        claim(action, version)
        if not latest_row(action).is_open:
            raise Refusal("This action is done already.", code="done-already")
        found = proven_row(act, action, proof)
        act.save(action)
    return found


def proven_row(act: VerbContext, action: Action, proof: NewProof, *, item: AgendaItem | None = None) -> ActionProof:
    """The part of a verb that says of a locked action that it is done, with its evidence. `item` is where it was seen.

    Raises Refusal for evidence without words, or as new_row does.
    """
    paper = proof.paper if isinstance(proof, NewActionProof) else None
    if proof.kind not in ProofKind.values:
        raise Refusal("Choose what shows that it is done.", "kind", code="required")
    if proof.kind == ProofKind.PAPER and paper is None:
        raise Refusal("Choose the paper.", "paper", code="required")
    if not proof.words.strip() and paper is None:
        raise Refusal("Say what it says, or where it is.", "words", code="required")
    day = day_of(proof.effective_on, at=act.at, not_before=None, field="effective_on")
    row = new_row(act, action, {"state": ActionState.DONE}, note=proof.words, effective_on=day, is_proven=True)
    return act.save(
        ActionProof(
            action=action,
            row=row,
            kind=proof.kind,
            words=proof.words.strip(),
            item=item,
            paper=paper,
            effective_on=day,
            recorded_at=act.at,
            recorded_by=act.by,
        )
    )
