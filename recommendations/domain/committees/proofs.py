"""What answers a committee's request other than a paper, and saying that it did not."""

import datetime
from dataclasses import dataclass

from recommendations.domain.committees.requests import lock_open
from recommendations.domain.writing.records import claim, day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.accountability import ProofKind
from recommendations.models import AgendaItem, CommitteeRequest, RequestProof, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

KINDS = [each for each in ProofKind if each != ProofKind.PAPER]  # a paper answers with words of its own


@dataclass(frozen=True, kw_only=True)
class NewProof:
    """Evidence to be recorded: what kind, what it says or where it is, and its London day (today by default)."""

    kind: str
    words: str = ""
    effective_on: datetime.date | None = None


def close_request(
    *, request: CommitteeRequest, version: int, proof: NewProof, by: User | None, at: datetime.datetime
) -> RequestProof:
    """Say what answers a request. Raises Refusal if it is answered or withdrawn, for evidence without a kind or words,
    and for a day ahead or before the request; Stale if someone else has changed it since.
    """
    with verb("close_request", by=by, at=at, subject=request) as act:
        return proof_of_request(act, lock_open(request, version), proof)


def proof_of_request(
    act: VerbContext, request: CommitteeRequest, proof: NewProof, *, item: AgendaItem | None = None
) -> RequestProof:
    """The part of a verb that says what answers a request that lock_open locked. `item` is where it was seen.

    Raises Refusal as close_request does.
    """
    if proof.kind not in KINDS:
        raise Refusal("Choose what answers it.", "kind", code="required")
    if not proof.words.strip():
        raise Refusal("Say what it says, or where it is.", "words", code="required")
    day = day_of(proof.effective_on, at=act.at, not_before=None, field="effective_on")
    if day < request.asked_on:
        why_not = f"{say(day)} is before it was asked, {say(request.asked_on)}."
        raise Refusal(why_not, "effective_on", code="before-asked")
    act.save(request)
    return act.save(
        RequestProof(
            request=request,
            kind=proof.kind,
            words=proof.words.strip(),
            item=item,
            effective_on=day,
            recorded_at=act.at,
            recorded_by=act.by,
        )
    )


def reopen_request(
    *, request: CommitteeRequest, version: int, reason: str, by: User | None, at: datetime.datetime
) -> RequestProof:
    """Say that what was recorded does not answer a request: it is open again. What was recorded stays on file.

    Raises Refusal without a reason, or if nothing but a paper answers it; Stale if someone else has changed it since.
    """
    with verb("reopen_request", by=by, at=at, reason=reason, subject=request) as act:
        request = lock_row(request)
        claim(request, version)
        proof = RequestProof.objects.standing().select_for_update().filter(request=request).first()
        if proof is None:
            raise Refusal("Nothing is recorded that answers this request, but for papers.", code="not-closed")
        act.save(request)
        return mark_withdrawn(act, proof, needs="Say why it does not answer the request.")
