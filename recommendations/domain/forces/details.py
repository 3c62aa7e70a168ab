"""Changing the name, the head or the address of a force or a policing body from a day on.

The columns say what holds today. What held before is kept as former details, up to the day before. A correction of a
mistake has no such day: it changes the columns alone and holds for the past too.
"""

import datetime
from itertools import pairwise
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from recommendations.domain.writing.records import check_itself, day_of, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, FormerBodyDetails, FormerForceDetails, PolicingBody, User
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

A_DAY = datetime.timedelta(days=1)
FROM_DAY = "from_day"  # the field that refusals name


def change_force_details(
    *, force: Force, from_day: datetime.date, by: User | None, at: datetime.datetime, reason: str, **values: str
) -> Force:
    """Change the details of a force (`FormerForceDetails.DETAILS`) from a day on, today or earlier.

    The web address and the reference prefix stay. Raises Refusal if nothing changes, or if the day is in the future,
    after the force ended, not after its first day, or not after the day of its last change.
    """
    with verb("change_force_details", by=by, at=at, reason=reason) as act:
        act.subject = change_details(act, lock_row(force), from_day, values)
    return act.subject


def change_body_details(
    *, body: PolicingBody, from_day: datetime.date, by: User | None, at: datetime.datetime, reason: str, **values: str
) -> PolicingBody:
    """Change the details of a policing body (`FormerBodyDetails.DETAILS`) from a day on, as `change_force_details`."""
    with verb("change_body_details", by=by, at=at, reason=reason) as act:
        act.subject = change_details(act, lock_row(body), from_day, values)
    return act.subject


def change_details[Row: (Force, PolicingBody)](
    act: VerbContext, record: Row, from_day: datetime.date, values: dict[str, str]
) -> Row:
    """Change the details of a locked record from a day on, inside a verb. Raises Refusal as `change_force_details`."""
    before = type(record).objects.get(pk=record.pk)
    if unknown := values.keys() - set(former_model(record).DETAILS):
        raise TypeError(f"no details of {record}: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(record, name, value.strip())
    save_former_details(act, record, before, from_day)
    check_itself(record)
    return act.save(record)


def save_former_details(
    act: VerbContext, record: Force | PolicingBody, before: Force | PolicingBody, from_day: datetime.date
) -> FormerForceDetails | FormerBodyDetails:
    """Keep what `before` said up to the day before `from_day`. The caller saves `record`, which is locked.

    Raises Refusal as `change_force_details` does.
    """
    check_from_day(record, before, from_day, at=act.at)
    model = former_model(record)
    of = {"force" if isinstance(record, Force) else "body": record}
    facts = {name: getattr(before, name) for name in model.DETAILS}
    return act.save(model(until=from_day - A_DAY, **of, **facts))


def check_from_day(
    record: Force | PolicingBody, before: Force | PolicingBody, from_day: datetime.date, *, at: datetime.datetime
) -> None:
    """Raise Refusal if what `record` says otherwise than `before` can't hold from that day on."""
    if not changed_details(record, before):
        raise Refusal(
            "Nothing changes from that day. Change a name, the head or the address, or leave the day empty.",
            FROM_DAY,
            code="nothing-changes",
        )
    day_of(from_day, at=at, not_before=None, field=FROM_DAY)
    if before.since and from_day <= before.since:
        raise Refusal(f"{before} began on {say(before.since)}. Enter a later day.", FROM_DAY, code="before-start")
    if before.until and from_day > before.until:
        raise Refusal(
            f"{before} ended on {say(before.until)}. Enter that day or an earlier one.", FROM_DAY, code="after-end"
        )
    last = before.former_details.last()
    if last and from_day <= last.until + A_DAY:
        raise Refusal(
            f"The last change is from {say(last.until + A_DAY)}. Enter a later day, or none to correct that change.",
            FROM_DAY,
            code="before-last-change",
        )


def changed_details(record: Force | PolicingBody, before: Force | PolicingBody) -> list[str]:
    """The names of the details that differ."""
    return [name for name in former_model(record).DETAILS if getattr(record, name) != getattr(before, name)]


def former_short_name(day: datetime.date | OuterRef, force: str = "force") -> Subquery:
    """The short name that a force had on a day if that is a former one, else NULL. `force` is the column of its id."""
    rows = FormerForceDetails.objects.filter(force=OuterRef(force), until__gte=day).order_by("until")
    return Subquery(rows.values("short_name")[:1])


def short_name_on(day: datetime.date) -> Combinable:
    """The short name that the force of a row had on a day."""
    return Coalesce(former_short_name(day), F("force__short_name"))


def former_model(record: Force | PolicingBody) -> Any:
    """The model of its former details."""
    return FormerForceDetails if isinstance(record, Force) else FormerBodyDetails


def former_words(record: Force | PolicingBody) -> list[tuple[FormerForceDetails | FormerBodyDetails, str]]:
    """Each row of former details with what changed after it, in words: "Name: Westmarch Police." Earliest first."""
    rows: list[Any] = list(record.former_details.all())
    return [(former, _changed_words(former, later)) for former, later in pairwise([*rows, record])]


def _changed_words(former: Any, later: Any) -> str:
    labels = {name: str(former._meta.get_field(name).verbose_name) for name in former.DETAILS}
    changed = [name for name in former.DETAILS if getattr(former, name) != getattr(later, name)]
    words = (f"{labels[name]}: {getattr(former, name).replace('\n', ', ') or 'none'}." for name in changed)
    return " ".join(each[:1].upper() + each[1:] for each in words)
