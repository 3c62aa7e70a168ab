"""Extensions of the time to answer: requested, then granted with a new day or refused. Also stopping the clock."""

import datetime

from recommendations.domain.sources.queries import basis_of
from recommendations.domain.writing.records import day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import ExtensionAnswer
from recommendations.models import Extension, Inspection, User
from recommendations.periods import say
from recommendations.trail import verb


def ask_extension(
    *,
    inspection: Inspection,
    by: User | None,
    at: datetime.datetime,
    asked_on: datetime.date | None = None,
    why: str = "",
) -> Extension:
    """Record that more time was requested on a London day (today by default).

    Raises Refusal if its rule allows no extension, for a day before the clock started or in the future, after the last
    day if the request must come before it, and while another request is unanswered.
    """
    with verb("ask_extension", by=by, at=at, subject=inspection) as act:
        inspection = lock_row(inspection)
        basis = basis_of(inspection)
        if not basis.extendable or inspection.is_under_section_55:
            raise Refusal(f"No more time can be given under this rule: {basis.name}.", code="no-more-time")
        day = day_of(asked_on, at=at, not_before=inspection.clock_from, field="asked_on")
        last = inspection.last_day
        if basis.extension_within and last and day > last:
            raise Refusal(f"It must be asked for by {say(last)}, within the period.", "asked_on", code="too-late")
        if Extension.objects.filter(inspection=inspection, answer="").exists():
            raise Refusal("More time is asked for already. Record the decision first.", "asked_on")
        said = {"asked_on": day, "asked_of": basis.extended_by, "why": why.strip()}
        return act.save(Extension(inspection=inspection, recorded_at=at, recorded_by=by, **said))


def answer_extension(
    *,
    extension: Extension,
    answer: str,
    by: User | None,
    at: datetime.datetime,
    answered_on: datetime.date | None = None,
    new_day: datetime.date | None = None,
    answered_by: str = "",
) -> Extension:
    """Record the decision on a request: granted with a new last day, or refused. It may come after the old last day.

    Raises Refusal if it is answered already, for a day before the request or in the future, and for a new day that is
    missing or not after the current last day.
    """
    with verb("answer_extension", by=by, at=at, subject=extension.inspection) as act:
        inspection, extension = lock_row(extension.inspection), lock_row(extension)
        if extension.answer:
            raise Refusal("This request is answered already.")
        if answer not in ExtensionAnswer.values:
            raise Refusal("Choose the answer.", "answer")
        day = day_of(answered_on, at=at, not_before=None, field="answered_on")
        if day < extension.asked_on:
            raise Refusal(
                f"It was asked for on {say(extension.asked_on)}. Enter that day or a later one.", "answered_on"
            )
        extension.answer, extension.answered_on = answer, day
        extension.answered_by = answered_by.strip() or extension.asked_of
        if answer == ExtensionAnswer.GRANTED:
            extension.day_before = inspection.last_day
            extension.new_day = inspection.extended_to = _new_day(inspection, new_day)
            act.save(inspection)
        return act.save(extension)


def _new_day(inspection: Inspection, new_day: datetime.date | None) -> datetime.date:
    if new_day is None:
        raise Refusal("Enter the new last day.", "new_day")
    if inspection.is_stopped:
        raise Refusal("The clock is stopped. Let it run on first.", "new_day")
    if inspection.last_day and new_day <= inspection.last_day:
        raise Refusal(f"The last day is {say(inspection.last_day)} already. Enter a later day.", "new_day")
    return new_day


def withdraw_extension(*, extension: Extension, reason: str, by: User | None, at: datetime.datetime) -> Extension:
    """Withdraw a request recorded by mistake, and its answer; the previous last day is restored. Needs a reason."""
    with verb("withdraw_extension", by=by, at=at, reason=reason, subject=extension.inspection) as act:
        inspection, extension = lock_row(extension.inspection), lock_row(extension)
        granted = extension.answer == ExtensionAnswer.GRANTED
        if granted and inspection.extended_to != extension.new_day:
            raise Refusal("The last day was changed again since. Withdraw the later change first.")
        mark_withdrawn(act, extension, needs="Say why it is withdrawn.")
        if granted:
            before = extension.day_before
            inspection.extended_to = None if before == (inspection.counted_day or inspection.respond_by) else before
            act.save(inspection)
    return extension


def stop_clock(
    *, inspection: Inspection, reason: str, by: User | None, at: datetime.datetime, on: datetime.date | None = None
) -> Inspection:
    """Stop the clock on a London day (default: today) for a reason such as a judicial review.

    Raises Refusal if its rule allows no stop, it has no last day, or it is stopped already.
    """
    with verb("stop_clock", by=by, at=at, reason=reason, subject=inspection) as act:
        inspection = lock_row(inspection)
        last = inspection.last_day
        if not basis_of(inspection).stopped_by or inspection.is_under_section_55:
            raise Refusal("Nothing stops the clock under this rule.", code="no-pause")
        if inspection.is_stopped or last is None:
            raise Refusal("The clock does not run.")
        if not reason.strip():
            raise Refusal("Say what stops it.", "reason")
        day = day_of(on, at=at, not_before=inspection.clock_from, field="on")
        if day > last:
            raise Refusal(f"The last day, {say(last)}, was over by then.", "on")
        inspection.stopped_from, inspection.stopped_until = day, None
        return act.save(inspection)


def resume_clock(
    *, inspection: Inspection, by: User | None, at: datetime.datetime, on: datetime.date | None = None
) -> Inspection:
    """Restart the clock on a London day (default: today). The last day moves by the days it was stopped."""
    with verb("resume_clock", by=by, at=at, subject=inspection) as act:
        inspection = lock_row(inspection)
        since = inspection.stopped_from
        if not inspection.is_stopped or since is None:
            raise Refusal("The clock is not stopped.")
        day = day_of(on, at=at, not_before=None, field="on")
        if day < since:
            raise Refusal(f"It was stopped on {say(since)}. Enter that day or a later one.", "on")
        inspection.stopped_until = day
        last = inspection.last_day
        inspection.extended_to = last + (day - since) if last and day > since else inspection.extended_to
        return act.save(inspection)
