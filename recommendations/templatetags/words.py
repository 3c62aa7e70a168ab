"""Small words for templates: days, counts, kept marks. Nothing here decides."""

import re

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from recommendations import telemetry
from recommendations.documents.formats.markdown_html import to_html
from recommendations.documents.papers.joint_document import in_chapter as with_anchors_of
from recommendations.domain.text import sentences
from recommendations.sections import Section

register = template.Library()
UNBROKEN = re.compile(r"(\bQ[1-4] \d{4}/\d\d|(?:\b\d{1,2} )?\b[A-Z][a-z]+ \d{4}\b)")


@register.simple_tag
def reference() -> str:
    """The id of this request, by which the log finds it: error pages show it."""
    return telemetry.request_id.get()


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


@register.filter
def sentence(words: str) -> str:
    """The words with a full stop, unless they end as a sentence does."""
    return sentences.sentence(words)


@register.filter
def unbroken(heading: str) -> str:
    """A heading whose days and financial years stay whole at the end of a line: "1 October 2025", "Q2 2026/27"."""
    whole = '<span class="nb">{}</span>'  # every second piece is such a day or year
    pieces = enumerate(UNBROKEN.split(heading))
    return format_html_join("", "{}", ([format_html(whole, each) if odd % 2 else each] for odd, each in pieces))


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
