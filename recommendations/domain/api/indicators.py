"""Indicators as the API gives them: what is counted, and the values that count today."""

from typing import Any

from recommendations.domain.indicators.queries import ShownIndicator


def indicator(row: ShownIndicator) -> dict[str, Any]:
    """Return an indicator with its series. A small number that the office hides is no value, and says so."""
    facts, record = row.facts, row.indicator
    names = ("unit", "better", "every", "baseline_on", "target", "target_on")
    return {
        "id": record.pk,
        "force": record.force.slug,
        "name": facts.name,
        "definition": facts.definition,
        "source": facts.source,
        **{name: getattr(facts, name) for name in names},
        "baseline": facts.baseline or None,
        "recommendations": [each.pk for each in row.tracked],
        "says": facts.sentence,
        "definition_changes": [{"changed_on": each.on, "was": each.was, "note": each.note} for each in facts.breaks],
        "values": [
            {"start": each.start, "end": each.end, "value": each.value or None, "is_hidden": each.is_hidden}
            for each in facts.points
        ],
    }
