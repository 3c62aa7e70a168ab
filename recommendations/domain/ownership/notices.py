"""What a person was given and is still theirs: for the first page, and for the e-mail of a day."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from recommendations.domain.ownership.mine import my_commitments, my_responses, my_rounds
from recommendations.enums.ownership import NoticeKind, RecordKind
from recommendations.models import Commitment, PersonalNotice, Response, UpdateRound, User
from recommendations.models.inspections import shorten
from recommendations.permissions import May


@dataclass(frozen=True)
class Given:
    """One thing that a person was given: what it is, its words and address, and by whom."""

    noun: str
    words: str
    url: str
    by: str


def given_since(user: User, since: datetime.datetime) -> list[Given]:
    """The commitments, rounds and responses given to a person since a moment, the latest first.

    One query, and one for each kind that there is any of.
    """
    told = PersonalNotice.objects.filter(person=user, kind=NoticeKind.GIVEN, at__gt=since)
    told = told.exclude(about=RecordKind.RECOMMENDATION).select_related("by").order_by("-at", "-pk")
    latest = {(each.about, each.about_id): each for each in reversed(told)}
    found = _still_theirs(user, set(latest)) if latest else {}
    return [_given(found[key], each) for key, each in sorted(latest.items(), key=_newest) if key in found]


def _newest(pair: tuple[tuple[str, int], PersonalNotice]) -> int:
    return -pair[1].pk


def _still_theirs(user: User, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Commitment | UpdateRound | Response]:
    """Those of these records that this person still sees to."""
    own: dict[str, tuple] = {
        RecordKind.COMMITMENT: (Commitment, my_commitments(user)),
        RecordKind.ROUND: (UpdateRound, my_rounds(user)),
        RecordKind.RESPONSE: (Response, my_responses(user)),
    }
    found: dict[tuple[str, int], Commitment | UpdateRound | Response] = {}
    for kind, (model, condition) in own.items():
        if pks := {pk for each, pk in keys if each == kind}:
            rows = model.objects.visible_to(user).filter(Q(pk__in=pks) & condition)
            rows = rows.select_related("force") if model is UpdateRound else rows
            found |= {(kind, row.pk): row for row in rows}
    return found


def _given(record: Commitment | UpdateRound | Response, told: PersonalNotice) -> Given:
    words = shorten(record.quote, 80) if isinstance(record, Commitment) else _name(record)
    by = told.by.name if told.by else ""
    return Given(RecordKind(told.about).label.lower(), words, record.get_absolute_url(), by)


def _name(record: UpdateRound | Response) -> str:
    return str(record) if isinstance(record, UpdateRound) else record.title


def may_be_told(person: User) -> bool:
    """Whether a person gets notices of what they are given and of notes that name them."""
    return person.has_perm(May.WRITE_NOTES)
