"""Small words for templates: days, counts, kept marks. Nothing here decides."""

from django import template
from django.utils.formats import date_format

from recommendations.documents.formats.markdown_html import to_html
from recommendations.documents.papers.joint_document import in_chapter as with_anchors_of
from recommendations.sections import Section

register = template.Library()


@register.filter
def day(value) -> str:
    """A day in full: 7 November 2025; nothing for no day."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def short_day(value) -> str:
    """A day in a narrow column: 7 Nov 2025."""
    return date_format(value, "j M Y") if value else ""


@register.filter
def of(values, key):
    """What a table holds for a key that it has: {{ anchors|of:item.reference }}."""
    return values[key]


@register.filter
def count(number, words: str) -> str:
    """A number with its noun: {{ 1|count:"row,rows" }} gives "1 row"."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.simple_block_tag
def section(content: str, name: str, unless: str = "") -> str:
    """What leads to a section, where that is on: {% section "panels" %}…{% endsection %}.

    With `unless` only where that other section, whose pages lead there as a rule, is off.
    """
    return content if Section(name).is_on and not (unless and Section(unless).is_on) else ""


@register.filter
def markdown(text: str, top: int = 2):
    """What was written in Markdown, as safe HTML with headings from level `top` on, its footnotes under it."""
    return to_html(text, top=top)


@register.filter(is_safe=True)
def in_chapter(html: str, slug: str) -> str:
    """The HTML of a chapter of a joint paper, with anchors of its own."""
    return with_anchors_of(html, slug)
