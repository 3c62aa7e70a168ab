"""The drawing of an indicator in a template, its table, and what its signs mean."""

from django import template

from recommendations.documents.formats.svg import Drawing
from recommendations.documents.indicators.chart import ChartKey, IndicatorTable, draw_indicator, key_of, table_of
from recommendations.domain.indicators.facts import IndicatorFacts

register = template.Library()


@register.simple_tag
def indicator_drawing(facts: IndicatorFacts, narrow: bool = False) -> Drawing | None:
    """The drawing of an indicator's facts, or None without a value."""
    return draw_indicator(facts, narrow=narrow)


@register.filter
def indicator_table(facts: IndicatorFacts) -> IndicatorTable:
    """The table with the numbers of the drawing."""
    return table_of(facts)


@register.filter
def indicator_key(facts: IndicatorFacts) -> list[ChartKey]:
    """What the numbers and letters of the drawing mean."""
    return key_of(facts)
