"""Records handed to a user and still theirs, for the first page and the daily email."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from recommendations.domain.ownership.mine import my_commitments, my_responses, my_rounds
from recommendations.enums.ownership import NoticeKind, RecordKind
from recommendations.models import Commitment, PersonalNotice, Response, UpdateRound, User
from recommendations.models.inspections.inspections import shorten
from recommendations.permissions import May


@dataclass(frozen=True)
class HandedRecord:
    """A record handed to a user: what it is, its text and address, and who handed it over."""

    noun: str
    words: str
    url: str
    by: str


def handed_since(user: User, since: datetime.datetime) -> list[HandedRecord]:
    """Return the commitments, rounds and responses handed to a user since a moment, latest first.

    One query, and one more for each kind present.
    """
    notices = PersonalNotice.objects.filter(person=user, kind=NoticeKind.GIVEN, at__gt=since)
    notices = notices.exclude(about=RecordKind.RECOMMENDATION).select_related("by").order_by("at", "pk")
    latest = {(each.about, each.about_id): each for each in notices}
    found = _still_theirs(user, set(latest)) if latest else {}
    return [_handed_record(found[key], each) for key, each in sorted(latest.items(), key=_newest) if key in found]


def _newest(pair: tuple[tuple[str, int], PersonalNotice]) -> int:
    return -pair[1].pk


def _still_theirs(user: User, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Commitment | UpdateRound | Response]:
    """Return those of these records that this user still keeps."""
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


def _handed_record(record: Commitment | UpdateRound | Response, notice: PersonalNotice) -> HandedRecord:
    words = shorten(record.quote, 80) if isinstance(record, Commitment) else _name(record)
    by = notice.by.name if notice.by else ""
    return HandedRecord(RecordKind(notice.about).label.lower(), words, record.get_absolute_url(), by)


def _name(record: UpdateRound | Response) -> str:
    return str(record) if isinstance(record, UpdateRound) else record.title


def may_be_told(person: User) -> bool:
    """Whether a user gets notices of records handed to them and of notes that mention them."""
    return person.has_perm(May.WRITE_NOTES)
