"""Sources and rules as at a day: the shipped set, with the office's changes and additions. One query each."""

import datetime
from dataclasses import replace

from recommendations.enums.sources import Answerer
from recommendations.models import Basis, BasisFacts, Inspection, Source, SourceFacts, Standing
from recommendations.models.sources.shipped import BASES, SOURCES


def sources() -> dict[str, SourceFacts]:
    """Every source by key, in order, whether or not in use."""
    found = SOURCES | {row.key: row.facts for row in Source.objects.all()}
    return {each.key: each for each in sorted(found.values(), key=lambda each: (each.position, each.name))}


def sources_in_use(on: datetime.date) -> list[SourceFacts]:
    """The sources that the office follows on a London day; by default only HMICFRS."""
    return [each for each in sources().values() if is_followed(each, on)]


def sources_in_papers(on: datetime.date) -> list[SourceFacts]:
    """The sources that a paper can be limited to: those followed on a London day, and those with open recommendations.

    Two queries.
    """
    # without visible_to: which sources there are
    of_open = Standing.objects.on(on).open().order_by().values_list("tracked__recommendation__inspection__source")
    with_open = {key for (key,) in of_open.distinct()}
    return [each for each in sources().values() if is_followed(each, on) or each.key in with_open]


def is_followed(source: SourceFacts, on: datetime.date) -> bool:
    """Whether the office follows a source on a London day."""
    begun = source.since is None or source.since <= on
    return source.in_use and begun and (source.until is None or on <= source.until)


def has_action_plans(on: datetime.date) -> bool:
    """Whether the office follows a source that a fire authority answers with an action plan."""
    followed = {each.key for each in sources_in_use(on)}
    return any(each.answerer == Answerer.FIRE_AUTHORITY and each.source in followed for each in bases(on).values())


def is_in_action_plan(inspection: Inspection, on: datetime.date) -> bool:
    """Whether an action plan answers this inspection. No query unless a fire authority answers it."""
    return inspection.has_action_plan and has_action_plans(on)


def all_bases(on: datetime.date) -> dict[str, BasisFacts]:
    """Every rule by key as at a London day, in use or not, with the office's latest change."""
    found = dict(BASES)
    for row in Basis.objects.filter(since__lte=on).order_by("since", "pk"):
        shipped = BASES.get(row.key)
        found[row.key] = row.facts if shipped is None else _with_examples(row.facts, shipped)
    return found


def _with_examples(changed: BasisFacts, shipped: BasisFacts) -> BasisFacts:
    """A changed rule with those worked examples of the shipped one that still hold."""
    holding = tuple(each for each in shipped.examples if changed.last_day(each.starts_on) == each.last_day)
    return replace(changed, examples=holding, section_55=shipped.section_55)


def bases(on: datetime.date, source: str = "") -> dict[str, BasisFacts]:
    """The rules that can be chosen on a London day, by key; optionally of one source."""
    found = all_bases(on).items()
    return {key: each for key, each in found if _can_be_chosen(each, on) and source in ("", each.source)}


def _can_be_chosen(basis: BasisFacts, on: datetime.date) -> bool:
    return basis.in_use and (basis.until is None or on <= basis.until)


def basis_of(inspection: Inspection) -> BasisFacts:
    """The rule of an inspection, as at the day its clock started. One query.

    A rule confirmed later without a change counts as confirmed.
    """
    rows = [row.facts for row in Basis.objects.filter(key=inspection.basis).order_by("since", "pk")]
    begun = [row for row in rows if row.since is None or row.since <= inspection.clock_from]
    found = begun[-1] if begun else BASES.get(inspection.basis) or rows[0]
    if found.is_to_confirm and any(_same_rule(row, found) for row in rows if row.confirmed):
        return replace(found, confirmed=True)
    return found


def _same_rule(one: BasisFacts, other: BasisFacts) -> bool:
    return (one.days, one.first_day_counts, one.clock_start) == (other.days, other.first_day_counts, other.clock_start)
