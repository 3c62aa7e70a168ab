"""A cause of concern in a register: its lead, colour and updates are applied to the recommendations below it."""

from collections.abc import Sequence
from dataclasses import replace

from recommendations.domain.imports.lines import POSITION, STAGE, ImportLine, normalise
from recommendations.domain.register.sheet_columns import WHO_TEXTS, ColumnGroup, keys_of_group
from recommendations.enums import CAUSE_KINDS, RecommendationKind

FILLED = (*(field.key for field in WHO_TEXTS), STAGE, POSITION, "forecast_on", *keys_of_group(ColumnGroup.RISK))


def with_causes(lines: Sequence[ImportLine]) -> list[ImportLine]:
    """Return the lines, with each recommendation below a cause of concern of the same report completed from it.

    It takes what it does not say itself. The cause's updates come before its own.
    """
    found: list[ImportLine] = []
    cause: int | None = None
    for line in lines:
        kind = line.get("kind") or RecommendationKind.RECOMMENDATION
        if kind in CAUSE_KINDS:
            cause = len(found)
        elif kind != RecommendationKind.RECOMMENDATION or (cause is not None and not _same(found[cause], line)):
            cause = None
        elif cause is not None and _says_more(found[cause]):
            line = _complete_from_cause(found[cause], line)
            found[cause] = replace(found[cause], is_followed=True)
        found.append(line)
    return found


def _same(cause: ImportLine, line: ImportLine) -> bool:
    titles = [normalise(each.report.title) if each.report else "" for each in (cause, line)]
    return cause.force == line.force and titles[0] == titles[1]


def _says_more(cause: ImportLine) -> bool:
    return bool(cause.updates or cause.targets) or any(key in cause.values for key in FILLED)


def _complete_from_cause(cause: ImportLine, line: ImportLine) -> ImportLine:
    stands = () if line.closed else FILLED
    filled = {key: cause.values[key] for key in stands if key in cause.values and key not in line.values}
    return replace(
        line,
        values={**filled, **line.values},
        updates=(*(said for said in cause.updates if said not in line.updates), *line.updates),
        targets=line.targets or (() if line.closed else cause.targets),
        notes=(*line.notes, f"What {cause.place} says of its cause of concern is brought in with it."),
    )
