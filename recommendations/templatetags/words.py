"""Template tags and filters for wording: days, counts, stored text. No logic."""

import re

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from recommendations import telemetry
from recommendations.documents.formats.markdown_html import to_html
from recommendations.documents.papers.joint_document import prefix_anchors as with_anchors_of
from recommendations.domain.text import sentences
from recommendations.periods import by_when as words_by_when
from recommendations.periods import say
from recommendations.sections import Section

register = template.Library()
UNBROKEN = re.compile(r"(\bQ[1-4] \d{4}/\d\d|(?:\b\d{1,2} )?\b[A-Z][a-z]+ \d{4}\b)")


@register.simple_tag
def reference() -> str:
    """The id of this request, as in the log; error pages show it."""
    return telemetry.request_id.get()


@register.filter
def day(value) -> str:
    """A day in full: 7 November 2025; "" for no day."""
    return say(value) if value else ""


@register.filter
def short_day(value) -> str:
    """A day in short, for narrow columns: 7 Nov 2025."""
    return date_format(value, "j M Y") if value else ""


@register.filter
def by_when(last, today) -> str:
    """When something is to be done: {{ item.day|by_when:today }} gives "2 days late", "by Friday"; "" for no day."""
    return words_by_when(last, today) if last else ""


@register.filter
def of(values, key):
    """The value of a key, which must exist: {{ anchors|of:item.reference }}."""
    return values[key]


@register.filter
def count(number, words: str) -> str:
    """A number with its noun: {{ 1|count:"row,rows" }} gives "1 row"."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def sentence(words: str) -> str:
    """The words with a full stop, unless they already end a sentence."""
    return sentences.sentence(words)


@register.filter
def unbroken(heading: str) -> str:
    """A heading in which days and financial years do not break across lines: "1 October 2025", "Q2 2026/27"."""
    whole = '<span class="nb">{}</span>'  # every second piece is a day or year
    pieces = enumerate(UNBROKEN.split(heading))
    return format_html_join("", "{}", ([format_html(whole, each) if odd % 2 else each] for odd, each in pieces))


@register.simple_block_tag
def section(content: str, name: str, unless: str = "") -> str:
    """Content that links to a section, only if that is on: {% section "panels" %}…{% endsection %}.
    With `unless`, only if that other section, whose pages usually link there, is off.
    """
    return content if Section(name).is_on and not (unless and Section(unless).is_on) else ""


@register.filter
def markdown(text: str, top: int = 2):
    """Markdown as safe HTML with headings from level `top`, and its footnotes below."""
    return to_html(text, top=top)


@register.filter(is_safe=True)
def in_chapter(html: str, slug: str) -> str:
    """The HTML of a joint paper's chapter, with prefixed anchors."""
    return with_anchors_of(html, slug)
