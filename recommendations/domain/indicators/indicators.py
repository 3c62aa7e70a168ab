"""Indicators: added with what they are of, changed, withdrawn; and the days on which their definition changed.

`at` is the moment of recording (UTC). Values are in values.py.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import claim, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.models import (
    Commitment,
    DefinitionChange,
    Force,
    Indicator,
    IndicatorLink,
    InspectionForce,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

MOST_PERCENT = Decimal(100)
LARGEST, CENT = Decimal(10) ** 11, Decimal("0.01")
NO_DEFINITION = "Say what counts, and what does not."


@dataclass(frozen=True, kw_only=True)
class IndicatorDetails:
    """What is said of an indicator. `tracked` and `commitments` are what it is of, beside its force."""

    name: str
    definition: str
    source: str
    every: str
    unit: str = IndicatorUnit.NUMBER
    better: str = Better.DOWN
    baseline: Decimal | None = None
    baseline_on: datetime.date | None = None
    target: Decimal | None = None
    target_on: datetime.date | None = None
    hides_small: bool = False
    force_enters: bool = False
    tracked: tuple[TrackedRecommendation, ...] = ()
    commitments: tuple[Commitment, ...] = ()


COLUMNS = (
    *("name", "definition", "source", "every", "unit", "better", "baseline", "baseline_on"),
    *("target", "target_on", "hides_small", "force_enters"),
)


def add_indicator(*, force: Force, details: IndicatorDetails, by: User | None, at: datetime.datetime) -> Indicator:
    """Add an indicator of a force.

    Raises Refusal for what is missing, another of the same name, a figure that is no number of its unit, a target by a
    day before the baseline's, or what is another force's.
    """
    with verb("add_indicator", by=by, at=at, subject=force) as act:
        indicator = Indicator(force=force, recorded_at=at, recorded_by=by)
        _set_details(indicator, details)
        act.subject = act.save(indicator)
        _set_links(act, indicator, details)
    return indicator


def edit_indicator(
    *,
    indicator: Indicator,
    version: int,
    details: IndicatorDetails,
    by: User | None,
    at: datetime.datetime,
    reason: str = "",
) -> Indicator:
    """Change what is said of an indicator, or what it is of. What was said before is in its history.

    Raises Refusal as add_indicator does, or for another unit or frequency once it has values; Stale if someone else
    has changed it since.
    """
    with verb("edit_indicator", by=by, at=at, reason=reason, subject=indicator) as act:
        indicator = lock_row(indicator)
        claim(indicator, version)
        moved = [name for name in ("unit", "every") if getattr(details, name) != getattr(indicator, name)]
        if moved and indicator.values.exists():
            raise Refusal("It has values. Withdraw this indicator, and add another one.", moved[0], code="has-values")
        _set_details(indicator, details)
        act.save(indicator)
        _set_links(act, indicator, details)
    return indicator


def _set_details(indicator: Indicator, details: IndicatorDetails) -> None:
    for column in COLUMNS:
        setattr(indicator, column, getattr(details, column))
    indicator.name = short(" ".join(details.name.split()), model=Indicator, field="name", empty="Say what is counted.")
    indicator.source = short(details.source, model=Indicator, field="source", empty="Say where the numbers come from.")
    indicator.definition = details.definition.strip()
    if not indicator.definition:
        raise Refusal(NO_DEFINITION, "definition", code="required")
    for field, kind in (("unit", IndicatorUnit), ("better", Better), ("every", IndicatorEvery)):
        if getattr(indicator, field) not in kind.values:
            raise Refusal("Choose one from the list.", field, code="required")
    for name in ("baseline", "target"):
        _check_pair(indicator, name)
    if indicator.baseline_on and indicator.target_on and indicator.target_on < indicator.baseline_on:
        from_day = say(indicator.baseline_on)
        raise Refusal(f"The baseline is of {from_day}. Enter that day or a later one.", "target_on", code="early")
    same = Indicator.objects.filter(force=indicator.force, name__iexact=indicator.name).exclude(pk=indicator.pk)
    if same.exists():
        raise Refusal("This force has an indicator of this name.", "name", code="name-twice")


def _check_pair(indicator: Indicator, name: str) -> None:
    """Check a baseline or target: with its day, and a number of the unit."""
    value, day = getattr(indicator, name), getattr(indicator, f"{name}_on")
    if value is not None and day is None:
        raise Refusal(f"Enter the day of the {name} too.", f"{name}_on", code="no-day")
    if value is None and day is not None:
        raise Refusal(f"Enter the {name} too.", name, code="no-value")
    if value is not None:
        if wrong := what_is_wrong(indicator, value):
            raise Refusal(wrong, name, code="wrong-unit")
        setattr(indicator, name, as_stored(value))


def as_stored(value: Decimal) -> Decimal:
    """A number with two decimal places, as the database has it."""
    return value.quantize(CENT)


def what_is_wrong(indicator: Indicator, value: Decimal) -> str:
    """Why a number cannot be a value of an indicator, or ""."""
    if value < 0:
        return "This is less than 0. Give 0 or more."
    if indicator.unit == IndicatorUnit.PERCENT and value > MOST_PERCENT:
        return "This is more than 100%. Give 100 or less."
    if value >= LARGEST:
        return f"This number is too large. Give one below {LARGEST:,}."
    if value != round(value, 2):
        return "Give at most two decimal places."
    return ""


def _set_links(act: VerbContext, indicator: Indicator, details: IndicatorDetails) -> None:
    """Link what it is of now, and withdraw the links to what it is no longer of."""
    if any(each.force_id != indicator.force_id for each in details.tracked):
        raise Refusal("A recommendation is another force’s.", "tracked", code="another-force")
    if any(indicator.force_id not in _forces_of(each) for each in details.commitments):
        raise Refusal("A commitment is about another force.", "commitments", code="another-force")
    links = {(link.tracked_id, link.commitment_id): link for link in indicator.links.all()}
    wanted: dict[tuple[int | None, int | None], IndicatorLink] = {}
    for tracked in details.tracked:
        wanted[tracked.pk, None] = IndicatorLink(indicator=indicator, tracked=tracked, recorded_at=act.at)
    for commitment in details.commitments:
        wanted[None, commitment.pk] = IndicatorLink(indicator=indicator, commitment=commitment, recorded_at=act.at)
    act.add_all([link for key, link in wanted.items() if key not in links])
    for key, link in links.items():
        if key not in wanted:
            link.withdrawn_at, link.withdrawn_by, link.withdrawn_why = act.at, act.by, "No longer linked."
            act.save(link)


def _forces_of(commitment: Commitment) -> set[int]:
    covers = InspectionForce.objects.filter(inspection__answered_by__response=commitment.of.response_id)
    return set(covers.values_list("force_id", flat=True))


def withdraw_indicator(
    *, indicator: Indicator, version: int, reason: str, by: User | None, at: datetime.datetime
) -> Indicator:
    """Withdraw an indicator that was added by mistake, or that nobody follows any more, with a reason.

    Its values stay on file. Raises Refusal without a reason, Stale if someone else has changed it since.
    """
    with verb("withdraw_indicator", by=by, at=at, reason=reason, subject=indicator) as act:
        indicator = lock_row(indicator)
        claim(indicator, version)
        return mark_withdrawn(act, indicator, needs="Say why this indicator is withdrawn.")


def change_definition(
    *,
    indicator: Indicator,
    changed_on: datetime.date,
    definition: str,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    version: int | None = None,
) -> DefinitionChange:
    """Say that from a day on the numbers count something else. The chart's line breaks there.

    Raises Refusal for a day in the future or one that is said already, or if the definition is the same.
    """
    with verb("change_definition", by=by, at=at, subject=indicator) as act:
        indicator = lock_row(indicator)
        claim(indicator, indicator.version if version is None else version)
        was, indicator.definition = indicator.definition, definition.strip()
        if not indicator.definition:
            raise Refusal(NO_DEFINITION, "definition", code="required")
        if indicator.definition == was.strip():
            raise Refusal("This is the definition already.", "definition", code="nothing-changed")
        if changed_on > london_day(at):
            raise Refusal("This day is in the future. Enter today or an earlier day.", "changed_on", code="future")
        if indicator.changes.filter(changed_on=changed_on).exists():
            raise Refusal("A change on this day is said already.", "changed_on", code="said-already")
        act.save(indicator)
        facts = {"changed_on": changed_on, "was": was, "note": note.strip()}
        return act.save(DefinitionChange(indicator=indicator, recorded_at=at, recorded_by=by, **facts))


def withdraw_change(
    *, change: DefinitionChange, reason: str, by: User | None, at: datetime.datetime
) -> DefinitionChange:
    """Withdraw a change of definition that was wrong: the line is whole again. The words of today stay as they are.

    Raises Refusal without a reason, or if it is withdrawn already.
    """
    with verb("withdraw_definition_change", by=by, at=at, reason=reason, subject=change.indicator) as act:
        lock_row(change.indicator)
        change = DefinitionChange.on_file.select_for_update().get(pk=change.pk)
        return mark_withdrawn(act, change, needs="Say why this is withdrawn.")


def chosen_details(indicator: Indicator, links: Iterable[IndicatorLink]) -> IndicatorDetails:
    """What is said of an indicator now, with what these links lead to."""
    links = list(links)
    return IndicatorDetails(
        **{name: getattr(indicator, name) for name in COLUMNS},
        tracked=tuple(link.tracked for link in links if link.tracked),
        commitments=tuple(link.commitment for link in links if link.commitment),
    )
