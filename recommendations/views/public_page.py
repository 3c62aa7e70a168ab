"""One version of a response as the public reads it: words and marks, what is known of it, and what replaced it."""

from dataclasses import dataclass

from recommendations.documents.markdown import Written, written, written_comment
from recommendations.domain.public import Published, Version
from recommendations.domain.response_text import Item, ResponseText
from recommendations.enums import RecipientKind
from recommendations.periods import say, say_days
from recommendations.views.reading import Marked

COPIES = {RecipientKind.INSPECTORATE: "to the inspectorate", RecipientKind.HOME_SECRETARY: "to the Home Secretary"}


@dataclass(frozen=True)
class Said:
    """A recommendation and what is said to it. `comment` is None where there is none of its own.

    `with_anchor` leads to the one whose comment answers this one too.
    """

    item: Item
    comment: Written | None
    plain: str
    with_anchor: str


def shown(published: Published, version: Version, text: ResponseText) -> dict:
    """What the page shows. A text that was brought in is plain words; one that was written here is Markdown."""
    later = published.after(version)
    is_written = bool(text.markdown)
    return {
        "published": published,
        "version": version,
        "text": text,
        "replaced": later,
        "written": written(text.markdown) if is_written else None,
        "marked": Marked(text.narrative, [{"mark": note.mark, "text": note.text} for note in text.footnotes]),
        "said": _said(text, is_written),
        "in_time": _in_time(published, text),
        "number_words": _number_words(published, version),
        "copies": _copies(version),
    }


def _said(text: ResponseText, is_written: bool) -> list[Said]:
    anchors = {item.label: item.anchor for item in text.items}
    return [
        Said(
            item,
            written_comment(item.comment) if item.comment and is_written else None,
            "" if is_written else item.comment,
            anchors.get(item.with_label, ""),
        )
        for item in text.items
    ]


def _in_time(published: Published, text: ResponseText) -> str:
    """Whether the first version came before the end of the last lawful day."""
    late = (published.first_on - text.last_day).days
    return f"{say_days(late)} late" if late > 0 else "in time"


def _number_words(published: Published, version: Version) -> str:
    later = published.after(version)
    if later:
        return f"{version.number}, replaced on {say(later.published_on)}"
    return f"{version.number}, the only one" if len(published.versions) == 1 else f"{version.number}, the latest"


def _copies(version: Version) -> str:
    """Which copies went out on which day, as a sentence; nothing where none is recorded."""
    days: dict = {}
    for kind, words in COPIES.items():
        if kind in version.copies:
            days.setdefault(version.copies[kind], []).append(words)
    told = [f"{' and '.join(words)} on {say(day)}" for day, words in sorted(days.items())]
    return f"Copies went {', and '.join(told)}." if told else ""
