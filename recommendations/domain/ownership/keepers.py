"""Hand over an update round, or a response's draft, to a colleague, who is responsible for it from then on."""

import datetime

from recommendations.domain.ownership.people import OFFICE, office_people
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ResponseState
from recommendations.models import Response, UpdateRound, User
from recommendations.trail import verb

type Kept = UpdateRound | Response


def give_round(
    *, round: UpdateRound, version: int, keeper: User | None, by: User | None, at: datetime.datetime
) -> UpdateRound:
    """Make `keeper` responsible for a round, or nobody in particular if None. Returns the round.

    Raises Refusal if the round is closed, the keeper is not in the office, or nothing would change; Stale if the round
    has changed since.
    """
    return _give("give_round", round, version, keeper, by=by, at=at)


def give_response(
    *, response: Response, version: int, keeper: User | None, by: User | None, at: datetime.datetime
) -> Response:
    """Make `keeper` responsible for a response. As `give_round`, but refused if the response is withdrawn."""
    return _give("give_response", response, version, keeper, by=by, at=at)


def _give[Row: (UpdateRound, Response)](
    name: str, record: Row, version: int, keeper: User | None, *, by: User | None, at: datetime.datetime
) -> Row:
    with verb(name, by=by, at=at, subject=record) as act:
        record = lock_row(record)
        claim(record, version)
        if is_over(record):
            raise Refusal("Nothing is left to do here.", code="nothing-to-do")
        if keeper is not None and not office_people().filter(pk=keeper.pk).exists():
            raise Refusal(
                f"{keeper.name} cannot see to it. Choose a colleague who can sign in.", "keeper", code="cannot-keep"
            )
        if keeper == record.keeper:
            name = keeper.name if keeper else "Nobody"
            raise Refusal(f"{name} is dealing with it already.", "keeper", code="kept-already")
        record.keeper = keeper
        return act.save(record)


def is_over(record: Kept) -> bool:
    """Whether nothing is left to be done."""
    if isinstance(record, UpdateRound):
        return not record.is_open
    return record.state == ResponseState.WITHDRAWN


def own_keeper(by: User | None) -> User | None:
    """Return the keeper of what `by` starts: `by`, if they are in the office, or None."""
    return by if by is not None and by.role in OFFICE else None
