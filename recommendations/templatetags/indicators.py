"""The drawing of an indicator in a template."""

from django import template

from recommendations.documents.formats.svg import Drawing
from recommendations.documents.indicators.chart import draw_indicator
from recommendations.domain.indicators.facts import IndicatorFacts

register = template.Library()


@register.simple_tag
def indicator_drawing(facts: IndicatorFacts, narrow: bool = False) -> Drawing | None:
    """The drawing of an indicator's facts, or None without a value."""
    return draw_indicator(facts, narrow=narrow)
