"""Giving an update round, or a response that is written, to a colleague who sees to it from now on."""

import datetime

from recommendations.domain.ownership.people import OFFICE, office_people
from recommendations.domain.writing.records import claim, locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ResponseState
from recommendations.models import Response, UpdateRound, User
from recommendations.trail import verb

type Kept = UpdateRound | Response


def give_round(
    *, round: UpdateRound, version: int, keeper: User | None, by: User | None, at: datetime.datetime
) -> UpdateRound:
    """Let `keeper` see to a round; None: nobody in particular. Returns the round.

    Raises Refusal where it is closed, for who is no colleague, and where nothing changes; Stale where it changed.
    """
    return _give("give_round", round, version, keeper, by=by, at=at)


def give_response(
    *, response: Response, version: int, keeper: User | None, by: User | None, at: datetime.datetime
) -> Response:
    """Let `keeper` see to the draft of a response. As give_round; a withdrawn response takes nobody."""
    return _give("give_response", response, version, keeper, by=by, at=at)


def _give[Row: (UpdateRound, Response)](
    name: str, record: Row, version: int, keeper: User | None, *, by: User | None, at: datetime.datetime
) -> Row:
    with verb(name, by=by, at=at, subject=record) as act:
        record = locked(record)
        claim(record, version)
        if is_over(record):
            raise Refusal("Nothing is left to do here.")
        if keeper is not None and not office_people().filter(pk=keeper.pk).exists():
            raise Refusal(f"{keeper.name} cannot see to it. Choose a colleague who can sign in.", "keeper")
        if keeper == record.keeper:
            raise Refusal(f"{keeper.name if keeper else 'Nobody'} sees to it already.", "keeper")
        record.keeper = keeper
        return act.save(record)


def is_over(record: Kept) -> bool:
    """Whether nothing is left to see to."""
    if isinstance(record, UpdateRound):
        return not record.is_open
    return record.state == ResponseState.WITHDRAWN


def own_keeper(by: User | None) -> User | None:
    """Who sees to what `by` begins: they themselves, where they are a person of the office."""
    return by if by is not None and by.role in OFFICE else None
